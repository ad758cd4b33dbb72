SELECT 'VILLE' AS territoire, COUNT(*) AS effectif
FROM (
  SELECT DISTINCT o.parcours_id, o.destination_id
  FROM orientation_partenaire o
  JOIN parcours ON parcours.id = o.parcours_id
  WHERE o.faite_le < :fin AND parcours.engage_le < :fin AND (parcours.sorti_le IS NULL OR parcours.sorti_le >= :fin)
) couples
