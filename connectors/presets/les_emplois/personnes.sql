-- Personnes distinctes dont un contrat d'insertion par l'activité économique commence pendant la période.
WITH qpv AS ( -- les QPV de la commune, dans le zonage du dernier jour de la période
  SELECT q.code, q.geometry
  FROM geo_qpv q
  JOIN cities_city c ON position(lower(c.name) IN lower(q.communes_info)) > 0 AND lpad(c.department, 3, '0') = substr(q.code, 3, 3)
  WHERE c.code_insee = :commune AND left(q.code, 2) = CASE WHEN :cloture > DATE '2024-01-01' THEN 'QN' ELSE 'QP' END
)
SELECT CASE
         WHEN u.geocoding_score > 0.8 AND u.coords IS NOT NULL AND EXISTS (SELECT 1 FROM qpv) THEN COALESCE(q.code, 'HORS_QPV')
         ELSE 'NON_LOCALISE' -- adresse imprécise, ou contours de ce zonage absents
       END AS territoire,
       COUNT(DISTINCT u.id) AS effectif
FROM job_applications_jobapplication a
JOIN companies_company s ON s.id = a.to_company_id AND s.kind IN ('EI', 'AI', 'ACI', 'ETTI', 'EITI')
JOIN users_user u ON u.id = a.job_seeker_id
JOIN cities_city c
  ON c.code_insee = :commune
 AND (c.id = u.insee_city_id OR (u.insee_city_id IS NULL AND u.post_code = ANY (c.post_codes) AND lower(u.city) = lower(c.name)))
LEFT JOIN LATERAL (SELECT qpv.code FROM qpv WHERE ST_Contains(qpv.geometry, u.coords::geometry) LIMIT 1) q ON TRUE
WHERE a.state = 'accepted' AND a.origin NOT IN ('pe_approval', 'ai_stock') -- ni annulées, ni reprises d'anciens agréments
  AND a.hiring_start_at >= :debut AND a.hiring_start_at < :fin
GROUP BY 1
