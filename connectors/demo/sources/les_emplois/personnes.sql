SELECT CASE WHEN u.geocoding_score > 0.8 THEN COALESCE(q.code, 'HORS_QPV') ELSE 'NON_LOCALISE' END AS territoire,
       COUNT(DISTINCT a.job_seeker_id) AS effectif
FROM job_applications_jobapplication a
JOIN users_user u ON u.id = a.job_seeker_id
LEFT JOIN geo_qpv q
  ON u.latitude BETWEEN q.south AND q.north AND u.longitude BETWEEN q.west AND q.east
 AND q.valid_from < :fin AND (q.valid_to IS NULL OR q.valid_to >= :debut)
WHERE a.state = 'accepted' AND a.hiring_start_at >= :debut AND a.hiring_start_at < :fin
GROUP BY 1
