"""The slides of level 2: the gaps, drawn with grouped shapes, a group a scheme; then how each has moved, in native charts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts.trends import NOT_COMPUTED
from dashboard.documents import said
from dashboard.documents.deck import canvas, fitting
from dashboard.documents.deck.canvas import LEFT, RIGHT, Box, Hand, Paragraph, Run
from dashboard.documents.deck.native import Line, Scale, line_chart
from dashboard.documents.deck.page import FOOT, Deck, nothing, page
from dashboard.documents.note import gaps
from dashboard.documents.photograph import PageTable
from dashboard.theme import BAND, INK_2, LINK, QPV, REST, RULE, VERDICT_COLOUR, VERDICT_SIGN, WHITE
from indicators import typography as t

PAGE = "/droit-commun"
EVOLUTION = "evolution"
LEVELS = (366.0, 696.0)
FOREST = (764.0, 924.0)
WORDS = 952.0
MARKS = {"defavorable": MSO_SHAPE.FLOWCHART_MERGE, "favorable": MSO_SHAPE.FLOWCHART_EXTRACT}
READING = "Un écart est établi quand son intervalle à 95 % ne contient pas 0 ; sur vingt comparaisons, une peut le paraître par hasard."
PANELS = 8
COLUMNS = 4


class _Scales:
    """Pixels of a level and of a gap."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._top = float(told["max"]) * 1.05
        low, high = float(told["bas"]), float(told["haut"])
        pad = 0.06 * (high - low)
        self._low, self._high = low - pad, high + pad

    def level(self, value: float) -> float:
        return LEVELS[0] + value * (LEVELS[1] - LEVELS[0]) / self._top

    def gap(self, value: float) -> float:
        return FOREST[0] + (value - self._low) * (FOREST[1] - FOREST[0]) / (self._high - self._low)


def gap_slide(deck: Deck) -> None:
    """The two levels, the gap with its interval, the verdict in words, a row a scheme in the order of the page."""
    photograph = deck.photograph
    chart = said.chart(photograph, PAGE)
    title = photograph.title(PAGE) or "Accès au droit commun"
    made = page(deck, title, photograph.sentence(PAGE) or "Aucun écart n'est publié.", chart.source if chart else "")
    told = gaps(photograph)
    if not told["lignes"] or chart is None or chart.table is None:
        nothing(made, "Aucun écart n'est publié pour ce trimestre : effectifs trop petits, ou données non transmises.")
        made.close()
        return
    rows = {row[0]: _told(chart.table, row) for row in chart.table.rows}
    readings = {row[0]: row[-1] for row in chart.table.rows}
    told["lignes"].sort(key=lambda line: list(rows).index(line["nom"]) if line["nom"] in rows else len(rows))
    scales, top = _Scales(told), made.top + 44
    covered = said.notes(photograph, PAGE)
    pitch = min(58.0, (FOOT - 88 - top) / len(told["lignes"]))
    bottom = top + pitch * len(told["lignes"])
    for place in range(0, len(told["lignes"]), 2):
        canvas.rectangle(made.shapes, Box(LEFT, top + place * pitch, RIGHT - LEFT, pitch), BAND)
    _axes(made.shapes, scales, told, top, bottom)
    for place, line in enumerate(told["lignes"]):
        name = line["nom"]
        _row(made.shapes, scales, line, top + (place + 0.5) * pitch, (readings.get(name, line["mot"]), rows.get(name, name)))
    note = t.french(READING)
    canvas.text(made.shapes, Box(LEFT, bottom + 44, RIGHT - LEFT, 36), note, Hand(11, INK_2), "Note de lecture")
    made.note(*rows.values(), *covered)
    made.close()


def _told(table: PageTable, row: Sequence[str]) -> str:
    parts = [t.french(f"{heading} : {cell}") for heading, cell in zip(table.columns[1:], row[1:], strict=True)]
    return t.french(f"{row[0]}. {' ; '.join(parts)}.")


