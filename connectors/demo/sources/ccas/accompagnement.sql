SELECT u.zone_habitation AS territoire, u.sexe AS modalite, COUNT(*) AS effectif
FROM aide_accordee a
JOIN usager u ON u.id = a.usager_id
WHERE a.type_aide = 'ACCOMPAGNEMENT' AND a.accordee_le >= :debut AND a.accordee_le < :fin
GROUP BY u.zone_habitation, u.sexe
