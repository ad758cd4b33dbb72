"""An edition is the same bytes for ever: whatever arrives, leaves, is corrected or is damaged afterwards, wherever it is read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from connectors.collect import collect
from connectors.errors import CiteError
from dashboard.content.blocks import from_json, to_json
from dashboard.content.choice import parsed
from dashboard.content.offers import ALL
from dashboard.data import end_of_day
from dashboard.editions.freezing import freeze_for
from dashboard.editions.reading import open_edition
from indicators.canonical import canonical, digest
from indicators.meeting import Audience
from tests.cli import mini_city
from tests.connectors.cities import City, at
from tests.connectors.store.samples import lift_guards
from tests.editions.conftest import EDITION, Small, moved, open_small

pytestmark = pytest.mark.xdist_group("editions")

DEFINITION = """
[[definition]]
indicator = "R2"
since = 2023-07-01
text = "Une autre définition des sorties dynamiques."
decision = "Copil du 12/07/2023"
"""
FREEZE = """
import sys
from datetime import date
from pathlib import Path
from connectors.settings import load_settings
from connectors.source import load_sources
from connectors.store import open_store
from dashboard.data import Desk, end_of_day
from dashboard.editions.freezing import freeze_for
from indicators.meeting import Audience
import os
settings = load_settings(os.environ, Path.cwd())
desk = Desk(settings, tuple(load_sources(settings)), open_store(settings.store_url))
kept = freeze_for(desk, 1, Audience.COPIL, by="Coordinatrice", at=end_of_day(date(2023, 7, 10)))
sys.stdout.buffer.write(desk.store.archive.edition(kept.id))
"""


def revised(made: City) -> None:
    """Past data come again with other counts."""
    made.drop("france_travail", "t2 corrige.csv", mini_city.seekers({"QP059901": 500, "HORS_QPV": 1900}))
    _collect(made)


def gone(made: City) -> None:
    """A source leaves: its folder is deleted."""
    shutil.rmtree(made.folder / "sources" / "base")


def emptied(made: City) -> None:
    """Every source, dropped file and partner's base is deleted."""
    for name in ("sources", "data/depot", "data/recus"):
        shutil.rmtree(made.folder / name, ignore_errors=True)
    (made.folder / "base.sqlite").unlink()


def redefined(made: City) -> None:
    """The configuration changes: a definition, a name, a grant, a threshold."""
    path = made.folder / "cite.toml"
    changed = path.read_text("utf-8").replace("Les Tilleuls", "Les Peupliers").replace('grant = "1000.00"', 'grant = "2000.00"')
    assert "Les Peupliers" in changed
    path.write_text(changed.replace('amount = "400.00"', 'amount = "1400.00"') + DEFINITION, encoding="utf-8")


def damaged(made: City) -> None:
    """The rows of the deliveries are altered behind the store's back."""
    _altered(made, "count_row", "UPDATE count_row SET value = value + 1")


def lost(made: City) -> None:
    """The rows of the deliveries are lost."""
    _altered(made, "count_row", "DELETE FROM count_row")


def corrected(made: City) -> None:
    """A new edition replaces it, after a revision."""
    revised(made)
    desk = open_small(made)
    freeze_for(desk, 1, Audience.COPIL, by="Coordinatrice", at=end_of_day(date(2023, 8, 10)), replaces=EDITION)
    assert desk.store.archive.edition("S1-copil-2") != desk.store.archive.edition(EDITION)
    desk.store.close()


Happening = Callable[[City], None]
HAPPENINGS = (revised, gone, emptied, redefined, damaged, lost, corrected)


def _collect(made: City) -> None:
    desk = open_small(made)
    collect(desk.settings, desk.sources, desk.store, at(3, 8), made.environment)
    desk.store.close()


def _altered(made: City, table: str, statement: str) -> None:
    lift_guards(made.settings.store_url, table)
    engine = create_engine(made.settings.store_url)
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount > 0
    engine.dispose()


