"""The board an audience reads: the same pages, from figures released to it. What it may see is decided in ``indicators.release``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from connectors.blinding import blinded
from connectors.calendar import PARIS
from connectors.errors import CiteError
from connectors.settings import Settings
from dashboard.board import Board
from dashboard.computed import cube_of
from dashboard.data import Desk, build_board
from dashboard.editions.comparing import figures_of, last_read
from dashboard.editions.memories import about_links, remembered
from dashboard.editions.refusals import refusal
from indicators.codes import ENSEMBLE
from indicators.meeting import Audience
from indicators.network import ORIENTATIONS
from indicators.period import Frequency, Period, between
from indicators.registry import indicators, measures
from indicators.release.grid import Grid
from indicators.release.links import LinksHistory, judge_links, links_cube
from indicators.release.plain import grid_from_plain
from indicators.release.release import Memory, Release, Rules, choose, release
from indicators.status import OK, Status
from indicators.territory import VILLE
from indicators.windows import Window

if TYPE_CHECKING:
    import pandas as pd

    from indicators.cube import Cube

TOTAL = (ENSEMBLE, ENSEMBLE)
DISTINCT = "habitants_accompagnes"
"""The persons that each partner knows, told as bounds alone."""


class ExposedError(CiteError):
    """A small count could be worked out of what would be shown, whatever were hidden."""


@dataclass(frozen=True)
class Received:
    """What an audience receives of a quarter, as known at an instant."""

    board: Board
    release: Release | None
    memory: Memory
    grids: Mapping[int, Grid]


def received(desk: Desk, period: Period, audience: Audience, at: datetime) -> Received:
    """Everything an audience may see at the end of a quarter; exact figures for the coordination.

    Raises:
        ExposedError: what it would see gives a small count away, with the list of what does.
    """
    quarters = between(desk.settings.city.started_on, period.last_day, Frequency.QUARTER)
    years = between(desk.settings.city.started_on, period.last_day, Frequency.YEAR)
    board = build_board(desk, at.astimezone(PARIS).date(), at, [*quarters, *years])
    board = replace(board, quarters=tuple(item.code for item in quarters), audience=audience)
    if audience is Audience.COORDINATION:
        return Received(board, None, Memory(), {})
    return _released(desk, board, period, at)


def rules_of(settings: Settings, audience: Audience) -> Rules:
    """What counting means for an audience of a Cité."""
    return Rules(indicators(), measures(), settings.territory, settings.breaks, settings.policies[audience.value])


def grids_of(desk: Desk, audience: Audience, period: Period, at: datetime) -> dict[int, Grid]:
    """The grid of each year up to a quarter: the one chosen, else the choice that the last four quarters of it lead to."""
    cube, quarters = cube_until(desk, period, at)
    rules = rules_of(desk.settings, audience)
    grids: dict[int, Grid] = {}
    for year in dict.fromkeys(Period.parse(code).year for code in quarters):
        own = [code for code in quarters if Period.parse(code).year <= year]
        grids[year] = kept_grid(desk, audience, year) or choose(cube, rules, own, grids.get(year - 1, {}))
    return grids


def proposed_grid(desk: Desk, audience: Audience, period: Period, at: datetime) -> Grid:
    """The choice that the last four quarters lead to, from that of the year before."""
    cube, quarters = cube_until(desk, period, at)
    return choose(cube, rules_of(desk.settings, audience), quarters, kept_grid(desk, audience, period.year - 1))


def kept_grid(desk: Desk, audience: Audience, year: int) -> Grid:
    """The grid chosen for a year; empty when none was."""
    kept = desk.store.archive.grid(audience, year)
    return grid_from_plain(json.loads(kept.content)) if kept else {}


def cube_until(desk: Desk, period: Period, at: datetime) -> tuple[Cube, list[str]]:
    """The counts as known at an instant, by quarter and year up to a quarter; and those quarters."""
    started = desk.settings.city.started_on
    quarters = between(started, period.last_day, Frequency.QUARTER)
    wanted = [*quarters, *between(started, period.last_day, Frequency.YEAR)]
    return cube_of(desk.settings, desk.sources, desk.store.counts(at), wanted), [item.code for item in quarters]


def _released(desk: Desk, board: Board, period: Period, at: datetime) -> Received:
    audience, rules = board.audience, rules_of(desk.settings, board.audience)
    memories = remembered(desk.store.archive, audience)
    cube, quarters = cube_until(desk, period, at)
    grids = grids_of(desk, audience, period, at)
    past = {seen.id: cube_until(desk, seen.period, seen.at)[0] for seen in memories.seen}
    links = {seen.id: _links(desk, desk.store.counts(seen.at), past[seen.id], quarters) for seen in memories.seen}
    history = LinksHistory(links, memories.links, memories.figures.waited, memories.figures.last)
    now = _links(desk, board.counts, cube, quarters)
    figures = release(cube, past, memories.figures, rules, quarters, grids, history.held(now, rules))
    pairs, before, verdict = judge_links(now, history, about_links(figures.memory.told), figures.waiting, rules, period)
    exposed = (*figures.exposed, *verdict.exposed)
    if exposed:
        raise ExposedError(refusal(exposed, rules))
    memory = replace(figures.memory, told=(*figures.memory.told, *before, *verdict.told))
    shown = replace(_masked(board, figures, pairs, rules), first_counts=None, told_before=_told_before(desk, audience))
    return Received(_blind(desk, shown), figures, memory, grids)


def _blind(desk: Desk, board: Board) -> Board:
    """The deliveries named by digests that do not help to find what they hold."""
    folder = desk.settings.data_dir
    blocks, deliveries = (frame.assign(sha256=blinded(frame["sha256"], folder)) for frame in (board.blocks, board.deliveries))
    return replace(board, blocks=blocks, deliveries=deliveries)


def _told_before(desk: Desk, audience: Audience) -> pd.DataFrame | None:
    """The Values of the last edition that the audience was given."""
    archive = desk.store.archive
    last = last_read(archive, audience)
    return figures_of(json.loads(archive.edition(last))).values if last else None


def _links(desk: Desk, counts: pd.DataFrame, cube: Cube, quarters: Sequence[str]) -> Cube:
    """The pairs of networks, of the sources declared today, in the quarters that all of them delivered."""
    place = [list(axis).index(code) for axis, code in ((cube.measures, ORIENTATIONS), (cube.zones, VILLE), (cube.cells, TOTAL))]
    delivered = [quarter for at, quarter in enumerate(cube.periods) if cube.status[place[0], place[1], at, place[2]] == OK]
    return links_cube(counts[counts["source"].isin([source.id for source in desk.sources])], quarters, delivered)


def _masked(board: Board, figures: Release, pairs: Mapping[str, int], rules: Rules) -> Board:
    import pandas as pd

    from indicators import money
    from indicators import published as told_by_others
    from indicators.gaps import gaps

    counted = figures.frames[Window.PERIOD]
    periods = [Period.parse(code) for code in dict.fromkeys(counted["period"])]
    grants = [item.as_grant() for item in board.settings.exercises]
    frames = [counted, told_by_others.values(board.published, indicators().values())]
    frames += money.values(board.expenses, grants, counted, periods, board.today)
    values = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    return replace(
        board,
        values=values,
        gaps=gaps(values, indicators()),
        to_date=figures.frames[Window.YEAR_TO_DATE],
        rolling=figures.frames[Window.ROLLING_YEAR],
        counts=_persons(board.counts, rules),
        pairs=pairs,
        offered=figures.keys(),
    )


def _persons(counts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The distinct persons that each partner knows, the small counts hidden: nothing else of Counts leaves the coordination."""
    rows = counts[counts["measure"] == DISTINCT].copy()
    few = rows["value"].between(1, rules.policy.cell_margin * rules.policy.threshold - 1).fillna(value=False)
    rows["status"] = rows["status"].mask(few, Status.SECRET.value)
    rows["value"] = rows["value"].mask(few)
    return rows
