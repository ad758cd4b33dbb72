"""How the deliveries of a source are laid out: its queries, its files, its crossed extract, its published columns."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from connectors.declaration import Declared
from indicators.codes import DIMENSIONS


class Window(StrEnum):
    """What one run of a query covers: ``:debut`` is its first day, ``:fin`` the day after its last.

    ``:cloture`` is the day after the last of the period that the figure is for, whatever the window.
    """

    ALL = "all"
    """Everything due, in one run; the query returns a column ``periode``."""
    PERIOD = "period"
    """One run a period; the period is the run's, the query returns none."""
    YEAR_TO_DATE = "year_to_date"
    """One run a period, from 1 January to the period's end."""
    ROLLING_YEAR = "rolling_year"
    """One run a period, over the twelve months that end with it."""
    PREVIOUS = "previous"
    """One run a period, over the period before: what was begun in it, and what became of it by ``:cloture``."""


class Query(Declared):
    """One SELECT ... GROUP BY of a database source: one measure, whole or by one dimension."""

    measure: str
    """The measure counted."""
    file: str
    """The .sql file, in the source's folder or its preset's."""
    dimension: str | None = None
    """The breakdown returned in ``modalite``; absent: the total."""
    window: Window = Window.PERIOD
    """``period``: one run a period; ``year_to_date``: from 1 January to its end; ``rolling_year``: the twelve months that end with it;
    ``previous``: the period before; ``all``: one run, which returns ``periode``."""

    @model_validator(mode="after")
    def _known_dimension(self) -> Query:
        if self.dimension is not None and self.dimension not in DIMENSIONS:
            raise ValueError(f"dimension « {self.dimension} » inconnue (connues : {', '.join(DIMENSIONS)})")
        return self


class CubeMeasure(Declared):
    """A measure read in a column of a crossed extract, on the rows where every column of ``where`` holds one of the listed values.

    With ``category``, the column counts one category of one dimension that rows do not cross (a column per frein). The same persons may be
    in several such columns: no total is made of them.
    """

    measure: str
    """The measure read."""
    column: str
    """The column of its counts."""
    where: dict[str, tuple[str, ...]] = {}
    """Column -> the values kept."""
    category: dict[str, str] = {}
    """Our dimension -> its only category counted in this column; absent: the total and every dimension of the extract."""

    @model_validator(mode="after")
    def _known_category(self) -> CubeMeasure:
        if len(self.category) > 1:
            raise ValueError(f"« category » nomme une dimension et sa modalité, pas plusieurs ({', '.join(self.category)})")
        for dimension, category in self.category.items():
            known = DIMENSIONS[dimension].codes if dimension in DIMENSIONS else ()
            if category not in known:
                raise ValueError(f"modalité « {category} » inconnue pour « {dimension} » (connues : {', '.join(known) or 'aucune'})")
        return self


class Cube(Declared):
    """A file whose rows cross several dimensions: each is summed over the others, one dimension at a time."""

    dimensions: dict[str, str]
    """Our dimension -> the file's column."""
    over: tuple[str, ...] = ()
    """The other columns of the extract, summed over; a column named nowhere is refused, since it may describe a person."""
    where: dict[str, tuple[str, ...]] = {}
    """Column -> the values that are ours (our territory in a wider extract): the other rows are left out, and said."""
    measure: Annotated[tuple[CubeMeasure, ...], Field(min_length=1)]
    """The measures it holds."""


class PublishedMeasure(Declared):
    """A column of an open file, kept as published: never summed, never recomputed."""

    measure: str
    """Its code in the frame Published."""
    column: str
    """The file's column."""
    label: str
    """French label."""
    unit: str
    """French unit (``%``, ``habitants``)."""
    note: str = ""
    """Reservation shown beside the figure."""


class FileFormat(Declared):
    """How a file is written: declared, never guessed in silence."""

    pattern: str = "*"
    """Which files of the drop folder are read."""
    sheet: str = "donnees"
    """The sheet of a workbook, when several are filled."""
    separator: Literal[";", ",", "\t", "|"] | None = None
    """Of a CSV; when absent, the header row decides between ; , and tab, and the report says which."""
    decimal: str = ","
    """Decimal mark of published values."""
    date_format: str = "%Y%m%d"
    """How the ledger writes its days."""
    header: Annotated[int, Field(ge=1)] | None = None
    """Row of the header; when absent, the first row that holds every required column, within the first 20."""
    empty: str | None = None
    """Status given to an empty cell (« secret », « non_transmis »); when absent, an empty cell is refused."""
    keep: Literal["file", "counts"] = "file"
    """What is kept of a delivery: the ``file`` as it came, or, of a workbook that also holds rows, the ``counts`` of its sheet alone."""
