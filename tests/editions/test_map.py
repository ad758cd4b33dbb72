"""The map in an edition that was really frozen: figures released to its audience alone, on the outlines of that day, under their names."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from connectors.contours import read_contours
from connectors.contours_kept import keep_contours
from dashboard.content.choice import parsed
from dashboard.data import end_of_day
from dashboard.editions import frames
from dashboard.editions.freezing import freeze_for
from dashboard.editions.reading import open_edition
from indicators.meeting import Audience
from indicators.registry import indicators
from indicators.sentences_rows import figure
from indicators.sentences_values import short
from tests.connectors.outlines import written
from tests.editions.conftest import EDITION, moved, open_small

pytestmark = pytest.mark.xdist_group("editions")
DAY = date(2023, 7, 10)


@pytest.fixture
def frozen(small_made, tmp_path):
    """The small Cité before its edition, its outlines imported, then frozen; and its desk."""
    made = moved(small_made.city, tmp_path / "avant")
    shutil.copytree(small_made.city.folder.parent / "avant", made.folder)
    desk = open_small(made)
    found, _ = read_contours(written(), "qpv.geojson", desk.settings.territory, DAY)
    keep_contours(desk.settings.data_dir, found)
    freeze_for(desk, 1, Audience.COPIL, by="Coordinatrice", at=end_of_day(DAY))
    yield desk, open_edition(desk, EDITION)
    desk.store.close()


def maps(edition) -> dict[str, dict]:
    """The map of each indicator that the edition holds."""
    pages = {parsed(address)[1].indicator: edition.content["pages"][address] for address in edition.addresses("/quartiers")}
    return {code: block for code, blocks in pages.items() for block in blocks if block["kind"] == "chart"}


def test_each_figure_of_its_map_is_one_released_to_its_audience(frozen):
    desk, edition = frozen
    values = frames.from_plain(edition.content["figures"]["values"])
    period, zoning = edition.content["edition"]["period"], desk.settings.territory.zonings[0]
    held = maps(edition)
    assert held
    for code, block in held.items():
        for place in zoning.neighbourhoods:
            released = short(indicators()[code], figure(values, code, period, place.code))
            assert f"{place.label}, {released}" in block["sentence"]


def test_what_can_be_chosen_on_it_has_a_name_in_french(frozen):
    _, edition = frozen
    options = edition.options("/quartiers", {}, "indicator")
    assert options
    assert all(label != code for code, label in options.items())