def _axes(shapes: Any, scales: _Scales, told: dict[str, Any], top: float, bottom: float) -> None:
    head = Hand(12, INK_2, bold=True, down=canvas.BOTTOM)
    canvas.text(shapes, Box(LEFT + 14, top - 26, 320, 20), "Dispositif de droit commun", head, "En-tête")
    named = [Run("● habitants des QPV", head.but(colour=QPV)), Run(f"{4 * t.NBSP} ◇ reste de la ville", Hand(12, INK_2))]
    levels: list[Paragraph] = [t.french("Taux d'accès, en %"), named]
    canvas.text(shapes, Box(LEVELS[0], top - 44, 430, 38), levels, head, "En-tête")
    told_gap = [[Run("Écart, en points", head)], [Run(t.french("et intervalle à 95 %"), Hand(12, INK_2))]]
    canvas.text(shapes, Box(FOREST[0] - 20, top - 44, 180, 38), told_gap, head, "En-tête")
    canvas.text(shapes, Box(WORDS, top - 26, 200, 20), "Lecture", head, "En-tête")
    tick = Hand(11, INK_2, across=canvas.CENTRE)
    for value in told["reperes"]:
        x = scales.level(value)
        canvas.rule(shapes, (x, top), (x, bottom), RULE)
        canvas.text(shapes, Box(x - 30, bottom + 4, 60, 18), t.percent(value), tick, "Axe")
    zero = scales.gap(0)
    canvas.rule(shapes, (zero, top - 2), (zero, bottom), INK_2, 1.25)
    canvas.text(shapes, Box(zero - 20, bottom + 4, 40, 18), "0", tick, "Axe")
    small = Hand(11, INK_2)
    canvas.text(shapes, Box(zero - 146, bottom + 22, 140, 18), "◀ moins en QPV", small.but(across=canvas.END), "Sens")
    canvas.text(shapes, Box(zero + 6, bottom + 22, 140, 18), "plus en QPV ▶", small, "Sens")


def _row(shapes: Any, scales: _Scales, line: dict[str, Any], y: float, told: tuple[str, str]) -> None:
    """A scheme; ``told``: what its gap says, and the whole row in words."""
    group = shapes.add_group_shape()
    made, verdict = group.shapes, line["verdict"]
    ink = VERDICT_COLOUR[verdict]
    size = fitting.largest(line["nom"], 300, 26, (13.5, 12.5, 11.5)) or 11.0
    canvas.text(made, Box(LEFT + 14, y - 13, 300, 26), line["nom"], Hand(size, down=canvas.MIDDLE), "Libellé")
    left = line["p1"] < line["p2"]
    first, second = scales.level(line["p1"]), scales.level(line["p2"])
    canvas.rule(made, (first, y), (second, y), LINK, 4)
    canvas.shape(made, MSO_SHAPE.DIAMOND, Box(second - 9, y - 9, 18, 18), WHITE, REST, 2, "Reste de la ville")
    canvas.shape(made, MSO_SHAPE.OVAL, Box(first - 8, y - 8, 16, 16), QPV, WHITE, 0.75, "QPV")
    for x, written, to_left, hand in (
        (first, line["t1"], left, Hand(13, QPV, bold=True, down=canvas.MIDDLE)),
        (second, line["t2"], not left, Hand(13, INK_2, down=canvas.MIDDLE)),
    ):
        box = Box(x - 70 if to_left else x + 14, y - 12, 56, 24)
        canvas.text(made, box, written, hand.but(across=canvas.END if to_left else canvas.START), "Valeur")
    canvas.rule(made, (scales.gap(line["bas"]), y), (scales.gap(line["haut"]), y), ink, 2.25)
    x, hollow = scales.gap(line["d"]), verdict not in MARKS
    kind = MARKS.get(verdict, MSO_SHAPE.OVAL)
    canvas.shape(made, kind, Box(x - 7, y - 7, 14, 14), WHITE if hollow else ink, ink if hollow else WHITE, 2 if hollow else 1, "Écart")
    reading = f"{VERDICT_SIGN[verdict]}{t.NBSP}{told[0]}"
    size = fitting.largest(reading, RIGHT - WORDS, 20, (11.5, 11.0, 10.5, 10.0)) or 9.5
    words = [[Run(f"{line['ecart']}{t.NBSP}{t.points_unit(line['d'])}", Hand(size, ink, bold=True))], [Run(reading, Hand(size, ink))]]
    canvas.text(made, Box(WORDS, y - 20, RIGHT - WORDS, 40), words, Hand(down=canvas.MIDDLE), "Lecture")
    canvas.describe(group, told[1], line["nom"])


