SELECT p.zone_habitation AS territoire, f.theme AS modalite, COUNT(*) AS effectif
FROM frein f
JOIN parcours ON parcours.id = f.parcours_id
JOIN personne p ON p.id = parcours.personne_id
WHERE f.repondu_le >= :debut AND f.repondu_le < :fin
GROUP BY p.zone_habitation, f.theme
