SELECT p.zone_habitation AS territoire, COUNT(*) AS effectif
FROM frein f
JOIN parcours ON parcours.id = f.parcours_id
JOIN personne p ON p.id = parcours.personne_id
WHERE f.identifie_le < :fin AND (f.clos_le IS NULL OR f.clos_le >= :fin)
  AND (parcours.sorti_le IS NULL OR parcours.sorti_le >= :fin)
  AND f.sans_offre = TRUE
GROUP BY p.zone_habitation
