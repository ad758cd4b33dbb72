-- un accueil est aussi un contact : qui est reçu dans l'année y est repéré
SELECT p.zone_habitation AS territoire, p.sexe AS modalite, COUNT(DISTINCT p.id) AS effectif
FROM (SELECT personne_id, contact_le AS vu_le FROM contact UNION ALL SELECT personne_id, recu_le FROM accueil) vu
JOIN personne p ON p.id = vu.personne_id
WHERE vu.vu_le >= :debut AND vu.vu_le < :fin
GROUP BY p.zone_habitation, p.sexe