def evolution_slide(deck: Deck) -> None:
    """A panel a scheme: the two levels over the quarters, never joined across a break; the gaps then and now in words."""
    photograph = deck.photograph
    chart = said.chart(photograph, PAGE, EVOLUTION)
    title = photograph.title(PAGE, EVOLUTION) or "Évolution des écarts d'accès"
    sentence = chart.sentence if chart else "Aucune évolution n'est publiée."
    made = page(deck, title, sentence, chart.source if chart else "")
    found = _panels(chart) if chart else []
    if not found:
        nothing(made, "Aucune série n'est publiée pour ces trimestres.")
    wide = (RIGHT - LEFT - 20) / COLUMNS
    tall = (FOOT - 30 - made.top) / 2
    table = chart.table if chart else None
    for place, (label, traces) in enumerate(found[:PANELS]):
        line, column = divmod(place, COLUMNS)
        row = next((item for item in table.rows if item[0] == label), None) if table else None
        fellow = [one for _, many in found[line * COLUMNS : (line + 1) * COLUMNS] for one in many]
        _panel(made, Box(LEFT + 20 + column * wide, made.top + line * tall, wide - 36, tall), label, traces, _top(fellow), table, row)
    named = [Run("● habitants des QPV", Hand(12, QPV, bold=True)), Run(f"{3 * t.NBSP} ···· reste de la ville", Hand(12, INK_2))]
    if found:
        canvas.text(made.shapes, Box(LEFT, FOOT - 22, 600, 20), [named], Hand(12), "Légende")
    made.note(*(_told(table, row) for row in table.rows) if table else ())
    made.note(*said.notes(photograph, PAGE, EVOLUTION))
    made.close()


def _panels(chart: said.Chart) -> list[tuple[str, list[dict[str, Any]]]]:
    by_label: dict[str, list[dict[str, Any]]] = {}
    for trace in chart.traces:
        meta = trace.get("meta")
        if isinstance(meta, dict):
            by_label.setdefault(str(meta["label"]), []).append({**meta, "x": trace["x"], "y": trace["y"]})
    return list(by_label.items())


def _top(traces: Sequence[dict[str, Any]]) -> float:
    return max([0.5, *(float(value) for trace in traces for value in trace["y"] if value is not None)])


def _panel(
    made: Any, box: Box, label: str, traces: Sequence[dict[str, Any]], top: float, table: PageTable | None, row: Sequence[str] | None
) -> None:
    count = 1 + max(max(trace["x"]) for trace in traces)
    labels = [""] * count
    series = []
    for trace in traces:
        values: list[float | None] = [None] * count
        for x, value, period in zip(trace["x"], trace["y"], trace["periods"], strict=True):
            values[x], labels[x] = value, period
        ours = trace["side"] == "qpv"
        name = "Habitants des QPV" if ours else "Reste de la ville"
        series.append(Line(name, values, QPV if ours else REST, 2.5 if ours else 1.75, None if ours else MSO_LINE.ROUND_DOT, marked=True))
    canvas.text(made.shapes, Box(box.x - 4, box.y, box.w + 16, 20), label, Hand(13, bold=True, down=canvas.MIDDLE), "Dispositif")
    said_, told = "", label
    if row is not None and table is not None:
        moved = "" if row[1] == NOT_COMPUTED else f"{row[1]} → "
        reading = "" if row[-1] == NOT_COMPUTED else f", {t.lower_first(row[-1])}"
        said_, told = t.french(f"{moved}{row[2]} points{reading}"), _told(table, row)
    size = fitting.largest(said_, box.w + 20, 34, (11.0, 10.5, 10.0)) or 9.5
    canvas.text(made.shapes, Box(box.x - 4, box.y + 20, box.w + 20, 34), said_, Hand(size, INK_2), "Écart")
    step = _step(top)
    plot = Box(box.x + 14, box.y + 62, box.w - 20, box.h - 62 - 34)
    written = "0" if step >= 1 else "0.0"
    drawn = line_chart(made.shapes, plot, labels, series, Scale(step * math.ceil(top * 1.02 / step), step, written), labelled=False)
    for place, period in ((0, labels[0]), (count - 1, labels[-1])):
        x = plot.x + plot.w * (place + 0.5) / count
        canvas.text(made.shapes, Box(x - 32, plot.y + plot.h + 6, 64, 16), period, Hand(10.5, INK_2, across=canvas.CENTRE), "Axe")
    canvas.describe(drawn, told, f"Évolution, {label}")


def _step(top: float) -> float:
    return next((size for size in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if top <= 3.2 * size), 50.0)
