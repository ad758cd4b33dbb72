SELECT zone AS territoire, sexe AS modalite, SUM(nombre) AS effectif
FROM cite_entrees
WHERE dispositif = 'FORMATION' AND debut_le >= :debut AND debut_le < :fin
GROUP BY zone, sexe
