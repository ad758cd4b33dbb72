SELECT 'VILLE' AS territoire, COUNT(DISTINCT presence.structure_id) AS effectif
FROM presence
JOIN action ON action.id = presence.action_id
WHERE action.tenue_le >= :debut AND action.tenue_le < :fin
