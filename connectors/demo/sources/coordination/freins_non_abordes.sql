SELECT p.zone_habitation AS territoire, COUNT(*) AS effectif
FROM frein_non_aborde n
JOIN diagnostic ON diagnostic.id = n.diagnostic_id
JOIN personne p ON p.id = diagnostic.personne_id
WHERE diagnostic.pose_le >= :debut AND diagnostic.pose_le < :fin
GROUP BY p.zone_habitation
