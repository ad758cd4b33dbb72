"""« Depuis le dernier copil » as tables: each figure with what its difference is made of, each decision with its state."""

from __future__ import annotations

from datetime import date

from dashboard.components.changes_tables import changes_table, decisions_table
from dashboard.components.html import Cell, table
from indicators.changes_rows import ChangeRow
from indicators.period import SeriesBreak
from indicators.status import Status
from indicators.wording import Precision
from tests.unit.test_changes import CEJ, FIRST, NEXT_T3, SAME, SECOND, T3, edition, values
from tests.unit.test_sentences_changes import RECEIVED, plain, rows
from tests.unit.test_sentences_decisions import AFTER, given
from tests.unit.test_territory import CITY


def compared(
    code: str, first: float | str, restated: float | str, later: float | str, below: float = 200, **more: object
) -> list[ChangeRow]:
    old = edition(T3, FIRST, values((code, "QPV", "2022-T3", first), denominator=below))
    shown = values((code, "QPV", "2022-T3", restated), (code, "QPV", "2023-T3", later), denominator=below)
    told = [Precision(RECEIVED, date(2023, 1, 15), "Une précision.", "Copil")]
    return rows(old, edition(NEXT_T3, SECOND, shown, **more), precisions=told)


def cells(found: list[ChangeRow]) -> list[str]:
    [row] = changes_table(found, FIRST, CITY).rows
    return [plain(cell.text if isinstance(cell, Cell) else cell) for cell in row]


def test_a_figure_and_what_its_difference_is_made_of() -> None:
    [_, *told] = cells(compared(CEJ, 41, 40, 44))
    assert told == ["41 (T3 2022)", "40 (T3 2022)", "44 (T3 2023)", "−1", "+4", "révision¤: correction des données passées"]


def test_a_definition_a_break_and_causes_that_cannot_be_told_apart() -> None:
    [_, *told] = cells(
        compared(RECEIVED, 40, 41, 44, digests={**SAME, RECEIVED: "def"}, breaks=(SeriesBreak(date(2023, 2, 1), "Logiciel"),))
    )
    assert told[3:5] == ["+1,0¤point", "sans objet"]
    assert told[5] == (
        "rupture de série le 01/02/2023 (logiciel)_; définition précisée le 15/01/2023_; "
        "révision¤: changement de définition, changement de périmètre et correction des données passées (ne se distinguent pas)"
    )


def test_a_handful_of_persons_has_no_points() -> None:
    assert cells(compared(RECEIVED, 50, 40, 40, below=10))[4:6] == ["effectifs trop faibles", "0"]


def test_what_is_hidden_keeps_its_state_in_every_cell() -> None:
    [row] = changes_table(compared(CEJ, 41, "secret", 44), FIRST, CITY).rows
    states = [cell.state for cell in row if isinstance(cell, Cell)]
    assert states == [Status.OK, Status.SECRET, Status.OK, Status.SECRET, Status.SECRET]
    assert row[-1] == "–"
    assert 'class="etat-secret nombre"' in table(changes_table(compared(CEJ, 41, "secret", 44), FIRST, CITY))


def test_decisions_as_a_table() -> None:
    content = decisions_table([given("faite"), given("a_faire", number=3)], AFTER)
    assert content.caption == "Décisions de la séance précédente, au 01/04/2023"
    assert [plain(text) for text in content.rows[0]] == [
        "Décision 2",
        "Réunir les partenaires¤: garde d'enfant.",
        "CCAS",
        "31/03/2023",
        "faite",
    ]
    assert content.rows[1][2:] == ("CCAS", "31/03/2023", "en retard depuis le 31/03/2023")
