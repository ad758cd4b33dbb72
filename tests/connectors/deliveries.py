"""Good deliveries and the bad ones that partners really send, built here: each with what must become of it and what must be read.

The numbers are those of the list of defects agreed on (B01 to B77); those that need a base, a ledger or a store are tested where
the end says.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from tests.connectors.cities import FILE_SOURCE

Row = tuple[object, ...]
HEADER: Row = ("periode", "territoire", "mesure", "dimension", "modalite", "effectif")
ROWS: list[Row] = [
    ("2023-T1", "QP059901", "entrees_plie", "sexe", "femme", 12),
    ("2023-T1", "QP059901", "entrees_plie", "sexe", "homme", 9),
    ("2023-T1", "QP059901", "entrees_plie", "sexe", "non_renseigne", 0),
    ("2023-T1", "QP059902", "entrees_plie", "ensemble", "ensemble", 7),
    ("2023-T1", "HORS_QPV", "entrees_plie", "ensemble", "ensemble", 130),
    ("2023-T2", "QP059901", "entrees_plie", "ensemble", "ensemble", 15),
    ("2023-T2", "QP059902", "entrees_plie", "ensemble", "ensemble", 8),
    ("2023-T2", "HORS_QPV", "entrees_plie", "ensemble", "ensemble", 141),
]
SOURCE = (
    FILE_SOURCE.replace("{id}", "plie")
    + """
[codes.sexe]
F = "femme"
1 = "homme"
2 = "femme"
H = "homme"
"""
)


def lines(rows: list[Row], header: Row = HEADER, separator: str = ";") -> str:
    return "".join(separator.join(map(str, row)) + "\n" for row in (header, *rows))


def csv(rows: list[Row] = ROWS, header: Row = HEADER, separator: str = ";") -> bytes:
    return lines(rows, header, separator).encode()


def having(row: int, column: str, value: object, rows: list[Row] = ROWS) -> list[Row]:
    """The rows with one cell changed."""
    changed = list(rows[row])
    changed[HEADER.index(column)] = value
    return [*rows[:row], tuple(changed), *rows[row + 1 :]]


def xlsx(*sheets: tuple[str, list[Row]]) -> bytes:
    """A real workbook; a text that begins with « = » is a formula whose value is an error."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in sheets or (("donnees", ROWS),):
            sheet = book.add_worksheet(title)
            for number, row in enumerate((HEADER, *rows)):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, column, cell, None, "#DIV/0!")
                    else:
                        sheet.write(number, column, cell)
    return content.getvalue()


def repacked(content: bytes, **changed: bytes) -> bytes:
    """A workbook with some of its entries rewritten or added."""
    found = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as book, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as out:
        names = {name.replace("/", "__"): name for name in book.namelist()}
        for key, name in names.items():
            out.writestr(name, changed.get(key.replace(".", "_"), book.read(name)))
        for key, text in changed.items():
            if key not in {known.replace(".", "_") for known in names}:
                out.writestr(f"xl/{key}.bin", text)
    return found.getvalue()


@dataclass(frozen=True)
class Case:
    """A delivery: ``told`` must be read in its report; ``value``, where given, is what the cell of row 0 became."""

    id: str
    decision: str
    told: str
    content: bytes
    name: str = "livraison.csv"
    value: int | None = None


def _refused(id: str, told: str, content: bytes, name: str = "livraison.csv") -> Case:  # noqa: A002
    return Case(id, "refus", told, content, name)


def _cell(id: str, column: str, value: object, told: str) -> Case:  # noqa: A002
    return Case(id, "refus", told, csv(having(0, column, value)))


_TOTALS: list[Row] = [
    ("2023-T1", zone, "entrees_plie", "ensemble", "ensemble", n) for zone, n in (("QP059901", 21), ("HORS_QPV", 130), ("VILLE", 151))
]
_EXITS: list[Row] = [
    ("2023-T1", "QP059901", "sorties_parcours", dimension, category, n)
    for dimension, category, n in (("ensemble", "ensemble", 5), ("sortie", "emploi_durable", 4), ("sortie", "formation_qualifiante", 3))
]
_YEAR_2024: list[Row] = [("2024-T1", "QP059901", "entrees_plie", "ensemble", "ensemble", 4)]

