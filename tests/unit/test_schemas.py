"""The contracts refuse every faulty cell at once, and let through a table without rows."""

from __future__ import annotations

import pandas as pd
import pandera.errors
import pytest

from indicators import schemas
from indicators.frames import BUDGET_COLUMNS, COUNTS_COLUMNS, EXPENSES_COLUMNS, GAPS_COLUMNS, PUBLISHED_COLUMNS, VALUES_COLUMNS

GOOD = ("ml", "entrees", "QPV", "2022-T1", "ensemble", "ensemble", 30, "ok")


def counts(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COUNTS_COLUMNS).astype({"value": "Int64"})


def row(**changes: object) -> tuple[object, ...]:
    return tuple({**dict(zip(COUNTS_COLUMNS, GOOD, strict=True)), **changes}.values())


def refusals(frame: pd.DataFrame, schema: object = schemas.COUNTS) -> set[str]:
    """The checks that a frame fails, all of them."""
    with pytest.raises(pandera.errors.SchemaErrors) as refused:
        schema.validate(frame, lazy=True)  # type: ignore[attr-defined]
    return set(refused.value.failure_cases["check"].astype(str))


def test_a_good_delivery_passes_unchanged() -> None:
    given = counts(GOOD, row(territory="VILLE", value=None, status="secret"), row(territory="HORS_QPV", value=0))
    before = given.copy()
    pd.testing.assert_frame_equal(schemas.COUNTS.validate(given, lazy=True), before)


def test_a_column_without_a_name_in_the_contract_is_refused() -> None:
    assert refusals(counts(GOOD).assign(nom="Dupont")) == {"column_in_schema"}
    assert refusals(counts(GOOD).drop(columns="status")) >= {"column_in_dataframe"}


def test_a_fraction_is_refused_and_never_truncated() -> None:
    frame = counts(GOOD).astype({"value": float})
    frame["value"] = 10.7
    assert any("Int64" in check for check in refusals(frame))


@pytest.mark.parametrize(
    ("faulty", "check"),
    [
        (row(value=-1), "in_range"),
        (row(value=2**53 + 1), "in_range"),
        (row(status="inconnu"), "isin"),
        (row(period="2022-T5"), "not a period"),
        (row(period="0000"), "not a period"),
        (row(value=None), "value and status disagree"),
        (row(status="secret"), "value and status disagree"),
        (row(status="non_transmis"), "value and status disagree"),
        (row(status="non_applicable"), "value and status disagree"),
        (row(source=None), "not_nullable"),
    ],
)
def test_each_faulty_cell_is_refused_by_its_own_check(faulty: tuple[object, ...], check: str) -> None:
    assert any(found.startswith(check) for found in refusals(counts(row(territory="VILLE"), faulty)))


def test_the_same_key_twice_is_refused_on_both_rows() -> None:
    with pytest.raises(pandera.errors.SchemaErrors) as refused:
        schemas.COUNTS.validate(counts(GOOD, row(territory="VILLE"), row(value=31)), lazy=True)
    cases = refused.value.failure_cases
    assert set(cases["check"]) == {"duplicate key"}
    assert set(cases["index"]) == {0, 2}


def test_every_fault_of_a_frame_is_told_at_once() -> None:
    found = refusals(
        counts(GOOD, GOOD, row(value=-1), row(period="hier"), row(territory="VILLE", status="secret"), row(status="?")).assign(nom="x")
    )
    assert {"column_in_schema", "duplicate key", "not a period", "value and status disagree"} <= found
    assert any(check.startswith("in_range") for check in found)
    assert any(check.startswith("isin") for check in found)


def test_two_expenses_with_one_reference_are_refused() -> None:
    entry = (2022, "HA1", pd.Timestamp("2022-03-01"), pd.NaT, "poste", "1", "64", 100_00, 0)
    frame = pd.DataFrame([entry, entry], columns=EXPENSES_COLUMNS).astype({"date": "datetime64[us]", "paid_on": "datetime64[us]"})
    assert refusals(frame, schemas.EXPENSES) == {"field_uniqueness"}
    assert len(schemas.EXPENSES.validate(frame.head(1), lazy=True)) == 1
    euros = frame.head(1).astype({"committed": float})
    assert any("int64" in check for check in refusals(euros, schemas.EXPENSES))


def test_a_verdict_outside_the_four_is_refused() -> None:
    known = ["N1", "QPV", "2022-T1", "ensemble", "ensemble", *[1.0] * 12]
    frame = pd.DataFrame([[*known, "favorable", "ok"]], columns=GAPS_COLUMNS)
    assert len(schemas.GAPS.validate(frame, lazy=True)) == 1
    assert any(check.startswith("isin") for check in refusals(frame.assign(verdict="bon"), schemas.GAPS))


@pytest.mark.parametrize(
    ("schema", "columns"),
    [
        (schemas.COUNTS, COUNTS_COLUMNS),
        (schemas.EXPENSES, EXPENSES_COLUMNS),
        (schemas.PUBLISHED, PUBLISHED_COLUMNS),
        (schemas.VALUES, VALUES_COLUMNS),
        (schemas.GAPS, GAPS_COLUMNS),
        (schemas.BUDGET_USE, BUDGET_COLUMNS),
    ],
)
def test_contracts_and_column_lists_say_the_same(schema: object, columns: list[str]) -> None:
    assert list(schema.columns) == columns  # type: ignore[attr-defined]
