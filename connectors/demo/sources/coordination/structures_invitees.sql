SELECT 'VILLE' AS territoire, COUNT(*) AS effectif
FROM invitation
JOIN action ON action.id = invitation.action_id
WHERE action.tenue_le >= :debut AND action.tenue_le < :fin
