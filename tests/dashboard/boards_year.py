"""A small board with freins, partners and orientations over the four quarters of a year, and what a copil receives of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pandas as pd

from dashboard.board import Board
from dashboard.content.blocks import Chart, Fold, Html
from dashboard.content.choice import Choice
from dashboard.content.pages import blocks_of
from indicators import compute, cube, frames
from indicators.meeting import Audience
from indicators.period import Period
from indicators.registry import indicators, measures
from indicators.windows import Window, windowed
from tests.dashboard.boards import EXITS, QUARTER, board, counts, settings

FREINS = {  # identified, answered, lifted, open, without an offer; None is hidden
    "mobilite": (20, 12, 9, 15, 7),
    "famille": (31, 20, 11, 18, 9),
    "sante": (None, None, None, None, None),
    "numerique": (5, 5, 5, 0, 0),
    "non_renseigne": (7, 4, 4, 7, 2),
}
WHOLE = (63, 41, 29, 40, 18)
REVIEWED = {"mobilite": (25, 12), "famille": (16, 10), "sante": (None, None)}
NAMES = ("freins_identifies", "freins_repondus", "freins_leves", "freins_ouverts", "freins_sans_offre")
ANSWERS = {"droit_commun": 31, "financement_cite": 6, "autre": 4, "non_renseigne": 0}
PARTNERS = {
    "structures_mobilisees": 11,
    "structures_hors_emploi": 4,
    "structures_invitees": 48,
    "structures_presentes": 34,
    "actions_coordination": 6,
    "orientations_partenaires": 63,
    "orientations_entre_reseaux": 45,
    "partenaires_de_parcours": 140,
}
LINKS = {"mission-locale>plie": 30, "mission-locale>mission-locale": 18, "plie>siae": 15, "cite>caf": 0}


YEAR_END = "2022-T4"
BEFORE = ("2022-T1", "2022-T2", QUARTER)


def _row(measure: str, value: int | None, cell: tuple[str, str] = ("ensemble", "ensemble")) -> list[object]:
    return ["essai", measure, "VILLE", YEAR_END, *cell, value, "ok" if value is not None else "secret"]


def _rows(*, hidden_link: bool) -> list[list[object]]:
    rows = [_row(name, n, ("frein", code)) for code, found in FREINS.items() for name, n in zip(NAMES, found, strict=True)]
    rows += [_row(name, n) for name, n in zip(NAMES, WHOLE, strict=True)]
    rows += [_row("freins_repondus", n, ("reponse", code)) for code, n in ANSWERS.items()]
    rows += [_row("freins_non_abordes", 34), *(_row(name, n) for name, n in PARTNERS.items())]
    links = {**LINKS, "plie>sante": None} if hidden_link else LINKS
    rows += [_row("orientations_partenaires", n, ("liaison", pair)) for pair, n in links.items()]
    rows += [_row("sorties_parcours", n, ("sortie", code)) for code, n in EXITS.items()]
    rows += [_row("sorties_parcours", sum(EXITS.values())), _row("freins_leves_bilan", 41), _row("freins_ouverts_bilan", 22)]
    rows += [_row("freins_leves_bilan", n, ("frein", code)) for code, (n, _) in REVIEWED.items()]
    rows += [_row("freins_ouverts_bilan", n, ("frein", code)) for code, (_, n) in REVIEWED.items()]
    rows += [_row("entrees_parcours", 32), _row("parcours_en_cours", 61), _row("habitants_reperes", 214), _row("habitants_accueillis", 171)]
    quiet = [[*row[:3], code, *row[4:6], 0, "ok"] for row in rows for code in BEFORE]
    return rows + [_open_before(row) for row in quiet]


def _open_before(row: list[object]) -> list[object]:
    """Nothing happened in the quarters before; freins were open."""
    return [*row[:6], 30, "ok"] if row[1] == "freins_ouverts" and row[4] == "ensemble" else row


def full(*, hidden_link: bool = False) -> Board:
    """The small board a quarter later: freins, partners and orientations in the last quarter of four, nothing before."""
    given = pd.DataFrame(_rows(hidden_link=hidden_link), columns=frames.COUNTS_COLUMNS).astype({"value": "Int64"})
    others = counts()[lambda rows: ~rows["measure"].isin(given["measure"])]
    received = pd.concat([others, given], ignore_index=True)
    periods = [Period.parse(code) for code in (*BEFORE, YEAR_END)]
    territory = settings().territory
    box = cube.build(received, measures(), territory, periods)
    values, to_date, rolling = (
        compute.values(windowed(box, measures(), territory, window), indicators().values(), measures(), territory, periods)
        for window in Window
    )
    at = datetime(2023, 1, 12, 8, tzinfo=UTC)
    told = pd.DataFrame([("essai", name, YEAR_END, at, "a" * 64, 1, 3) for name in (*NAMES, *PARTNERS)], columns=board().blocks.columns)
    return replace(
        board(),
        quarters=(*BEFORE, YEAR_END),
        values=values,
        to_date=to_date,
        rolling=rolling,
        counts=received,
        blocks=pd.concat([board().blocks, told], ignore_index=True),
    )


def for_copil(held: Board, *left_out: tuple[str, str, str], hidden: tuple[str, str, str] | None = None, pairs: dict[str, int]) -> Board:
    """The board of a copil whose grid leaves out some (indicator, dimension, category), « * » for any; ``hidden``: a figure of the grid."""

    def outside(row: tuple[str, ...]) -> bool:
        return any(all(wanted in ("*", found) for wanted, found in zip(item, row, strict=True)) for item in left_out)

    shown, offered = {}, {}
    for window, name in ((Window.PERIOD, "values"), (Window.YEAR_TO_DATE, "to_date"), (Window.ROLLING_YEAR, "rolling")):
        frame = getattr(held, name).copy()
        cells = list(frame[["indicator", "dimension", "category"]].itertuples(index=False, name=None))
        gone = pd.Series([outside(cell) for cell in cells])
        masked = (gone | pd.Series([cell == hidden for cell in cells])) & (frame["status"] == "ok")
        frame.loc[masked, ["value", "numerator", "denominator", "low", "high"]] = float("nan")
        frame.loc[masked, "status"] = "secret"
        shown[name] = frame
        offered[window] = frozenset(frame.loc[~gone, list(frames.VALUES_KEY)].itertuples(index=False, name=None))
    return replace(held, **shown, audience=Audience.COPIL, offered=offered, pairs=pairs, counts=held.counts.iloc[:0])


def content_of(content: Board, page: str = "/parcours") -> tuple[str, str]:
    """The sentences of a page, the texts of its charts included; and its tables, one line a row, cells parted by a bar."""
    blocks = blocks_of(page, content, Choice(period=YEAR_END))
    texts = [getattr(block, name) for block in blocks for name in ("text", "sentence", "what") if hasattr(block, name)]
    texts += [item["text"] for block in blocks if isinstance(block, Chart) for item in block.figure["layout"]["annotations"]]
    markup = [block.table if isinstance(block, Chart) else block.markup for block in blocks if isinstance(block, Chart | Fold | Html)]
    tables = [text for text in markup if "<table>" in text]
    texts += [re.sub(r"<[^>]+>", " ", text) for text in markup if "<table>" not in text]
    rows = re.sub(r"</t[hd]>(?=<t[hd])", "|", re.sub(r"</tr>", "\n", "".join(tables)))
    return shown(unescape("\n".join(texts))), shown(unescape(re.sub(r"<[^>]+>", "", rows)))


def shown(text: str) -> str:
    """A text whose no-break spaces can be read: ¤ for U+00A0 and _ for U+202F."""
    return text.replace("\u00a0", "¤").replace("\u202f", "_")
