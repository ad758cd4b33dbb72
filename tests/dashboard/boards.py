"""A small board made by hand: one quarter with every state, a budget, a late and a refused source. For the tests of pages and charts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from connectors.settings import CiteFile, Settings
from connectors.source import Source
from dashboard.board import Board
from dashboard.source_state import SourceState
from indicators import compute, cube, frames, windows
from indicators.gaps import gaps
from indicators.period import Frequency, Period, between
from indicators.registry import indicators, measures

TODAY = date(2022, 10, 20)
QUARTER = "2022-T3"
ENTRIES = {  # (QPV, hors QPV, non localisé)
    "entrees_cej": (96, 214, 3),
    "entrees_pacea": (40, 62, 1),
    "entrees_formation": (118, 402, 5),
    "entrees_iae": (141, 214, 35),
    "entrees_plie": (30, 71, 0),
    "entrees_accompagnement_social": (9, 21, 0),
    "entrees_aide_mobilite": (0, 12, 0),
}
HIDDEN = ("entrees_garde_enfant",)
PARCOURS = {"entrees_parcours": 32, "parcours_en_cours": 61, "freins_leves_bilan": 41, "freins_ouverts_bilan": 22}
PEOPLE = {"habitants_reperes": 214, "habitants_accueillis": 171}
EXITS = {
    "emploi_durable": 5,
    "emploi_transition": 3,
    "formation_qualifiante": 4,
    "autre_siae": 1,
    "alternance": 0,
    "chomage": 3,
    "abandon": 1,
    "neutre": 1,
}
WOMEN = {"entrees_iae": (45, 100, 15), "demandeurs_emploi_abc": (1100, 2500, 150)}
DISTINCT = {"essai": (151, 300, 4), "autre": (60, 90, 0)}
"""Distinct persons that two partners know, each its own."""
ZONES = ("QPV", "HORS_QPV", "NON_LOCALISE")

CITE = {
    "city": {
        "name": "Cité de l'emploi de Calais",
        "operator": "La Fabrique Défi",
        "commune": "62193",
        "commune_name": "Calais",
        "population": 73000,
        "started_on": date(2022, 1, 1),
        "fictitious": True,
        "today": TODAY,
    },
    "zoning": [
        {
            "code": "2015",
            "label": "Zonage 2015",
            "valid_from": date(2015, 1, 1),
            "valid_to": date(2023, 12, 31),
            "qpv": [{"code": "QP062901", "label": "Beau-Marais"}, {"code": "QP062902", "label": "Fort-Nieulay"}],
        },
        {
            "code": "2024",
            "label": "Zonage 2024",
            "valid_from": date(2024, 1, 1),
            "qpv": [
                {"code": "QN06253M", "label": "Fort Nieulay - Cailloux - Saint-Pierre", "short": "Fort-Nieulay"},
                {"code": "QN06254M", "label": "Beau Marais", "short": "Beau-Marais"},
            ],
        },
    ],
    "exercise": [
        {
            "year": 2022,
            "grant": "100000",
            "first_day": date(2022, 1, 1),
            "last_day": date(2022, 12, 31),
            "line": [
                {"code": "poste", "label": "Poste de coordination", "level": "1", "amount": "45000", "accounts": ["64"]},
                {"code": "accompagnement", "label": "Actions d'accompagnement", "level": "2", "amount": "35000", "accounts": ["604"]},
                {"code": "freins", "label": "Levée des freins", "level": "3", "amount": "15000", "accounts": ["611"]},
                {"code": "communication", "label": "Communication", "level": "1", "amount": "5000", "accounts": ["623"]},
            ],
        }
    ],
}
PUBLISHED = {
    "id": "qpv_ouvert",
    "label": "Fichier public des QPV",
    "kind": "published",
    "published": [
        {"measure": "population", "column": "pop", "label": "Habitants", "unit": "habitants"},
        {"measure": "taux_pauvrete", "column": "tp", "label": "Taux de pauvreté à 60 %", "unit": "%", "note": "ne s'additionne pas"},
        {"measure": "rsa_socle", "column": "rsa", "label": "Allocataires du RSA", "unit": "allocataires"},
    ],
}


def settings(folder: Path = Path("/nonexistent")) -> Settings:
    return Settings(file=CiteFile.model_validate(CITE), path=folder / "cite.toml", data_dir=folder, store_url="sqlite:///absent.sqlite")


def _row(
    measure: str, zone: str, value: int | None, period: str = QUARTER, cell: tuple[str, str] = ("ensemble", "ensemble")
) -> dict[str, object]:
    status = "ok" if value is not None else "secret"
    return dict(zip(frames.COUNTS_COLUMNS, ("essai", measure, zone, period, *cell, value, status), strict=True))


def counts() -> pd.DataFrame:
    rows = []
    for measure, split in ENTRIES.items():
        rows += [_row(measure, zone, value) for zone, value in zip(ZONES, split, strict=True)]
    rows += [_row(measure, zone, None) for measure in HIDDEN for zone in ZONES]
    for period, share in (("2022-T2", 1.02), (QUARTER, 1.0)):
        for zone, value in zip(ZONES, (2460, 4710, 310), strict=True):
            rows.append(_row("demandeurs_emploi_abc", zone, round(value * share), period))
            rows.append(_row("demandeurs_emploi_abc", zone, round(value * share * 0.2), period, ("age", "moins_26")))
    for measure, totals in (("entrees_iae", ENTRIES["entrees_iae"]), ("demandeurs_emploi_abc", (2460, 4710, 310))):
        for zone, total, women in zip(ZONES, totals, WOMEN[measure], strict=True):
            for code, value in (("femme", women), ("homme", total - women), ("non_renseigne", 0)):
                rows.append(_row(measure, zone, value, QUARTER, ("sexe", code)))
    for source, known in DISTINCT.items():
        rows += [{**_row("habitants_accompagnes", zone, value), "source": source} for zone, value in zip(ZONES, known, strict=True)]
    for period in ("2022-T1", "2022-T2", QUARTER):
        for measure, value in (PARCOURS | PEOPLE).items():
            rows += [_row(measure, zone, value if zone == "QPV" else 0, period) for zone in ZONES]
        for zone in ZONES:
            rows.append(_row("sorties_parcours", zone, sum(EXITS.values()) if zone == "QPV" else 0, period))
            rows += [_row("sorties_parcours", zone, n if zone == "QPV" else 0, period, ("sortie", code)) for code, n in EXITS.items()]
    for frein, lifted, still in (("mobilite", 15, 7), ("famille", 10, 6), ("logement", 6, 5), ("numerique", 10, 4)):
        for zone in ZONES:
            mine = zone == "QPV"
            rows.append(_row("freins_leves_bilan", zone, lifted if mine else 0, QUARTER, ("frein", frein)))
            rows.append(_row("freins_ouverts_bilan", zone, still if mine else 0, QUARTER, ("frein", frein)))
    return pd.DataFrame(rows).astype({"value": "Int64"})


def expenses() -> pd.DataFrame:
    lines = (
        ("poste", 3_755_00, 3_755_00),
        ("accompagnement", 1_377_00, 2_044_00),
        ("freins", 344_00, 622_00),
        ("communication", 277_00, 311_00),
    )
    rows = []
    for month in range(1, 10):
        day = pd.Timestamp(2022, month, 20)
        for line, paid, committed in lines:
            paid_now = paid + 40_00 * (month - 5)
            rows.append((2022, f"{line}-{month}", day, day, line, "1", "64", paid_now, paid_now))
            if committed > paid:
                rows.append((2022, f"{line}-{month}-du", day, pd.NaT, line, "1", "64", committed - paid, 0))
    return pd.DataFrame(rows, columns=frames.EXPENSES_COLUMNS)


def published() -> pd.DataFrame:
    figures = {"population": (7835.0, 7579.0), "taux_pauvrete": (51.0, None), "rsa_socle": (812.0, 790.0)}
    rows = [
        ("qpv_ouvert", measure, code, "2024", value, "secret" if value is None else "ok", "")
        for measure, both in figures.items()
        for code, value in zip(("QN06253M", "QN06254M"), both, strict=True)
    ]
    return pd.DataFrame(rows, columns=frames.PUBLISHED_COLUMNS).astype({"value": float})


def state(name: str, label: str, **more: object) -> SourceState:
    received = datetime(2022, 10, 12, 8, tzinfo=UTC)
    fields = {
        "id": name,
        "label": label,
        "short": label,
        "kind": "sql",
        "network": "autre",
        "contact": "contact@exemple.test",
        "qpv_method": "adresse",
        "last_accepted": received,
        "last_attempt": received,
        "last_outcome": "accepted",
        "last_report": (),
        "periods": ("2022-T1", "2022-T2", QUARTER),
        "missing": (),
        "awaited": (),
        "next_due": date(2023, 1, 30),
        "late_since": None,
    }
    return SourceState(**(fields | more))


def states() -> tuple[SourceState, ...]:
    never = {"last_accepted": None, "last_attempt": None, "last_outcome": "", "periods": ()}
    return (
        state("coordination", "Coordination (La Fabrique Défi)"),
        state("essai", "Mission locale"),
        state("centre_social", "Centre social", **never, missing=("2022-T1", "2022-T2"), late_since=date(2022, 4, 30)),
        state(
            "plie",
            "PLIE",
            periods=("2022-T1", "2022-T2"),
            last_outcome="refused",
            last_report=("Colonne « nom » refusée : elle peut désigner une personne.",),
            missing=(QUARTER,),
        ),
        state("compta", "Comptabilité", kind="fec", qpv_method="", periods=("2022",)),
    )


def counting(name: str) -> dict[str, object]:
    """The declaration of a partner who knows distinct persons."""
    return {"id": name, "label": name.capitalize(), "kind": "file", "expected_measures": ("habitants_accompagnes",)}


def provenance() -> pd.DataFrame:
    at = datetime(2022, 10, 12, 8, tzinfo=UTC)
    columns = ["source", "measure", "period", "received_at", "sha256", "delivery_id", "rows"]
    rows = [("essai", measure, QUARTER, at, "a" * 64, 1, 3) for measure in (*ENTRIES, *PARCOURS, *PEOPLE, "demandeurs_emploi_abc")]
    return pd.DataFrame(rows, columns=columns)


def board(*, filled: bool = True) -> Board:
    """The board of 20 October 2022; not ``filled``, that of the first day, when nothing has been received."""
    known = settings()
    quarters = between(date(2022, 1, 1), date(2022, 9, 30), Frequency.QUARTER)
    received = counts() if filled else counts().iloc[:0]
    box = cube.build(received, measures(), known.territory, quarters)
    values = compute.values(box, indicators().values(), measures(), known.territory, quarters)
    boxes = (windows.windowed(box, measures(), known.territory, item) for item in list(windows.Window)[1:])
    to_date, rolling = (compute.values(each, indicators().values(), measures(), known.territory, quarters) for each in boxes)
    return Board(
        settings=known,
        today=TODAY,
        version="essai",
        quarters=tuple(period.code for period in quarters),
        values=values,
        gaps=gaps(values, indicators()),
        to_date=to_date,
        rolling=rolling,
        sources=states() if filled else (),
        published=published() if filled else published().iloc[:0],
        declared=(Source.model_validate(PUBLISHED), *(Source.model_validate(counting(name)) for name in DISTINCT)),
        counts=received,
        expenses=expenses() if filled else expenses().iloc[:0],
        deliveries=pd.DataFrame(columns=["source", "outcome"]),
        blocks=provenance() if filled else provenance().iloc[:0],
    )


def period() -> Period:
    return Period.parse(QUARTER)
