SELECT p.zone_habitation AS territoire, COUNT(*) AS effectif
FROM parcours
JOIN personne p ON p.id = parcours.personne_id
WHERE parcours.sorti_le >= :debut AND parcours.sorti_le < :fin AND parcours.mene_a_terme = TRUE
GROUP BY p.zone_habitation
