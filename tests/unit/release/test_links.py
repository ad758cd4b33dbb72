"""Who orients whom over twelve months: the pairs of networks that an audience may see."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators.codes import ENSEMBLE
from indicators.cube import Cube
from indicators.disclosure.policy import COPIL, Policy
from indicators.frames import COUNTS_COLUMNS
from indicators.network import LINKS, ORIENTATIONS
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.release.gate import Told
from indicators.release.links import LinksHistory, judge_links, links_cube, pairs_of_year
from indicators.release.release import Rules
from indicators.release.revisions import NOTHING
from indicators.territory import VILLE
from tests.unit.release.city import TERRITORY, quarters_from

QUARTERS = quarters_from("2022-T1", 5)
RULES = Rules(indicators(), measures(), TERRITORY, (), Policy(COPIL))
YEAR = Period.parse(QUARTERS[3])
FIRST = LinksHistory()


def orientations(late: int = 0, delivered: Sequence[str] = QUARTERS, **pairs: int) -> Cube:
    """The same pairs every quarter, named ``cite_plie``; ``late`` more of the first in the third quarter."""
    rows = []
    for place, quarter in enumerate(QUARTERS):
        counts = {name.replace("_", ">"): count for name, count in pairs.items()}
        counts[next(iter(counts))] += late * (place == 2)
        cells = {(ENSEMBLE, ENSEMBLE): sum(counts.values()), **{(LINKS, pair): count for pair, count in counts.items()}}
        rows += [("a", ORIENTATIONS, VILLE, quarter, *cell, count, "ok") for cell, count in cells.items()]
    return links_cube(pd.DataFrame(rows, columns=COUNTS_COLUMNS), QUARTERS, delivered)


def test_a_pair_that_nobody_lists_had_none() -> None:
    found = {pair: count for pair, (_, count) in pairs_of_year(orientations(cite_plie=20), YEAR).items()}
    assert found.pop("cite>plie") == 80
    assert set(found.values()) == {0}


def test_twelve_months_that_begin_before_the_first_quarter_are_not_known() -> None:
    assert {count for _, count in pairs_of_year(orientations(cite_plie=20), Period.parse("2022-T3")).values()} == {None}


def test_a_quarter_that_a_partner_did_not_deliver_is_not_known() -> None:
    found = pairs_of_year(orientations(delivered=QUARTERS[:3], cite_plie=20), YEAR)
    assert {count for _, count in found.values()} == {None}


def test_pairs_are_shown_from_two_thresholds() -> None:
    shown, _, verdict = judge_links(orientations(cite_plie=20, plie_cite=3, plie_caf=2), FIRST, [], NOTHING, RULES, YEAR)
    assert shown == {"cite>plie": 80, "plie>cite": 12}
    assert not verdict.exposed


def test_what_all_orientations_leave_is_not_given_away() -> None:
    """All of them told, the one pair not shown would be what is left: another is hidden for it."""
    cube = orientations(cite_plie=20, plie_cite=20, plie_caf=1)
    whole = [(claim, count) for claim, count in pairs_of_year(cube, YEAR).values() if count]
    box = whole[0][0][0]
    total = Told(((type(box)(ORIENTATIONS, ENSEMBLE, (ENSEMBLE,), VILLE, box.quarters)),), 164)
    shown, _, verdict = judge_links(cube, FIRST, [total], NOTHING, RULES, YEAR)
    assert not verdict.exposed
    assert all(count >= 10 for count in shown.values())


def second(before: Cube, now: Cube) -> tuple[dict[str, int], dict[str, int], tuple[Told, ...]]:
    """What a first edition shows, what a second shows after it, and what is remembered of the first."""
    first, _, verdict = judge_links(before, FIRST, [], NOTHING, RULES, YEAR)
    history = LinksHistory({"e0": before}, verdict.told, (NOTHING,), "e0")
    again, told, later = judge_links(now, history, [], history.held(now, RULES), RULES, YEAR)
    assert not later.exposed
    return first, again, told


def test_figures_told_before_stay_as_they_were() -> None:
    cube = orientations(cite_plie=20, plie_cite=15)
    first, again, _ = second(cube, cube)
    assert first == again == {"cite>plie": 80, "plie>cite": 60}


def test_a_pair_revised_by_two_is_not_shown_beside_what_it_was() -> None:
    first, again, _ = second(orientations(cite_plie=20, plie_cite=15), orientations(2, cite_plie=20, plie_cite=15))
    assert first == again


def test_a_pair_revised_by_twenty_is_shown_and_what_it_was_is_remembered_as_such() -> None:
    first, again, told = second(orientations(cite_plie=20, plie_cite=15), orientations(20, cite_plie=20, plie_cite=15))
    assert again["cite>plie"] == first["cite>plie"] + 20
    assert {quarter for item in told for box in item.claim for quarter in box.quarters if "~" in quarter} == {"2022-T3~e0"}
