"""Outlines of QPVs read from the open file of the ANCT (GeoJSON): checked, held to the QPVs of this Cité. How they are kept is elsewhere.

An outline is for drawing only: who lives in a QPV is said by the partners, never worked out from a shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Any

from connectors.errors import DeliveryRefusedError
from indicators.territory import QPV_CODE, Territory, Zoning
from indicators.typography import count

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""Its outer ring, counter-clockwise, then its holes, clockwise: any rule of filling leaves the holes empty."""
Shapes = Mapping[str, tuple[Polygon, ...]]

DATASET = "Quartiers prioritaires de la politique de la ville (QPV)"
WANTED = (
    f"Sur data.gouv.fr, dans « {DATASET} » (producteur : ANCT), téléchargez les contours au format GeoJSON, en longitude et latitude "
    "(WGS 84, EPSG:4326)."
)
LARGEST = 300_000_000
"""Bytes: the file of the whole country is ten times smaller."""
MOST_POINTS = 60_000
DECIMALS = 5
"""About a metre: far less than what a screen shows of a city."""
FARTHEST = 1e12
"""No degree and no metre is beyond: neither an infinite number, nor a whole one too long to be counted with."""
CODE_KEYS = ("code_qp", "code_qpv", "codeqp")
LONGITUDE_LATITUDE = ("CRS84", "4326", "4171")
"""What ends the name of a reference system in degrees: WGS 84, and the French RGF93."""
MAINLAND = (-6.0, 41.0, 10.0, 51.6)
OVERSEAS = ("97", "98")


@dataclass(frozen=True)
class Outlines:
    """The outlines of the QPVs of one zoning, and where they come from: the name of the file, its digest, the day it was imported."""

    zoning: str
    file: str
    sha256: str
    imported_on: date
    shapes: Shapes

    @property
    def points(self) -> int:
        """How many points draw them."""
        return sum(len(ring) for polygons in self.shapes.values() for polygon in polygons for ring in polygon)


def read_contours(content: bytes, name: str, territory: Territory, on: date) -> tuple[list[Outlines], list[str]]:
    """The outlines of the QPVs of this Cité, one item for each zoning that the file describes; and what else is to be said of the file.

    Raises:
        DeliveryRefusedError: not a GeoJSON file, not in longitude and latitude, no QPV of the Cité, or an outline that cannot be drawn.
    """
    features = _features(content, name)
    wanted, known = set(territory.qpv_codes()), [code for code in map(_code, features) if code]
    if not known:
        raise DeliveryRefusedError([f"Le fichier « {name} » ne donne aucun code de QPV (propriété « code_qp » absente). {WANTED}"])
    own = [(code, feature) for feature in features if (code := _code(feature)) in wanted]
    if not own:
        listed = ", ".join(territory.qpv_codes())
        raise DeliveryRefusedError([f"Le fichier « {name} » ne contient aucun QPV de {territory.name} ({listed}). Est-ce le bon zonage ?"])
    shapes = _shapes(own, name, territory.commune)
    digest = sha256(content).hexdigest()
    found = [Outlines(zoning.code, name, digest, on, held) for zoning in territory.zonings if (held := _of(zoning, shapes))]
    if sum(item.points for item in found) > MOST_POINTS:
        raise DeliveryRefusedError([f"Le fichier « {name} » est trop détaillé pour une page. Prenez la version généralisée. {WANTED}"])
    return found, _remarks(features, known, wanted)


def missing(outlines: Outlines, territory: Territory) -> list[str]:
    """The QPVs of a zoning that have no outline, by code."""
    zoning = next(item for item in territory.zonings if item.code == outlines.zoning)
    return [place.code for place in zoning.neighbourhoods if place.code not in outlines.shapes]


def _of(zoning: Zoning, shapes: Shapes) -> Shapes:
    return {place.code: shapes[place.code] for place in zoning.neighbourhoods if place.code in shapes}


def _remarks(features: Sequence[Mapping[str, Any]], known: Sequence[str], wanted: set[str]) -> list[str]:
    others = len({code for code in known if QPV_CODE.fullmatch(code)} - wanted)
    unread = len(features) - sum(bool(QPV_CODE.fullmatch(code)) for code in known)
    told = [f"{count(others, 'autre quartier', 'autres quartiers')} du fichier, hors de cette Cité : non gardés."] if others else []
    return told + ([f"{count(unread, 'élément')} du fichier sans code de QPV lisible : non gardés."] if unread else [])


