SELECT p.zone_habitation AS territoire, COALESCE(f.reponse, 'non_renseigne') AS modalite, COUNT(*) AS effectif
FROM frein f
JOIN parcours ON parcours.id = f.parcours_id
JOIN personne p ON p.id = parcours.personne_id
WHERE f.repondu_le >= :debut AND f.repondu_le < :fin
GROUP BY 1, 2
