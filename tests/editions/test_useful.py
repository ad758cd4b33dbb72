"""The editions of the demonstration: what a committee reads stays useful, and what is hidden is nowhere in the bytes it receives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import pandas as pd
import pytest

from dashboard.content.choice import parsed
from dashboard.editions import frames
from indicators.codes import ENSEMBLE
from indicators.frames import VALUES_KEY
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.release.boxes import Claim, from_plain
from indicators.release.offer import NOT_PERSONS, Offer
from indicators.release.plain import memory_from_plain
from indicators.typography import period_label
from indicators.windows import Window
from tests.editions.conftest import Frozen
from tests.unit.release.city import claim

pytestmark = pytest.mark.xdist_group("editions")

HIDDEN = re.compile(r'class="(?:[^"]* )?etat-secret')
FIGURE = re.compile(r'class="(?:[^"]* )?(?:etat-\w|nombre|tuile-valeur)')
MOST_HIDDEN = 0.02
WINDOWS = {"values": Window.PERIOD, "to_date": Window.YEAR_TO_DATE, "rolling": Window.ROLLING_YEAR}
NUMBERS = ["value", "numerator", "denominator", "low", "high"]


def markup_of(blocks: list[Mapping[str, Any]]) -> str:
    return "".join(str(block.get(name, "")) for block in blocks for name in ("markup", "table"))


def counted(content: Mapping[str, Any]) -> pd.DataFrame:
    """How many figures each page shows, over all its addresses, and how many are hidden."""
    rows = [(parsed(address)[0], markup_of(blocks)) for address, blocks in content["pages"].items()]
    found = pd.DataFrame(
        [(page, len(FIGURE.findall(text)), len(HIDDEN.findall(text))) for page, text in rows], columns=["page", "shown", "hidden"]
    )
    return found.groupby("page").sum()


def offered(frozen: Frozen) -> dict[str, pd.DataFrame]:
    """The figures that the grids of an edition hold, by frame."""
    memory = memory_from_plain(frozen.content["knowledge"])
    given = {name: frames.from_plain(frozen.content["figures"][name]) for name in WINDOWS}
    offer = Offer(memory.grids, indicators(), measures(), frozen.exact.settings.territory)
    kept, _ = offer.rows({window: given[name] for name, window in WINDOWS.items()})
    return {name: given[name][kept[window]] for name, window in WINDOWS.items()}


def test_three_editions_were_frozen_among_the_collections(demonstration):
    assert [(frozen.id, frozen.content["edition"]["period"]) for frozen in demonstration] == [
        *(("S1-copil-1", "2022-T3"), ("S2-copil-1", "2023-T3"), ("S3-copil-1", "2023-T4")),
    ]


def test_at_most_two_figures_of_a_hundred_are_hidden(demonstration, capsys):
    for frozen in demonstration:
        pages = counted(frozen.content)
        total = pages.sum()
        with capsys.disabled():
            said = ", ".join(f"{page} {row.hidden}/{row.shown}" for page, row in pages.iterrows())
            print(f"\n{frozen.id}: {total.hidden} of {total.shown} figures hidden ({said})", end="")
        assert total.shown > 1000
        assert total.hidden <= MOST_HIDDEN * total.shown
        main = pages.drop("/indicateurs").sum()
        assert main.hidden <= MOST_HIDDEN * main.shown


def test_no_total_of_the_quarter_is_hidden_in_the_grids(demonstration):
    for frozen in demonstration:
        period = frozen.content["edition"]["period"]
        for name, rows in offered(frozen).items():
            totals = rows[(rows["dimension"] == ENSEMBLE) & (rows["period"] == period)]
            persons = totals[totals["indicator"].map(lambda code: indicators()[code].numerator_terms != ())]
            assert len(persons) > (50 if name == "values" else 15)
            assert persons.loc[persons["status"] == "secret", list(VALUES_KEY)].to_numpy().tolist() == [], (frozen.id, name)


def test_the_main_schemes_keep_their_gap(demonstration):
    for frozen in demonstration:
        gaps = frames.from_plain(frozen.content["figures"]["gaps"])
        here = gaps[(gaps["period"] == frozen.content["edition"]["period"]) & (gaps["zone"] == "QPV") & (gaps["dimension"] == ENSEMBLE)]
        known = set(here.loc[here["status"] == "ok", "indicator"])
        assert {f"N2.8-{scheme}" for scheme in ("cej", "pacea", "formation", "iae", "plie", "accompagnement_social")} <= known


def test_a_hidden_figure_has_no_number_in_the_frames(demonstration):
    for frozen in demonstration:
        for name in ("values", "to_date", "rolling", "gaps"):
            rows = frames.from_plain(frozen.content["figures"][name])
            hidden = rows[rows["status"] == "secret"].drop(columns=[*VALUES_KEY, "status"]).select_dtypes("number")
            assert hidden.isna().all().all(), (frozen.id, name)


def of_persons(code: str) -> bool:
    """Whether a figure counts persons: a cost that is not told says why in its own words."""
    return indicators()[code].kind not in NOT_PERSONS


def hidden_rows(frozen: Frozen) -> Iterator[tuple[Window, pd.DataFrame]]:
    """What the edition does not show and the coordination knows: each row with its exact numbers."""
    for name, window in WINDOWS.items():
        mine = frames.from_plain(frozen.content["figures"][name])
        exact = getattr(frozen.exact, name)
        both = mine[mine["status"] == "secret"][list(VALUES_KEY)].merge(exact[exact["status"] == "ok"], on=list(VALUES_KEY))
        yield window, both


def claims_of(window: Window, row: Any) -> Iterator[Claim]:
    item = indicators()[row.indicator]
    for terms in (item.numerator_terms, item.denominator_terms):
        made = claim(list(terms), measures(), row.zone, Period.parse(row.period), window, (row.dimension, row.category))
        if made:
            yield made


def test_no_small_count_hidden_is_among_what_was_told(demonstration):
    for frozen in demonstration:
        told = {from_plain(boxes): value for boxes, value in frozen.content["knowledge"]["told"]}
        searched = 0
        for window, rows in hidden_rows(frozen):
            small = rows[rows["numerator"].between(1, 4) & (rows["zone"] != "HORS_QPV")]
            for row in small.itertuples():
                searched += 1
                first = next(claims_of(window, row), None)
                assert first is None or first not in told, (frozen.id, row)
        assert searched > 100


def table_cells(markup: str) -> Iterator[tuple[str, str, str]]:
    """Each cell of each table of a page: the heading of its line, of its column, its text."""
    for head, body in re.findall(r"<thead>(.*?)</thead><tbody>(.*?)</tbody>", markup, re.DOTALL):
        columns = [unescape(text) for text in re.findall(r"<th[^>]*>([^<]*)</th>", head)]
        for line in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL):
            cells = [unescape(re.sub(r"<[^>]+>", "", text)) for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)]
            yield from ((cells[0], column, cell) for column, cell in zip(columns[1:], cells[1:], strict=True))


def test_no_history_shows_a_figure_hidden_from_its_reader(demonstration):
    names = {"QPV": "Ensemble des QPV", "HORS_QPV": "Reste de la ville", "NON_LOCALISE": "dont non localisé", "VILLE": "Ville entière"}
    for frozen in demonstration:
        shown = {
            parsed(address)[1].indicator: {
                (line, column): cell for line, column, cell in table_cells(markup_of(blocks).partition("douze mois qui finissent")[0])
            }
            for address, blocks in frozen.content["pages"].items()
            if parsed(address)[1].indicator
        }
        _, rows = next(hidden_rows(frozen))
        rows = rows[(rows["dimension"] == ENSEMBLE) & rows["zone"].isin(list(names)) & rows["indicator"].map(of_persons)]
        for row in rows.itertuples():
            cell = shown[row.indicator].get((period_label(Period.parse(row.period)), names[row.zone]), "–")
            assert cell in {"s", "–"}, (frozen.id, row, cell)
        assert len(rows) > 20


def test_a_cell_marked_hidden_holds_no_digit(demonstration):
    for frozen in demonstration:
        for address, blocks in frozen.content["pages"].items():
            cells = re.findall(r'<td class="[^"]*etat-secret[^"]*">([^<]*)</td>', markup_of(blocks))
            assert [cell for cell in cells if re.search(r"\d", cell) and "coût non calculé" not in unescape(cell)] == [], address


def test_the_bytes_do_not_tell_what_the_grids_were_chosen_from(demonstration):
    for frozen in demonstration:
        assert all(row[6:] == [-1, ""] for grid in frozen.content["knowledge"]["grids"] for row in grid)
        text = frozen.written.decode()
        assert not re.search(r"un effectif tombe à|Rien de plus fin|Aucun effectif connu sur ces trimestres", text)
        assert not [key for key in _keys(frozen.content) if key in {"smallest", "reason"}]


def _keys(item: object) -> Iterator[str]:
    if isinstance(item, dict):
        yield from item
        item = list(item.values())
    if isinstance(item, list):
        for each in item:
            yield from _keys(each)


def test_the_pages_say_of_hidden_figures_only_what_the_mark_says(demonstration):
    """No sentence is made of a hidden figure: only tables may hold one, each with its mark."""
    for frozen in demonstration:
        for address, blocks in frozen.content["pages"].items():
            code = parsed(address)[1].indicator
            if parsed(address)[0] != "/indicateurs" or (code and not of_persons(code)):
                continue
            text = "".join(str(block.get("text", "")) for block in blocks) + re.sub(
                r"<table.*?</table>", "", markup_of(blocks), flags=re.DOTALL
            )
            assert "non publié" not in text, (frozen.id, address)


def test_the_edition_is_canonical_json(demonstration):
    for frozen in demonstration:
        again = json.dumps(frozen.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        assert again.encode() == frozen.written


def test_no_digest_of_what_a_delivery_holds_is_in_the_bytes(demonstration):
    """Who knows a delivery but one count could try each value of it against its digest."""
    for frozen in demonstration:
        written = json.dumps(frozen.content)
        digests = (set(frozen.exact.deliveries["sha256"]) | set(frozen.exact.blocks["sha256"])) - {""}
        assert len(digests) > 20
        assert not [digest for digest in digests if digest[:12] in written]
        assert all(len(item["sha256"]) == 64 for item in frozen.content["sources"])
