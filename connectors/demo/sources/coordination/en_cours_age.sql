SELECT p.zone_habitation AS territoire,
       CASE WHEN p.age_premier_contact < 26 THEN 'moins_26' WHEN p.age_premier_contact < 50 THEN '26_49' ELSE '50_plus' END AS modalite,
       COUNT(*) AS effectif
FROM parcours
JOIN personne p ON p.id = parcours.personne_id
WHERE parcours.engage_le < :fin AND (parcours.sorti_le IS NULL OR parcours.sorti_le >= :fin)
GROUP BY 1, 2
