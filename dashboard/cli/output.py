"""How commands answer: a table for people, CSV or JSON for programs. Nothing is rounded or renamed for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from indicators.typography import french

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "csv", "json")


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain objects: full precision, None where a value is absent, dates in ISO."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: object) -> object:
    if value is None or value != value or str(value) in {"<NA>", "NaT"}:  # noqa: PLR0124 - NaN is the only value that differs from itself
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    return value


def show(frame: pd.DataFrame, written: str, table: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Print a frame. ``table`` turns it into what a person reads: French titles, texts already formatted."""
    if written == "json":
        click.echo(json.dumps(records(frame), ensure_ascii=False, indent=1))
    elif written == "csv":
        click.echo(frame.to_csv(index=False, lineterminator="\n"), nl=False)
    else:
        _print(table(frame))


def _print(texts: pd.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table

    if texts.empty:
        click.echo(french("Aucune ligne : rien n'a encore été collecté pour ce choix. Lancez « cite-emploi collecter »."))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in texts.columns:
        numeric = texts[name].astype("str").str.contains(r"\d").all() and not texts[name].astype("str").str.contains(r"[A-Za-z]{4}").any()
        table.add_column(str(name), justify="right" if numeric else "left", no_wrap=True)
    for row in texts.itertuples(index=False):
        table.add_row(*map(str, row))
    # a narrow or unknown terminal would cut the columns to nothing: let the line run on instead
    Console(width=max(Console().width, 400)).print(table)


def told_absent(statuses: pd.Series) -> None:
    """Say how many rows carry no figure, by reason."""
    from indicators.status import LABELS, Status

    for status, count in statuses[statuses != "ok"].value_counts().items():
        click.echo(f"{count} ligne{'s' if count > 1 else ''} sans valeur\u00a0: {LABELS[Status(str(status))]}. (--format json les montre.)")
