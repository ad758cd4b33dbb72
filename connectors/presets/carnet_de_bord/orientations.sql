-- Demandes de changement d'orientation acceptées pendant la période, au titre du RSA.
SELECT COALESCE(CASE WHEN :cloture > DATE '2024-01-01' THEN a.qpv_2024 ELSE a.qpv_2015 END, 'NON_LOCALISE') AS territoire,
       'rsa_accompagnement' AS modalite,
       COUNT(*) AS effectif
FROM orientation_request r
JOIN cite_emploi.adresse a ON a.beneficiary_id = r.beneficiary_id AND a.commune = :commune
WHERE r.status = 'accepted'
  AND (r.decided_at AT TIME ZONE 'Europe/Paris')::date >= :debut AND (r.decided_at AT TIME ZONE 'Europe/Paris')::date < :fin
GROUP BY 1, 2
