"""`cite-emploi contours` as the coordinator meets it: what was imported, what was replaced, what is refused."""

from __future__ import annotations

from connectors.contours_kept import kept_contours
from tests.connectors.language import english, loose
from tests.connectors.outlines import FEATURES, written


def test_outlines_are_imported_then_replaced(command, city):
    (city.write().folder / "qpv.geojson").write_bytes(written())
    answer = command("contours", "qpv.geojson")
    assert answer.code == 0
    assert "Villetest, zonage 2015\u00a0: 2 contours importés pour 2 quartiers" in answer.out
    assert "Empreinte SHA-256" in answer.out
    assert set(kept_contours(city.settings.data_dir).by_zoning) == {"2015"}
    (city.folder / "autre.geojson").write_bytes(written(FEATURES[:1]))
    again = command("contours", "autre.geojson")
    assert "1 contour importé pour 2 quartiers" in again.out
    assert "QP059902 Le Port\u00a0: absent du fichier" in again.out
    assert "À la place de ceux importés le 10/07/2023 (le fichier «\u00a0qpv.geojson\u00a0»)" in again.out
    for said in (answer.out, again.out):
        assert loose(said) == []
        assert english(said) == []


def test_a_refused_file_changes_nothing_and_gives_1(command, city):
    (city.write().folder / "qpv.geojson").write_bytes(written())
    command("contours", "qpv.geojson")
    (city.folder / "faux.geojson").write_bytes(b"code;nom")
    answer = command("contours", "faux.geojson")
    assert answer.code == 1
    assert "REFUSÉS" in answer.out
    assert "Rien n'a été changé" in answer.out
    assert kept_contours(city.settings.data_dir).by_zoning["2015"].file == "qpv.geojson"
