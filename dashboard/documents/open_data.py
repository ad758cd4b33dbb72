"""The figures of an edition as tables for machines: CSV files and the datapackage that describes them, in one ZIP."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pandas as pd

from dashboard.documents.photograph import WINDOWS, Photograph
from dashboard.documents.same_bytes import packed
from indicators.meeting_text import AUDIENCES
from indicators.typography import french

_TITLES = {
    "window": "Fenêtre (values : la période ; to_date : depuis le 1er janvier ; rolling : douze mois)",
    "indicator": "Code de l'indicateur",
    "zone": "Zone",
    "period": "Période (2023-T3, 2023)",
    "dimension": "Ventilation",
    "category": "Modalité",
    "status": "État : ok, secret, non_transmis, non_applicable",
}
_KEYS = ["window", "indicator", "zone", "period", "dimension", "category"]


def open_data(photograph: Photograph) -> bytes:
    """The bytes of the ZIP; the same for the same edition. It holds what its audience may see, and is for that audience."""
    codes = {label: name for name, label in WINDOWS.items()}
    figures = photograph.figures.assign(window=photograph.figures["window"].map(codes))
    definitions = pd.DataFrame([{"indicator": code, **told} for code, told in photograph.content["definitions"].items()])
    tables = {
        "indicateurs": (figures[[*_KEYS, *(name for name in figures if name not in _KEYS)]], _KEYS),
        "ecarts": (photograph.gaps, _KEYS[1:]),
        "definitions": (definitions.drop(columns="digest"), ["indicator"]),
    }
    files = {f"{name}.csv": frame.to_csv(index=False, lineterminator="\n").encode() for name, (frame, _) in tables.items()}
    described = {
        "profile": "tabular-data-package",
        "name": photograph.edition.id.lower(),
        "title": french(f"{photograph.city['name']} : édition {photograph.edition.id}"),
        "description": french(_audience(photograph)),
        "created": photograph.content["edition"]["frozen_at"],
        "version": photograph.edition.sha256,
        "resources": [_resource(name, files[f"{name}.csv"], frame, keys) for name, (frame, keys) in tables.items()],
    }
    return packed({"datapackage.json": (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode(), **files})


def _audience(photograph: Photograph) -> str:
    fictitious = " DONNÉES FICTIVES." if photograph.fictitious else ""
    return f"Chiffres figés pour : {AUDIENCES[photograph.edition.audience]}. À ne pas diffuser au-delà.{fictitious}"


def _resource(name: str, content: bytes, frame: pd.DataFrame, keys: list[str]) -> dict[str, Any]:
    fields = [
        {
            "name": column,
            "type": "number" if pd.api.types.is_numeric_dtype(frame[column]) else "string",
            **({"title": french(_TITLES[column])} if column in _TITLES else {}),
        }
        for column in map(str, frame.columns)
    ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {"fields": fields, "primaryKey": keys, "missingValues": [""]},
    }
