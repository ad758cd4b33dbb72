SELECT a.zone AS territoire, COUNT(*) AS effectif
FROM action_frein a
WHERE a.tenue_le >= :debut AND a.tenue_le < :fin
GROUP BY a.zone
