"""The sentences of what changed. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from indicators import sentences_evolution as s
from indicators.evolution import SINCE_JANUARY, Against, evolutions, gap_evolutions
from indicators.evolution_rows import EvolutionRow, evolution_row, gap_evolution_row
from indicators.indicator import Indicator
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.status import Status
from indicators.windows import Window
from tests.unit.test_evolution import INDICATORS, city, figures
from tests.unit.test_territory import CITY

BEFORE, AFTER, NOTHING = Period.parse("2022-T4"), Period.parse("2023-T4"), math.nan
UNTIL, BROKEN = date(2024, 2, 29), date(2023, 7, 1)
PROVISIONAL = " Chiffre provisoire, que la source peut encore corriger jusqu'au 29/02/2024."


def plain(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def gap(before: float, after: float, trend: str = "se_reduit", **more: object) -> EvolutionRow:
    change = after - before
    row = EvolutionRow(
        indicators()["N2.8-cej"],
        BEFORE,
        AFTER,
        before,
        after,
        change,
        change - 1,
        change + 1,
        "",
        trend,
        "",
        broken_on=None,
        provisional=None,
        status=Status.OK,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def moved(indicator: Indicator, then: Figure, now: Figure, change: float, low: float = NOTHING, high: float = NOTHING) -> EvolutionRow:
    return EvolutionRow(
        indicator,
        BEFORE,
        AFTER,
        then.value,
        now.value,
        change,
        low,
        high,
        "",
        "",
        "",
        broken_on=None,
        provisional=None,
        status=Status.OK,
        then=then,
        now=now,
    )


def known(value: float, numerator: float = NOTHING, denominator: float = NOTHING) -> Figure:
    return Figure(value, Status.OK, numerator, denominator)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            gap(-8.44, -6.06),
            "Formation, entre T4 2022 et T4 2023¤: l'écart est passé de −8,4 à −6,1¤points, l'écart se réduit (évolution établie).",
        ),
        (
            gap(-1.0, -4.0, "se_creuse"),
            "Formation, entre T4 2022 et T4 2023¤: l'écart est passé de −1,0 à −4,0¤points, l'écart se creuse (évolution établie).",
        ),
        (
            gap(1.9, 4.0, "se_creuse"),
            "Formation, entre T4 2022 et T4 2023¤: l'écart est passé de +1,9 à +4,0¤points, "
            "l'avance des habitants des QPV augmente (évolution établie).",
        ),
        (
            gap(-3.0, 1.2, "s_inverse"),
            "Formation, entre T4 2022 et T4 2023¤: l'écart est passé de −3,0 à +1,2¤point, l'écart change de sens (évolution établie).",
        ),
        (
            gap(-6.02, -6.04, "non_etabli"),
            "Formation, entre T4 2022 et T4 2023¤: l'écart est resté à −6,0¤points, pas d'évolution établie.",
        ),
        (
            gap(-8.4, -6.1, provisional=UNTIL),
            "Formation, entre T4 2022 et T4 2023¤: l'écart est passé de −8,4 à −6,1¤points, l'écart se réduit (évolution établie)."
            + PROVISIONAL,
        ),
        (
            gap(6.0, 9.1, "se_creuse", window=Window.ROLLING_YEAR, fragile=True),
            "Formation, entre les douze mois du T1 2022 au T4 2022 et ceux du T1 2023 au T4 2023¤: "
            "l'écart est passé de +6,0 à +9,1¤points, l'avance des habitants des QPV augmente (évolution établie). "
            "Écart fragile, plus de 5¤% des entrées ne sont pas localisées.",
        ),
        (
            gap(NOTHING, NOTHING, "", status=Status.NON_APPLICABLE, broken="Nouveaux périmètres des QPV", broken_on=BROKEN),
            "Formation¤: évolution depuis T4 2022 non calculée, rupture de série au 01/07/2023 (nouveaux périmètres des QPV).",
        ),
        (
            gap(NOTHING, NOTHING, "", status=Status.NON_APPLICABLE, broken="Loi : nouvelles catégories", broken_on=BROKEN),
            "Formation¤: évolution depuis T4 2022 non calculée, rupture de série au 01/07/2023 (loi, nouvelles catégories).",
        ),
        (
            gap(NOTHING, NOTHING, "", status=Status.NON_APPLICABLE, broken=SINCE_JANUARY),
            "Formation¤: évolution depuis T4 2022 non calculée, cumul depuis le 1er janvier, non comparable à celui de la période d'avant.",
        ),
        (gap(NOTHING, NOTHING, "", status=Status.NON_APPLICABLE), "Formation¤: évolution depuis T4 2022, sans objet."),
        (
            gap(NOTHING, NOTHING, "", status=Status.SECRET),
            "Formation¤: évolution depuis T4 2022, chiffre non publié (secret statistique) à l'une des deux dates.",
        ),
        (
            gap(NOTHING, NOTHING, "", status=Status.NON_TRANSMIS),
            "Formation¤: évolution depuis T4 2022, chiffre non transmis à l'une des deux dates.",
        ),
    ],
)
def test_a_gap_s_change_says_from_what_to_what_and_whether_it_is_established(row: EvolutionRow, expected: str) -> None:
    assert plain(s.gap_evolution(row, "Formation")) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            moved(indicators()["C1"], known(7660), known(7480), -2.35),
            "7_480 personnes au T4 2023, contre 7_660 personnes un an plus tôt¤: −2,4¤%.",
        ),
        (
            replace(moved(indicators()["N1.1"], known(13), known(14), 7.69), earlier=Period.parse("2023-T3")),
            "14 au T4 2023, contre 13 au T3 2023¤: +7,7¤%.",
        ),
        (
            moved(indicators()["N2.2"], known(70.1, 240, 342), known(72.6, 302, 416), 2.5, -3.9, 8.9),
            "Taux d'accueil, entre T4 2022 et T4 2023¤: de 70,2¤% à 72,6¤%, soit +2,5¤points, pas d'évolution établie.".replace(
                "70,2", "70,1"
            ),
        ),
        (
            moved(indicators()["C3"], known(46.0, 460, 1000), known(44.5, 445, 1000), -1.5, -2.8, -0.2),
            "Part des demandeurs d'emploi de longue durée, entre T4 2022 et T4 2023¤: de 46,0¤% à 44,5¤%, "
            "soit −1,5¤point, évolution établie.",
        ),
        (
            moved(indicators()["N2.9"], known(0.72, 0.25, 0.34), known(0.81, 0.27, 0.34), 0.09, -0.02, 0.2),
            "Indice de parité d'accès, entre T4 2022 et T4 2023¤: de 0,72 à 0,81, soit +0,09, pas d'évolution établie.",
        ),
        (
            moved(indicators()["R2"], known(60.0, 9, 15), known(60.0, 9, 15), 0.0, -20, 20),
            "Taux de sorties dynamiques, entre T4 2022 et T4 2023¤: 9 sur 15 aux deux dates, pas d'évolution établie.",
        ),
        (
            moved(indicators()["R2"], known(53.8, 7, 13), known(71.0, 22, 31), 17.2, -14, 47),
            "Taux de sorties dynamiques, entre T4 2022 et T4 2023¤: de 7 sur 13 à 22 sur 31, pas d'évolution établie.",
        ),
        (
            moved(indicators()["R2"], known(79.4, 50, 63), known(79.0, 49, 62), -0.4, -14, 13),
            "Taux de sorties dynamiques, entre T4 2022 et T4 2023¤: 79¤% aux deux dates (−0,4¤point avant arrondi), "
            "pas d'évolution établie.",
        ),
        (
            moved(indicators()["R2"], known(79.0, 49, 62), known(79.0, 49, 62), 0.0, -14, 14),
            "Taux de sorties dynamiques, entre T4 2022 et T4 2023¤: 79¤% aux deux dates, pas d'évolution établie.",
        ),
        (
            moved(replace(indicators()["R2"], label="Taux : IAE"), known(60.0, 90, 150), known(62.0, 93, 150), 2.0, -9, 13),
            "Taux, IAE, entre T4 2022 et T4 2023¤: de 60,0¤% à 62,0¤%, soit +2,0¤points, pas d'évolution établie.",
        ),
    ],
)
def test_a_figure_s_change_is_told_in_its_own_unit(row: EvolutionRow, expected: str) -> None:
    assert plain(s.evolution(row)) == expected


def test_the_heading_of_a_panel() -> None:
    assert plain(s.gap_change(gap(-8.44, -6.06))) == "−8,4 → −6,1¤points"
    assert plain(s.gap_change(gap(NOTHING, NOTHING, "", status=Status.SECRET))) == "non publié (secret statistique)"
    assert (
        plain(s.gap_change(gap(NOTHING, NOTHING, "", status=Status.NON_APPLICABLE, broken="x", broken_on=BROKEN)))
        == "rupture au 01/07/2023"
    )


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (1, 2, "2 personnes au T4 2023, contre 1 personne un an plus tôt¤: +100,0¤%."),
        (2, 0, "0 personne au T4 2023, contre 2 personnes un an plus tôt¤: −100,0¤%."),
        (1, 1, "1 personne au T4 2023, contre 1 personne un an plus tôt¤: 0,0¤%."),
        (0, 5, "5 personnes au T4 2023, contre 0 personne un an plus tôt."),
        (0, 0, "0 personne au T4 2023, contre 0 personne un an plus tôt."),
    ],
)
def test_none_one_and_two_persons(then: int, now: int, expected: str) -> None:
    """From none there is no percentage: the two figures are told without one."""
    row = moved(indicators()["C1"], known(then), known(now), 100 * (now / then - 1) if then else NOTHING)
    assert plain(s.evolution(row if then else replace(row, status=Status.NON_APPLICABLE))) == expected


@pytest.mark.parametrize(
    ("then", "status", "broken", "expected"),
    [
        (Figure(NOTHING, Status.SECRET), Status.SECRET, "", "chiffre non publié (secret statistique) à l'une des deux dates."),
        (Figure(NOTHING, Status.NON_TRANSMIS), Status.NON_TRANSMIS, "", "chiffre non transmis à l'une des deux dates."),
        (known(7660), Status.NON_APPLICABLE, "Loi plein emploi", "non calculée¤: rupture de série au 01/07/2023 (loi plein emploi)."),
    ],
)
def test_what_is_not_known_or_not_comparable_is_not_compared(then: Figure, status: Status, broken: str, expected: str) -> None:
    row = replace(moved(indicators()["C1"], then, known(7480), NOTHING), status=status, broken=broken, broken_on=BROKEN if broken else None)
    assert plain(s.evolution(row)).startswith("Évolution depuis T4 2022")
    assert plain(s.evolution(row)).endswith(expected)


def test_the_first_date_of_a_series_has_nothing_before_it() -> None:
    assert s.before_series(Period.parse("2022-T1")) == "Pas de série avant le T1 2022."


def test_rows_are_made_from_the_frames() -> None:
    """240 then 300 of 400 are 60 % then 75 %: +15 points; against 80 % in the rest of the city, the gap goes from -20 to -5."""
    told = {code: city((entries, 400), (3200, 4000)) for code, entries in ((BEFORE.code, 240), (AFTER.code, 300))}
    values, gaps = figures(told)
    share = INDICATORS["part"]
    row = evolution_row(evolutions(values, INDICATORS, (), CITY, Against.YEAR_AGO), values, share, AFTER.code, "QPV")
    assert row is not None
    assert row.then is not None
    assert row.now is not None
    assert (row.earlier, row.later, row.then.value, row.now.value) == (BEFORE, AFTER, pytest.approx(60.0), pytest.approx(75.0))
    assert (row.change, row.verdict, row.established) == (pytest.approx(15.0), "favorable", True)
    assert evolution_row(evolutions(values, INDICATORS, (), CITY, Against.YEAR_AGO), values, share, "2025-T1", "QPV") is None
    changes = gap_evolutions(gaps, INDICATORS, (), CITY, Against.YEAR_AGO, {("entrees", AFTER.code): UNTIL})
    found = gap_evolution_row(changes, share, AFTER, "QPV", Against.YEAR_AGO)
    assert plain(s.gap_evolution(found, "Part")) == (
        "Part, entre T4 2022 et T4 2023¤: l'écart est passé de −20,0 à −5,0¤points, l'écart se réduit (évolution établie)." + PROVISIONAL
    )
    absent = gap_evolution_row(changes, share, Period.parse("2025-T1"), "QPV", Against.YEAR_AGO)
    assert (absent.status, absent.earlier.code) == (Status.NON_TRANSMIS, "2024-T1")
