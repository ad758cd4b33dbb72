"""Reads the text tables of the specifications.

A line « == title » opens a case. A table starts with its name and its columns, separated by bars, and ends at an empty line; each row
starts with what it is about. Other lines are prose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Table:
    """A named table: rows as (first cell, the other cells by column)."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """A title and its tables, in order."""

    file: str
    title: str
    tables: list[Table] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"

    def named(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """The rows of every table of a name."""
        return [row for table in self.tables if table.name == name for row in table.rows]

    def about(self, word: str) -> list[tuple[str, Table]]:
        """Tables named « word CODE », with their code."""
        return [(table.name.split()[1], table) for table in self.tables if table.name.split()[0] == word]


def cells(line: str) -> list[str]:
    """The cells of a line."""
    return [cell.strip() for cell in line.split("|")]


def parse(text: str, file: str = "") -> list[Case]:
    """Every case of a text; raises ``ValueError`` with the line's number for a row that does not have its table's columns."""
    found: list[Case] = []
    table: Table | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("== "):
            found.append(Case(file, line[3:].strip()))
        if "|" not in line:
            table = None
            continue
        first, *others = cells(line)
        if not found:
            raise ValueError(f"{file}, line {number}: a table before any « == title »")
        if table is None:
            table = Table(first, tuple(others))
            found[-1].tables.append(table)
        elif len(others) != len(table.columns):
            raise ValueError(f"{file}, line {number}: {len(others)} cells for {len(table.columns)} columns")
        else:
            table.rows.append((first, dict(zip(table.columns, others, strict=True))))
    return found


def cases() -> list[Case]:
    """Every case of every file of this folder."""
    return [case for path in sorted(HERE.glob("*.txt")) for case in parse(path.read_text(encoding="utf-8"), path.stem)]