CASES = [
    _refused("B01", "est vide (0 octet)", b""),
    _refused("B02", "est incomplet ou abîmé", xlsx()[: int(len(xlsx()) * 0.6)], "a.xlsx"),
    _refused("B03", "porte l'extension .xlsx mais contient du texte", csv(), "a.xlsx"),
    _refused("B04", "est chiffré. Ôtez le mot de passe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.xlsx"),
    _refused("B05", "Le format .xls n'est pas accepté", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.xls"),
    _refused("B06", "dépasse 100 Mo une fois décompressé", repacked(xlsx(), bombe=bytes(101 * 1024 * 1024)), "a.xlsx"),
    _refused(
        "B08", "XML non autorisé", repacked(xlsx(), xl__workbook_xml=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'), "a.xlsx"
    ),
    _refused("B09", "la limite est de 10 Mo", b"a;b\n" * (3 * 1024 * 1024)),
    *(_refused("B10", "Nom de fichier non autorisé", csv(), name) for name in ("../../etc/x.csv", "C:\\x.csv", "..\\x.csv")),
    _refused("B12", "contenu PDF", b"%PDF-1.7\n" + bytes(range(1, 256))),
    Case(
        "B13",
        "avertissement",
        "Encodage Windows-1252 détecté et converti",
        (lines(ROWS) + "\n").replace("periode", "période").encode("cp1252"),
    ),
    Case("B14", "accepté", "", b"\xef\xbb\xbf" + csv()),
    _refused("B15", "Encodage UTF-16 non accepté", lines(ROWS).encode("utf-16")),
    _refused("B17", "Caractère interdit (NUL) ligne 3", csv().replace(b"homme", b"hom\x00me", 1)),
    Case("B18", "accepté", "Séparateur « , » reconnu", csv(separator=",")),
    _refused(
        "B19",
        "Ligne 4 : 1 colonnes lues au lieu de 6. Séparateur différent ?",
        csv().replace(b"2023-T1;QP059901;entrees_plie;sexe;non_renseigne;0", b"2023-T1,QP059901,entrees_plie,sexe,non_renseigne,0"),
    ),
    Case("B21", "accepté", "", csv().replace(b"\n", b"\r")),
    _refused("B22", "Colonne obligatoire absente : « effectif ». Colonnes lues : periode", csv([row[:5] for row in ROWS], HEADER[:5])),
    _refused("B23", "Colonne inconnue « nb_pers » et colonne « effectif » absente. Est-ce la même ?", csv(header=(*HEADER[:5], "nb_pers"))),
    Case(
        "B24", "avertissement", "Colonne non prévue « commentaire » ignorée", csv([(*row, "vu") for row in ROWS], (*HEADER, "commentaire"))
    ),
    *(
        _refused("B25", f"Colonne à caractère personnel détectée (« {name} »)", csv([(*row, "x") for row in ROWS], (*HEADER, name)))
        for name in ("Nom", "Prénom", "Date de naissance", "NIR", "Courriel", "Téléphone")
    ),
    _refused(
        "B26", "une donnée personnelle possible a été vue", csv([(*row, "2 69 05 49 588 157 80") for row in ROWS], (*HEADER, "commentaire"))
    ),
    _refused("B27", "La colonne « effectif » apparaît deux fois", csv([(*row, 1) for row in ROWS], (*HEADER, "effectif"))),
    _refused(
        "B29",
        "2 feuilles remplies (Feuil1, Feuil2) ; la feuille attendue « donnees » manque",
        xlsx(("Feuil1", ROWS), ("Feuil2", ROWS)),
        "a.xlsx",
    ),
    _refused("B30", "Aucune ligne de données. Si l'effectif est nul, livrez une ligne à 0", csv([])),
    _refused(
        "B31",
        "Version de format « 2 » inconnue ; versions acceptées : 1",
        csv([(*row, 2) for row in ROWS], (*HEADER, "version_format")),
    ),
    _cell("B32", "effectif", -3, "Ligne 2 : effectif négatif (-3)"),
    _cell("B33", "effectif", "12,5", "Ligne 2 : un effectif doit être entier (lu : 12,5)"),
    Case("B34", "accepté", "", csv(having(0, "effectif", "1\u202f234")), value=1234),
    *(
        Case(
            "B36",
            "accepté",
            "1 valeur sous secret chez le partenaire : conservées comme « secret », jamais comme 0",
            csv(having(0, "effectif", mark)),
        )
        for mark in ("<5", "s", "n.d.", "-")
    ),
    _cell("B37", "effectif", "", "Ligne 2 : effectif vide. Écrivez 0, « s » (secret) ou « nd » (non disponible)"),
    *(_cell("B38", "effectif", mark, f"Ligne 2 : erreur de formule Excel ({mark})") for mark in ("#REF!", "#N/A", "#DIV/0!")),
    # a workbook's reader gives an error as nothing: it is refused all the same
    _refused("B38", "Ligne 2 : effectif vide", xlsx(("donnees", having(0, "effectif", "=1/0"))), "a.xlsx"),
    _cell("B40", "modalite", "=CMD|'/C calc'!A0", "Ligne 2 : une formule n'est pas acceptée dans un libellé"),
    _cell("B41", "effectif", 10**15, "1000000000000000 dépasse la population de la ville (5\u202f000)"),
    _cell("B41", "effectif", 10**40, "dépasse la population de la ville"),
    _cell("B41", "effectif", "1e308", "Ligne 2 : « 1e308 » n'est pas un effectif"),
    _cell("B42", "effectif", "1O", "Ligne 2 : « 1O » n'est pas un nombre (lettre O ?)"),
    _refused("B43", "Ligne 2 : valeur logique au lieu d'un nombre", xlsx(("donnees", having(0, "effectif", value=True))), "a.xlsx"),
    _cell("B46", "periode", "31/02/2023", "Ligne 2 : le 31/02/2023 n'existe pas"),
    Case(
        "B47",
        "avertissement",
        "Dates lues au format jour/mois/année : chacune désigne le trimestre qui la contient",
        csv([("04/03/2023" if row[0] == "2023-T1" else "30/06/2023", *row[1:]) for row in ROWS]),
        value=12,
    ),
    _cell("B49", "periode", "2023-T3", "Ligne 2 : la période 2023-T3 n'est pas terminée"),
    _cell("B49", "periode", "2027-01", "Ligne 2 : la période 2027-01 n'est pas commencée"),
    _cell("B50", "periode", "2021-T4", "Ligne 2 : période 2021-T4 antérieure au dispositif"),
    Case(
        "B51",
        "avertissement",
        "La période 2023-02 manque ; si aucune autre livraison ne l'apporte, elle est affichée « non transmis », pas 0",
        csv(
            [
                ("2023-01", "HORS_QPV", "entrees_plie", "ensemble", "ensemble", 3),
                ("2023-03", "HORS_QPV", "entrees_plie", "ensemble", "ensemble", 4),
            ]
        ),
    ),
    _refused("B53", "Le fichier annoncé pour 2023-T1 contient aussi 2023-T2", csv(), "plie_2023-T1.csv"),
    Case("B54", "avertissement", "1 ligne répétée à l'identique, comptée une fois", csv([*ROWS, ROWS[0]])),
    _refused(
        "B55",
        "Ligne 10 : deux valeurs (12 et 13) pour les mêmes période, territoire, mesure et modalité",
        csv([*ROWS, *having(0, "effectif", 13)[:1]]),
    ),
    _cell(
        "B56", "territoire", "QN06299Z", "Ligne 2 : QPV « QN06299Z » inconnu. Codes attendus pour Villetest : QN05999N, QP059901, QP059902"
    ),
    _refused(
        "B57",
        "le code QN05999N n'appartient pas au zonage en vigueur en 2023-T1 (QP059901, QP059902)",
        csv(having(0, "territoire", "QN05999N")),
    ),
    *(
        Case("B59", "accepté", "", csv(having(1, "modalite", man, having(0, "modalite", woman))), value=12)
        for woman, man in (("F", "H"), ("2", "1"), ("femme", "homme"))
    ),
    _refused("B61", "somme des zones (161) supérieure à « ville entière » (151)", csv(having(0, "effectif", 31, _TOTALS))),
    _refused("B63", "les modalités de « sortie » totalisent 7 et l'ensemble 5", csv(_EXITS)),
]

ELSEWHERE = {
    "B45": "test_fec_faults",
    "B65": "test_quarantine",
    "B66": "test_fec",
    "B67": "test_fec",
    "B68": "test_collect",
    "B70": "test_quarantine",
    "B71": "test_collect",
    "B72": "test_sql",
    "B73": "test_sql_access",
    "B75": "test_quarantine",
    "B77": "store/test_store_faults",
}
