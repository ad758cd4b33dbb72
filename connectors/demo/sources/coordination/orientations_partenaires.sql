SELECT 'VILLE' AS territoire, d.reseau || '>' || r.reseau AS modalite, COUNT(*) AS effectif
FROM orientation_partenaire o
JOIN structure d ON d.id = o.origine_id
JOIN structure r ON r.id = o.destination_id
WHERE o.faite_le >= :debut AND o.faite_le < :fin
GROUP BY d.reseau, r.reseau
