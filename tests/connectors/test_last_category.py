"""The one category that a breakdown leaves out is what the others leave to it; never beside a hidden one, never two of them."""

from __future__ import annotations

import pytest

from connectors.dropped import extract_file
from tests.connectors.cities import City
from tests.connectors.deliveries import SOURCE, csv

PLACE = ("2023-T1", "QP059901", "entrees_plie")


def cells(city: City, *rows: tuple[str, str, object], more: str = "") -> dict[tuple[str, str], object]:
    """What is kept of a file that tells one measure of one zone: (dimension, category) -> count, or its status."""
    content = csv([(*PLACE, *row) for row in rows])
    source = city.source("plie", more + SOURCE)
    counts = extract_file(content, "envoi.csv", source, city.context, city.settings.exercises).counts
    kept = counts[counts["territory"] == "QP059901"]
    told = kept["value"].astype(object).where(kept["status"] == "ok", kept["status"])
    return dict(zip(zip(kept["dimension"], kept["category"], strict=True), told, strict=True))


@pytest.mark.parametrize(("total", "left"), [(21, 0), (25, 4)])
def test_the_last_category_is_what_the_others_leave(city: City, total: int, left: int) -> None:
    kept = cells(city, ("ensemble", "ensemble", total), ("sexe", "femme", 12), ("sexe", "homme", 9))
    assert kept["sexe", "non_renseigne"] == left


@pytest.mark.parametrize(
    "rows",
    [
        [("ensemble", "ensemble", 21), ("sexe", "femme", "s"), ("sexe", "homme", 9)],
        [("ensemble", "ensemble", "s"), ("sexe", "femme", 12), ("sexe", "homme", 9)],
        [("sexe", "femme", 12), ("sexe", "homme", 9)],
        [("ensemble", "ensemble", 21), ("sexe", "femme", 12)],
    ],
    ids=["a hidden category", "a hidden total", "no total", "two left out"],
)
def test_nothing_is_worked_out_where_something_is_hidden_or_missing(city: City, rows: list[tuple[str, str, object]]) -> None:
    assert ("sexe", "non_renseigne") not in cells(city, *rows)


def test_rounded_counts_leave_nothing_exact(city: City) -> None:
    kept = cells(city, ("ensemble", "ensemble", 20), ("sexe", "femme", 10), ("sexe", "homme", 10), more="rounding = 5\n")
    assert ("sexe", "non_renseigne") not in kept


def test_freins_do_not_share_a_whole(city: City) -> None:
    """A person may have several: the total says nothing of the last one."""
    freins = [("frein", code, 2) for code in ("mobilite", "famille", "sante", "langue_savoirs_base", "logement", "finances")]
    freins += [("frein", code, 2) for code in ("admin_droits", "justice", "numerique", "remobilisation", "projet_formation", "autre")]
    assert ("frein", "non_renseigne") not in cells(city, ("ensemble", "ensemble", 24), *freins)
