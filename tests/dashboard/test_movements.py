"""What became of the gaps in a year, on a board of two years: rows, overview, panels, table and page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from connectors.source import Source
from dashboard.components import movements
from dashboard.components.html import Table
from dashboard.components.readings import access_gaps
from indicators import compute, cube, windows
from indicators.gaps import gaps
from indicators.period import Frequency, Period, SeriesBreak
from indicators.registry import indicators, measures
from indicators.sentences_evolution import FRAGILE
from indicators.status import Status
from tests.dashboard import boards
from tests.dashboard.test_views import run, written


def counting(code: str, label: str, **more: object) -> Source:
    """A source that counts the entries in training, in files."""
    told = {"id": code, "label": label, "kind": "file", "expected_measures": ["entrees_formation"], **more}
    return Source.model_validate(told)


YEAR = windows.Window.ROLLING_YEAR
T3, BEFORE = Period.parse("2022-T3"), Period.parse("2021-T3")
QUARTERS = [Period(2020 + (i + 3) // 4, Frequency.QUARTER, (i + 3) % 4 + 1) for i in range(8)]  # from T4 2020 to T3 2022


def two_years(**before: tuple[int, int]):
    """The board of the tests with two years of entries: those of 2022 the first year too, but for the measures told (QPV, hors QPV)."""
    rows = []
    for quarter in QUARTERS:
        for measure, split in boards.ENTRIES.items():
            first = quarter.last_day <= BEFORE.last_day
            counts = (*before[measure], split[2]) if first and measure in before else split
            rows += [boards._row(measure, zone, count, quarter.code) for zone, count in zip(boards.ZONES, counts, strict=True)]
        for zone, seekers in zip(boards.ZONES, (2460, 4710, 310), strict=True):
            rows.append(boards._row("demandeurs_emploi_abc", zone, seekers, quarter.code))
            rows.append(boards._row("demandeurs_emploi_abc", zone, round(seekers * 0.2), quarter.code, ("age", "moins_26")))
    counts = boards.pd.DataFrame(rows).astype({"value": "Int64"})
    full = boards.board()
    territory = full.settings.territory
    box = cube.build(counts, measures(), territory, QUARTERS)
    values, rolling = (
        compute.values(windows.windowed(box, measures(), territory, window), indicators().values(), measures(), territory, QUARTERS)
        for window in (windows.Window.PERIOD, windows.Window.ROLLING_YEAR)
    )
    quarters = tuple(quarter.code for quarter in QUARTERS)
    return replace(full, values=values, gaps=gaps(values, indicators()), rolling=rolling, counts=counts, quarters=quarters)


def moved(content, window: windows.Window = windows.Window.PERIOD, zone: str = "QPV") -> dict[str, movements.Movement]:
    rows = access_gaps(content, T3, zone, window)
    return {item.gap.indicator.short: item for item in movements.movements(content, rows, T3, zone, window)}


def overview(content) -> str:
    quarters, years = (list(moved(content, window).values()) for window in (windows.Window.PERIOD, YEAR))
    return movements.overview(quarters, years, T3).replace("\u00a0", " ")


def test_twelve_months_may_establish_what_a_quarter_does_not():
    """Formation: 85 then 118 of 2 460, against 402 of 4 710: chance may do it in a quarter, not in four."""
    board = two_years(entrees_formation=(85, 402))
    quarter, year = (moved(board, window)["Formation"].change for window in (windows.Window.PERIOD, YEAR))
    assert quarter.trend == "non_etabli"
    assert quarter.change == pytest.approx(100 * (118 - 85) / 2460)
    assert year.trend == "se_reduit"
    assert year.change == pytest.approx(100 * 4 * (118 - 85) / 2460)


def test_the_overview_counts_what_is_established_and_names_it():
    board = two_years(entrees_formation=(40, 402))
    assert overview(board) == (
        "Entre T3 2021 et T3 2022, sur 7 écarts, 1 se réduit (formation) et 6 n'ont pas d'évolution établie. "
        "Entre les douze mois du T4 2020 au T3 2021 et ceux du T4 2021 au T3 2022, "
        "sur 7 écarts, 1 se réduit (formation) et 6 n'ont pas d'évolution établie."
    )
    assert overview(two_years()).startswith("Entre T3 2021 et T3 2022, aucun des 7 écarts n'a d'évolution établie.")


def test_a_break_leaves_every_change_uncomputed_and_says_why():
    board = two_years()
    brake = SeriesBreak(Period.parse("2021-T4").first_day, "Nouveau logiciel")
    file = board.settings.file.model_copy(update={"series_break": ()})
    settings = board.settings.model_copy(update={"file": file})
    settings.__dict__["breaks"] = (brake,)
    found = moved(replace(board, settings=settings))
    assert {item.change.broken for item in found.values() if item.gap.known} == {"Nouveau logiciel"}
    assert movements.overview(list(found.values()), [], T3) == "Aucune évolution calculée entre T3 2021 et T3 2022."
    panel = movements.panels(replace(board, settings=settings), list(found.values()), T3, "QPV")[0]
    assert (panel.change, panel.verdict, panel.tone) == ("rupture au 01/10/2021", "non calculée", "")
    assert list(panel.breaks) == [QUARTERS.index(Period.parse("2021-T4"))]


def test_a_change_that_helps_the_qpvs_is_favourable_even_where_the_gap_widens():
    """They were ahead of the rest already: further ahead is better for them."""
    board = two_years(entrees_iae=(80, 214))
    panel = next(
        series for series in movements.panels(board, list(moved(board).values()), T3, "QPV") if series.label == "Insertion par l'activité"
    )
    assert panel.tone == "favorable"
    worse = two_years(entrees_iae=(300, 214))
    panel = next(
        series for series in movements.panels(worse, list(moved(worse).values()), T3, "QPV") if series.label == "Insertion par l'activité"
    )
    assert panel.tone == "defavorable"


def test_an_advance_that_grows_is_not_a_gap_that_widens():
    """115 then 141 of 2 460 against 214 of 4 710: +0,1 point then +1,2, four times that over twelve months. Fragile as the gap is."""
    board = two_years(entrees_iae=(115, 214))
    found = moved(board, YEAR)
    (said,) = [line.replace("\u00a0", " ") for line in movements.established_over_time(list(found.values()))]
    assert said.startswith("Insertion par l'activité, entre les douze mois du T4 2020 au T3 2021 et ceux du T4 2021 au T3 2022 : ")
    assert "l'avance des habitants des QPV augmente (évolution établie)" in said
    assert "creuse" not in said
    assert "1 est une avance qui augmente (insertion par l'activité)" in overview(board)
    fragile = {label for label, item in found.items() if item.gap.fragile}
    assert fragile
    for label in fragile:
        assert FRAGILE in "".join(line for line in movements.told_over_time([found[label]]))


def test_a_partner_that_joins_is_a_break_on_the_page_with_its_day_and_its_name():
    """The CCAS begins to count what another counts already: one reason for all that it concerns, and a rule on the panels."""
    board = two_years()
    joining = (counting("ancien", "Ancien"), counting("ccas", "CCAS de Calais", since="2022-01-01"))
    found = moved(replace(board, declared=joining))
    row = found["Formation"].change
    assert (row.broken, row.broken_on) == ("Périmètre changé, CCAS de Calais ajouté", date(2022, 1, 1))
    assert found["PLIE"].change.known
    (said,) = movements.told_over_time([found["Formation"]])
    assert said.replace("\u00a0", " ") == (
        "Évolution depuis T3 2021 non calculée : rupture de série au 01/01/2022 (périmètre changé, CCAS de Calais ajouté)."
    )


def test_a_provisional_change_says_until_when():
    board = two_years()
    revised = counting("ml", "Mission locale", provisional_days=60)
    found = moved(replace(board, declared=(revised,), today=date(2022, 10, 15)))
    assert found["Formation"].change.provisional == date(2022, 11, 29)
    assert found["PLIE"].change.provisional is None
    table = movements.movements_table([found["Formation"]], T3)
    assert table.rows[0][5] == "pas d'évolution établie, provisoire jusqu'au 29/11/2022"


@pytest.mark.parametrize(
    ("view", "title"),
    [
        ("trimestre", "Accès au droit commun : "),
        ("annee", "Accès au droit commun sur douze mois : "),
        ("evolution", "Écarts d'accès en un an : un écart se réduit"),
        ("composition", "Ce qui compose les écarts : "),
    ],
)
def test_each_view_has_its_own_finding_as_title(monkeypatch, view: str, title: str):
    test = run("views/droit_commun.py", two_years(entrees_formation=(40, 402)), monkeypatch, v=view, t="2022-T3")
    assert not test.exception
    (found,) = [item.value.replace("\u00a0", " ") for item in test.title]
    assert found.startswith(title)


def test_panels_come_by_level_and_end_with_the_period():
    panels = movements.panels(two_years(), list(moved(two_years()).values()), T3, "QPV")
    levels = [series.rest[-1].value for series in panels]
    assert levels == sorted(levels, reverse=True)
    assert {series.periods[-1] for series in panels} == {T3}


def texts_of(table: Table) -> dict[str, list[str]]:
    return {str(row[0]): [cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows}


def test_the_table_gives_both_dates_for_each_window():
    board = two_years(entrees_formation=(40, 402))
    table = movements.movements_table(list(moved(board).values()), T3)
    texts = texts_of(table)["Formation"]
    assert texts[1:3] == ["−6,9", "−3,7"]
    assert texts[3] == "Écart défavorable"
    assert texts[4].startswith("+3,2 (de +")
    assert texts[5] == "l'écart se réduit"
    assert [row[3] for row in texts_of(table).values()] == [
        movements.MARK if item.gap.status is Status.SECRET else movements.read(item.gap) for item in moved(board).values()
    ]
    year = movements.movements_table(list(moved(board, YEAR).values()), T3)
    assert "douze mois" in year.caption
    assert texts_of(year)["Formation"][1:3] == ["−27,6", "−15,0"]
    assert texts_of(year)["Formation"][5] == "l'écart se réduit"


def test_the_page_shows_the_year(monkeypatch):
    test = run("views/droit_commun.py", two_years(entrees_formation=(40, 402)), monkeypatch, v="evolution", t="2022-T3")
    assert not test.exception
    text = written(test).replace("\u00a0", " ")
    assert "Formation, entre T3 2021 et T3 2022 : l'écart est passé de −6,9 à −3,7 points, l'écart se réduit (évolution établie)." in text
    assert "Formation, entre les douze mois du T4 2020 au T3 2021 et ceux du T4 2021 au T3 2022 : l'écart est passé de" in text
    assert "Écarts d'accès en un an : un écart se réduit" in text


def test_the_page_of_a_first_quarter_has_levels_but_no_change(monkeypatch):
    test = run("views/droit_commun.py", boards.board(), monkeypatch, v="evolution")
    assert not test.exception
    text = written(test).replace("\u00a0", " ")
    assert text.count("as de série avant le T1 2022") == 1
    assert "≈ non calculée" not in text
    assert "non transmis à l'une" not in text
