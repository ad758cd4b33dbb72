-- Embauches en insertion par l'activité économique : une par contrat commencé pendant la période.
-- RSA et RQTH valent « non » tant que la page qui les demande n'est pas remplie : elle demande aussi le niveau de formation.
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
       CASE
         WHEN :dimension = 'sexe' THEN u.title
         WHEN :dimension = 'age' THEN
           CASE
             WHEN p.birthdate IS NULL THEN 'non_renseigne'
             WHEN p.birthdate > a.hiring_start_at - INTERVAL '26 years' THEN 'moins_26'
             WHEN p.birthdate > a.hiring_start_at - INTERVAL '50 years' THEN '26_49'
             ELSE '50_plus'
           END
         WHEN :dimension = 'rsa' THEN
           CASE
             WHEN p.has_rsa_allocation IN ('OUI-M', 'OUI-NM') THEN 'oui'
             WHEN p.has_rsa_allocation = 'NON' AND p.education_level <> '' THEN 'non'
             ELSE 'non_renseigne'
           END
         WHEN :dimension = 'rqth' THEN
           CASE
             WHEN p.rqth_employee THEN 'oui'
             WHEN NOT p.rqth_employee AND p.education_level <> '' THEN 'non'
             ELSE 'non_renseigne'
           END
       END AS modalite,
       COUNT(*) AS effectif
FROM job_applications_jobapplication a
JOIN companies_company s ON s.id = a.to_company_id AND s.kind IN ('EI', 'AI', 'ACI', 'ETTI', 'EITI')
JOIN users_user u ON u.id = a.job_seeker_id
LEFT JOIN users_jobseekerprofile p ON p.user_id = u.id
JOIN cities_city c
  ON c.code_insee = :commune
 AND (c.id = u.insee_city_id OR (u.insee_city_id IS NULL AND u.post_code = ANY (c.post_codes) AND lower(u.city) = lower(c.name)))
LEFT JOIN LATERAL (SELECT qpv.code FROM qpv WHERE ST_Contains(qpv.geometry, u.coords::geometry) LIMIT 1) q ON TRUE
WHERE a.state = 'accepted' AND a.origin NOT IN ('pe_approval', 'ai_stock') -- ni annulées, ni reprises d'anciens agréments
  AND a.hiring_start_at >= :debut AND a.hiring_start_at < :fin
GROUP BY 1, 2
