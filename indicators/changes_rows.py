"""Rows of the frame Changes with the figures of the two editions: the same row serves a sentence and a table. No text is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from indicators import typography as t
from indicators.changes import CELL
from indicators.changes_between import Cause, EditionFigures
from indicators.indicator import Indicator, Kind
from indicators.period import Period
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.status import Status
from indicators.windows import Window

SHARES = frozenset({Kind.PROPORTION, Kind.RATE})


@dataclass(frozen=True)
class ChangeRow:
    """One row of a Changes frame with the three figures it compares.

    Attributes:
        cell: dimension and category. rolling: over the twelve months that end with the period.
        old: what the previous edition showed. restated: the same as the new edition knows it. new: the new edition's own.
        movement, revision: NaN unless ``status`` and ``revision_status`` are ``ok``.
        causes: of the revision, none when it is 0 or unknown; several cannot be told apart.
        defined_on: day of the precision, None when there is none or when nobody dated it.
        broken, broken_on: the break between the two periods, and its day.
    """

    indicator: Indicator
    zone: str
    cell: tuple[str, str]
    rolling: bool
    earlier: Period
    later: Period
    old: Figure
    restated: Figure
    new: Figure
    movement: float
    revision: float
    causes: tuple[Cause, ...]
    redefined: bool
    defined_on: date | None
    broken: str
    broken_on: date | None
    status: Status
    revision_status: Status

    @property
    def told(self) -> bool:
        """Whether one of the two editions shows a figure: else there is nothing to say of it at a séance."""
        return self.old.known or self.restated.known or self.new.known

    @property
    def known(self) -> bool:
        """Whether there is a movement to write."""
        return self.status is Status.OK

    @property
    def moved(self) -> bool:
        """Whether the figure changed between the two periods."""
        return self.known and self.movement != 0

    @property
    def revised(self) -> bool:
        """Whether the new edition no longer says of the old period what the old one said."""
        return self.revision_status is Status.OK and self.revision != 0

    @property
    def few(self) -> bool:
        """Whether a share has too few persons under it for points to mean anything: its counts alone are written."""
        sides = (self.old, self.restated, self.new)
        return self.indicator.kind in SHARES and any(side.known and side.denominator < t.FEW for side in sides)


def change_rows(frame: pd.DataFrame, old: EditionFigures, new: EditionFigures, indicators: Mapping[str, Indicator]) -> list[ChangeRow]:
    """The rows of a Changes frame, in its order; the editions it was made from give the counts behind each rate."""
    rows = []
    windows = {Window.PERIOD: (old.values, new.values), Window.ROLLING_YEAR: (old.rolling, new.rolling)}
    known = {str(window): (_figures(before, frame), _figures(after, frame)) for window, (before, after) in windows.items()}
    for told in frame.to_dict("records"):
        before, after = known[str(told["window"])]
        cell = tuple(str(told[name]) for name in CELL)
        past, present = (str(told["old_period"]), str(told["new_period"]))
        rows.append(
            ChangeRow(
                indicator=indicators[cell[0]],
                zone=cell[1],
                cell=(cell[2], cell[3]),
                rolling=told["window"] == Window.ROLLING_YEAR,
                earlier=Period.parse(past),
                later=Period.parse(present),
                old=before.get((*cell, past), NOT_TRANSMITTED),
                restated=after.get((*cell, past), NOT_TRANSMITTED),
                new=after.get((*cell, present), NOT_TRANSMITTED),
                movement=float(told["movement"]),
                revision=float(told["revision"]),
                causes=tuple(Cause(code) for code in str(told["cause"]).split(" et ") if code),
                redefined=bool(told["redefined"]),
                defined_on=_day(str(told["defined_on"])),
                broken=str(told["broken"]),
                broken_on=_day(str(told["broken_on"])),
                status=Status(told["status"]),
                revision_status=Status(told["revision_status"]),
            )
        )
    return rows


def _figures(values: pd.DataFrame, frame: pd.DataFrame) -> Mapping[tuple[str, ...], Figure]:
    periods = {*frame["old_period"], *frame["new_period"]}
    return {
        (*(str(row[name]) for name in CELL), str(row["period"])): Figure(
            value=float(row["value"]),
            status=Status(row["status"]),
            numerator=float(row["numerator"]),
            denominator=float(row["denominator"]),
            low=float(row["low"]),
            high=float(row["high"]),
        )
        for row in values[values["period"].isin(periods)].to_dict("records")
    }


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
