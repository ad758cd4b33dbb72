"""Outlines of QPVs: what is kept of an open file, what is refused and why, and that a refusal or a power cut leaves what was there."""

from __future__ import annotations

import json
import os
from datetime import date
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path

import pytest

from connectors.contours import missing, read_contours
from connectors.contours_kept import FILE, keep_contours, kept_contours, kept_version
from connectors.errors import DeliveryRefusedError, StoreError
from tests.connectors.language import english, loose
from tests.connectors.outlines import EAST, FEATURES, SQUARE, feature, written

ON = date(2023, 7, 10)
REAL = Path(__file__).parents[3] / "shared/data/qpv_calais_2024.geojson"


@pytest.fixture
def territory(city):
    return city.write().settings.territory


def area(ring) -> float:
    return sum(a * d - c * b for (a, b), (c, d) in pairwise(ring)) / 2


def test_the_outlines_of_the_city_are_kept_with_their_holes_and_their_parts(territory):
    [found], remarks = read_contours(written(), "qpv.geojson", territory, ON)
    assert (found.zoning, found.file, found.imported_on) == ("2015", "qpv.geojson", ON)
    assert set(found.shapes) == {"QP059901", "QP059902"}
    whole, island = found.shapes["QP059901"]
    assert len(whole) == 2
    assert len(island) == 1
    assert area(whole[0]) == pytest.approx(0.02 * 0.01)
    assert area(whole[1]) == pytest.approx(-0.005 * 0.003)
    assert missing(found, territory) == []
    assert remarks == ["1 autre quartier du fichier, hors de cette Cité : non gardés."]


def test_each_zoning_has_its_own_outlines(territory):
    found, _ = read_contours(written([*FEATURES, feature("QN05999N", "Polygon", [SQUARE])]), "qpv.geojson", territory, ON)
    assert [(item.zoning, sorted(item.shapes)) for item in found] == [("2015", ["QP059901", "QP059902"]), ("2024", ["QN05999N"])]


def test_a_quarter_without_an_outline_is_told(territory):
    [found], _ = read_contours(written(FEATURES[:1]), "qpv.geojson", territory, ON)
    assert missing(found, territory) == ["QP059902"]


def test_heights_are_dropped_and_a_ring_left_open_is_closed(territory):
    open_ring = [[x, y, 12.5] for x, y in SQUARE[:-1]]
    [found], _ = read_contours(written([feature("QP059902", "Polygon", [open_ring], "CODE_QPV")]), "qpv.geojson", territory, ON)
    [[ring]] = found.shapes["QP059902"]
    assert ring[0] == ring[-1]
    assert all(len(point) == 2 for point in ring)


