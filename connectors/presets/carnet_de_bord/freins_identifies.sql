-- Freins relevés pour la première fois pendant la période.
WITH couple AS ( -- une personne et un frein : le même thème ouvert deux fois n'en fait qu'un
  SELECT n.beneficiary_id, CASE WHEN f.theme IN ('emploi', 'formation') THEN 'projet_formation' ELSE f.theme END AS frein,
         (MIN(f.created_at) AT TIME ZONE 'Europe/Paris')::date AS releve_le
  FROM notebook_focus f
  JOIN notebook n ON n.id = f.notebook_id
  GROUP BY 1, 2
)
SELECT COALESCE(CASE WHEN :cloture > DATE '2024-01-01' THEN a.qpv_2024 ELSE a.qpv_2015 END, 'NON_LOCALISE') AS territoire,
       CASE WHEN :dimension = 'frein' THEN c.frein ELSE 'ensemble' END AS modalite,
       COUNT(*) AS effectif
FROM couple c
JOIN cite_emploi.adresse a ON a.beneficiary_id = c.beneficiary_id AND a.commune = :commune
WHERE c.releve_le >= :debut AND c.releve_le < :fin
GROUP BY 1, 2
