"""The sentence of any figure of the catalogue. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from indicators import intervals
from indicators import sentences_values as s
from indicators.indicator import Indicator, Kind
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.status import LABELS, Status

T4 = Period.parse("2022-T4")


def text(code: str, figure: Figure, zone: str = "Ensemble des QPV", category: str = "") -> str:
    return s.value(indicators()[code], figure, T4, zone, category).replace("\u00a0", "¤").replace("\u202f", "_")


def known(
    value: float, numerator: float = float("nan"), denominator: float = float("nan"), low: float = float("nan"), high: float = float("nan")
) -> Figure:
    return Figure(value, Status.OK, numerator, denominator, low, high)


@pytest.mark.parametrize(
    ("code", "figure", "expected"),
    [
        ("N1.1", known(14), "Partenaires mobilisés, T4 2022 (ensemble des QPV)¤: 14."),
        ("N2.1", known(1), "Habitants repérés depuis le 1er janvier, T4 2022 (ensemble des QPV)¤: 1 personne."),
        ("N2.1", known(0), "Habitants repérés depuis le 1er janvier, T4 2022 (ensemble des QPV)¤: 0 personne."),
        ("C1", known(7480), "Demandeurs d'emploi (catégories A, B, C), T4 2022 (ensemble des QPV)¤: 7_480 personnes."),
        (
            "N2.2",
            known(71.22, 245, 344, 66.2, 75.75),
            "Taux d'accueil, T4 2022 (ensemble des QPV)¤: 71,2¤% (245 sur 344_; à 95¤%, de 66,2 à 75,8¤%).",
        ),
        ("R2", known(47.4, 9, 19, 27.3, 68.3), "Taux de sorties dynamiques, T4 2022 (ensemble des QPV)¤: 9 sur 19."),
        (
            "R2",
            known(62.2, 28, 45, 47.6, 74.9),
            "Taux de sorties dynamiques, T4 2022 (ensemble des QPV)¤: 62¤% (28 sur 45_; à 95¤%, de 48 à 75¤%).",
        ),
        (
            "N2.8-formation",
            known(8.08, 118, 1460, 6.7, 9.7),
            "Taux d'accès, formation, T4 2022 (ensemble des QPV)¤: 8,1 pour 100 (118 sur 1_460_; à 95¤%, de 6,7 à 9,7).",
        ),
        ("N1.1-par_parcours", known(2.3, 138, 60), "Partenaires par parcours, T4 2022 (ensemble des QPV)¤: 2,3 en moyenne (138 pour 60)."),
        (
            "N2.9",
            known(0.824, low=0.761, high=0.889),
            "Indice de parité d'accès, T4 2022 (ensemble des QPV)¤: 0,82 (à 95¤%, de 0,76 à 0,89)_; 1 = même accès.",
        ),
        ("B1", known(83.04), "Consommation de la subvention, T4 2022 (ensemble des QPV)¤: 83,0¤%."),
        ("B2", known(-1.2), "Avance ou retard de consommation, T4 2022 (ensemble des QPV)¤: −1,2¤point."),
        (
            "B3-cout_parcours",
            known(1284.4, low=1050, high=1570),
            "Coût par entrée en parcours, T4 2022 (ensemble des QPV)¤: 1_284¤€ (à 95¤%, de 1_050¤€ à 1_570¤€).",
        ),
        ("C4", known(46.5), "Taux de pauvreté au seuil de 60¤%, T4 2022 (ensemble des QPV)¤: 46,5¤%, valeur publiée."),
    ],
)
def test_a_figure_is_written_as_its_kind_is_read(code: str, figure: Figure, expected: str) -> None:
    assert text(code, figure) == expected


def test_a_category_comes_before_the_zone() -> None:
    assert text("N3.3", known(18), "Beau-Marais", "Mobilité") == "Freins identifiés, T4 2022 (mobilité, beau-Marais)¤: 18.".replace(
        "beau", "Beau"
    )


def written_by(indicator: Indicator, k: float, n: float) -> Figure:
    """A figure as ``compute`` would give it."""
    if indicator.kind not in {Kind.PROPORTION, Kind.RATE}:
        return known(100 * k / n if n else 0.0, k, n)
    with np.errstate(divide="ignore"):
        limits = (intervals.wilson if indicator.kind is Kind.PROPORTION else intervals.byar)(np.array(k), np.array(n))
    return known(100 * k / n, k, n, 100 * float(limits.low), 100 * float(limits.high))


@pytest.mark.parametrize("code", list(indicators()))
def test_every_figure_and_every_absence_of_the_catalogue_has_its_sentence(code: str) -> None:
    indicator = indicators()[code]
    for k, n in ((0, 1), (1, 1), (1, 19), (9, 20), (3, 99), (41, 1460), (1284, 40_000)):
        said = s.value(indicator, written_by(indicator, k, n), T4, "Ville entière")
        assert said.endswith(".")
        assert not re.search(r"\bnan\b|None|\binf\b|  | ,|\(\)|-\d|\.\.| [:;%€]", said), said
        assert s.short(indicator, written_by(indicator, k, n)) in said or indicator.kind in {Kind.MEAN}, said
    for status in (Status.SECRET, Status.NON_TRANSMIS, Status.NON_APPLICABLE):
        figure = Figure(float("nan"), status)
        assert s.value(indicator, figure, T4, "Ville entière").endswith(f"\u00a0: {LABELS[status]}.")
        assert s.short(indicator, figure) == LABELS[status]


def test_a_reason_stands_for_the_status_and_leaves_one_colon_to_its_sentence() -> None:
    indicator, reason = indicators()["N2.8"], "non disponible\u00a0: France Travail livre l'ensemble des QPV"
    figure = Figure(float("nan"), Status.NON_APPLICABLE, reason=reason)
    assert s.short(indicator, figure) == reason
    assert s.value(indicator, figure, T4, "Beau-Marais") == (
        "Taux d'accès au droit commun, T4 2022 (Beau-Marais)\u00a0: non disponible, France Travail livre l'ensemble des QPV."
    )


def test_persons_known_to_several_partners_are_told_by_their_bounds() -> None:
    indicator, figure = indicators()["N2.6-personnes"], Figure(float("nan"), Status.NON_APPLICABLE, low=767.0, high=1211.0)
    assert s.short(indicator, figure) == "entre 767 et 1\u202f211 personnes"
    assert s.value(indicator, figure, T4, "Ville entière") == (
        "Habitants entrés dans un dispositif, T4 2022 (ville entière)\u00a0: entre 767 et 1\u202f211 personnes (doubles comptes possibles)."
    )
    met = replace(figure, high=767.0)
    assert s.value(indicator, met, T4, "Ville entière").endswith("\u00a0: 767 personnes.")


@pytest.mark.parametrize("code", list(indicators()))
def test_a_sentence_has_one_colon(code: str) -> None:
    indicator = indicators()[code]
    assert s.value(indicator, written_by(indicator, 41, 1460), T4, "Ville entière", "Femmes").count("\u00a0:") == 1
