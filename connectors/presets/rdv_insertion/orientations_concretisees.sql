-- Orientations de la période précédente suivies d'un accompagnement commencé.
WITH qpv AS ( -- les QPV de la commune, dans le zonage du dernier jour de la période
  SELECT code, geometry FROM cite_emploi.qpv
  WHERE left(code, 2) = CASE WHEN :cloture > DATE '2024-01-01' THEN 'QN' ELSE 'QP' END
)
SELECT CASE
         WHEN g.street <> '' AND g.house_number <> '' AND g.latitude IS NOT NULL AND g.longitude IS NOT NULL AND EXISTS (SELECT 1 FROM qpv)
           THEN COALESCE(q.code, 'HORS_QPV')
         ELSE 'NON_LOCALISE' -- adresse sans rue ou sans numéro, ou contours de ce zonage absents
       END AS territoire,
       COUNT(*) AS effectif
FROM orientations o
JOIN users u ON u.id = o.user_id AND u.deleted_at IS NULL
JOIN address_geocodings g ON g.user_id = u.id AND g.city_code = :commune
LEFT JOIN LATERAL (
  SELECT qpv.code FROM qpv WHERE ST_Contains(qpv.geometry, ST_SetSRID(ST_MakePoint(g.longitude, g.latitude), 4326)) LIMIT 1
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
