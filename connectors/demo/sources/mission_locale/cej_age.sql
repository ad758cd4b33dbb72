SELECT zone AS territoire, tranche_age AS modalite, SUM(nombre) AS effectif
FROM cite_entrees
WHERE dispositif = 'CEJ' AND debut_le >= :debut AND debut_le < :fin
GROUP BY zone, tranche_age
