SELECT p.zone_habitation AS territoire, parcours.code_sortie AS modalite, COUNT(*) AS effectif
FROM parcours
JOIN personne p ON p.id = parcours.personne_id
WHERE parcours.sorti_le >= :debut AND parcours.sorti_le < :fin
GROUP BY p.zone_habitation, parcours.code_sortie
