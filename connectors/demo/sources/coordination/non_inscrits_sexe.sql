SELECT p.zone_habitation AS territoire, p.sexe AS modalite, COUNT(DISTINCT p.id) AS effectif
FROM contact
JOIN personne p ON p.id = contact.personne_id
WHERE contact.contact_le >= :debut AND contact.contact_le < :fin AND p.inscrit_ft = FALSE
GROUP BY p.zone_habitation, p.sexe
