SELECT 'VILLE' AS territoire, COUNT(*) AS effectif
FROM orientation_partenaire o
JOIN structure d ON d.id = o.origine_id
JOIN structure r ON r.id = o.destination_id
WHERE o.faite_le >= :debut AND o.faite_le < :fin AND d.reseau <> r.reseau
