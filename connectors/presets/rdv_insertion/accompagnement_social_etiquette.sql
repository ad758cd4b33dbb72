-- Entrées en accompagnement social, par sexe ou par âge au premier jour ; QPV lu dans les étiquettes.
SELECT COALESCE(q.code, 'NON_LOCALISE') AS territoire,
       CASE
         WHEN :dimension = 'sexe' THEN COALESCE(u.title, '')
         WHEN u.birth_date IS NULL THEN 'non_renseigne'
         WHEN u.birth_date > o.starts_at - INTERVAL '26 years' THEN 'moins_26'
         WHEN u.birth_date > o.starts_at - INTERVAL '50 years' THEN '26_49'
         ELSE '50_plus'
       END AS modalite,
       COUNT(*) AS effectif
FROM orientations o
JOIN orientation_types k ON k.id = o.orientation_type_id AND k.casf_category = 'social'
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
  AND NOT EXISTS ( -- un accompagnement social qui continue n'est pas une entrée
    SELECT 1 FROM orientations b
    JOIN orientation_types bk ON bk.id = b.orientation_type_id AND bk.casf_category = 'social'
    WHERE b.user_id = o.user_id AND b.starts_at < o.starts_at AND (b.ends_at IS NULL OR b.ends_at >= o.starts_at - 1)
  )
GROUP BY 1, 2
