"""The sheets that the coordinator fills: their columns and drop-down lists. A number names a line, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from indicators.codes import DIMENSIONS
from indicators.period import Period
from indicators.territory import HORS_QPV, LABELS, NON_LOCALISE, Territory

LINES = 5000
"""Lines that a sheet can hold: what the formulas count."""
TO_MEND = "à corriger"
"""What the workbook writes for its period while a cell of its sheets cannot be counted."""
SHEET = "donnees"
YES, NO = "Oui", "Non"
COORDINATION, OUTREACH, FREINS = "Coordination", "Aller-vers", "Levée de freins"
JOBS = "Emploi"
_ONE = {"femme": "Femme", "homme": "Homme"}


class Kind(Enum):
    """What may be typed in a column."""

    NUMBER = auto()
    DAY = auto()
    LIST = auto()
    STRUCTURE = auto()


@dataclass(frozen=True)
class Column:
    """A column: ``key`` names it in formulas; ``choices`` names its list (that of its key by default)."""

    key: str
    title: str
    kind: Kind = Kind.LIST
    choices: str = ""

    @property
    def listed(self) -> str:
        """The range of its drop-down list, as a formula names it."""
        return "partenaires_structure" if self.choices == "structures" else f"liste_{self.choices or self.key}"


@dataclass(frozen=True)
class Page:
    """A sheet: ``key`` names it in formulas."""

    key: str
    title: str
    columns: tuple[Column, ...]
    lines: int = LINES


def _day(key: str, title: str) -> Column:
    return Column(key, title, Kind.DAY)


def _yes_no(key: str, title: str) -> Column:
    return Column(key, title, choices="oui_non")


_NUMBER = Column("numero", "N°", Kind.NUMBER)
_OF_PARCOURS = Column("parcours", "N° du parcours", Kind.NUMBER)
_PLACE = Column("quartier", "Quartier")
PAGES = (
    Page(
        "parcours",
        "Parcours",
        (
            *(_NUMBER, _PLACE, Column("sexe", "Sexe"), Column("age", "Âge"), Column("anciennete", "Ancienneté de chômage")),
            *(Column("rsa", "RSA"), Column("rqth", "RQTH"), _yes_no("inscrit", "Inscrit à France Travail")),
            *(_day("repere", "Repéré le"), _day("recu", "Reçu le"), _day("diagnostic", "Diagnostic posé le"), _day("entre", "Entré le")),
            *(_day("sorti", "Sorti le"), Column("sortie", "Type de sortie"), _yes_no("terme", "Mené à terme")),
            *(_yes_no("activite", "En activité à la sortie"), _yes_no("joint", "Joint six mois après")),
            _yes_no("actif", "En activité six mois après"),
        ),
    ),
    Page(
        "freins",
        "Freins",
        (
            *(_NUMBER, _OF_PARCOURS, _PLACE, Column("frein", "Frein"), _day("identifie", "Identifié le")),
            *(_day("repondu", "Réponse apportée le"), Column("reponse", "Réponse"), _day("leve", "Levé le")),
            _yes_no("sans_offre", "Sans offre locale"),
        ),
    ),
    Page(
        "actions", "Actions", (_NUMBER, _day("jour", "Tenue le"), Column("nature", "Type d'action"), _PLACE, Column("frein", "Frein visé"))
    ),
    Page(
        "orientations",
        "Orientations",
        (_NUMBER, _OF_PARCOURS, _PLACE, _day("jour", "Orientée le"), Column("dispositif", "Dispositif"), _day("entree", "Entrée le")),
    ),
    Page(
        "partenaires",
        "Partenaires",
        (_NUMBER, Column("structure", "Structure (jamais une personne)", Kind.STRUCTURE), Column("champ", "Champ")),
        lines=300,
    ),
    Page(
        "reunions",
        "Réunions",
        (
            _NUMBER,
            _day("jour", "Tenue le"),
            Column("structure", "Structure invitée", choices="structures"),
            _yes_no("presente", "Présente"),
        ),
    ),
)
DIMENSIONS_TYPED = ("sexe", "age", "anciennete", "rsa", "rqth", "sortie", "frein", "reponse", "dispositif")


def word(dimension: str, code: str) -> str:
    """What she picks for a category."""
    return _ONE.get(code) or next(item.label for item in DIMENSIONS[dimension].categories if item.code == code)


def places(territory: Territory, quarter: Period) -> dict[str, str]:
    """Zone -> what she picks: each QPV in force, the rest of the city, an address that cannot be placed."""
    codes = territory.qpv_codes(quarter)
    return {**{code: territory.label(code) for code in codes}, HORS_QPV: LABELS[HORS_QPV], NON_LOCALISE: LABELS[NON_LOCALISE]}


def lists(territory: Territory, quarter: Period) -> dict[str, list[str]]:
    """Every drop-down list."""
    return {
        "quartier": list(places(territory, quarter).values()),
        "oui_non": [YES, NO],
        "nature": [COORDINATION, OUTREACH, FREINS],
        "champ": [JOBS, "Santé", "Social", "Logement", "Famille", "Autre champ"],
        **{name: [word(name, code) for code in DIMENSIONS[name].codes] for name in DIMENSIONS_TYPED},
    }
