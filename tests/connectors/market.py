"""France Travail's « Marché du travail » as our own service plays it: what it answers, and what becomes of each answer."""

from __future__ import annotations

import json
import re

from connectors.source import Source
from connectors.store import Outcome
from tests.connectors.cities import City
from tests.connectors.service import Told, say

SECRET, IDENTIFIER, TOKEN = "s3cr3t-du-compte", "PAR_cite_0123", "jeton-vivant-987"
DECLARATION = """
preset = "marche_du_travail"
[api]
base = "{address}/v1"
token = "{address}/token"
territory_type = "COM"
calls_per_second = 10
tries = 3
first_wait_seconds = 0.1
answer_seconds = 0.6
total_seconds = 3
max_bytes = 20000
"""
NO_LIST = "Erreur interne : Le serveur n'a pas pu trouver la liste demandée"


def value(category: str, number: object, period: str = "2023T1", **more) -> dict[str, object]:
    known = {"codeTypeTerritoire": "COM", "codeTerritoire": "59999", "codeTypePeriode": "TRIMESTRE", "libPeriode": "1er trimestre 2023"}
    return {**known, "codeNomenclature": category, "codePeriode": period, "valeurPrincipaleNombre": number, **more}


def stats(*values: dict[str, object]) -> dict[str, object]:
    return {"codeIndicateur": "DE_1", "datMaj": "2023-06-01", "listeValeursParPeriode": list(values)}


QUARTER = (value("A", 410), value("B", 90), value("C", 120))
GOOD = say(stats(*QUARTER, value("A", 400, "2022T4"), value("B", 80, "2022T4"), value("C", 100, "2022T4")))
GIVEN = say({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 1499})


KNOWN = {
    ("demandeurs_emploi_a", "VILLE", "2022-T4"): 400.0,
    ("demandeurs_emploi_abc", "VILLE", "2022-T4"): 580.0,
    ("demandeurs_emploi_a", "VILLE", "2023-T1"): 410.0,
    ("demandeurs_emploi_abc", "VILLE", "2023-T1"): 620.0,
}


def declare(city: City, address: str, **changed: object) -> Source:
    text = DECLARATION.format(address=address)
    for key, new in changed.items():
        text = re.sub(rf"(?m)^{key} = .*\n", "", text) + f"{key} = {json.dumps(new)}\n"
    return city.source("marche", text)


