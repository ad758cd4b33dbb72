"""The four météos, drawn with plain shapes: what a person judges, never a computed sign."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from dashboard.documents.deck import canvas
from dashboard.documents.deck.canvas import Box, Shapes
from dashboard.theme import INK_2, LINK, UNFAVOURABLE
from indicators.meeting import Weather
from indicators.meeting_text import WEATHER
from indicators.typography import french

SUN = "#C98A00"
LEVELS = tuple(Weather)


def sky(shapes: Shapes, weather: Weather, x: float, y: float) -> Any:
    """A group of 80 by 60 pixels, described in words."""
    group = shapes.add_group_shape()
    if weather is Weather.SOLEIL:
        canvas.shape(group.shapes, MSO_SHAPE.SUN, Box(x + 10, y, 60, 60), SUN, name="Soleil")
    elif weather is Weather.ECLAIRCIES:
        canvas.shape(group.shapes, MSO_SHAPE.SUN, Box(x + 34, y - 4, 46, 46), SUN, name="Soleil")
        _cloud(group.shapes, x, y + 12, 0.85, LINK)
    elif weather is Weather.NUAGE:
        _cloud(group.shapes, x, y + 4, 1.0, INK_2)
    else:
        _cloud(group.shapes, x, y - 4, 0.9, INK_2)
        canvas.shape(group.shapes, MSO_SHAPE.LIGHTNING_BOLT, Box(x + 26, y + 34, 30, 30), UNFAVOURABLE, name="Éclair")
    known = WEATHER[weather]
    place = LEVELS.index(weather) + 1
    return canvas.describe(group, french(f"Météo : {known.label}, {known.meaning.lower()} (niveau {place} sur {len(LEVELS)})."), "Météo")


def _cloud(shapes: Shapes, x: float, y: float, scale: float, ink: str) -> None:
    """Three rounds on a base, of one colour."""
    for left, top, wide, tall in ((0, 22, 30, 30), (16, 2, 40, 40), (46, 16, 34, 34)):
        canvas.shape(shapes, MSO_SHAPE.OVAL, Box(x + left * scale, y + top * scale, wide * scale, tall * scale), ink, name="Nuage")
    canvas.shape(shapes, MSO_SHAPE.RECTANGLE, Box(x + 15 * scale, y + 30 * scale, 48 * scale, 22 * scale), ink, name="Nuage")
