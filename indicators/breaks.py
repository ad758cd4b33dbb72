"""The days that separate two dates: breaks declared, changes of zoning, partners that join or leave a measure. Nothing is compared here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from indicators.cube import Provider
from indicators.period import Period, SeriesBreak
from indicators.territory import Territory

ZONING_CHANGES = "Changement de zonage des QPV"
"""The label of a break that no file declares: the zones are not the same at the two dates."""
COVERAGE = "Périmètre changé"


def broken(
    measures: Sequence[str],
    earlier: Period,
    later: Period,
    breaks: Sequence[SeriesBreak],
    territory: Territory,
    *,
    whole_city: bool = False,
) -> SeriesBreak | None:
    """The first break between two periods for some measures, of the whole city or of its zones; None when there is none."""
    for item in breaks:
        if item.perimeter and whole_city:
            continue
        if any(item.separates(earlier, later, measure) for measure in measures):
            return item
    if whole_city or territory.qpv_codes(earlier) == territory.qpv_codes(later):
        return None
    return SeriesBreak(_zoning_day(earlier, later, territory), ZONING_CHANGES, perimeter=True)


def _zoning_day(earlier: Period, later: Period, territory: Territory) -> date:
    """The first day of the new zoning; where none is declared, the day after the old one."""
    new, old = territory.zoning_of(later), territory.zoning_of(earlier)
    if new is not None:
        return new.valid_from
    return old.valid_to + timedelta(days=1) if old is not None and old.valid_to is not None else later.first_day


def coverage_breaks(providers: Sequence[Provider], names: Mapping[str, str]) -> list[SeriesBreak]:
    """A break each day a source joins others that already count a measure, or leaves some that go on: another perimeter is counted.

    ``names`` gives the French name of each source. A source that is alone starts or ends a series and breaks none.
    """
    found: dict[tuple[date, str], set[str]] = {}
    for item in providers:
        others = [other for other in providers if other.measure == item.measure and other.source != item.source]
        name = names.get(item.source, item.source)
        for day, done in ((item.since, "ajouté"), (item.until + timedelta(days=1) if item.until else None, "retiré")):
            if day is not None and any(_counts(other, day, joined=done == "ajouté") for other in others):
                found.setdefault((day, f"{COVERAGE}, {name} {done}"), set()).add(item.measure)
    return [SeriesBreak(day, label, frozenset(measures)) for (day, label), measures in sorted(found.items())]


def _counts(other: Provider, day: date, *, joined: bool) -> bool:
    """Whether another source was there before a day that a source joined, or is there from a day that it left."""
    if joined:
        return other.since is None or other.since < day
    return other.until is None or other.until >= day
