SELECT p.zone_habitation AS territoire, orientation.dispositif AS modalite, COUNT(*) AS effectif
FROM orientation
JOIN personne p ON p.id = orientation.personne_id
WHERE orientation.orientee_le >= :debut AND orientation.orientee_le < :fin
GROUP BY p.zone_habitation, orientation.dispositif
