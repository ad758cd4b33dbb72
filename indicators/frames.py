"""The column names of the frames, without the weight of their contracts (``schemas``): what computations import."""

from __future__ import annotations

COUNTS_KEY = ["source", "measure", "territory", "period", "dimension", "category"]
COUNTS_COLUMNS = [*COUNTS_KEY, "value", "status"]
VALUES_KEY = ["indicator", "zone", "period", "dimension", "category"]
VALUES_COLUMNS = [*VALUES_KEY, "numerator", "denominator", "value", "low", "high", "status"]
GAPS_NUMBERS = [
    *("qpv", "rest_of_city", "points", "low", "high", "ratio", "ratio_low", "ratio_high", "parity"),
    *("residents_to_parity", "residents_low", "residents_high"),
]
GAPS_COLUMNS = [*VALUES_KEY, *GAPS_NUMBERS, "verdict", "status"]
PUBLISHED_KEY = ["source", "measure", "territory", "vintage"]
PUBLISHED_COLUMNS = [*PUBLISHED_KEY, "value", "status", "note"]
EXPENSES_COLUMNS = ["exercise", "reference", "date", "paid_on", "line", "level", "account", "committed", "paid"]
BUDGET_COLUMNS = [
    "exercise",
    "line",
    "granted",
    "committed",
    "paid",
    "remaining",
    "used_share",
    "elapsed_share",
    "advance_points",
    "projected_low",
    "projected_high",
    "carried_over",
    "available",
    "planned",
    "plan_advance",
]
