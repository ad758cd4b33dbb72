SELECT zone AS territoire, COUNT(*) AS effectif
FROM action
WHERE type_action = 'aller_vers' AND tenue_le >= :debut AND tenue_le < :fin
GROUP BY zone
