SELECT p.zone_habitation AS territoire,
       CASE WHEN p.age_premier_contact < 26 THEN 'moins_26' WHEN p.age_premier_contact < 50 THEN '26_49' ELSE '50_plus' END AS modalite,
       COUNT(DISTINCT p.id) AS effectif
FROM accueil
JOIN personne p ON p.id = accueil.personne_id
WHERE accueil.recu_le >= :debut AND accueil.recu_le < :fin
GROUP BY 1, 2
