"""Indicators, gaps and budget from the command line: the frames as they are, for any period and any past day."""

from __future__ import annotations

from datetime import date, datetime

import click
import pandas as pd

from connectors.calendar import PARIS
from connectors.errors import ConfigurationError
from dashboard.board import Board
from dashboard.cli.output import show, told_absent
from dashboard.data import build_board, current_desk, end_of_day
from indicators.codes import ENSEMBLE
from indicators.frames import BUDGET_COLUMNS
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_budget import CERFA_LEFT_OUT, cerfa
from indicators.typography import french, number

READINGS = {
    "favorable": "favorable aux QPV",
    "defavorable": "défavorable aux QPV",
    "non_etabli": "pas de différence établie",
    "sans_jugement": "sans jugement",
}


def _board(period: str | None, as_known: date | None) -> Board:
    desk = current_desk()
    at = end_of_day(as_known) if as_known else None
    today = as_known or desk.settings.today(datetime.now(PARIS).date())
    return build_board(desk, today, at, [parse(period)] if period else None)


def parse(code: str) -> Period:
    """A period typed by a person; ``ConfigurationError`` in French when it is not one."""
    try:
        return Period.parse(code)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


def show_values(period: str | None, as_known: date | None, written: str) -> None:
    """Print the Values frame."""
    board = _board(period, as_known)
    show(board.values, written, lambda frame: _values_table(board, frame))


def show_gaps(period: str | None, as_known: date | None, written: str) -> None:
    """Print the Gaps frame."""
    board = _board(period, as_known)
    show(board.gaps, written, lambda frame: _gaps_table(board, frame))


def _known(board: Board, frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that carry a figure, and their first columns as texts."""
    whole = frame["dimension"] == ENSEMBLE
    if not whole.all():
        click.echo(f"{number(int((~whole).sum()), 0)} lignes ventilées (sexe, âge, frein…) ne sont pas montrées ici\u00a0: --format csv.")
    told_absent(frame.loc[whole, "status"])
    rows = frame[whole & (frame["status"] == "ok")]
    texts = pd.DataFrame(
        {
            "Code": rows["indicator"],
            "Indicateur": rows["indicator"].map({code: item.short for code, item in indicators().items()}),
            "Zone": rows["zone"].map(board.settings.territory.label),
            "Période": rows["period"],
        }
    )
    return rows, texts


def _values_table(board: Board, frame: pd.DataFrame) -> pd.DataFrame:
    rows, texts = _known(board, frame)
    texts["Calcul"] = [_fraction(*pair) for pair in zip(rows["numerator"], rows["denominator"], strict=True)]
    texts["Valeur"] = rows["value"].map(_number)
    texts["Intervalle à 95\u00a0%"] = [_interval(*pair) for pair in zip(rows["low"], rows["high"], strict=True)]
    return texts


def _gaps_table(board: Board, frame: pd.DataFrame) -> pd.DataFrame:
    rows, texts = _known(board, frame)
    texts["QPV"], texts["Hors QPV"] = rows["qpv"].map(_number), rows["rest_of_city"].map(_number)
    texts["Écart, points"] = rows["points"].map(_number)
    texts["Intervalle à 95\u00a0%"] = [_interval(*pair) for pair in zip(rows["low"], rows["high"], strict=True)]
    texts["Parité"] = rows["parity"].map(_number)
    texts["Pour l'égalité"] = rows["residents_to_parity"].map(lambda value: number(value, 0))
    texts["Lecture"] = rows["verdict"].map(READINGS)
    return texts


def _number(value: object) -> str:
    return number(value, 2) if isinstance(value, float) and not pd.isna(value) else "–"


def _fraction(numerator: object, denominator: object) -> str:
    parts = [_whole(part) for part in (numerator, denominator) if isinstance(part, float) and not pd.isna(part)]
    return " / ".join(parts) or "–"


def _whole(value: float) -> str:
    return number(value, 0 if value.is_integer() else 2)


def _interval(low: object, high: object) -> str:
    return "–" if pd.isna(low) else f"{_number(low)} à {_number(high)}"  # type: ignore[call-overload]


def show_budget(period: str | None, as_known: date | None, written: str) -> None:
    """Print BudgetUse of every exercise begun, today (payments made since its end included), or at a period's last day."""
    board = _board(period, as_known)
    if not board.settings.exercises:
        raise ConfigurationError(f"{board.settings.path} : aucun exercice n'est déclaré ([[exercise]]).")
    if period and parse(period).first_day > board.today:
        raise ConfigurationError(f"La période {period} n'est pas commencée.")
    on = min(parse(period).last_day, board.today) if period else board.today
    begun = [item for item in board.settings.exercises if item.first_day <= on and (not period or on <= item.last_day)]
    frames = [board.budget(item.year, on) for item in begun]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=BUDGET_COLUMNS)
    show(frame, written, _budget_table)
    for item in begun if written == "table" else ():
        until = board.ledger_until(item.year)
        if item.first_day <= until < min(on, item.last_day):
            click.echo(
                french(f"Exercice {item.year} : comptes connus jusqu'au {until:%d/%m/%Y} ; la suite n'est pas transmise, pas nulle.")
            )


def _budget_table(frame: pd.DataFrame) -> pd.DataFrame:
    amounts = {"Accordé": "granted", "Engagé": "committed", "Payé": "paid", "Reste à engager": "remaining"}
    ends = zip(frame["projected_low"], frame["projected_high"], strict=True)
    return pd.DataFrame(
        {
            "Exercice": frame["exercise"],
            "Ligne": frame["line"],
            **{title: frame[name].map(lambda value: "–" if value is None else number(value, 2)) for title, name in amounts.items()},
            "Part payée": frame["used_share"].map(lambda value: "–" if pd.isna(value) else f"{number(100 * value, 1)}\u00a0%"),
            "Part de l'exercice écoulée": frame["elapsed_share"].map(lambda value: f"{number(100 * value, 1)}\u00a0%"),
            "Avance, points": frame["advance_points"].map(_number),
            "Fin d'exercice, prolongement": ["–" if low is None else f"{number(low, 0)} à {number(high, 0)}" for low, high in ends],
        }
    )


def show_cerfa(year: int, as_known: date | None, written: str) -> None:
    """Print the financial report (Cerfa 15059) of an exercise, and whether it agrees with the ledger."""
    board = _board(None, as_known)
    years = [item.year for item in board.settings.exercises]
    if year not in years:
        declared = ", ".join(map(str, years)) or "aucun"
        raise ConfigurationError(f"{board.settings.path} : l'exercice {year} n'est pas déclaré (déclarés : {declared}).")
    table, told = board.cerfa(year, board.today)
    show(table, written, _cerfa_table)
    if written == "table":
        click.echo(french(f"Exercice {year} : comptabilité non transmise.") if told is None else cerfa(told))
        click.echo(CERFA_LEFT_OUT)


def _cerfa_table(frame: pd.DataFrame) -> pd.DataFrame:
    amounts = {"Prévu": "planned", "Réalisé": "actual", "Écart": "difference"}
    return pd.DataFrame(
        {
            "Compte": frame["account"],
            "Libellé": frame["label"],
            **{title: frame[name].map(lambda value: "–" if value is None else number(value, 2)) for title, name in amounts.items()},
            "Réalisé / prévu": frame["share"].map(lambda value: "–" if pd.isna(value) else f"{number(100 * value, 1)}\u00a0%"),
        }
    )