def same(made: City, written: bytes) -> None:
    """Opened anew, the edition is these bytes, and each page gives its blocks back."""
    desk = open_small(made)
    try:
        assert desk.store.archive.edition(EDITION) == written
        read = open_edition(desk, EDITION)
        assert read.sha256 == digest(written) == str(desk.store.archive.editions()["sha256"].iloc[0])
        assert canonical(read.content) == written
    finally:
        desk.store.close()


@pytest.mark.parametrize("happen", HAPPENINGS, ids=[each.__name__ for each in HAPPENINGS])
def test_an_edition_is_the_same_bytes_after(happen: Happening, copied: Callable[[], Small]):
    small = copied()
    happen(small.city)
    same(small.city, small.written)


def test_every_page_gives_its_blocks_back(copied: Callable[[], Small]):
    small = copied()
    desk = small.desk
    read = open_edition(desk, EDITION)
    desk.store.close()
    assert len(read.content["pages"]) > 90
    for address, blocks in read.content["pages"].items():
        assert to_json(from_json(blocks)) == blocks
        page, choice = parsed(address)
        chosen = {name: value or ALL for name, value in vars(choice).items()}
        if page != "/reunions":
            assert read.blocks(page, chosen) == from_json(blocks), address


@pytest.mark.parametrize(("zone", "language"), [("Indian/Reunion", "C"), ("America/Cayenne", "C.UTF-8"), ("UTC", "tr_TR.UTF-8")])
def test_the_command_line_prints_the_same_bytes_anywhere(zone: str, language: str, copied: Callable[[], Small]):
    small = copied()
    done = _run(small.city, ["-c", "from dashboard.cli import main; main()", "edition", EDITION, "--vers", "edition.json"], zone, language)
    assert done.returncode == 0, done.stderr
    assert (small.city.folder / "edition.json").read_bytes() == small.written


@pytest.mark.parametrize(("zone", "language", "seed"), [("Indian/Reunion", "C", "1"), ("Pacific/Auckland", "C.UTF-8", "2")])
def test_the_same_store_gives_the_same_edition_anywhere(zone: str, language: str, seed: str, small_made: Small, tmp_path: Path):
    made = moved(small_made.city, tmp_path / "avant")
    shutil.copytree(small_made.city.folder.parent / "avant", made.folder)
    done = _run(made, ["-c", FREEZE], zone, language, PYTHONHASHSEED=seed)
    assert done.returncode == 0, done.stderr
    assert done.stdout == small_made.written


def _run(made: City, words: list[str], zone: str, language: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CITE_", "LC_", "LANG", "PYTHONUTF8"))}
    variables = {
        **kept,
        **made.environment,
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path]),
        "TZ": zone,
        "LC_ALL": language,
        **more,
    }
    return subprocess.run([sys.executable, *words], cwd=made.folder, env=variables, capture_output=True, check=False, timeout=300)


STEPS = st.lists(st.sampled_from([revised, gone, redefined, corrected]), unique=True, min_size=1, max_size=3)


@settings(max_examples=5, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STEPS, end=st.sampled_from([damaged, lost, emptied]))
@example(story=[gone, corrected], end=damaged)
def test_an_edition_is_the_same_bytes_whatever_the_story(story: list[Happening], end: Happening, copied: Callable[[], Small]):
    small = copied()
    for happen in (*story, end):
        happen_or_refuse(happen, small.city)
        same(small.city, small.written)


def happen_or_refuse(happen: Happening, made: City) -> None:
    """A step that is refused, with a source missing, changes nothing either."""
    try:
        happen(made)
    except CiteError:
        return


def test_what_is_damaged_is_refused_and_never_frozen_again(copied: Callable[[], Small]):
    """The rest of the store may be lost; an edition altered itself is refused rather than shown."""
    small = copied()
    _altered(small.city, "edition", "UPDATE edition SET content = x'00'")
    desk = small.desk
    with pytest.raises(CiteError, match=EDITION):
        desk.store.archive.edition(EDITION)
    desk.store.close()


def test_the_bytes_are_canonical(small_made: Small):
    content = json.loads(small_made.written)
    assert canonical(content) == small_made.written
    assert b"NaN" not in small_made.written
    assert b"Infinity" not in small_made.written
