"""The sentence of a target. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from indicators import sentences_targets as s
from indicators.compute import frame_of_rows
from indicators.frames import VALUES_COLUMNS
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.status import Status
from indicators.targets import Milestone, Target, progress
from indicators.territory import Neighbourhood, Territory, Zoning

START, MIDDLE, END = date(2022, 1, 1), date(2022, 12, 31), date(2023, 12, 31)
PLACES = (Neighbourhood("QP062901", "Beau-Marais", "Beau-Marais"), Neighbourhood("QP062902", "Fort-Nieulay", "Fort-Nieulay"))
CALAIS = Territory("62193", "Calais", 73000, (Zoning("2015", "Zonage 2015", date(2015, 1, 1), END, PLACES),))
NAN = float("nan")


def told(code: str, initial: float, current: Figure, *steps: tuple[date, float], period: str = "2023-T4", **more: object) -> str:
    """The sentence of a target whose current value is given, through the frames."""
    declared = Target(code, initial, START, tuple(Milestone(*step) for step in steps), "Copil", **more)  # type: ignore[arg-type]
    key = {"indicator": code, "zone": declared.zone, "period": period, "dimension": declared.category[0], "category": declared.category[1]}
    numbers = {name: getattr(current, name) for name in ("numerator", "denominator", "value", "low", "high")}
    values = frame_of_rows([{**key, **numbers, "status": str(current.status)}])
    frame = progress(values, [declared], indicators(), Period.parse(period))
    [row] = s.target_rows(frame, values, indicators())
    return s.target(row, CALAIS).replace("\u00a0", "¤").replace("\u202f", "_")


def count(n: float) -> Figure:
    return Figure(n, Status.OK)


def rate(k: float, n: float) -> Figure:
    return Figure(100 * k / n, Status.OK, k, n)


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (14, "14 au T4 2023, cible 14 au 31/12/2023¤: cible atteinte."),
        (15, "15 au T4 2023, cible 14 au 31/12/2023¤: cible atteinte."),
        (12, "12 au T4 2023, cible 14 au 31/12/2023¤: 60¤% du chemin parcouru depuis 9 (01/01/2022)."),
        (9, "9 au T4 2023, cible 14 au 31/12/2023¤: 0¤% du chemin parcouru depuis 9 (01/01/2022)."),
        (8, "8 au T4 2023, cible 14 au 31/12/2023¤: le chiffre s'éloigne de la cible (9 au 01/01/2022)."),
    ],
)
def test_a_count_and_its_target(current, said):
    assert told("N1.1", 9, count(current), (END, 14)) == f"Partenaires mobilisés¤: {said}"


def test_a_rate_is_written_as_its_counts_allow():
    assert told("R2", 50, rate(57, 100), (END, 60)) == (
        "Taux de sorties dynamiques¤: 57,0¤% au T4 2023, cible 60¤% au 31/12/2023¤: 70¤% du chemin parcouru depuis 50¤% (01/01/2022)."
    )
    assert "¤: 9 sur 15 au T4 2023, cible 60¤% au 31/12/2023¤: cible atteinte." in told("R2", 50, rate(9, 15), (END, 60))
    assert "cible 62,5¤% au" in told("R2", 50, rate(9, 15), (END, 62.5))


def test_what_is_not_reached_never_looks_reached():
    text = told("N2.2", 50, Figure(59.98, Status.OK, 2999, 5000), (END, 60))
    assert "60,0¤% au T4 2023, cible 60¤%" in text
    assert "plus de 99¤% du chemin parcouru depuis 50¤% (01/01/2022), les deux étant comparés avant arrondi." in text
    assert "moins de 1¤% du chemin" in told("N2.2", 50, Figure(50.02, Status.OK, 2501, 5000), (END, 60))
    assert "avant arrondi" not in told("R2", 50, rate(8, 15), (END, 60))
    assert s.advance(99.6, reached=True).endswith("100\u00a0%")


def test_a_target_held_at_the_start_and_lost():
    assert told("R5", 15, rate(21, 100), (END, 20)).endswith("¤: la cible, tenue au départ (15¤% au 01/01/2022), ne l'est plus.")
    assert told("R5", 15, rate(20, 100), (END, 20)).endswith("¤: cible atteinte.")


def test_an_intermediate_target_is_followed_by_the_last_one():
    steps = ((MIDDLE, 55.0), (END, 60.0))
    assert told("R2", 50, rate(54, 100), *steps, period="2022-T3") == (
        "Taux de sorties dynamiques¤: 54,0¤% au T3 2022, cible 55¤% au 31/12/2022¤: 80¤% du chemin parcouru depuis 50¤% (01/01/2022). "
        "Cible finale¤: 60¤% au 31/12/2023, 40¤% du chemin."
    )
    assert told("R2", 50, rate(62, 100), *steps, period="2022-T3").endswith("cible atteinte. Cible finale¤: 60¤% au 31/12/2023, atteinte.")
    assert told("R2", 50, rate(48, 100), *steps, period="2022-T3").endswith("au 31/12/2023, dont le chiffre s'éloigne.")


def test_a_day_that_is_past_is_said():
    text = told("R2", 50, rate(54, 100), (END, 60), period="2024-T1")
    assert text.endswith("40¤% du chemin parcouru depuis 50¤% (01/01/2022), échéance passée.")
    assert "échéance" not in told("R2", 50, rate(61, 100), (END, 60), period="2024-T1")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.SECRET, "non publié (secret statistique)"),
        (Status.NON_TRANSMIS, "non transmis"),
        (Status.NON_APPLICABLE, "sans objet"),
    ],
)
def test_an_absent_value_keeps_its_reason_and_gives_no_rate(status, said):
    assert told("N1.1", 9, Figure(NAN, status), (END, 14)) == (f"Partenaires mobilisés, T4 2023¤: {said}_; cible 14 au 31/12/2023.")


def test_the_place_and_the_category_are_named():
    parity = Figure(0.81, Status.OK, 0.27, 1 / 3)
    assert told("N2.9", 0.72, parity, (END, 1), zone="QPV").startswith(
        "Indice de parité d'accès, ensemble des QPV¤: 0,81 au T4 2023, cible 1,00 au 31/12/2023¤: 32¤% du chemin"
    )
    assert told("N2.9-cej", 0.72, parity, (END, 1), zone="QP062901").startswith(
        "Indice de parité, contrat d'engagement jeune, Beau-Marais¤: 0,81"
    )
    text = told("N3.4", 40, rate(50, 100), (END, 60), zone="QPV", category=("frein", "mobilite"))
    assert text.split("¤:")[0].endswith(", mobilité, ensemble des QPV")


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("N2.8-cej", 5, "5 pour 100"),
        ("N2.8-cej", 4.84, "4,8 pour 100"),
        ("R2", 60, "60¤%"),
        ("R2", 62.5, "62,5¤%"),
        ("N2.1", 1200, "1_200"),
        ("N2.9", 1, "1,00"),
        ("B2", -10, "−10,0¤points"),
        ("B3-cout_parcours", 1284, "1_284¤€"),
    ],
)
def test_a_value_that_is_set_in_its_unit(code, value, said):
    assert s.in_unit(indicators()[code], value).replace("\u00a0", "¤").replace("\u202f", "_") == said


def test_no_target_no_row():
    empty = pd.DataFrame(columns=VALUES_COLUMNS)
    assert s.target_rows(progress(frame_of_rows([]), [], indicators(), Period.parse("2023-T4")), empty, indicators()) == []
