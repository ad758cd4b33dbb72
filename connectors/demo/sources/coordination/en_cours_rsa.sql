SELECT p.zone_habitation AS territoire, COALESCE(p.rsa, 'non_renseigne') AS modalite, COUNT(*) AS effectif
FROM parcours
JOIN personne p ON p.id = parcours.personne_id
WHERE parcours.engage_le < :fin AND (parcours.sorti_le IS NULL OR parcours.sorti_le >= :fin)
GROUP BY 1, 2
