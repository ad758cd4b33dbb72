SELECT 'VILLE' AS territoire, COUNT(*) AS effectif
FROM presence
JOIN action ON action.id = presence.action_id
JOIN invitation ON invitation.action_id = presence.action_id AND invitation.structure_id = presence.structure_id
WHERE action.tenue_le >= :debut AND action.tenue_le < :fin
