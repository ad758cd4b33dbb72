SELECT p.zone_habitation AS territoire, t.theme AS modalite, COUNT(DISTINCT p.id) AS effectif
FROM action_frein_presence b
JOIN action_frein a ON a.id = b.action_id
JOIN action_frein_theme t ON t.action_id = a.id
JOIN personne p ON p.id = b.personne_id
WHERE a.tenue_le >= :debut AND a.tenue_le < :fin
GROUP BY p.zone_habitation, t.theme
