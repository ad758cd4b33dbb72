"""The words of what became of a gap, and the title that counts them. ¤ stands for U+00A0."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators import sentences_evolution as s
from indicators.evolution import Trend
from indicators.indicator import Direction
from indicators.registry import indicators
from indicators.status import Status
from tests.unit.test_sentences_evolution import NOTHING, gap, plain


@pytest.mark.parametrize(
    ("better", "before", "after", "trend", "words"),
    [
        (Direction.HIGHER, 1.9, 4.0, Trend.SE_CREUSE, "l'avance des habitants de Beau-Marais augmente"),
        (Direction.HIGHER, 4.0, 1.9, Trend.SE_REDUIT, "l'avance des habitants de Beau-Marais diminue"),
        (Direction.HIGHER, 0.0, 1.9, Trend.SE_CREUSE, "l'avance des habitants de Beau-Marais augmente"),
        (Direction.LOWER, -1.9, -4.0, Trend.SE_CREUSE, "l'avance des habitants de Beau-Marais augmente"),
        (Direction.LOWER, 1.9, 4.0, Trend.SE_CREUSE, "l'écart se creuse"),
        (Direction.HIGHER, -4.0, -1.9, Trend.SE_REDUIT, "l'écart se réduit"),
        (Direction.NEUTRAL, 1.9, 4.0, Trend.SE_CREUSE, "l'écart se creuse"),
        (Direction.HIGHER, 1.9, 4.0, Trend.NON_ETABLI, "pas d'évolution établie"),
    ],
)
def test_a_gap_in_favour_of_the_qpvs_is_an_advance(better: Direction, before: float, after: float, trend: Trend, words: str) -> None:
    row = gap(before, after, str(trend), indicator=replace(indicators()["N2.8-cej"], better=better))
    assert s.trend_words(row, "de Beau-Marais") == words


def test_the_title_counts_what_is_established_over_the_quarter_then_over_twelve_months() -> None:
    still = gap(-6.0, -6.1, "non_etabli", low=-1.0, high=1.0)
    hidden = gap(NOTHING, NOTHING, "", status=Status.SECRET)
    lead = gap(2.0, 4.0, "se_creuse")
    assert plain(s.trends_title([hidden], [])) == "Écarts d'accès en un an¤: aucune évolution calculée"
    assert plain(s.trends_title([still, hidden], [still])) == "Écarts d'accès en un an¤: aucune évolution établie"
    assert plain(s.trends_title([still], [lead])) == "Écarts d'accès en un an¤: une avance augmente sur douze mois"
    assert plain(s.trends_title([gap(-8.0, -6.0), gap(-7.0, -3.0), lead, lead, gap(-3.0, 2.0, "s_inverse"), still], [])) == (
        "Écarts d'accès en un an¤: deux écarts se réduisent, deux avances augmentent et un écart change de sens"
    )


@pytest.mark.parametrize("trend", list(Trend))
def test_every_trend_has_its_words(trend: Trend) -> None:
    assert s.gap_evolution(gap(-8.0, -6.0, str(trend)), "Formation").endswith(".")
    assert s.TRENDS[trend]
