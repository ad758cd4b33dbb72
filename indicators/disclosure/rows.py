"""The rows of a table's file turned into cells, or everything that is wrong with them, in French. Opening the file is elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indicators.disclosure.system import ContradictionError
from indicators.disclosure.table import TOTAL, Cell, Table, audit_table, contradicting
from indicators.typography import count, french, joined, number

COLUMNS = ("row", "col", "value", "hidden")
IGNORED = ("raison",)
"""A column that our own mask writes and that says nothing of the counts."""
_EXPECTED = f"« {','.join(COLUMNS)} »"
LARGEST = 10**9
"""Above, the solver could not tell two counts apart."""
Row = tuple[int, Sequence[str]]
"""Its number in the file, from 1, and its texts."""


class BadTableError(ValueError):
    """The file is not a table of counts that can be judged. ``faults``: one French sentence for each thing that is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = [french(fault) for fault in faults]
        super().__init__("\n".join(self.faults))


def table_of(rows: Sequence[Row], *, masking: bool = False) -> Table:
    """The table in the rows of a file, the first of which is the header; blank rows are left out.

    Args:
        rows: numbered texts.
        masking: every value is read and ``hidden`` ignored, absent allowed; else values of hidden cells are ignored, empty allowed.

    Raises:
        BadTableError: with everything that is wrong at once, contradictions among figures last, once each cell can be read.
    """
    filled = [(line, [text.strip() for text in texts]) for line, texts in rows if any(text.strip() for text in texts)]
    (_, titles), *body = filled or [(1, [])]
    reader = _Reader(titles, masking=masking)
    cells = [cell for line, texts in body if (cell := reader.cell(line, texts))]
    faults = reader.faults + list(_twice(cells))
    if not body:
        faults.append(f"Le fichier ne contient aucune case : il faut une ligne par case sous l'en-tête {_EXPECTED}.")
    table = Table(tuple(cells))
    faults = faults or _forgotten(table) or _contradictions(table)
    if faults:
        raise BadTableError(faults)
    return table


def _header(titles: Sequence[str], *, masking: bool) -> dict[str, int]:
    wanted = COLUMNS[:3] if masking else COLUMNS
    faults = []
    if missing := [f"« {name} »" for name in wanted if name not in titles]:
        faults.append(f"Il manque en première ligne : {joined(missing)}. L'en-tête attendu est {_EXPECTED}.")
    if unknown := [f"« {name} »" for name in dict.fromkeys(titles) if name not in COLUMNS + IGNORED]:
        faults.append(f"En-tête inconnu : {joined(unknown)}. L'en-tête attendu est {_EXPECTED}.")
    if twice := [f"« {name} »" for name, times in Counter(titles).items() if times > 1]:
        faults.append(f"En-tête écrit deux fois : {joined(twice)}. Gardez-en un.")
    if faults:
        raise BadTableError(faults)
    return {name: titles.index(name) for name in COLUMNS if name in titles}


class _Reader:
    """Reads cells by the header's places, and keeps what is wrong with them."""

    def __init__(self, titles: Sequence[str], *, masking: bool) -> None:
        self._place, self._width, self._masking = _header(titles, masking=masking), len(titles), masking
        self.faults: list[str] = []

    def cell(self, line: int, texts: Sequence[str]) -> Cell | None:
        """The cell of a row; None when something is wrong with it."""
        if len(texts) != self._width:
            self.faults.append(
                f"Ligne {line} : {count(len(texts), 'colonne lue', 'colonnes lues')} au lieu de {self._width}. Séparateur différent ?"
            )
            return None
        before = len(self.faults)
        row, col = (self._label(texts, name, line) for name in ("row", "col"))
        hidden = not self._masking and self._is_hidden(texts[self._place["hidden"]], line)
        value = None if hidden else self._count(texts[self._place["value"]], line)
        return Cell(row, col, value, hidden, line) if len(self.faults) == before else None

    def _label(self, texts: Sequence[str], name: str, line: int) -> str:
        text = texts[self._place[name]]
        if not text:
            self.faults.append(f"Ligne {line}, colonne « {name} » : nom vide. Nommez la case, ou écrivez « total » pour une marge.")
        return TOTAL if text.casefold() == TOTAL else text

    def _is_hidden(self, text: str, line: int) -> bool:
        if text not in {"0", "1"}:
            self.faults.append(f"Ligne {line}, colonne « hidden » : « {text} » n'est ni 0 (montrée) ni 1 (masquée).")
        return text == "1"

    def _count(self, text: str, line: int) -> int | None:
        where, digits = f"Ligne {line}, colonne « value » :", text.isascii() and text.isdigit()
        if digits and len(text.lstrip("0")) <= len(str(LARGEST)) and int(text) <= LARGEST:
            return int(text)
        if not text:
            self.faults.append(f"{where} effectif absent d'une case montrée. Écrivez un nombre entier, 0 compris.")
        elif digits:
            self.faults.append(f"{where} « {text} » dépasse {number(LARGEST)}, le plus grand effectif que le contrôle sait juger.")
        else:
            self.faults.append(f"{where} « {text} » n'est pas un nombre entier, 0 ou plus, écrit en chiffres.")
        return None


def _twice(cells: Iterable[Cell]) -> Iterator[str]:
    first: dict[tuple[str, str], int] = {}
    for cell in cells:
        line = first.setdefault((cell.row, cell.col), cell.line)
        if line != cell.line:
            yield f"Ligne {cell.line} : la case {_named(cell)} est déjà à la ligne {line}. Gardez-en une."


def _forgotten(table: Table) -> list[str]:
    there = {(cell.row, cell.col) for cell in table.cells}
    return [
        f"Il manque la case ({row}, {col}). Ajoutez-la : son effectif, 0 compris, ou « hidden » à 1 si elle n'est pas montrée."
        for row, col in table.atoms
        if (row, col) not in there
    ]


def _contradictions(table: Table) -> list[str]:
    """Margins that their own cells deny; failing that, margins that deny each other."""
    if lines := list(_wrong_sums(table)):
        return lines
    try:
        audit_table(table, 1)
    except ContradictionError:
        margins = joined([f"{_named(cell)} = {number(cell.known)}" for cell in contradicting(table)])
        return [f"Ces totaux ne peuvent pas être vrais ensemble, avec les cases montrées : {margins}. Corrigez celui qui est faux."]
    return []


def _wrong_sums(table: Table) -> Iterator[str]:
    cells = {(cell.row, cell.col): cell for cell in table.cells}
    for cell in table.cells:
        for parts in _parts(table, cell) if not cell.hidden else ():
            shown = [cells[part].known for part in parts if part in cells and not cells[part].hidden]
            found = sum(shown)
            if found == cell.known or (found < cell.known and len(shown) < len(parts)):
                continue
            least = "" if len(shown) == len(parts) else " au moins"
            yield (
                f"Ligne {cell.line} : {_named(cell)} vaut {number(cell.known)}, mais les cases dont il est la somme font{least} "
                f"{number(found)}. Corrigez le total ou les cases."
            )
            break


def _parts(table: Table, cell: Cell) -> Iterator[list[tuple[str, str]]]:
    """The ways a margin is a sum: of inner cells, and the grand total of the other margins too."""
    if not table.is_margin(cell):
        return
    yield table.parts(cell)
    if cell.row not in table.rows and cell.col not in table.cols:
        yield from ([(row, TOTAL) for row in table.rows], [(TOTAL, col) for col in table.cols])


def _named(cell: Cell) -> str:
    return f"({cell.row}, {cell.col})"
