"""The headers of a delivery: the partner's names turned into ours, everything else refused or, if harmless, dropped and said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import pandas as pd

from connectors.errors import NOTHING_KEPT, quote
from connectors.intake.raw import CATEGORY, COUNT, DIMENSION, MEASURE, OURS, PERIOD, ZONE
from connectors.source import Source

REQUIRED = (PERIOD, ZONE, MEASURE, COUNT)
_PERSONAL = re.compile(
    r"nom|noms|prenom|prenoms|nom_(de_)?(famille|naissance|usage)|identite|date_(de_)?naissance|ddn|ne_le|nir|num(ero)?_secu.*|securite_sociale"
    r"|courriel|mail|e_?mail|telephone|tel|portable|adresse|rue|iban|id(entifiant)?(_(personne|usager|beneficiaire|dossier|de|demandeur).*)?"
    r"|beneficiaire|usager"
)
_VERSION = frozenset({"version_format", "version_du_format", "format_version", "version_schema"})
FORMAT = "1"
"""The version of our long layout, where a delivery says one."""
LABEL = "libelle"
"""What a line of our own template counts, in words: never read."""
_HARMLESS = frozenset({"commentaire", "commentaires", "remarque", "remarques", "observation", "observations"})


def simplify(header: str) -> str:
    """A header without accents, case or punctuation, to compare names that people write in many ways."""
    plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def header_names(source: Source) -> set[str]:
    """Every simplified header that a source may give to our columns."""
    return {*OURS, *(simplify(alias) for names in source.columns.values() for alias in names)}


def is_personal(header: str) -> bool:
    """Whether a header names something about a person."""
    return _PERSONAL.fullmatch(simplify(header)) is not None


def header_faults(headers: Sequence[str]) -> list[str]:
    """Repeated headers, and headers that announce personal data."""
    plain = [simplify(header) for header in headers]
    repeated = sorted({header for header, name in zip(headers, plain, strict=True) if name and plain.count(name) > 1})
    personal = [header for header in headers if is_personal(header)]
    return [
        *(f"La colonne « {header} » apparaît deux fois. Gardez-en une." for header in repeated[:1]),
        *(
            f"Colonne à caractère personnel détectée (« {header} »). Cette application ne reçoit que des effectifs : retirez-la. "
            f"{NOTHING_KEPT}"
            for header in personal
        ),
    ]


def rename(cells: pd.DataFrame, source: Source) -> tuple[pd.DataFrame, list[str], list[str]]:
    """The cells under our names, the faults, and the warnings. Constants fill the columns the delivery does not have."""
    headers = [str(header) for header in cells.columns]
    faults = header_faults(headers)
    if faults:
        return cells, faults, []
    ours = {simplify(name): name for name in (PERIOD, ZONE, MEASURE, DIMENSION, CATEGORY, COUNT)}
    ours.update({simplify(theirs): name for name, aliases in source.columns.items() for theirs in aliases})
    known = {header: ours[simplify(header)] for header in headers if simplify(header) in ours}
    twice = two_for_one(known)
    if twice:
        return cells, twice, []
    version = next((header for header in headers if simplify(header) in _VERSION and header not in known), None)
    if version is not None:
        stray = sorted({cell.strip() for cell in cells[version]} - {FORMAT})
        if stray:
            return cells, [f"Version de format « {quote(stray[0])} » inconnue ; versions acceptées : {FORMAT}."], []
    unknown = [header for header in headers if header not in known and header != version and simplify(header) != LABEL]
    harmless = [header for header in unknown if simplify(header) in _HARMLESS]
    renamed = cells[list(known)].rename(columns=known)
    for name, constant in source.constants.items():
        if name not in renamed:
            renamed[name] = constant
    if MEASURE not in renamed and len(source.measures) == 1:
        renamed[MEASURE] = source.measures[0]
    missing = [name for name in REQUIRED if name not in renamed]
    faults = _column_faults(missing, [header for header in unknown if header not in harmless], headers, source)
    return renamed, faults, [f"Colonne non prévue « {header} » ignorée." for header in harmless]


def two_for_one(known: Mapping[str, str]) -> list[str]:
    """Two headers that are both names of one column of ours: which one counts cannot be guessed.

    In some open files CODGEO is the QPV, in others its commune.
    """
    return [
        f"Les colonnes « {' » et « '.join(headers)} » désignent toutes « {ours} ». Gardez-en une, ou déclarez la bonne dans [columns]."
        for ours in dict.fromkeys(known.values())
        if len(headers := [header for header, name in known.items() if name == ours]) > 1
    ]


def _column_faults(missing: list[str], unknown: list[str], headers: list[str], source: Source) -> list[str]:
    if missing and unknown:
        pairs = []
        for name in missing:
            near = get_close_matches(name, [simplify(header) for header in unknown], n=1, cutoff=0.3)
            theirs = next((header for header in unknown if near and simplify(header) == near[0]), unknown[0])
            pairs.append(
                f"Colonne inconnue « {theirs} » et colonne « {name} » absente. Est-ce la même ? "
                f"Mettez à jour la correspondance ([columns] de {source.folder.name}/source.toml)."
            )
        return pairs
    faults = [f"Colonne obligatoire absente : « {name} ». Colonnes lues : {', '.join(headers)}." for name in missing]
    faults += [
        f"Colonne inconnue « {header} » : elle peut décrire une personne. Retirez-la, ou déclarez-la dans [columns] de "
        f"{source.folder.name}/source.toml. {NOTHING_KEPT}"
        for header in unknown
    ]
    return faults
