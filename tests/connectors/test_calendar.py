"""The deliveries owed: N1.5 counts monthly and quarterly partners together, each once per delivery owed."""

from __future__ import annotations

from datetime import date

from connectors.calendar import Expected, log_counts, provisional
from connectors.source import Source
from indicators.period import Period


def owed(source: str, period: str, due: date, arrived: date | None) -> Expected:
    return Expected(source, Period.parse(period), due, arrived)


def test_monthly_and_quarterly_deliveries_add_up_in_the_quarter() -> None:
    expected = [
        owed("mensuel", "2023-01", date(2023, 2, 15), date(2023, 2, 10)),
        owed("mensuel", "2023-02", date(2023, 3, 15), date(2023, 3, 16)),  # a day late
        owed("mensuel", "2023-03", date(2023, 4, 15), None),
        owed("trimestriel", "2023-T1", date(2023, 4, 30), date(2023, 4, 30)),
        owed("annuel", "2023", date(2024, 3, 31), None),  # not due yet
    ]
    counts = log_counts(expected, date(2023, 6, 1)).set_index(["measure", "period"])["value"]
    assert counts.to_dict() == {("livraisons_attendues", "2023-T1"): 4, ("livraisons_a_temps", "2023-T1"): 2}


def test_a_figure_is_provisional_until_its_source_no_longer_revises_it() -> None:
    told = {"id": "ml", "label": "Mission locale", "kind": "file", "expected_measures": ["entrees_cej"], "provisional_days": 60}
    found = provisional([Source.model_validate(told)], date(2024, 1, 15))
    assert found["entrees_cej", "2023-T4"] == date(2024, 2, 29)
    assert found["entrees_cej", "2023"] == date(2024, 2, 29)
    assert ("entrees_cej", "2023-T3") not in found  # settled since 29 November
    assert ("entrees_cej", "2023-12") not in found  # it does not tell months
