-- Orientations de bénéficiaires du RSA qui commencent pendant la période ; QPV lu dans les étiquettes.
SELECT COALESCE(q.code, 'NON_LOCALISE') AS territoire,
       'rsa_accompagnement' AS modalite,
       COUNT(*) AS effectif
FROM orientations o
JOIN users u ON u.id = o.user_id AND u.deleted_at IS NULL
JOIN address_geocodings g ON g.user_id = u.id AND g.city_code = :commune
LEFT JOIN LATERAL ( -- le code écrit dans l'étiquette, dans le zonage du dernier jour ; deux codes se contredisent
  SELECT CASE
           WHEN COUNT(DISTINCT e.code) = 1 THEN MIN(e.code)
           WHEN COUNT(e.code) = 0 AND bool_or(e.hors) THEN 'HORS_QPV'
         END AS code
  FROM (
    SELECT upper(t.value) ~ '^HORS.QPV$' AS hors,
           substring(upper(t.value) FROM
             CASE WHEN :cloture > DATE '2024-01-01' THEN 'QN[0-9AB]{3}[0-9]{2}[NMI]' ELSE 'QP[0-9AB]{3}[0-9]{3}' END) AS code
    FROM tag_users l JOIN tags t ON t.id = l.tag_id
    WHERE l.user_id = u.id
  ) e
) q ON TRUE
WHERE o.starts_at >= :debut AND o.starts_at < :fin
GROUP BY 1, 2
