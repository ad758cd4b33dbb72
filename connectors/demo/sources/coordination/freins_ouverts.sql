SELECT p.zone_habitation AS territoire, COUNT(*) AS effectif
FROM frein f
JOIN parcours ON parcours.id = f.parcours_id
JOIN personne p ON p.id = parcours.personne_id
WHERE parcours.bilan_le >= :debut AND parcours.bilan_le < :fin
  AND (f.clos_le IS NULL OR f.clos_le > parcours.bilan_le)
GROUP BY p.zone_habitation
