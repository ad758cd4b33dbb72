"""What the workbook counts of its own lines: one formula per cell of our long layout. How it is laid out is ``template``'s business."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from connectors.suivi.pages import COORDINATION, FREINS, JOBS, NO, OUTREACH, YES, Kind, Page, places, word
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Period
from indicators.territory import NON_LOCALISE, VILLE, Territory

Criteria = tuple[tuple[str, str], ...]
"""Column -> what its cells must satisfy, as a formula writes it."""
_NOT_STATED = "non_renseigne"


@dataclass(frozen=True)
class Count:
    """A measure counted on a sheet: the lines of ``terms`` added up, less those of ``minus``; ``formula`` where COUNTIFS cannot say it."""

    measure: str
    page: str
    terms: tuple[Criteria, ...] = ()
    minus: tuple[Criteria, ...] = ()
    dimensions: tuple[str, ...] = ()
    zoned: bool = True
    formula: str = ""


@dataclass(frozen=True)
class Cell:
    """A row of the sheet « donnees », but for its period."""

    territory: str
    measure: str
    dimension: str
    category: str
    formula: str


def text(value: str) -> str:
    """A text as a formula writes it."""
    return '"' + value.replace('"', '""') + '"'


def _within(column: str, first: str = "debut", after: str = "fin") -> Criteria:
    return ((column, f'">="&{first}'), _before(column, after))


def _before(column: str, after: str = "fin") -> tuple[str, str]:
    return column, f'"<"&{after}'


def _is(column: str, value: str) -> tuple[str, str]:
    return column, text(value)


_SEEN: tuple[Criteria, ...] = (
    _within("repere", "annee"),
    (*_within("recu", "annee"), _before("repere", "annee")),
    (*_within("recu", "annee"), _is("repere", "")),
)
"""Identified since 1 January, or received since then after being identified in another year: a reception is a contact too."""
_WHO = ("sexe", "age")
_SIX = (*_within("sorti", "six_debut", "six_fin"), _before("entre", "six_fin"))
_DUE = _within("jour", "avant", "debut")
_ENDED = (*_within("sorti"), _before("entre"))
_PRESENT = (
    'SUMPRODUCT((COUNTIFS(reunions_structure,partenaires_structure,reunions_presente,"{yes}",reunions_jour,">="&douze_mois,'
    'reunions_jour,"<"&fin)>0)*(partenaires_structure<>""){more})'
)
COUNTED = (
    Count("habitants_reperes", "parcours", _SEEN, dimensions=_WHO),
    Count("habitants_accueillis", "parcours", (_within("recu", "annee"),), dimensions=_WHO),
    Count("habitants_non_inscrits_ft", "parcours", tuple((*term, _is("inscrit", NO)) for term in _SEEN), dimensions=_WHO),
    Count("diagnostics_poses", "parcours", (_within("diagnostic"),)),
    Count("entrees_parcours", "parcours", (_within("entre"),), dimensions=_WHO),
    Count(
        "parcours_en_cours",
        "parcours",
        ((_before("entre"),),),
        ((_before("entre"), _before("sorti")),),
        dimensions=(*_WHO, "anciennete", "rsa", "rqth"),
    ),
    Count("sorties_parcours", "parcours", (_ENDED,), dimensions=("sortie",)),
    Count("parcours_termines", "parcours", ((*_ENDED, _is("terme", YES)),)),
    Count("parcours_termines_actifs", "parcours", ((*_ENDED, _is("terme", YES), _is("activite", YES)),)),
    Count("sortants_a_six_mois", "parcours", (_SIX,)),
    Count("sortants_joints", "parcours", ((*_SIX, _is("joint", YES)),)),
    Count("sortants_actifs_six_mois", "parcours", ((*_SIX, _is("joint", YES), _is("actif", YES)),)),
    Count("freins_identifies", "freins", (_within("identifie"),), dimensions=("frein",)),
    Count("freins_repondus", "freins", (_within("repondu"),), dimensions=("reponse", "frein")),
    Count("freins_leves", "freins", (_within("leve"),), dimensions=("frein",)),
    Count("freins_ouverts", "freins", ((_before("identifie"),),), ((_before("identifie"), _before("leve")),), dimensions=("frein",)),
    Count(
        "freins_sans_offre",
        "freins",
        ((_before("identifie"), _is("sans_offre", YES)),),
        ((_before("identifie"), _is("sans_offre", YES), _before("leve")),),
        dimensions=("frein",),
    ),
    Count("actions_coordination", "actions", ((*_within("jour"), _is("nature", COORDINATION)),), zoned=False),
    Count("actions_aller_vers", "actions", ((*_within("jour"), _is("nature", OUTREACH)),)),
    Count("actions_freins", "actions", ((*_within("jour"), _is("nature", FREINS)),), dimensions=("frein",)),
    Count("orientations_droit_commun", "orientations", (_within("jour"),), dimensions=("dispositif",)),
    Count("orientations_echues", "orientations", (_DUE,)),
    Count("orientations_concretisees", "orientations", ((*_DUE, _before("entree")),)),
    Count("structures_invitees", "reunions", (_within("jour"),), zoned=False),
    Count("structures_presentes", "reunions", ((*_within("jour"), _is("presente", YES)),), zoned=False),
    Count("structures_mobilisees", "partenaires", zoned=False, formula=_PRESENT.format(yes=YES, more="")),
    Count(
        "structures_hors_emploi",
        "partenaires",
        zoned=False,
        formula=_PRESENT.format(yes=YES, more=f'*(partenaires_champ<>"{JOBS}")*(partenaires_champ<>"")'),
    ),
)
"""The order of the sheet. The whole city is counted without looking at the neighbourhood: a line that no zone holds then shows."""


def cells(territory: Territory, quarter: Period) -> Iterator[Cell]:
    """Every row of the sheet « donnees » for the zoning in force in a quarter."""
    names = places(territory, quarter)
    for count in COUNTED:
        for zone in (*names, VILLE) if count.zoned else (VILLE,):
            broken_down = count.dimensions if zone in names else ()
            for dimension in (ENSEMBLE, *broken_down):
                for category in DIMENSIONS[dimension].codes:
                    where = [*_place(zone, names), *_category(dimension, category)]
                    yield Cell(zone, count.measure, dimension, category, f"={_formula(count, where)}")


def uncountable(page: Page) -> str:
    """How many cells of a sheet no formula would count: days and numbers written as text, words pasted from outside the lists."""
    parts = []
    for column in page.columns:
        cells_of = f"{page.key}_{column.key}"
        if column.kind in {Kind.DAY, Kind.NUMBER}:
            parts.append(f"SUMPRODUCT(ISTEXT({cells_of})*1)")
        elif column.kind is Kind.LIST:
            parts.append(f'SUMPRODUCT(({cells_of}<>"")*(COUNTIF({column.listed},{cells_of})=0))')
    return "+".join(parts)


def _place(zone: str, names: dict[str, str]) -> list[list[tuple[str, str]]]:
    """The ways a line says its zone: an empty neighbourhood is one that was not placed."""
    if zone not in names:
        return []
    return [[_is("quartier", names[zone]), *([_is("quartier", "")] if zone == NON_LOCALISE else [])]]


def _category(dimension: str, category: str) -> list[list[tuple[str, str]]]:
    if dimension == ENSEMBLE:
        return []
    return [[_is(dimension, word(dimension, category)), *([_is(dimension, "")] if category == _NOT_STATED else [])]]


def _formula(count: Count, where: Sequence[Sequence[tuple[str, str]]]) -> str:
    if count.formula:
        return count.formula
    signed = [*(("+", term) for term in count.terms), *(("-", term) for term in count.minus)]
    parts = [f"{sign}{_countifs(count.page, (*term, *chosen))}" for sign, term in signed for chosen in product(*where)]
    return "".join(parts).removeprefix("+")


def _countifs(page: str, criteria: Criteria) -> str:
    return "COUNTIFS(" + ",".join(f"{page}_{column},{test}" for column, test in criteria) + ")"
