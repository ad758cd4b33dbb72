"""Open files of outlines like the ANCT's, made by hand around Villetest: two QPVs of 2015, one of 2024, and a neighbour city's."""

from __future__ import annotations

import json
from typing import Any

SQUARE = [[1.80, 50.90], [1.82, 50.90], [1.82, 50.91], [1.80, 50.91], [1.80, 50.90]]
HOLE = [[1.805, 50.902], [1.81, 50.902], [1.81, 50.905], [1.805, 50.905], [1.805, 50.902]]
ISLAND = [[1.83, 50.90], [1.835, 50.90], [1.835, 50.904], [1.83, 50.904], [1.83, 50.90]]
EAST = [[1.85, 50.92], [1.86, 50.92], [1.86, 50.93], [1.85, 50.93], [1.85, 50.92]]
CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


def feature(code: str, kind: str, coordinates: Any, key: str = "code_qp") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: code, "lib_qp": code}, "geometry": {"type": kind, "coordinates": coordinates}}


FEATURES = [
    feature("QP059901", "MultiPolygon", [[SQUARE, HOLE], [ISLAND]]),
    feature("QP059902", "Polygon", [EAST]),
    feature("QP062999", "Polygon", [EAST]),
]


def written(features: list[dict[str, Any]] = FEATURES, crs: Any = CRS84) -> bytes:
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}).encode()