METRES = [[x * 1e5, y * 1e5] for x, y in SQUARE]
SWAPPED = [[y, x] for x, y in SQUARE]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "archive"),
        (b"code;nom\n1;2", "n'est pas un fichier GeoJSON lisible"),
        (b"[1, 2]", "pas une collection GeoJSON"),
        (b'{"features": [1]}', "pas une collection GeoJSON"),
        (b"[" * 100_000, "n'est pas un fichier GeoJSON lisible"),
        (written(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}), "EPSG::2154"),
        (written([feature("QP059901", "Polygon", [SQUARE], "nom")]), "aucun code de QPV"),
        (written(FEATURES[2:]), "aucun QPV de Villetest (QP059901, QP059902, QN05999N)"),
        (written([feature("QP059901", "Polygon", [METRES])]), "coordonnées projetées"),
        (written([feature("QP059901", "Polygon", [SWAPPED])]), "longitude et latitude inversées"),
        (written([feature("QP059901", "Polygon", [[[x + 30, y] for x, y in SQUARE]])]), "hors de France"),
        (written([feature("QP059901", "Point", [1.8, 50.9])]), "un contour est un polygone, pas «\u00a0Point\u00a0»"),
        (written([feature("QP059901", "Polygon", [SQUARE[:2]])]), "n'enferme aucune surface"),
        (written([feature("QP059901", "Polygon", [[[1.8], ["x", None]]])]), "deux nombres"),
        (written([feature("QP059901", "Polygon", [[[float("nan"), 50.9], *SQUARE]])]), "deux nombres"),
        (written([feature("QP059901", "Polygon", [[[10**400, 50.9], *SQUARE]])]), "deux nombres"),
        (written([feature("QP059901", "Polygon", [[[True, 50.9], *SQUARE]])]), "deux nombres"),
        (written([{**FEATURES[0], "geometry": None}]), "pas «\u00a0rien\u00a0»"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_french_with_what_to_download(content, words, territory):
    with pytest.raises(DeliveryRefusedError) as refused:
        read_contours(content, "qpv.geojson", territory, ON)
    said = "\n".join(refused.value.faults)
    assert words in said
    assert "qpv.geojson" in said
    assert english(said) == []


def test_a_file_drawn_too_finely_is_refused(territory):
    turns = [2 * pi * n / 70_000 for n in range(70_000)]
    fine = [[1.8 + (0.2 + 0.01 * (n % 2)) * cos(turn), 50.9 + 0.2 * sin(turn)] for n, turn in enumerate(turns)]
    with pytest.raises(DeliveryRefusedError, match="trop détaillé"):
        read_contours(written([feature("QP059901", "Polygon", [fine])]), "qpv.geojson", territory, ON)


def test_they_are_kept_replaced_by_zoning_and_read_again(territory, tmp_path):
    first, _ = read_contours(written([*FEATURES, feature("QN05999N", "Polygon", [SQUARE])]), "tout.geojson", territory, ON)
    assert keep_contours(tmp_path, first) == {}
    assert kept_contours(tmp_path).by_zoning == {item.zoning: item for item in first}
    before = kept_version(tmp_path)
    [again], _ = read_contours(written([feature("QN05999N", "Polygon", [EAST])]), "2024.geojson", territory, date(2024, 1, 2))
    assert keep_contours(tmp_path, [again]) == {"2024": first[1]}
    assert kept_contours(tmp_path).by_zoning == {"2015": first[0], "2024": again}
    assert kept_version(tmp_path) != before


def test_a_folder_that_cannot_be_written_keeps_what_it_had(territory, tmp_path):
    found, _ = read_contours(written(), "qpv.geojson", territory, ON)
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="Rien n'a été changé"):
        keep_contours(tmp_path / "fichier", found)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"format": 9, "zonings": []}', b'{"format": 1}', b"[]"])
def test_a_damaged_file_is_told_and_hinders_no_page(damage, tmp_path):
    (tmp_path / FILE).write_bytes(damage)
    found = kept_contours(tmp_path)
    assert found.by_zoning == {}
    assert "importez de nouveau les contours" in found.problem
    assert loose(found.problem) == []


def test_nothing_imported_is_no_problem(tmp_path):
    assert kept_contours(tmp_path).problem == ""
    assert kept_version(tmp_path) == ""


def test_the_real_file_of_calais_is_read(city):
    if not REAL.is_file():
        if os.environ.get("CI") == "true" and REAL.parent.is_dir():
            pytest.fail("the real outlines are missing from the shared data")
        pytest.skip("the real outlines are not beside this project")
    real = json.loads(REAL.read_bytes())
    text = (city.write().folder / "cite.toml").read_text("utf-8")
    renamed = text.replace("QN05999N", "QN06253M").replace("59999", "62193")
    (city.folder / "cite.toml").write_text(renamed, encoding="utf-8")
    [found], remarks = read_contours(REAL.read_bytes(), REAL.name, city.settings.territory, ON)
    assert (found.zoning, list(found.shapes)) == ("2024", ["QN06253M"])
    assert len(remarks) == 1
    assert len(real["features"]) == 2