def _features(content: bytes, name: str) -> list[Mapping[str, Any]]:
    """The features of the collection, once its reference system is known to be in degrees."""
    if content[:2] == b"PK":
        raise DeliveryRefusedError([f"Le fichier « {name} » est une archive : décompressez-la, puis donnez le fichier .geojson."])
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise DeliveryRefusedError([f"Le fichier « {name} » n'est pas un fichier GeoJSON lisible. {WANTED}"]) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not all(isinstance(item, dict) for item in features):
        raise DeliveryRefusedError([f"Le fichier « {name} » n'est pas une collection GeoJSON (« FeatureCollection »). {WANTED}"])
    system = _system(told)
    if system and not system.endswith(LONGITUDE_LATITUDE):
        raise DeliveryRefusedError([f"Le fichier « {name} » est dans le système « {system[:60]} », pas en longitude et latitude. {WANTED}"])
    return features


def _system(told: Mapping[str, Any]) -> str:
    """The name of the reference system; empty where none is written, which means longitude and latitude."""
    properties = crs.get("properties") if isinstance(crs := told.get("crs"), dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def _code(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    told = {str(key).lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    return next((str(told[key]).strip().upper() for key in CODE_KEYS if told.get(key)), "")


def _shapes(own: Sequence[tuple[str, Mapping[str, Any]]], name: str, commune: str) -> dict[str, tuple[Polygon, ...]]:
    """The outline of each QPV, its parts together; everything wrong is told at once."""
    shapes: dict[str, tuple[Polygon, ...]] = {}
    faults: list[str] = []
    for code, feature in own:
        try:
            found = tuple(_polygon(raw, commune) for raw in _parts(feature.get("geometry")))
        except ValueError as error:
            faults.append(f"{code} : {error}")
            continue
        shapes[code] = (*shapes.get(code, ()), *(item for item in found if item not in shapes.get(code, ())))
    if faults:
        raise DeliveryRefusedError([f"Le fichier « {name} » est refusé.", *dict.fromkeys(faults), WANTED])
    return shapes


def _parts(geometry: object) -> list[Any]:
    kind, held = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None, None)
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(held, list) or not held:
        raise ValueError(f"un contour est un polygone, pas « {kind or 'rien'} ».")
    return held if kind == "MultiPolygon" else [held]


def _polygon(raw: object, commune: str) -> Polygon:
    if not isinstance(raw, list) or not raw:
        raise ValueError("un polygone du contour est vide.")
    rings = [_ring(item, commune) for item in raw]
    return tuple(ring if (_area(ring) > 0) == (place == 0) else ring[::-1] for place, ring in enumerate(rings))


def _ring(raw: object, commune: str) -> Ring:
    """A ring, closed, without its heights and without what is repeated once rounded."""
    points: list[Point] = []
    for item in raw if isinstance(raw, list) else ():
        x, y = _position(item)
        _check_place(x, y, commune)
        point = (round(x, DECIMALS), round(y, DECIMALS))
        if not points or point != points[-1]:
            points.append(point)
    if points and points[0] != points[-1]:
        points.append(points[0])
    if len(points) < 4 or _area(points) == 0:
        raise ValueError("un anneau du contour n'enferme aucune surface.")
    return tuple(points)


def _position(item: object) -> Point:
    numbers = item[:2] if isinstance(item, list) else []
    if len(numbers) < 2 or not all(type(number) in (int, float) and abs(number) < FARTHEST for number in numbers):
        raise ValueError("une position du contour n'est pas faite de deux nombres.")
    return float(numbers[0]), float(numbers[1])


def _check_place(x: float, y: float, commune: str) -> None:
    """Refuse metres, swapped coordinates, and a place that is not in France."""
    if abs(x) > 180 or abs(y) > 90:
        raise ValueError(f"coordonnées projetées ({x:.0f} ; {y:.0f}), en mètres, et non en longitude et latitude.")
    if commune.startswith(OVERSEAS) or _inside(x, y):
        return
    if _inside(y, x):
        raise ValueError(f"longitude et latitude inversées ({x:.3f} ; {y:.3f}) : la longitude vient d'abord.")
    raise ValueError(f"position hors de France métropolitaine ({x:.3f} ; {y:.3f}).")


def _inside(x: float, y: float) -> bool:
    west, south, east, north = MAINLAND
    return west <= x <= east and south <= y <= north


def _area(ring: Sequence[Point]) -> float:
    """Twice the area, positive when the ring turns counter-clockwise; from its first point, so that no precision is lost."""
    x0, y0 = ring[0]
    return sum((a - x0) * (d - y0) - (c - x0) * (b - y0) for (a, b), (c, d) in pairwise(ring))
