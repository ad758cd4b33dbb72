SELECT p.zone_habitation AS territoire,
       CASE WHEN p.age_premier_contact < 26 THEN 'moins_26' WHEN p.age_premier_contact < 50 THEN '26_49' ELSE '50_plus' END AS modalite,
       COUNT(DISTINCT p.id) AS effectif
FROM contact
JOIN personne p ON p.id = contact.personne_id
WHERE contact.contact_le >= :debut AND contact.contact_le < :fin
GROUP BY 1, 2
