"""The coordinator's own follow-up workbook: she types one line per thing, the workbook counts, and only its counts are read."""

from __future__ import annotations

from connectors.suivi.template import workbook

__all__ = ["workbook"]
