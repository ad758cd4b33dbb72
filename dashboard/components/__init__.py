"""What the pages are made of: the common bar, titles, charts with their sentence, source and table. Nothing here reads the store."""

from dashboard.components.html import Alert, Cell, Table, Tile, number
from dashboard.components.page import banner, chart, missing, note, section, show, sources_of, title

__all__ = ["Alert", "Cell", "Table", "Tile", "banner", "chart", "missing", "note", "number", "section", "show", "sources_of", "title"]
