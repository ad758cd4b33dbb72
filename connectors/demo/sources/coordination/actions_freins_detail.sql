SELECT a.zone AS territoire, t.theme AS modalite, COUNT(*) AS effectif
FROM action_frein a
JOIN action_frein_theme t ON t.action_id = a.id
WHERE a.tenue_le >= :debut AND a.tenue_le < :fin
GROUP BY a.zone, t.theme
