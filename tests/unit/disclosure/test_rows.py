"""Everything that can be wrong with a table's file, told in French, all at once."""

from __future__ import annotations

import pytest

from indicators.disclosure.rows import BadTableError, table_of
from tests.unit.disclosure.tables import drawn, intervals

GOOD = "row,col,value,hidden\na,n,3,1\nb,n,9,0\ntotal,n,20,0"


def read(text: str, *, masking: bool = False):
    return table_of([(line, row.split(",")) for line, row in enumerate(text.splitlines(), 1)], masking=masking)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("a,n,3,1", "a,n,3"), "Ligne 2\u00a0: 3 colonnes lues au lieu de 4."),
        (("b,n,9,0", "b,n,9.5,0"), "Ligne 3, colonne «\u00a0value\u00a0»\u00a0: «\u00a09.5\u00a0» n'est pas un nombre entier"),
        (("b,n,9,0", "b,n,-9,0"), "«\u00a0-9\u00a0» n'est pas un nombre entier"),
        (("b,n,9,0", "b,n,²,0"), "«\u00a0²\u00a0» n'est pas un nombre entier"),
        (("b,n,9,0", "b,n,,0"), "effectif absent d'une case montrée"),
        (("b,n,9,0", "b,n,9000000000,0"), "dépasse 1\u202f000\u202f000\u202f000"),
        (("b,n,9,0", f"b,n,{'9' * 5000},0"), "dépasse 1\u202f000\u202f000\u202f000"),
        (("b,n,9,0", "b,n,9,oui"), "colonne «\u00a0hidden\u00a0»\u00a0: «\u00a0oui\u00a0» n'est ni 0 (montrée) ni 1 (masquée)"),
        (("b,n,9,0", "b,,9,0"), "Ligne 3, colonne «\u00a0col\u00a0»\u00a0: nom vide"),
        (("b,n,9,0", "a,n,9,0"), "Ligne 3\u00a0: la case (a, n) est déjà à la ligne 2. Gardez-en une."),
        (("b,n,9,0", "b,m,9,0"), "Il manque la case (a, m). Ajoutez-la"),
        (("20", "5"), "Ligne 4\u00a0: (total, n) vaut 5, mais les cases dont il est la somme font au moins 9."),
        (("a,n,3,1", "a,n,3,0"), "Ligne 4\u00a0: (total, n) vaut 20, mais les cases dont il est la somme font 12."),
        (("value", "effectif"), "Il manque en première ligne\u00a0: «\u00a0value\u00a0»."),
        (("value", "effectif"), "En-tête inconnu\u00a0: «\u00a0effectif\u00a0»."),
        (("col,value", "row,value"), "En-tête écrit deux fois\u00a0: «\u00a0row\u00a0»."),
        ((GOOD, "row,col,value,hidden"), "Le fichier ne contient aucune case"),
        ((GOOD, ""), "Il manque en première ligne"),
    ],
)
def test_a_fault_says_where_and_what_is_expected(change, told):
    with pytest.raises(BadTableError) as refused:
        read(GOOD.replace(*change))
    assert any(told in fault for fault in refused.value.faults), refused.value.faults


def test_all_faults_come_at_once():
    with pytest.raises(BadTableError) as refused:
        read("row,col,value,hidden\na,n,x,0\nb,n,3\n,n,2,7")
    assert [fault[:7] for fault in refused.value.faults] == ["Ligne 2", "Ligne 3", "Ligne 4", "Ligne 4"]


CROSSED = """
      x   y   total
a     *   *   5
b     *   *   {b}
total 4   7   -
"""


def test_margins_that_deny_each_other_are_named():
    """Rows make 10, columns 11, and no single line shows it."""
    with pytest.raises(BadTableError) as refused:
        drawn(CROSSED.format(b=5))
    assert refused.value.faults == [
        "Ces totaux ne peuvent pas être vrais ensemble, avec les cases montrées\u00a0: (a, total) = 5, (b, total) = 5, (total, x) = 4 et "
        "(total, y) = 7. Corrigez celui qui est faux."
    ]
    assert len(intervals(drawn(CROSSED.format(b=6)))) == 4


def test_a_grand_total_is_checked_against_other_margins():
    with pytest.raises(BadTableError, match=r"Ligne 9.*vaut 12, mais les cases dont il est la somme font 11"):
        drawn("x y total\na * * 5\nb * * 6\ntotal - 7 12")


def test_hidden_values_are_not_read_by_the_audit_and_marks_not_by_the_mask():
    assert intervals(read(GOOD.replace("a,n,3,1", "a,n,secret,1"))) == {"a|n": (11, 11)}
    assert not any(cell.hidden for cell in read(GOOD.replace("3,1", "11,?"), masking=True).cells)
    assert len(read("row,col,value\na,n,3", masking=True).cells) == 1


def test_margins_may_be_written_with_a_capital_hidden_or_absent():
    assert read(GOOD.replace("total", " Total ")).cells[-1].row == "total"
    assert intervals(drawn("x y\na * 9\nb 8 *")) == {"a|x": (0, None), "b|y": (0, None)}
    assert intervals(drawn("x y total\na * 9 *\nb 8 7 *\ntotal 12 * 28")) == {
        "a|x": (4, 4),
        "a|total": (13, 13),
        "b|total": (15, 15),
        "total|y": (16, 16),
    }


def test_a_single_column_may_be_the_margin_itself():
    assert intervals(drawn("total\na *\nb *\nc 8\ntotal 15")) == {"a|total": (0, 7), "b|total": (0, 7)}


def test_a_file_of_one_cell_is_a_table():
    assert intervals(drawn("total\ntotal *")) == {"total|total": (0, None)}


def test_a_total_of_one_cell_gives_it_away_or_denies_it():
    assert intervals(drawn("n total\na * 4\nb 9 *")) == {"a|n": (4, 4), "b|total": (9, 9)}
    with pytest.raises(BadTableError, match="vaut 4, mais"):
        drawn("n total\na 3 4")
