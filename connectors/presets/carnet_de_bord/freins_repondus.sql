-- Freins dont la première action est inscrite pendant la période.
WITH couple AS ( -- une personne et un frein : le même thème ouvert deux fois n'en fait qu'un
  SELECT n.beneficiary_id, CASE WHEN f.theme IN ('emploi', 'formation') THEN 'projet_formation' ELSE f.theme END AS frein,
         (MIN(t.created_at) AT TIME ZONE 'Europe/Paris')::date AS repondu_le
  FROM notebook_focus f
  JOIN notebook n ON n.id = f.notebook_id
  JOIN notebook_target o ON o.focus_id = f.id
  JOIN notebook_action t ON t.target_id = o.id
  GROUP BY 1, 2
)
SELECT COALESCE(CASE WHEN :cloture > DATE '2024-01-01' THEN a.qpv_2024 ELSE a.qpv_2015 END, 'NON_LOCALISE') AS territoire,
       CASE WHEN :dimension = 'frein' THEN c.frein ELSE 'ensemble' END AS modalite,
       COUNT(*) AS effectif
FROM couple c
JOIN cite_emploi.adresse a ON a.beneficiary_id = c.beneficiary_id AND a.commune = :commune
WHERE c.repondu_le >= :debut AND c.repondu_le < :fin
GROUP BY 1, 2
