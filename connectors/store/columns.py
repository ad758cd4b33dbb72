"""Columns of every frame the store gives, in order, with their pandas types. The contracts of most are in ``indicators.schemas``."""

from __future__ import annotations

from typing import Final

_INSTANT: Final = "datetime64[us, UTC]"
COUNTS: Final = {
    "source": "str",
    "measure": "str",
    "territory": "str",
    "period": "str",
    "dimension": "str",
    "category": "str",
    "value": "Int64",
    "status": "str",
}
EXPENSES: Final = {
    "exercise": "int64",
    "reference": "str",
    "date": "datetime64[us]",
    "paid_on": "datetime64[us]",
    "line": "str",
    "level": "str",
    "account": "str",
    "committed": "int64",
    "paid": "int64",
}
PUBLISHED: Final = {
    "source": "str",
    "measure": "str",
    "territory": "str",
    "vintage": "str",
    "value": "float64",
    "status": "str",
    "note": "str",
}
PROVENANCE: Final = {
    "source": "str",
    "measure": "str",
    "period": "str",
    "delivery_id": "int64",
    "received_at": _INSTANT,
    "sha256": "str",
    "rows": "int64",
}
ARRIVALS: Final = {"source": "str", "period": "str", "received_at": _INSTANT}
DELIVERIES: Final = {
    "id": "int64",
    "source": "str",
    "received_at": _INSTANT,
    "extracted_at": _INSTANT,
    "sha256": "str",
    "rows": "int64",
    "outcome": "str",
    "report": "object",
    "origin": "str",
}
EDITIONS: Final = {
    "id": "str",
    "seance": "int64",
    "audience": "str",
    "period": "str",
    "frozen_at": _INSTANT,
    "frozen_by": "str",
    "sha256": "str",
    "replaces": "object",
    "software": "str",
    "documents": "int64",
}
