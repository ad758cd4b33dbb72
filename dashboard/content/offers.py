"""What may be chosen on the pages, for a version of the data: codes, their French labels, and the one that is shown unless told.

The lists of choices on the screen and the list of what an edition keeps are both made from here. Nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import reasons
from dashboard.components.readings import ACCESS, schemes
from dashboard.content.mapped import subjects
from dashboard.definitions import LEVELS
from dashboard.sheets import own_periods
from indicators import typography as t
from indicators.indicator import Indicator
from indicators.period import Frequency, Period
from indicators.registry import indicators
from indicators.status import Status
from indicators.territory import QPV

if TYPE_CHECKING:
    from dashboard.board import Board

ALL = "tous"
"""The code that stands for the whole list of indicators, or for all levels."""
ACCESS_VIEWS = {
    "trimestre": "Ce trimestre",
    "annee": "Sur douze mois",
    "evolution": "Évolution sur un an",
    "composition": "Ce qui compose l'écart",
}


@dataclass(frozen=True)
class Offer:
    """A list of codes with their labels, in reading order. ``default`` is one of them."""

    options: Mapping[str, str]
    default: str


def quarters(board: Board) -> Offer:
    """The closed quarters, newest first; the latest one with a figure unless told. The board must have quarters."""
    codes = list(reversed(board.quarters))
    return Offer(_periods(codes), (board.filled or codes[:1])[-1])


def zones(board: Board, period: Period) -> Offer:
    """All the QPVs, then those in force for which the period, or the twelve months it ends, has an access gap to show."""
    present: set[str] = set()
    for gaps in (board.gaps, board.rolling_gaps):
        here = gaps[gaps["period"] == period.code]
        present |= set(here.loc[here["indicator"].str.startswith(ACCESS) & (here["status"] == Status.OK), "zone"])
    zoning = board.settings.territory.zoning_of(period)
    named = {place.code: place.short for place in (zoning.neighbourhoods if zoning else ()) if place.code in present}
    return Offer({QPV: "Ensemble des QPV"} | named, QPV)


def zones_left_out(board: Board, period: Period) -> dict[str, str]:
    """Why each other QPV of the Cité is not offered for a period: « Beau-Marais, non disponible (France Travail livre …) »."""
    offered, zoning = zones(board, period).options, board.settings.territory.zoning_of(period)
    here = {place.code for place in zoning.neighbourhoods} if zoning else set()
    together = next((who for item in schemes() if (who := reasons.together(board, item))), "")
    absent = f"non disponible ({together})" if together else f"aucun écart publié {t.during(period)}"
    return {
        place.code: f"{place.short}, {absent if place.code in here else f'hors du zonage {t.during(period)}'}"
        for item in board.settings.territory.zonings
        for place in item.neighbourhoods
        if place.code not in offered
    }


def access_views() -> Offer:
    """The views of the access gaps."""
    return Offer(ACCESS_VIEWS, "trimestre")


def exercises(board: Board) -> Offer:
    """The exercises of the grant, newest first; the latest one begun unless told. The settings must declare at least one."""
    declared = list(reversed(board.settings.exercises))
    begun = [item for item in declared if item.first_day <= board.today]
    return Offer({str(item.year): f"Exercice {item.year}" for item in declared}, str((begun or declared)[0].year))


def closings(board: Board, year: int) -> Offer:
    """The quarters at whose end an exercise can be read, newest first; the quarter under way is read today."""
    last = max(Period(year, Frequency.QUARTER, 1), min(Period(year, Frequency.QUARTER, 4), Period.of(board.today, Frequency.QUARTER)))
    found = [last.shift(-back) for back in range(last.number)]
    return Offer({item.code: f"Arrêté au {t.date_short(min(item.last_day, board.today))}" for item in found}, last.code)


def sheets() -> Offer:
    """The list of all indicators, then the sheet of each."""
    return Offer({ALL: "Tous les indicateurs"} | {code: f"{code} · {item.short}" for code, item in indicators().items()}, ALL)


def levels() -> Offer:
    """All levels, then each."""
    return Offer({ALL: "Tous les niveaux"} | {str(level): t.french(label) for level, label in LEVELS.items()}, ALL)


def mapped_quarters(board: Board) -> Offer | None:
    """The quarters of a zoning whose outlines are there; None without any: what is published has no quarter."""
    zonings = {code: board.settings.territory.zoning_of(Period.parse(code)) for code in board.quarters}
    drawn = [code for code, zoning in zonings.items() if zoning and zoning.code in board.contours.by_zoning]
    filled = [code for code in board.filled if code in drawn]
    return Offer(_periods(list(reversed(drawn))), filled[-1]) if filled else None


def mapped(board: Board, period: Period | None) -> Offer | None:
    """What can be put on the map of the QPVs, published values first; None where nothing can."""
    found = {code: subject.short for code, subject in subjects(board, period).items()}
    return Offer(found, next(iter(found))) if found else None


def mapped_left_out(board: Board, period: Period | None) -> dict[str, str]:
    """Why each indicator that the map cannot show is not offered: « N2.5 · Orientations ne se dessine pas (contours du zonage …) »."""
    territory, offered = board.settings.territory, subjects(board, period)
    here = board.values[board.values["zone"].isin(territory.qpv_codes()) & (board.values["status"] == Status.OK)]
    told = set(here["indicator"])
    zonings = [zoning for code in board.quarters if (zoning := territory.zoning_of(Period.parse(code)))]
    lacking = [code for code in dict.fromkeys(item.code for item in zonings) if code not in board.contours.by_zoning]
    missing = f"contours du zonage {t.joined(lacking)} non importés" if lacking and period is None else ""
    return {
        code: f"{label} ne se dessine pas ({missing if missing and code in told else 'aucun chiffre par quartier'})"
        for code, label in sheets().options.items()
        if code != ALL and code not in offered
    }


def sheet_periods(board: Board, indicator: Indicator) -> Offer | None:
    """The periods an indicator is established for, newest first, the latest one with a figure unless told; None where there is none."""
    rows = board.values[board.values["indicator"] == indicator.code]
    told = [period.code for period in reversed(own_periods(rows["period"].unique().tolist()))]
    if not told:
        return None
    known = set(rows.loc[rows["status"] == Status.OK, "period"])
    return Offer(_periods(told), next((code for code in told if code in known), told[0]))


def _periods(codes: Iterable[str]) -> dict[str, str]:
    return {code: t.period_label(Period.parse(code)) for code in codes}
