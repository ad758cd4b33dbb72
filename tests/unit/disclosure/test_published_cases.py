"""Cases that others published, as small tables, so that they run everywhere; and the files of facts themselves, where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indicators.disclosure.audit import bounds
from indicators.disclosure.system import Figure, System
from indicators.disclosure.table import Cell, Reason, Table, audit_table, mask_table
from tests.unit.disclosure.tables import drawn, intervals, told

CASES = Path(__file__).parents[3].parent / "shared" / "reference" / "disclosure_cases"

# sdcTable (R), tests/testthat/test-simpleheuristic.R: every line hides two cells or more, and yet one is told
TWO_PER_LINE = """
      a     b     c    d    total
w     30*   47*   64*  89   230
x     90*   124   5*   31   250
y     92    100*  59   85*  336
z     800   991*  651  685* 3127
total 1012  1262  779  890  3943
"""
# GaussSuppression (R, Statistics Norway), vignette on small counts, table 1: 0 and 1 are hidden, then three more
ICELAND_PORTUGAL_SPAIN = """
      Iceland Portugal Spain total
old   3*      4*       6     13
young 2*      0*       5     7
total 5       4        11    20
"""
ONE_WAY = """
       n
a      1
b      2
c      1
d      0
total  4
"""


def file(name: str) -> dict:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"the published case {name} is not at hand")
    return json.loads(path.read_text("utf-8"))


def test_two_hidden_cells_a_line_are_not_enough():
    assert intervals(drawn(TWO_PER_LINE)) == {
        "w|a": (25, 94),
        "w|b": (47, 47),
        "w|c": (0, 69),
        "x|a": (26, 95),
        "x|c": (0, 69),
        "y|b": (0, 185),
        "y|d": (0, 185),
        "z|b": (906, 1091),
        "z|d": (585, 770),
    }


def test_one_cell_more_frees_it_as_far_as_published():
    assert intervals(drawn(TWO_PER_LINE.replace(" 31 ", " 31*")))["w|b"] == (0, 78)
    assert intervals(drawn(TWO_PER_LINE.replace(" 89 ", " 89*")))["w|b"] == (0, 136)


def test_a_mask_of_that_table_tells_nothing_below_fifty():
    masked = mask_table(drawn(TWO_PER_LINE.replace("*", " ")), 50)
    after = Table(tuple(Cell(item.cell.row, item.cell.col, item.cell.value, bool(item.reason), 0) for item in masked))
    assert {(item.cell.row, item.cell.col) for item in masked if item.reason is Reason.SMALL} == {
        ("w", "a"),
        ("w", "b"),
        ("x", "c"),
        ("x", "d"),
    }
    assert told(audit_table(after, 50)) == set()


def test_young_portuguese_are_told_to_be_few_but_not_how_many():
    found = intervals(drawn(ICELAND_PORTUGAL_SPAIN))
    assert found == {"old|Iceland": (3, 5), "old|Portugal": (2, 4), "young|Iceland": (0, 2), "young|Portugal": (0, 2)}
    assert told([item for item in audit_table(drawn(ICELAND_PORTUGAL_SPAIN), 2) if item.cell.hidden]) == set()
    assert len(told([item for item in audit_table(drawn(ICELAND_PORTUGAL_SPAIN), 5) if item.cell.hidden])) == 4


def test_two_ones_that_make_two_are_told_at_3_and_not_at_2():
    table = drawn(ONE_WAY.replace("1\n", "1*\n"))
    assert intervals(table) == {"a|n": (0, 2), "c|n": (0, 2)}
    assert [bool(told([item for item in audit_table(table, k) if item.cell.hidden])) for k in (2, 3)] == [False, True]


@pytest.mark.parametrize(("k", "hidden"), [(2, ["a", "c"]), (3, ["a", "b", "c"])])
def test_ones_are_hidden_at_2_and_need_no_other(k, hidden):
    assert [item.cell.row for item in mask_table(drawn(ONE_WAY), k) if item.reason] == hidden


def test_one_hidden_cell_and_the_total_give_it_away():
    """OpenSAFELY, documentation on disclosure control: 51 less 50."""
    assert intervals(drawn("n\n21-30 *\n31-40 10\n41-50 15\n51+ 25\ntotal 51")) == {"21-30|n": (1, 1)}


def test_redacting_then_rounding_to_5_leaves_a_hidden_count_wide():
    """OpenSAFELY: counts of 7 or less redacted, the others and the total rounded to 5. Rounding hides what redacting alone would tell."""
    rounded = {"31-40": 10, "41-50": 15, "51+": 25}
    figures = [Figure(name, {name: 1}, max(value - 2, 8), value + 2) for name, value in rounded.items()]
    total = Figure("total", dict.fromkeys(["21-30", *rounded], 1), 48, 52)
    low, high = bounds(System.of([*figures, total]), System.of([*figures, total]).sums([{"21-30": 1}]))
    assert (low.tolist(), high.tolist()) == ([0], [8])


def test_the_file_on_two_per_line():
    facts = file("01_sdctable_4x4_two_per_line_not_enough.json")
    cells = [(item["r"], item["c"], int(item["value"]), item["hidden"]) for item in facts["cells"]]
    name = {"tot": "total"}
    every = [Cell(name.get(row, row), name.get(col, col), value, hidden, 0) for row, col, value, hidden in cells]
    assert intervals(Table(tuple(every))) == {key: tuple(map(int, ends)) for key, ends in facts["intervals_mine"].items()}
    for more, ends in facts["interval_of_wb_after_hiding_one_more_mine"].items():
        row, col = (name.get(part, part) for part in more.split("|"))
        wider = [Cell(cell.row, cell.col, cell.value, cell.hidden or (cell.row, cell.col) == (row, col), 0) for cell in every]
        assert intervals(Table(tuple(wider)))["w|b"] == tuple(map(int, ends)), more


def test_the_file_on_one_hidden_cell():
    facts = file("05_opensafely_single_hidden_with_total.json")
    cells = [Cell(name.lower() if name == "Total" else name, "n", value, value is None, 0) for name, value in facts["table"].items()]
    assert intervals(Table(tuple(cells))) == {f"{row}|n": (value, value) for row, value in facts["expected"].items()}


def test_the_file_on_table_1():
    published = file("1_gs_table1_maxN1.json")["published"]
    cells = [
        Cell(*(item[part].replace("Total", "total") for part in ("age", "geo")), int(item["freq"]), item["suppressed"] == "TRUE", 0)
        for item in published
    ]
    assert intervals(Table(tuple(cells))) == intervals(drawn(ICELAND_PORTUGAL_SPAIN))


def test_the_file_on_three_ways():
    """Age x country x year with groups of countries: the one primary cell cannot be told, a count less than its own included."""
    published = file("1_gs_table8_singleton.json")["published"]
    groups = {"Total": ("Iceland", "Portugal", "Spain"), "EU": ("Portugal", "Spain"), "nonEU": ("Iceland",)}
    ages, years = ("old", "young"), ("2014", "2015", "2016")

    def terms(item):
        return {
            (age, geo, year): 1
            for age in (ages if item["age"] == "Total" else [item["age"]])
            for geo in groups.get(item["geo"], (item["geo"],))
            for year in (years if item["year"] == "Total" else [item["year"]])
        }

    figures = [
        Figure.exact((item["age"], item["geo"], item["year"]), terms(item), int(item["freq"]))
        for item in published
        if item["suppressed"] == "FALSE"
    ]
    hidden = [item for item in published if item["suppressed"] == "TRUE"]
    system = System.of(figures, {atom: 1 for item in published for atom in terms(item)})
    low, high = bounds(system, system.sums([terms(item) for item in hidden]))
    for item, one, other in zip(hidden, low, high, strict=True):
        assert one <= int(item["freq"]) <= other
        if item["primary"] == "TRUE":
            assert one < other
