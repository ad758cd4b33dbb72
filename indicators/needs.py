"""Freins, from found to lifted, who answers them, and the needs that nothing in the city answers: rows read from Values.

Sentences are in ``sentences_needs``; the share lifted at the review (N3.4) is an indicator of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from indicators.codes import DIMENSIONS, ENSEMBLE, Category
from indicators.sentences_rows import Figure, figure
from indicators.status import ORDER, Status
from indicators.territory import VILLE

FREIN = "frein"
ANSWER = "reponse"
NOT_STATED = "non_renseigne"
FLOWS = {"identified": "N3.3", "answered": "N3.3-repondus", "lifted": "N3.3-leves"}
"""What happens to freins in a period: the field of a row, and the indicator it comes from."""
STATES = {"open_now": "N3.3-ouverts", "without_offer": "N3.5", "not_discussed": "N3.3-non_abordes"}
"""The other fields of a row."""


@dataclass(frozen=True)
class FreinRow:
    """What became of one kind of frein in a period: pairs of a person and a frein, or why a figure is not there.

    Attributes:
        identified, answered, lifted: events of the period. They are not one cohort: a frein lifted now may have been found before.
        open_now, without_offer: on the last day of the period; the second is a part of the first.
        not_discussed: diagnoses of the period that left it aside: neither present nor absent.
        sensitive: health or justice may be told.
    """

    code: str
    label: str
    sensitive: bool
    identified: Figure
    answered: Figure
    lifted: Figure
    open_now: Figure
    without_offer: Figure
    not_discussed: Figure

    @property
    def apart(self) -> bool:
        """Whether the kind of frein is not known."""
        return self.code == NOT_STATED

    @property
    def transmitted(self) -> bool:
        """Whether anything at all came for it, were it hidden."""
        figures = (self.identified, self.answered, self.lifted, self.open_now, self.without_offer, self.not_discussed)
        return any(found.status is not Status.NON_TRANSMIS for found in figures)


@dataclass(frozen=True)
class Answers:
    """Who answers the freins of a period: counts of answers, and the share of droit commun among them (N3.3-droit_commun, in per cent).

    ``own_share`` is that of the Cité's own money, with the same denominator.
    """

    total: Figure
    ordinary_law: Figure
    own_money: Figure
    other: Figure
    not_stated: Figure
    share: Figure
    own_share: Figure


@dataclass(frozen=True)
class UncoveredNeed:
    """A frein without an offer in the city: how many residents it concerns, on the last day of the period, among those who have it open."""

    code: str
    label: str
    sensitive: bool
    residents: Figure
    open_now: Figure
    share: Figure


def freins_table(values: pd.DataFrame, period: str, zone: str = VILLE) -> list[FreinRow]:
    """One row per kind of frein, the most identified first; without a figure, the code list's order; « non renseigné » last.

    Args:
        values: a Values frame. period: a period code. zone: the whole city unless told.
    """
    here = _here(values, period, zone)
    rows = [_row(here, period, zone, category) for category in DIMENSIONS[FREIN].categories]
    return sorted(rows, key=lambda row: (row.apart, *_ranked(row.identified)))


def freins_total(values: pd.DataFrame, period: str, zone: str = VILLE) -> FreinRow:
    """The whole of the freins, as counted: it is not worked out from the kinds, one of which may be hidden."""
    return _row(_here(values, period, zone), period, zone, Category(ENSEMBLE, "Ensemble"))


def others(total: FreinRow, rows: Sequence[FreinRow]) -> FreinRow:
    """What the whole holds beside some rows of it, worked out from nothing else; as absent as the most absent of them."""

    def left(name: str) -> Figure:
        whole, parts = getattr(total, name), [getattr(row, name) for row in rows]
        worst = max((found.status for found in (whole, *parts)), key=ORDER.index)
        return Figure(whole.value - sum(found.value for found in parts), worst) if worst is Status.OK else Figure(float("nan"), worst)

    left_over = {name: left(name) for name in (*FLOWS, *STATES)}
    return FreinRow("autres", "Autres freins, ensemble", sensitive=False, **left_over)


def answers(values: pd.DataFrame, period: str, zone: str = VILLE) -> Answers:
    """Who answered the freins of a period."""
    here = _here(values, period, zone)
    total = figure(here, "N3.3-repondus", period, zone)
    ordinary, own, other, unknown = (
        figure(here, "N3.3-repondus", period, zone, ANSWER, code) for code in ("droit_commun", "financement_cite", "autre", NOT_STATED)
    )
    return Answers(total, ordinary, own, other, unknown, figure(here, "N3.3-droit_commun", period, zone), _share(own, total))


def uncovered(values: pd.DataFrame, period: str, zone: str = VILLE) -> list[UncoveredNeed]:
    """The freins open without an offer in the city, those of most residents first.

    A kind of frein that nobody has open without an offer is left out. Hidden and not transmitted ones come after, in the order of the code
    list: their place tells nothing of their value.
    """
    here = _here(values, period, zone)
    needs = [_need(here, period, zone, category) for category in DIMENSIONS[FREIN].categories]
    kept = [need for need in needs if not (need.residents.known and need.residents.value == 0)]
    return sorted(kept, key=lambda need: (not need.residents.known, need.code == NOT_STATED, *_ranked(need.residents)))


def _here(values: pd.DataFrame, period: str, zone: str) -> pd.DataFrame:
    """The rows that matter: each cell is then looked up in a few hundred rows instead of all of them."""
    return values[(values["period"] == period) & (values["zone"] == zone) & values["indicator"].str.startswith("N3.")]


def _ranked(found: Figure) -> tuple[int, float]:
    """A sorting key: figures from the largest, then the absent ones by reason, equal among themselves."""
    return ORDER.index(found.status), -found.value if found.known else 0.0


def _row(here: pd.DataFrame, period: str, zone: str, category: Category) -> FreinRow:
    def of(code: str) -> Figure:
        dimension = ENSEMBLE if category.code == ENSEMBLE else FREIN
        return figure(here, code, period, zone, dimension, category.code)

    still_open = of("N3.3-ouverts")
    return FreinRow(
        category.code,
        category.label,
        category.sensitive,
        identified=of("N3.3"),
        answered=of("N3.3-repondus"),
        lifted=of("N3.3-leves"),
        open_now=still_open,
        without_offer=_without_offer(of("N3.5"), still_open),
        not_discussed=of("N3.3-non_abordes"),
    )


def _need(here: pd.DataFrame, period: str, zone: str, category: Category) -> UncoveredNeed:
    cell = (FREIN, category.code)
    share, still_open = (figure(here, code, period, zone, *cell) for code in ("N3.5", "N3.3-ouverts"))
    if share.known:
        still_open = Figure(share.denominator, share.status)
    return UncoveredNeed(category.code, category.label, category.sensitive, _without_offer(share, still_open), still_open, share)


def _without_offer(share: Figure, still_open: Figure) -> Figure:
    """The count behind N3.5. Where nothing is open the share has no meaning, and the count is a real zero."""
    if share.status is Status.NON_APPLICABLE and still_open.known and still_open.value == 0:
        return still_open
    return Figure(share.numerator, share.status)


def _share(part: Figure, whole: Figure) -> Figure:
    """A part in per cent of its whole, as absent as the most absent of the two; not applicable when there is nothing to share."""
    worst = max(part.status, whole.status, key=ORDER.index)
    if worst is not Status.OK:
        return Figure(float("nan"), worst)
    if whole.value == 0:
        return Figure(float("nan"), Status.NON_APPLICABLE)
    return Figure(100 * part.value / whole.value, worst, part.value, whole.value)
