SELECT u.zone_habitation AS territoire, COUNT(DISTINCT u.id) AS effectif
FROM aide_accordee a
JOIN usager u ON u.id = a.usager_id
WHERE a.accordee_le >= :debut AND a.accordee_le < :fin
GROUP BY u.zone_habitation
