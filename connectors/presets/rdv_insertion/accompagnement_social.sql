-- Entrées en accompagnement social, par sexe ou par âge au premier jour.
WITH qpv AS ( -- les QPV de la commune, dans le zonage du dernier jour de la période
  SELECT code, geometry FROM cite_emploi.qpv
  WHERE left(code, 2) = CASE WHEN :cloture > DATE '2024-01-01' THEN 'QN' ELSE 'QP' END
)
SELECT CASE
         WHEN g.street <> '' AND g.house_number <> '' AND g.latitude IS NOT NULL AND g.longitude IS NOT NULL AND EXISTS (SELECT 1 FROM qpv)
           THEN COALESCE(q.code, 'HORS_QPV')
         ELSE 'NON_LOCALISE' -- adresse sans rue ou sans numéro, ou contours de ce zonage absents
       END AS territoire,
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
LEFT JOIN LATERAL (
  SELECT qpv.code FROM qpv WHERE ST_Contains(qpv.geometry, ST_SetSRID(ST_MakePoint(g.longitude, g.latitude), 4326)) LIMIT 1
) q ON TRUE
WHERE o.starts_at >= :debut AND o.starts_at < :fin
  AND NOT EXISTS ( -- un accompagnement social qui continue n'est pas une entrée
    SELECT 1 FROM orientations b
    JOIN orientation_types bk ON bk.id = b.orientation_type_id AND bk.casf_category = 'social'
    WHERE b.user_id = o.user_id AND b.starts_at < o.starts_at AND (b.ends_at IS NULL OR b.ends_at >= o.starts_at - 1)
  )
GROUP BY 1, 2
