SELECT p.zone_habitation AS territoire, p.sexe AS modalite, COUNT(DISTINCT p.id) AS effectif
FROM accueil
JOIN personne p ON p.id = accueil.personne_id
WHERE accueil.recu_le >= :debut AND accueil.recu_le < :fin
GROUP BY p.zone_habitation, p.sexe
