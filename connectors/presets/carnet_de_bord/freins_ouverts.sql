-- Freins relevés et pas encore finis au dernier jour de la période : sans objectif, ou avec un objectif en cours.
WITH couple AS ( -- une personne et un frein : le même thème ouvert deux fois n'en fait qu'un
  SELECT n.beneficiary_id, CASE WHEN f.theme IN ('emploi', 'formation') THEN 'projet_formation' ELSE f.theme END AS frein,
         -- un objectif fini l'est à sa dernière modification
         COALESCE(bool_and(o.id IS NOT NULL AND o.status <> 'in_progress'), FALSE) AS fini,
         (MAX(o.updated_at) AT TIME ZONE 'Europe/Paris')::date AS modifie_le,
         MAX(o.status) FILTER (WHERE o.status NOT IN ('in_progress', 'done', 'abandonment')) AS inconnu -- rendu comme modalité, donc refusé et dit
  FROM notebook_focus f
  JOIN notebook n ON n.id = f.notebook_id
  LEFT JOIN notebook_target o ON o.focus_id = f.id AND (o.created_at AT TIME ZONE 'Europe/Paris')::date < :cloture
  WHERE (f.created_at AT TIME ZONE 'Europe/Paris')::date < :cloture
  GROUP BY 1, 2
)
SELECT COALESCE(CASE WHEN :cloture > DATE '2024-01-01' THEN a.qpv_2024 ELSE a.qpv_2015 END, 'NON_LOCALISE') AS territoire,
       CASE WHEN c.inconnu IS NOT NULL THEN 'statut ' || c.inconnu WHEN :dimension = 'frein' THEN c.frein ELSE 'ensemble' END AS modalite,
       COUNT(*) AS effectif
FROM couple c
JOIN cite_emploi.adresse a ON a.beneficiary_id = c.beneficiary_id AND a.commune = :commune
WHERE c.inconnu IS NOT NULL OR NOT COALESCE(c.fini AND c.modifie_le < :cloture, FALSE)
GROUP BY 1, 2
