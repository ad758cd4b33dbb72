"""The map of the QPVs: which figures it may carry, how each is told, and that no figure is put on the outlines of another zoning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise

import pytest

from connectors.contours import Outlines
from connectors.contours_kept import Contours
from dashboard.board import Board
from dashboard.charts.map import SHADES, Spot, outline_map
from dashboard.content import offers
from dashboard.content.blocks import Chart, Missing, Note
from dashboard.content.choice import Choice
from dashboard.content.kept import choices_of
from dashboard.content.mapped import subjects
from dashboard.content.pages import blocks_of
from dashboard.editions.content import labels
from indicators.meeting import Audience
from indicators.period import Period
from indicators.registry import indicators
from indicators.status import Status
from tests.dashboard.boards import QUARTER, board
from tests.dashboard.boxes import overlaps

FULL = board()
PERIOD = Period.parse(QUARTER)
ZONINGS = FULL.settings.territory.zonings


def square(x: float, y: float, size: float = 0.01):
    return (((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)),)


def drawn(*codes: str) -> Contours:
    """Squares from west to east for the QPVs of some zonings."""
    found = {}
    for zoning in ZONINGS:
        if zoning.code in codes:
            shapes = {place.code: (square(1.8 + 0.02 * n, 50.9 + 0.003 * n),) for n, place in enumerate(zoning.neighbourhoods)}
            found[zoning.code] = Outlines(zoning.code, "qpv.geojson", "0" * 64, date(2022, 10, 1), shapes)
    return Contours(found)


def with_outlines(*codes: str, **more: object) -> Board:
    return replace(FULL, contours=drawn(*codes), **more)


def counted(values: dict[str, float]) -> Board:
    """Each QPV of 2015 with its entries in parcours; a status for those that have none."""
    [zoning] = [item for item in ZONINGS if item.covers(PERIOD)]
    frame = FULL.values.copy()
    for place in zoning.neighbourhoods:
        at = (
            (frame["indicator"] == "N2.5")
            & (frame["zone"] == place.code)
            & (frame["period"] == QUARTER)
            & (frame["dimension"] == "ensemble")
        )
        assert at.any()
        frame.loc[at, "value"] = values.get(place.code, float("nan"))
        frame.loc[at, "status"] = Status.OK if place.code in values else Status.SECRET
    return with_outlines(zoning.code, values=frame)


def chart(blocks) -> Chart:
    return next(block for block in blocks if isinstance(block, Chart))


def test_without_outlines_the_page_says_which_file_and_which_command():
    blocks = blocks_of("/quartiers", FULL, Choice())
    [missing] = [block for block in blocks if isinstance(block, Missing)]
    assert "cite-emploi contours FICHIER" in missing.next_step
    assert "ANCT" in missing.next_step
    assert not [block for block in blocks if isinstance(block, Chart)]
    assert not [b for b in blocks_of("/quartiers", replace(FULL, audience=Audience.COPIL), Choice()) if isinstance(b, Missing)]


def test_published_values_are_on_the_outlines_of_their_zoning():
    published = with_outlines("2024")
    found = subjects(published, PERIOD)
    assert "population" in found
    assert all(subject.outlines.zoning == "2024" for subject in found.values())
    blocks = blocks_of("/quartiers", published, Choice(indicator="population"))
    map_ = chart(blocks)
    assert "7\u202f835 habitants" in unescape(map_.sentence)
    assert "7\u202f835 habitants" in unescape(map_.table)
    assert "zonage 2024" in map_.source
    assert any("zonage 2015" in block.text for block in blocks if isinstance(block, Note))


def test_no_figure_is_put_on_the_outlines_of_another_zoning():
    assert "population" not in subjects(with_outlines("2015"), PERIOD)
    assert {code for code in subjects(with_outlines("2024"), PERIOD) if code in {"N2.5", "R1"}} == set()
    assert offers.mapped_quarters(with_outlines("2024")) is None
    assert QUARTER in offers.mapped_quarters(with_outlines("2015")).options


def test_a_hidden_figure_is_hatched_and_told_by_its_reason():
    [zoning] = [item for item in ZONINGS if item.covers(PERIOD)]
    first, second = zoning.neighbourhoods[:2]
    told = counted({first.code: 32.0})
    map_ = chart(blocks_of("/quartiers", told, Choice(period=QUARTER, indicator="N2.5")))
    traces = {trace["name"]: trace for trace in map_.figure["data"] if "name" in trace}
    assert "fillcolor" in traces[first.label]
    assert traces[second.label]["fillpattern"]["shape"] == "/"
    assert "secret" in map_.sentence
    assert "fillcolor" not in traces[second.label]


def test_an_edition_keeps_the_map_of_each_figure_it_offers():
    told = counted({place.code: 12.0 for zoning in ZONINGS for place in zoning.neighbourhoods})
    kept = choices_of("/quartiers", told, PERIOD)
    assert Choice(indicator="N2.5", period=QUARTER) in kept
    assert choices_of("/quartiers", FULL, PERIOD) == [Choice()]


def test_an_edition_names_each_published_value_in_french():
    names = labels(with_outlines("2024"))["i"]
    assert {names[code] for code in subjects(with_outlines("2024"), PERIOD) if code not in indicators()} == {
        "Habitants",
        "Taux de pauvreté à 60 %",
        "Allocataires du RSA",
    }


def test_a_rate_is_a_shade_and_a_number_a_disc():
    spots = [Spot((square(1.8, 50.9),), "Un", "10 %", 10.0), Spot((square(1.84, 50.91),), "Deux", "50 %", 50.0)]
    rates, numbers = outline_map(spots, rate=True, scale="50 %"), outline_map(spots, rate=False)
    fills = [trace.fillcolor for trace in rates.data if trace.name]
    assert fills == [SHADES[1], SHADES[4]]
    [discs] = [trace for trace in numbers.data if trace.mode == "markers" and len(trace.x) == 2]
    assert (discs.marker.size[1] / discs.marker.size[0]) ** 2 == pytest.approx(5.0)
    assert {trace.fillcolor for trace in numbers.data if trace.name} == {SHADES[0]}


def test_names_never_cover_each_other_however_near_the_outlines():
    spots = [Spot((square(1.8 + 0.011 * n, 50.9),), f"Quartier {n}", "1 %", 1.0) for n in range(5)]
    figure = outline_map(spots, rate=True, scale="1 %")
    rows = sorted(note.y for note in figure.layout.annotations if note.text.startswith("Quartier"))
    low, high = figure.layout.yaxis.range
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    # plotly widens the latitudes when the longitudes need more room: never fewer pixels apart than here
    assert min(b - a for a, b in pairwise(rows)) * height / (high - low) > 38


def test_what_is_written_on_the_figure_overlaps_nothing():
    map_ = outline_map([Spot((square(1.8, 50.9),), "Un", "10 %", 10.0)], rate=True, scale="10 %")
    assert overlaps(map_) == []


def test_the_name_of_a_quarter_in_two_estates_leads_inside_one_of_them():
    estates = ((1.80, 50.90), (1.83, 50.90), (1.83, 50.92), (1.811, 50.92), (1.811, 50.901), (1.81, 50.901), (1.81, 50.92), (1.80, 50.92))
    hole = ((1.812, 50.905), (1.812, 50.915), (1.814, 50.915), (1.814, 50.905), (1.812, 50.905))
    figure = outline_map([Spot((((*estates, estates[0]), hole),), "Un", "3", 3.0)], rate=False)
    [dot, *_] = [trace for trace in figure.data if trace.mode == "markers"]
    assert dot.x[0] == pytest.approx((1.814 + 1.83) / 2)
    assert dot.y[0] == pytest.approx(50.91)


def test_a_figure_that_partners_count_is_never_said_to_be_of_the_public_file():
    told = counted({place.code: 12.0 for zoning in ZONINGS for place in zoning.neighbourhoods})
    both = replace(told, contours=drawn("2015", "2024"))
    blocks = blocks_of("/quartiers", both, Choice(period=QUARTER, indicator="N2.5"))
    notes = " ".join(block.text for block in blocks if isinstance(block, Note))
    assert "ceux de la carte, comptés par les partenaires, sont fictifs" in notes
    assert "Les chiffres de cette page sont ceux du fichier public" not in notes
    assert "zonage 2015" in chart(blocks).sentence
    assert chart(blocks).source.startswith("Chiffres\u00a0: comptés par les partenaires.")
    others = blocks_of("/quartiers", both, Choice(period=QUARTER, indicator="population"))
    assert "Les chiffres de cette page sont ceux du fichier public" in " ".join(b.text for b in others if isinstance(b, Note))
    assert "zonage 2024" in chart(others).sentence


def test_an_indicator_whose_outlines_are_missing_is_told_so_when_its_address_is_opened():
    told = replace(counted({place.code: 12.0 for place in ZONINGS[0].neighbourhoods}), contours=drawn("2024"))
    why = offers.mapped_left_out(told, None)
    assert why["N2.5"] == "N2.5 · Orientations ne se dessine pas (contours du zonage 2015 non importés)"
    assert "aucun chiffre par quartier" in why["B1"]
    assert "N2.5" not in offers.mapped_left_out(replace(told, contours=drawn("2015")), PERIOD)
