"""Dropped files: bytes read as text cells, by format. What the cells mean is ``intake``'s business."""

from __future__ import annotations

from connectors.files.read import Sheet, read_table

__all__ = ["Sheet", "read_table"]
