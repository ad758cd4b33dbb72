"""The contracts of the frames that compare two dates (pandera). Their columns are explained by ``evolution``."""

from __future__ import annotations

import pandera.pandas as pa

from indicators.evolution import Trend
from indicators.frames import VALUES_KEY
from indicators.gaps import Verdict
from indicators.status import Status

_DAY = pa.Check.str_matches(r"^(\d{4}-\d{2}-\d{2})?$")


def _contract(name: str, word: str, words: list[str]) -> pa.DataFrameSchema:
    number, text = pa.Column(float, nullable=True), pa.Column(str, nullable=False)
    return pa.DataFrameSchema(
        {
            **dict.fromkeys([*VALUES_KEY, "earlier"], text),
            **dict.fromkeys(["before", "after", "change", "low", "high"], number),
            word: pa.Column(str, pa.Check.isin(words), nullable=True),
            "broken": text,
            "broken_on": pa.Column(str, _DAY, nullable=False),
            "provisional": pa.Column(str, _DAY, nullable=False),
            "status": pa.Column(str, pa.Check.isin([status.value for status in Status])),
        },
        checks=[
            pa.Check(lambda frame: ~frame.duplicated(VALUES_KEY, keep=False), error="duplicate key"),
            pa.Check(lambda frame: frame["change"].notna() == (frame["status"] == Status.OK), error="change and status disagree"),
            pa.Check(lambda frame: (frame["broken"] == "") | (frame["status"] == Status.NON_APPLICABLE), error="a change across a break"),
        ],
        strict=True,
        ordered=True,
        name=name,
    )


EVOLUTIONS = _contract("Evolutions", "verdict", [str(word) for word in Verdict])
GAP_EVOLUTIONS = _contract("GapEvolutions", "trend", [str(word) for word in Trend])
