-- Freins dont le dernier objectif se finit pendant la période, un au moins étant atteint.
WITH couple AS ( -- une personne et un frein : le même thème ouvert deux fois n'en fait qu'un
  SELECT n.beneficiary_id, CASE WHEN f.theme IN ('emploi', 'formation') THEN 'projet_formation' ELSE f.theme END AS frein,
         -- un objectif fini l'est à sa dernière modification
         COALESCE(bool_and(o.id IS NOT NULL AND o.status <> 'in_progress'), FALSE) AS fini,
         bool_or(o.status = 'done') AS atteint,
         (MAX(o.updated_at) AT TIME ZONE 'Europe/Paris')::date AS modifie_le
  FROM notebook_focus f
  JOIN notebook n ON n.id = f.notebook_id
  LEFT JOIN notebook_target o ON o.focus_id = f.id AND (o.created_at AT TIME ZONE 'Europe/Paris')::date < :cloture
  WHERE (f.created_at AT TIME ZONE 'Europe/Paris')::date < :cloture
  GROUP BY 1, 2
)
SELECT COALESCE(CASE WHEN :cloture > DATE '2024-01-01' THEN a.qpv_2024 ELSE a.qpv_2015 END, 'NON_LOCALISE') AS territoire,
       CASE WHEN :dimension = 'frein' THEN c.frein ELSE 'ensemble' END AS modalite,
       COUNT(*) AS effectif
FROM couple c
JOIN cite_emploi.adresse a ON a.beneficiary_id = c.beneficiary_id AND a.commune = :commune
WHERE c.fini AND c.atteint AND c.modifie_le >= :debut AND c.modifie_le < :fin
GROUP BY 1, 2
