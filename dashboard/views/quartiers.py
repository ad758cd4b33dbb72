"""Quartiers: its content, which offers no choice."""

from __future__ import annotations

from dashboard import data
from dashboard.content.choice import Choice
from dashboard.content.draw import draw
from dashboard.content.pages import blocks_of

draw(blocks_of("/quartiers", data.board(), Choice()))
