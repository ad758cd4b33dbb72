SELECT strftime('%Y', a.tenue_le) AS periode, p.zone_habitation AS territoire, COUNT(DISTINCT p.id) AS effectif
FROM action_frein_presence b
JOIN action_frein a ON a.id = b.action_id
JOIN personne p ON p.id = b.personne_id
WHERE a.tenue_le >= :debut AND date(a.tenue_le, 'start of year', '+1 year') <= :fin
GROUP BY 1, 2
