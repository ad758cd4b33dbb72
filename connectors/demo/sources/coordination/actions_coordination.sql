SELECT 'VILLE' AS territoire, COUNT(*) AS effectif
FROM action
WHERE type_action = 'coordination' AND tenue_le >= :debut AND tenue_le < :fin
