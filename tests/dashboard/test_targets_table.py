"""The copil's targets on the first page: reached, on their way, past their day, without a figure; never reached by rounding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from connectors.objectives import TargetDeclared
from dashboard.components.targets_table import reached, rows_of, targets_table
from tests.dashboard.boards import board, period
from tests.dashboard.test_views import run, written


def with_targets(*told: tuple[str, float, float, date]):
    declared = tuple(
        TargetDeclared.model_validate(
            {
                "indicator": code,
                "initial": start,
                "initial_day": date(2022, 1, 1),
                "source": "Copil",
                "step": [{"day": day, "value": value}],
            }
        )
        for code, start, value, day in told
    )
    full = board()
    return replace(full, settings=full.settings.model_copy(update={"file": full.settings.file.model_copy(update={"target": declared})}))


FAR, PAST = date(2023, 12, 31), date(2022, 6, 30)
LIFTED = 100 * 41 / 63  # 65.08 %


@pytest.mark.parametrize(
    ("start", "target", "day", "advance", "words"),
    [
        (50, 65, FAR, "101\u00a0%", "atteinte"),
        (50, LIFTED, FAR, "100\u00a0%", "atteinte"),
        (50, 65.1, FAR, "plus de 99\u00a0%", "en chemin"),
        (50, 80, FAR, "50\u00a0%", "en chemin"),
        (50, 80, PAST, "50\u00a0%", "non atteinte à l'échéance"),
        (50, 80, date(2022, 9, 30), "50\u00a0%", "non atteinte à l'échéance"),
        (70, 80, FAR, "−49\u00a0%", "s'éloigne"),
    ],
)
def test_a_target_is_judged_before_rounding(start, target, day, advance, words):
    content = with_targets(("N3.4", start, target, day))
    (row,) = targets_table(rows_of(content, period()), period(), content.settings.territory).rows
    assert [cell if isinstance(cell, str) else cell.text for cell in row][-2:] == [advance, words]


def test_a_target_without_a_figure_says_why():
    content = with_targets(("N1.1", 9, 14, FAR))
    (row,) = targets_table(rows_of(content, period()), period(), content.settings.territory).rows
    texts = [cell if isinstance(cell, str) else cell.text for cell in row]
    assert texts[2] == "non transmis"
    assert texts[-2:] == ["–", "–"]


def test_what_is_reached_is_counted_apart_from_what_has_no_figure():
    content = with_targets(("N3.4", 50, 60, FAR), ("R2", 50, 99, FAR), ("N1.1", 9, 14, FAR))
    assert reached(rows_of(content, period())) == "1 cible atteinte sur 2\u202f; 1 cible sans chiffre ce trimestre."
    assert reached(rows_of(with_targets(("N3.4", 50, 60, FAR)), period())) == "1 cible atteinte sur 1."
    assert reached(rows_of(with_targets(("N1.1", 9, 14, FAR)), period())) == "La cible n'a pas de chiffre pour ce trimestre."


def test_the_first_page_shows_the_targets_where_some_are_declared(monkeypatch):
    assert "Cibles du copil" in written(run("views/synthese.py", with_targets(("N3.4", 50, 60, FAR)), monkeypatch))
    assert "Cibles du copil" not in written(run("views/synthese.py", board(), monkeypatch))
