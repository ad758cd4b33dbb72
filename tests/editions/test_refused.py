"""A séance that cannot be frozen safely: which counts would be worked out, what to do, and that nothing was kept of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.editions.boards import ExposedError
from dashboard.editions.freezing import freeze_for
from dashboard.navigation import HERE
from indicators.meeting import Audience
from indicators.meeting_steps import prepared
from tests.cli import mini_city
from tests.connectors.cities import at
from tests.connectors.language import loose
from tests.editions.conftest import EDITION, Small

pytestmark = pytest.mark.xdist_group("editions")

STRICTER = "\n[secret.copil]\nseuil = 40\nseuil_sensible = 40\ndecision = 'Copil du 12/07/2023'\n"


@pytest.fixture
def stricter(copied: Callable[[], Small]) -> Small:
    """The same Cité, whose copil asked since for a higher threshold: what it received already tells counts that are small from now on."""
    small = copied()
    file = small.city.folder / "cite.toml"
    file.write_text(file.read_text(encoding="utf-8") + STRICTER, encoding="utf-8")
    desk = small.desk
    meeting = prepared(2, date(2023, 7, 20), mini_city.PERIOD, zoning="2015", perimeter="Villetest, zonage 2015")
    desk.store.archive.save_meeting(meeting, at(10), "Coordinatrice", expected_version=0)
    desk.store.close()
    return small


def test_it_is_refused_with_the_counts_and_what_to_do(stricter: Small):
    desk = stricter.desk
    with pytest.raises(ExposedError) as refused:
        freeze_for(desk, 2, Audience.COPIL, by="Coordinatrice", at=at(10))
    first, *named, last = str(refused.value).splitlines()
    assert first == ("Rien n'est figé\u00a0: 2 petits effectifs se déduiraient de ce que ce public a déjà reçu et de ce qu'il recevrait.")
    assert named == [f"- habitants repérés depuis le 1er janvier, {name}, T2 2023" for name in ("le Port", "les Tilleuls")]
    assert "revenez à celui sous lequel ce public les a reçus" in last
    assert loose(str(refused.value)) == []
    assert list(desk.store.archive.editions()["id"]) == [EDITION]
    assert desk.store.archive.edition(EDITION) == stricter.written
    assert desk.store.archive.meeting(2).version == 1
    desk.store.close()


def test_the_page_lists_the_counts_and_leaves_the_seance_in_preparation(stricter: Small, monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in os.environ if name.startswith("CITE_")]:
        monkeypatch.delenv(name)
    for name, value in stricter.city.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(stricter.city.folder)
    test = AppTest.from_file(str(HERE / "views/reunions.py"), default_timeout=120)
    test.query_params["s"] = "2"
    test.run()
    test.text_input(key="signature").set_value("Mme Dupré").run()
    test.checkbox(key="confirmer-2-copil-0").check().run()
    test.button(key="figer-2-copil-0").click().run()
    assert not test.exception
    assert test.error[0].value.startswith("Rien n'est figé\u00a0: 2 petits effectifs se déduiraient")
    shown = unescape(" ".join(item.proto.body for item in test.get("html")))
    assert "<li>habitants repérés depuis le 1er janvier, le Port, T2 2023</li>" in shown
    assert "Rien n'est perdu." in shown
    assert "séance est figée" not in shown
    desk = stricter.desk
    assert list(desk.store.archive.editions()["id"]) == [EDITION]
    assert desk.store.archive.meeting(2).version == 1
    desk.store.close()
