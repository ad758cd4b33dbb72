-- Orientations de la période précédente suivies d'un accompagnement commencé ; QPV lu dans les étiquettes.
SELECT COALESCE(q.code, 'NON_LOCALISE') AS territoire,
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
  AND EXISTS ( -- un rendez-vous d'accompagnement honoré avant la fin de la période ; les heures sont écrites en temps universel
    SELECT 1 FROM participations p
    JOIN rdvs r ON r.id = p.rdv_id
    JOIN follow_ups f ON f.id = p.follow_up_id
    JOIN motif_categories m ON m.id = f.motif_category_id AND m.motif_category_type = 'rsa_accompagnement'
    WHERE p.user_id = u.id AND p.status = 'seen'
      AND (r.starts_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date >= o.starts_at
      AND (r.starts_at AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date < :cloture
  )
GROUP BY 1
