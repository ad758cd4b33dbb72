SELECT p.zone_habitation AS territoire, COUNT(*) AS effectif
FROM suivi_six_mois s
JOIN parcours ON parcours.id = s.parcours_id
JOIN personne p ON p.id = parcours.personne_id
WHERE s.echeance_le >= :debut AND s.echeance_le < :fin
GROUP BY p.zone_habitation
