"""Native charts, which « Modifier les données » opens: their plot is at a known place, so that words can stand beside a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.documents.deck import canvas
from dashboard.documents.deck.canvas import Box, Shapes
from dashboard.theme import INK, INK_2, QPV, RULE, WHITE

_NS = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
AROUND = 26
"""Pixels between the frame of a chart and its plot, at least: with fewer, labels push the plot."""


@dataclass(frozen=True)
class Line:
    """A series drawn as a line; ``marked``: a mark on each point; without ``thick`` its points only."""

    name: str
    values: Sequence[float | None]
    ink: str
    thick: float = 2.25
    dash: MSO_LINE | None = None
    marked: bool = False


@dataclass(frozen=True)
class Bars:
    """A series drawn as bars; ``hatched`` is outlined and striped, ``labels`` is how its numbers are written on them."""

    name: str
    values: Sequence[float]
    ink: str
    hatched: bool = False
    labels: str = ""


@dataclass(frozen=True)
class Scale:
    """The axis of values: its end, the distance of its ticks, how they are written (a number format); none is shown without a format."""

    top: float
    step: float
    written: str = ""


def line_chart(shapes: Shapes, plot: Box, labels: Sequence[str], series: Sequence[Line], scale: Scale, *, labelled: bool = True) -> Any:
    """Lines over categories; ``plot`` is the rectangle of the axes; not ``labelled``, the slide writes the categories itself."""
    made = _added(shapes, XL_CHART_TYPE.LINE_MARKERS, plot, labels, [(item.name, item.values) for item in series], left=44)
    chart = made.chart
    for drawn, item in zip(chart.plots[0].series, series, strict=True):
        drawn.smooth = False
        if item.thick:
            drawn.format.line.color.rgb, drawn.format.line.width = canvas.colour(item.ink), Pt(item.thick)
            if item.dash is not None:
                drawn.format.line.dash_style = item.dash
        else:
            drawn.format.line.fill.background()
        _mark(drawn.marker, item)
    _value_axis(chart.value_axis, scale)
    axis = chart.category_axis
    _plain_axis(axis)
    axis.format.line.color.rgb = canvas.colour(INK_2)
    if not labelled:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    _level(axis)
    axis.tick_labels.font.size = Pt(9.5)
    return made


def bar_chart(shapes: Shapes, plot: Box, labels: Sequence[str], series: Sequence[Bars], scale: Scale, *, stacked: bool = False) -> Any:
    """Horizontal bars, the first category on top; the names of the categories are written by the slide."""
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    made = _added(shapes, kind, plot, labels, [(item.name, item.values) for item in series], left=AROUND)
    drawing = made.chart.plots[0]
    drawing.gap_width = 60
    if stacked:
        drawing.overlap = 100
    for drawn, item in zip(drawing.series, series, strict=True):
        _bar_ink(drawn.format, item)
        if item.labels:
            _bar_labels(drawn.data_labels, item.labels, stacked=stacked)
    _value_axis(made.chart.value_axis, scale)
    axis = made.chart.category_axis
    axis.reverse_order = True
    _plain_axis(axis)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.format.line.fill.background()
    made.chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if scale.written else XL_TICK_LABEL_POSITION.NONE
    return made


def span(drawn: Any, position: int, points: int, below: float, above: float, ink: str, thick: float) -> None:
    """An interval around one point of a series, the only one it should have: ``below`` and ``above`` it."""
    sides = "".join(
        f'<c:{side}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{points}"/>'
        f'<c:pt idx="{position}"><c:v>{value}</c:v></c:pt></c:numLit></c:{side}>'
        for side, value in (("plus", above), ("minus", below))
    )
    bars = parse_xml(
        f'<c:errBars {_NS}><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>{sides}'
        f'<c:spPr><a:ln w="{round(thick * 12700)}" cap="flat"><a:solidFill><a:srgbClr val="{ink.lstrip("#")}"/></a:solidFill></a:ln>'
        "</c:spPr></c:errBars>"
    )
    after = drawn._element.find(qn("c:cat"))
    after.addprevious(bars)


def _added(
    shapes: Shapes, kind: XL_CHART_TYPE, plot: Box, labels: Sequence[str], series: Sequence[tuple[str, Sequence[Any]]], left: float
) -> Any:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = list(labels)
    for name, values in series:
        data.add_series(name, list(values))
    frame = Box(plot.x - left, plot.y - AROUND, plot.w + left + AROUND, plot.h + 2 * AROUND + 4)
    made = shapes.add_chart(kind, *map(canvas.length, (frame.x, frame.y, frame.w, frame.h)), data)
    made.chart.has_legend, made.chart.has_title = False, False
    made.chart.font.size = Pt(11)
    made.chart.font.color.rgb = canvas.colour(INK_2)
    for written in made.chart._chartSpace.iter(qn("a:defRPr")):
        written.set("lang", "fr-FR")
    _place(made.chart, frame, plot)
    return made


def _place(chart: Any, frame: Box, plot: Box) -> None:
    """Fix the rectangle of the axes within the frame."""
    area = chart._chartSpace.chart.plotArea
    known = area.find(qn("c:layout"))
    if known is not None:
        area.remove(known)
    parts = {
        "x": (plot.x - frame.x) / frame.w,
        "y": (plot.y - frame.y) / frame.h,
        "w": plot.w / frame.w,
        "h": plot.h / frame.h,
    }
    told = "".join(f'<c:{name} val="{value:.6f}"/>' for name, value in parts.items())
    area.insert(
        0,
        parse_xml(
            f'<c:layout {_NS}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>{told}'
            "</c:manualLayout></c:layout>"
        ),
    )


def _mark(marker: Any, item: Line) -> None:
    if not item.marked:
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 5
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = canvas.colour(item.ink)
    marker.format.line.color.rgb = canvas.colour(item.ink)


def _bar_ink(look: Any, item: Bars) -> None:
    if not item.hatched:
        look.fill.solid()
        look.fill.fore_color.rgb = canvas.colour(item.ink)
        return
    look.fill.patterned()
    look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    look.fill.fore_color.rgb, look.fill.back_color.rgb = canvas.colour(item.ink), canvas.colour(WHITE)
    look.line.color.rgb, look.line.width = canvas.colour(item.ink), Pt(1)


def _bar_labels(labels: Any, written: str, *, stacked: bool) -> None:
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, written, False
    labels.font.size, labels.font.bold = Pt(12), True
    labels.font.color.rgb = canvas.colour(INK if not stacked else QPV)
    labels.font._element.set("lang", "fr-FR") if hasattr(labels.font, "_element") else None
    if not stacked:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _value_axis(axis: Any, scale: Scale) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, scale.top, scale.step
    _plain_axis(axis)
    axis.format.line.fill.background()
    axis.has_major_gridlines = bool(scale.written)
    if scale.written:
        axis.major_gridlines.format.line.color.rgb = canvas.colour(RULE)
        axis.major_gridlines.format.line.width = Pt(0.75)
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = scale.written, False
    else:
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _plain_axis(axis: Any) -> None:
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.has_minor_gridlines = False


def _level(axis: Any) -> None:
    """Words of an axis are never turned."""
    body = axis.tick_labels.font._element.getparent().getparent().getparent().find(qn("a:bodyPr"))
    for name, value in (("rot", "0"), ("vert", "horz")):
        body.set(name, value)
