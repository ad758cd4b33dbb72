"""A small follow-up by hand, and what the workbook must count of it for the second quarter of 2023."""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import date as day
from pathlib import Path

from connectors.suivi.counted import Cell

LINES = {
    "parcours": [
        (
            *(1, "Les Tilleuls", "Femme", "Moins de 26 ans", "Moins de 12 mois", "Au RSA", "Sans RQTH", "Oui"),
            *(day(2023, 1, 10), day(2023, 2, 1), day(2023, 4, 3), day(2023, 4, 3)),
        ),
        (
            *(2, "Le Port", "Homme", "26 à 49 ans", "24 mois et plus", "Hors RSA", "Avec RQTH", "Non"),
            *(day(2023, 5, 2), day(2023, 5, 20), day(2023, 6, 30), day(2023, 6, 30)),
        ),
        # identified the year before, received this year
        (
            *(3, "Hors QPV", "Femme", "50 ans et plus", "", "", "", "Oui"),
            *(day(2022, 12, 1), day(2023, 3, 1), day(2023, 3, 1), day(2023, 3, 5), day(2023, 6, 1), "Emploi durable", "Oui", "Oui"),
        ),
        (4, "", "", "", "", "", "", "", day(2023, 7, 5)),  # after the quarter
        (5, "", "", "", "", "", "", "Non", day(2023, 6, 15)),
        # out for six months
        (
            *(6, "Les Tilleuls", "Homme", "Moins de 26 ans", "", "", "", "Oui", day(2022, 6, 1), day(2022, 7, 1), "", day(2022, 7, 1)),
            *(day(2022, 11, 15), "Formation qualifiante", "", "", "Oui", "Oui"),
        ),
    ],
    "freins": [
        (1, 1, "Les Tilleuls", "Mobilité", day(2023, 4, 3), day(2023, 4, 20), "Droit commun", day(2023, 6, 10), "Non"),
        (2, 1, "Les Tilleuls", "Numérique", day(2023, 4, 3), "", "", "", "Oui"),
        (3, 2, "Le Port", "Mobilité", day(2023, 3, 30), day(2023, 5, 5), "Financement de la Cité", "", "Non"),
        (4, "", "", "", day(2023, 5, 5)),
    ],
    "actions": [
        (1, day(2023, 4, 10), "Coordination"),
        (2, day(2023, 5, 10), "Aller-vers", "Le Port"),
        (3, day(2023, 6, 30), "Levée de freins", "Les Tilleuls", "Mobilité"),
        (4, day(2023, 7, 1), "Coordination"),
    ],
    "orientations": [
        (1, 1, "Les Tilleuls", day(2023, 2, 10), "PLIE", day(2023, 4, 1)),
        (2, 2, "Le Port", day(2023, 3, 31), "Formation"),
        (3, 1, "Les Tilleuls", day(2023, 4, 1), "Contrat d'engagement jeune"),
    ],
    "partenaires": [(1, "CCAS de Villetest", "Social"), (2, "PLIE du Port", "Emploi"), (3, "Centre de santé", "Santé")],
    "reunions": [
        (1, day(2023, 5, 5), "CCAS de Villetest", "Oui"),
        (2, day(2023, 5, 5), "PLIE du Port", "Non"),
        (3, day(2022, 7, 1), "PLIE du Port", "Oui"),
        (4, day(2022, 6, 30), "Centre de santé", "Oui"),  # thirteen months before
    ],
}
_A, _B, _OUT, _UNKNOWN = "QP059901", "QP059902", "HORS_QPV", "NON_LOCALISE"
_WOMAN, _MAN = {"sexe": "femme", "age": "moins_26"}, {"sexe": "homme", "age": "26_49"}
_OLDER, _NOBODY = {"sexe": "femme", "age": "50_plus"}, {"sexe": "non_renseigne", "age": "non_renseigne"}
_TOLD: list[tuple[str, str, dict[str, str]]] = [
    *(("habitants_reperes", zone, who) for zone, who in ((_A, _WOMAN), (_B, _MAN), (_OUT, _OLDER), (_UNKNOWN, _NOBODY))),
    *(("habitants_accueillis", zone, who) for zone, who in ((_A, _WOMAN), (_B, _MAN), (_OUT, _OLDER))),
    *(("habitants_non_inscrits_ft", zone, who) for zone, who in ((_B, _MAN), (_UNKNOWN, _NOBODY))),
    *(("diagnostics_poses", zone, {}) for zone in (_A, _B)),
    *(("entrees_parcours", zone, who) for zone, who in ((_A, _WOMAN), (_B, _MAN))),
    ("parcours_en_cours", _A, {**_WOMAN, "anciennete": "moins_12", "rsa": "oui", "rqth": "non"}),
    ("parcours_en_cours", _B, {**_MAN, "anciennete": "24_plus", "rsa": "non", "rqth": "oui"}),
    ("sorties_parcours", _OUT, {"sortie": "emploi_durable"}),
    *((name, _OUT, {}) for name in ("parcours_termines", "parcours_termines_actifs")),
    *((name, _A, {}) for name in ("sortants_a_six_mois", "sortants_joints", "sortants_actifs_six_mois")),
    *(("freins_identifies", zone, {"frein": what}) for zone, what in ((_A, "mobilite"), (_A, "numerique"), (_UNKNOWN, "non_renseigne"))),
    ("freins_repondus", _A, {"reponse": "droit_commun", "frein": "mobilite"}),
    ("freins_repondus", _B, {"reponse": "financement_cite", "frein": "mobilite"}),
    ("freins_leves", _A, {"frein": "mobilite"}),
    *(("freins_ouverts", zone, {"frein": what}) for zone, what in ((_A, "numerique"), (_B, "mobilite"), (_UNKNOWN, "non_renseigne"))),
    ("freins_sans_offre", _A, {"frein": "numerique"}),
    ("actions_coordination", "VILLE", {}),
    ("actions_aller_vers", _B, {}),
    ("actions_freins", _A, {"frein": "mobilite"}),
    ("orientations_droit_commun", _A, {"dispositif": "cej"}),
    *(("orientations_echues", zone, {}) for zone in (_A, _B)),
    ("orientations_concretisees", _A, {}),
    *((name, "VILLE", {}) for name in ("structures_invitees", "structures_invitees", "structures_presentes")),
    *((name, "VILLE", {}) for name in ("structures_mobilisees", "structures_mobilisees", "structures_hors_emploi")),
]
EXPECTED = Counter(
    (measure, place, dimension, category)
    for measure, zone, breakdown in _TOLD
    for place in {zone, "VILLE"}
    for dimension, category in ({"ensemble": "ensemble", **breakdown} if place == zone else {"ensemble": "ensemble"}).items()
)
"""(measure, zone, dimension, category) -> how many; every other cell counts zero."""


def calculated(cell: Cell) -> int:
    """What a spreadsheet program would have written beside the formula."""
    return EXPECTED[cell.measure, cell.territory, cell.dimension, cell.category]


def saved_by_a_spreadsheet(program: str, content: bytes, folder: Path) -> bytes:
    """A workbook opened and saved by LibreOffice, which calculates it."""
    (folder / "suivi.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    words = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "calcule"), str(folder / "suivi.xlsx")]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return (folder / "calcule" / "suivi.xlsx").read_bytes()