NOTHING = "n'a aucun chiffre pour COM 59999 : ce n'est pas une panne"
LOADED = "Rien n'a été chargé ; les chiffres affichés ne changent pas."
KEPT = "Dernière livraison conservée"
SHAPE = "Le service a sans doute changé : prévenez l'assistance de francetravail.io."
REFUSED, FAILED = Outcome.REFUSED, Outcome.FAILED
HTML = (("Content-Type", "text/html"),)
ELSEWHERE = (("Location", "/ailleurs"),)
CASES: dict[str, tuple[list[Told], Outcome, int, tuple[str, ...]]] = {
    # what the statistics answer: what becomes of it, how many times they are asked, what is told
    "204": ([Told(204)], REFUSED, 1, (NOTHING, LOADED)),
    "empty 200": ([say(b"")], REFUSED, 1, (NOTHING, LOADED)),
    "400": ([say({"message": "n'est pas disponible pour cet indicateur"}, 400)], REFUSED, 1, (NOTHING, LOADED)),
    "500 no list": ([say({"message": NO_LIST}, 500)], REFUSED, 1, (NOTHING, LOADED)),
    "200 no list": ([say({"codeIndicateur": "DE_1"})], REFUSED, 1, (NOTHING,)),
    "200 empty list": ([say(stats())], REFUSED, 1, (NOTHING,)),
    "401 twice": ([say({}, 401)], FAILED, 2, ("refuse l'accès (HTTP 401)", "FRANCE_TRAVAIL_CLIENT_SECRET", KEPT)),
    "403": ([say({}, 403)], FAILED, 1, ("refuse l'accès (HTTP 403)", "est associée à l'application", KEPT)),
    "404": ([say({}, 404)], FAILED, 1, ("répond d'une manière imprévue (HTTP 404)", "« base » et « path » dans [api]", KEPT)),
    "429": ([say({}, 429)], FAILED, 3, ("demande de ralentir (HTTP 429)", KEPT)),
    "429 in an hour": ([say({}, 429, headers=(("Retry-After", "3600"),))], FAILED, 1, ("et de revenir dans 3\u202f600 s", KEPT)),
    "500": ([say({"message": f"jeton {TOKEN}"}, 500)], FAILED, 3, ("est en panne (HTTP 500)", KEPT)),
    "503 at length": ([say(b"x" * 50_000, 503)], FAILED, 3, ("est en panne (HTTP 503)", KEPT)),
    "half": ([say(GOOD.body, announced=len(GOOD.body) + 100)], FAILED, 3, ("a coupé sa réponse avant la fin", KEPT)),
    "nothing at all": ([say(b"", announced=100)], FAILED, 3, ("a coupé sa réponse avant la fin", KEPT)),
    "silence": ([say(b"", announced=100, drip="silence")], FAILED, 3, ("n'a rien répondu pendant 1 s", KEPT)),
    "slow body": ([say(GOOD.body, drip="body", pause=0.1)], FAILED, 1, ("n'a pas fini de répondre en 3 s", KEPT)),
    "slow headers": ([say(GOOD.body, drip="headers", pause=0.1)], FAILED, 1, ("n'a pas fini de répondre en 3 s", KEPT)),
    "huge": ([say(b"[" * 50_000)], REFUSED, 1, ("réponse de plus de 20\u202f000 octets", LOADED)),
    "redirect": ([Told(302, headers=ELSEWHERE)], FAILED, 1, ("renvoie vers une autre adresse (HTTP 302), où rien n'est envoyé", KEPT)),
    "redirect of a POST": ([Told(307, headers=ELSEWHERE)], FAILED, 1, ("renvoie vers une autre adresse (HTTP 307)", KEPT)),
    "HTML": ([say(b"<html>", headers=HTML)], REFUSED, 1, ("la réponse n'est pas du JSON (« text/html »)", SHAPE, LOADED)),
    "no type": ([say(GOOD.body, headers=())], REFUSED, 1, ("la réponse n'est pas du JSON", LOADED)),
    "broken JSON": ([say(GOOD.body[:-5])], REFUSED, 1, ("la réponse n'est pas du JSON lisible", LOADED)),
    "not UTF-8": ([say(b'{"codeIndicateur": "\xe9"}')], REFUSED, 1, ("la réponse n'est pas du JSON lisible", LOADED)),
    "deep": ([say(b"[" * 15_000)], REFUSED, 1, ("la réponse n'est pas du JSON lisible", LOADED)),
    "list": ([say([1, 2])], REFUSED, 1, ("« réponse » n'est pas ce qui était attendu", SHAPE)),
    "other object": ([say({"erreur": TOKEN})], REFUSED, 1, ("« listeValeursParPeriode » manque dans la réponse", SHAPE)),
    "text number": ([say(stats(value("A", "410")))], REFUSED, 1, ("« listeValeursParPeriode.0.valeurPrincipaleNombre »", SHAPE)),
    "negative": ([say(stats(*QUARTER, value("D", -1)))], REFUSED, 1, ("« listeValeursParPeriode.3.valeurPrincipaleNombre »",)),
    "not a number": ([say(b'{"listeValeursParPeriode": [{"valeurPrincipaleNombre": NaN}]}')], REFUSED, 1, (SHAPE,)),
    "no category": ([say(stats({"codePeriode": "2023T1"}))], REFUSED, 1, ("« listeValeursParPeriode.0.codeNomenclature »",)),
    "no quarter": ([say(stats(value("A", 1, "2023")))], REFUSED, 1, ("« 2023 » n'est pas un trimestre", SHAPE)),
    "to come": ([say(stats(value("A", 1, "2023T3")))], REFUSED, 1, ("le trimestre 2023-T3 n'est pas terminé",)),
    "elsewhere": ([say(stats(value("A", 1, codeTerritoire="62193")))], REFUSED, 1, ("parle d'un autre territoire (« 62193 »)",)),
    "two values": ([say(stats(*QUARTER, value("A", 411)))], REFUSED, 1, ("deux nombres différents pour la catégorie « A » au 2023-T1",)),
    "no C": ([say(stats(*QUARTER[:2]))], REFUSED, 1, ("aucun nombre pour la catégorie « C »", SHAPE)),
    "renamed": ([say(stats(*(value(code, None) for code in "ABC")))], REFUSED, 1, ("aucun nombre pour la catégorie « A »", SHAPE)),
    "a crowd": ([say(stats(value("A", 5001)))], REFUSED, 1, ("plus que les habitants de la ville (5\u202f000)",)),
}
TOKENS: dict[str, tuple[Told, int, str]] = {
    "unknown account": (say({"error": "invalid_client", "error_description": SECRET}, 400), 1, "refuse l'accès (HTTP 400)"),
    "down": (say({}, 503), 3, "est en panne (HTTP 503)"),
    "redirect": (Told(302, headers=ELSEWHERE), 1, "renvoie vers une autre adresse"),
    "lost": (say({}, 404), 1, "répond d'une manière imprévue (HTTP 404). Vérifiez « token » dans [api]"),
    "HTML": (say(b"<html>", headers=HTML), 1, "ne donne pas de jeton lisible"),
    "no token": (say({"token_type": "Bearer"}), 1, "ne donne pas de jeton lisible"),
    "two lines": (say({"access_token": "a\r\nX-Forged: b"}), 1, "ne donne pas de jeton lisible"),
    "slow": (say(GIVEN.body, drip="body", pause=0.2), 1, "n'a pas fini de répondre en 3 s"),
}
