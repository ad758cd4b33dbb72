SELECT zone AS territoire, SUM(nombre) AS effectif
FROM cite_personnes
WHERE premier_jour >= :debut AND premier_jour < :fin
GROUP BY zone
