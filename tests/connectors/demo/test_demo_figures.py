"""What the figures of the story say: identities, volumes, gaps and money, from what the connectors stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from connectors.demo.volumes import CODES, ZONES
from indicators import coherence, compute, cube
from indicators.budget import budget_use, cofunding_use
from indicators.cerfa import balance, cerfa
from indicators.codes import exits
from indicators.gaps import gaps
from indicators.grant import is_apart
from indicators.period import Frequency, between
from indicators.registry import indicators, measures

PERIODS = between(date(2022, 1, 1), date(2023, 12, 31), Frequency.QUARTER)


@pytest.fixture(scope="module")
def gap(replay) -> pd.DataFrame:
    territory = replay.settings.territory
    dense = cube.build(replay.counts, measures(), territory, PERIODS)
    values = compute.values(dense, indicators().values(), measures(), territory, PERIODS)
    found = gaps(values, indicators())
    return found[(found["dimension"] == "ensemble") & (found["zone"] == "QPV")].set_index(["indicator", "period"])


def _totals(replay, measure: str) -> pd.DataFrame:
    """Counts [quarter, zone] of a measure."""
    rows = replay.counts[(replay.counts["measure"] == measure) & (replay.counts["dimension"] == "ensemble")]
    table = rows.pivot_table(index="period", columns="territory", values="value", aggfunc="sum")
    return table.loc[[code for code in CODES if code in table.index]].astype(int)


def _sum(replay, measure: str, category: tuple[str, ...] = ("ensemble",)) -> int:
    rows = replay.counts[(replay.counts["measure"] == measure) & replay.counts["category"].isin(category)]
    return int(rows["value"].sum())


def test_the_stock_of_parcours_is_what_entered_less_what_left_in_every_zone(replay):
    stock, entered, left = (_totals(replay, code) for code in ("parcours_en_cours", "entrees_parcours", "sorties_parcours"))
    assert set(stock.columns) == set(ZONES)
    assert (stock == entered.cumsum() - left.cumsum()).all(axis=None)
    assert stock.loc["2023-T4"].sum() > 50


def test_nothing_contradicts_anything_once_all_sources_are_together(replay):
    for source, rows in replay.counts.groupby("source"):
        rounding = replay.sources[source].rounding
        assert coherence.faults(rows, replay.settings.territory, measures(), rounding) == []


def test_job_seekers_are_about_7_500_a_third_in_the_qpvs_and_slightly_fewer(replay):
    seekers = _totals(replay, "demandeurs_emploi_abc")
    city = seekers.sum(axis=1)
    share = seekers.loc["2023-T4"] / city["2023-T4"]
    assert city["2023-T4"] == 7480 < city["2022-T1"] < 8000
    assert share["QPV"] == pytest.approx(0.34, abs=0.001)
    assert share["HORS_QPV"] == pytest.approx(0.62, abs=0.001)
    assert share["NON_LOCALISE"] == pytest.approx(0.04, abs=0.001)


def test_nine_percent_of_inclusion_hirings_are_not_located(replay):
    hired = _totals(replay, "entrees_iae")
    assert hired["NON_LOCALISE"].sum() / hired.sum(axis=None) == pytest.approx(0.09, abs=0.005)


@pytest.mark.parametrize(
    ("scheme", "points", "verdict"),
    [
        ("cej", -7.0, "defavorable"),
        ("pacea", -6.0, "defavorable"),
        ("formation", -5.0, "defavorable"),
        ("plie", -0.9, "defavorable"),
        ("aide_mobilite", -0.75, "defavorable"),
        ("garde_enfant", -0.55, "defavorable"),
        ("iae", 2.5, "favorable"),
        ("accompagnement_social", 0.1, "non_etabli"),
        ("creation_activite", -0.05, "non_etabli"),
    ],
)
def test_access_gaps_at_the_end_of_2023(gap, scheme, points, verdict):
    row = gap.loc[(f"N2.8-{scheme}", "2023-T4")]
    assert row["points"] == pytest.approx(points, abs=0.3)
    assert row["verdict"] == verdict
    assert (row["low"] > 0 or row["high"] < 0) == (verdict != "non_etabli")


def test_the_gap_of_cap_emploi_is_hidden_every_quarter(gap):
    assert set(gap.loc["N2.8-cap_emploi", "status"]) == {"secret"}


def test_the_cej_gap_narrows_and_parity_rises_from_0_72_to_0_8(gap):
    cej = gap.loc["N2.8-cej", "points"]
    assert cej["2022-T1"] < -8 < cej["2023-T4"] < -6
    parity = gap.loc["N2.8", "parity"]
    assert parity["2022-T1"] == pytest.approx(0.72, abs=0.015)
    assert parity["2023-T4"] == pytest.approx(0.80, abs=0.015)


def test_exits_and_freins(replay):
    known = _sum(replay, "sorties_parcours", exits("durable", "transition", "positive", "autre"))
    dynamic = _sum(replay, "sorties_parcours", exits("durable", "transition", "positive"))
    assert 95 <= known <= 105
    assert dynamic / known == pytest.approx(0.60, abs=0.02)
    lifted, still_open = (_sum(replay, code) for code in ("freins_leves_bilan", "freins_ouverts_bilan"))
    assert lifted / (lifted + still_open) == pytest.approx(0.55, abs=0.03)
    found = replay.counts.query("measure == 'freins_identifies' and dimension == 'frein'").groupby("category")["value"].sum()
    assert set(found.nlargest(2).index) == {"mobilite", "famille"}


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        ("diagnostics_poses", 40, 50),
        ("entrees_parcours", 22, 28),
        ("sorties_parcours", 12, 17),
        ("freins_identifies", 55, 66),
        ("orientations_droit_commun", 135, 155),
        ("actions_coordination", 12, 17),
    ],
)
def test_usual_volumes_of_a_quarter(replay, measure, low, high):
    assert low <= _sum(replay, measure) / len(CODES) <= high


def test_persons_identified_start_again_each_year(replay):
    reached = _totals(replay, "habitants_reperes").sum(axis=1)
    assert list(reached.diff()[1:4] > 0) == [True] * 3
    assert reached["2023-T1"] < reached["2022-T4"]
    assert 350 <= reached["2022-T4"] <= reached["2023-T4"] <= 430


def test_what_the_grant_paid(replay):
    spent = replay.expenses[~replay.expenses["line"].map(is_apart)]
    by_september = spent[(spent["exercise"] == 2022) & (spent["paid_on"] <= "2022-09-30")]
    assert by_september["paid"].sum() == 51_800_00
    totals = spent.groupby("exercise")[["committed", "paid"]].sum()
    assert totals.loc[2022].tolist() == [83_370_00, 83_370_00]
    assert totals.loc[2023].tolist() == [98_270_00, 95_990_00]
    assert set(spent["line"]) == {"coordination", "accompagnement", "freins", "communication"}


def test_what_2022_left_is_carried_over_and_co_funding_is_spent_apart(replay):
    first, second = (item.as_grant() for item in replay.settings.exercises)
    on = date(2024, 1, 15)
    left = budget_use(replay.expenses, first, on).set_index("line").loc["total", "remaining"]
    assert left == second.carried_over == Decimal("16630.00")
    for grant in (first, second):
        found = cofunding_use(replay.expenses, grant, on).set_index("code")
        assert found.loc["ville", ["notified", "received", "spent"]].tolist() == [15_000] * 3
        assert found.loc["departement", ["notified", "received", "spent"]].tolist() == [12_000] * 3


def test_the_financial_report_of_2022_balances_to_the_cent(replay):
    first, second = replay.settings.exercises
    told = balance(cerfa(replay.expenses, first.planned(), 2022), replay.expenses, 2022)
    assert (told.differences, told.result, told.given - told.used) == ((), 0, 0)
    assert told.expenses == 83_370 + 27_000 + 16_630
    later = balance(cerfa(replay.expenses, second.planned(), 2023), replay.expenses, 2023)
    assert (later.differences, later.result) == ((), 100_000 + 16_630 - 98_270)
