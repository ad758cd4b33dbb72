"""The story is replayed in order by the ordinary connectors, and each thing it tells happens."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, timedelta
from pathlib import Path

import pandas as pd
import pytest

from connectors.demo import insee
from connectors.demo.story import build
from connectors.store import Outcome
from indicators.period import Period

QUARTERS = [f"{year}-T{number}" for year in (2022, 2023) for number in (1, 2, 3, 4)]


def _outcomes(replay) -> list[tuple[str, str, Outcome | None]]:
    return [(step.label, report.source.id, report.outcome) for step, reports in replay.reports for report in reports]


def _count(counts: pd.DataFrame, measure: str, period: str) -> int:
    rows = counts[(counts["measure"] == measure) & (counts["period"] == period) & (counts["dimension"] == "ensemble")]
    return int(rows["value"].sum())


def test_steps_are_few_ordered_instants_in_universal_time(replay):
    days = [step.on for step in replay.world.steps]
    assert days == sorted(days)
    assert len(set(days)) == len(days) <= 25
    assert all(day.tzinfo is UTC for day in days)
    assert days[0].date().isoformat() == "2022-04-06"
    assert days[-1].date() <= replay.settings.city.today


def test_every_delivery_is_accepted_but_the_names_and_the_copy(replay):
    others = [(source, outcome) for _, source, outcome in _outcomes(replay) if outcome is not Outcome.ACCEPTED]
    assert sorted(others) == [("france_travail", Outcome.UNCHANGED), ("plie", Outcome.REFUSED)]


def test_the_names_of_the_plie_are_refused_then_corrected_two_weeks_later(replay):
    plie = [(step.on, report) for step, reports in replay.reports for report in reports if report.source.id == "plie"]
    refused = next(position for position, (_, report) in enumerate(plie) if report.outcome is Outcome.REFUSED)
    assert re.search("caractère personnel.*«\\snom\\s»", plie[refused][1].sentences[0])
    assert plie[refused + 1][1].outcome is Outcome.ACCEPTED
    assert plie[refused + 1][0] - plie[refused][0] == timedelta(days=15)
    assert "2023-T2" not in set(replay.history["T2 2023\u00a0: fichiers des partenaires"].query("source == 'plie'")["period"])


def test_a_refused_file_leaves_no_name_in_what_is_kept(replay):
    kept = [path for path in replay.settings.data_dir.rglob("*.txt") if "refuses" in path.parts]
    assert kept
    assert all("Fictif" not in path.read_text("utf-8") for path in kept)


def test_the_mission_locale_withdraws_six_cej_entries_of_one_quarter_only(replay):
    before = replay.history["T3 2022\u00a0: fichiers des partenaires"].query("source == 'mission_locale'")
    after = replay.history["La mission locale révise le T3 2022"].query("source == 'mission_locale'")
    change = {code: _count(after, "entrees_cej", code) - _count(before, "entrees_cej", code) for code in QUARTERS[:3]}
    assert change == {"2022-T1": 0, "2022-T2": 0, "2022-T3": -6}
    for measure in ("entrees_pacea", "entrees_formation"):
        assert _count(after, measure, "2022-T3") == _count(before, measure, "2022-T3") > 0


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("mission_locale", []),
        ("les_emplois", []),
        ("ccas", []),
        ("coordination", []),
        ("france_travail", []),
        ("plie", []),
        ("cap_emploi", []),
        ("caf", ["2022-T4", "2023-T1", "2023-T2"]),
        ("centre_social", ["2022-T4", "2023-T1", "2023-T2", "2023-T3", "2023-T4"]),
    ],
)
def test_who_never_sent_what(replay, source, missing):
    came = set(replay.counts.loc[replay.counts["source"] == source, "period"])
    assert [code for code in QUARTERS if code not in came] == missing


def test_deliveries_come_within_their_delay_but_the_corrected_one(replay):
    late = Counter()
    for step, reports in replay.reports:
        for report in reports:
            if report.source.kind not in {"sql", "file"} or report.outcome is not Outcome.ACCEPTED:
                continue
            known = replay.history[step.label].query("source == @report.source.id")["period"]
            own = [Period.parse(code) for code in known]
            newest = max(period for period in own if period.frequency is report.source.periodicity)
            if report.source.id == "mission_locale" and "révise" in step.label:
                continue
            late[report.source.id] += (step.on.date() - newest.last_day).days > report.source.delay_days
    assert {source for source, times in late.items() if times} == {"plie"}


def test_the_census_comes_once_a_year_under_its_title(replay):
    rows = replay.counts.query("source == 'insee'")
    assert set(rows["period"]) == {"2022", "2023"}
    city = rows[rows["territory"] == "VILLE"].set_index("period")["value"]
    parts = rows[rows["territory"] != "VILLE"].groupby("period")["value"].sum()
    assert city.to_dict() == parts.to_dict() == {"2022": 45240, "2023": 45050}
    title, header, *_ = insee.extract(2023).decode().splitlines()
    assert title.startswith("Population de 15 à 64 ans, recensement en vigueur en 2023")
    assert header == "Année;Zone;Population de 15 à 64 ans"


def test_each_source_is_declared_and_every_counted_one_delivers(replay):
    assert set(replay.sources) == {
        *("caf", "cap_emploi", "ccas", "centre_social", "comptabilite", "coordination", "fiches_qpv"),
        *("france_travail", "insee", "les_emplois", "mission_locale", "plie"),
    }
    for source in replay.sources.values():
        delivered = set(replay.counts.loc[replay.counts["source"] == source.id, "measure"])
        assert delivered == set(source.measures)


def test_building_again_replaces_what_was_there_and_drops_nothing_before_its_step(tmp_path: Path):
    stray = tmp_path / "data" / "depot" / "plie" / "vieux.xlsx"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    world = build(tmp_path, None, None)
    assert not list((tmp_path / "data").rglob("*.*"))
    world.steps[1].apply()
    assert {path.parent.name for path in (tmp_path / "data" / "depot").rglob("*.*")} == set(world.steps[1].sources)


def test_the_open_file_is_dropped_unchanged_on_the_last_day_when_it_is_given(tmp_path: Path):
    given = tmp_path / "fiches.csv"
    given.write_bytes(b"codeQPV\nQN06253M\n")
    world = build(tmp_path / "demo", None, given)
    assert world.steps[-1].sources == ("fiches_qpv",)
    world.steps[-1].apply()
    assert (tmp_path / "demo/data/depot/fiches_qpv/fiches_qpv.csv").read_bytes() == given.read_bytes()
