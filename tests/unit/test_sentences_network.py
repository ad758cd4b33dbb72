"""The sentences of partners: counts, shares, singular, zero, absent. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

import pytest

from indicators import sentences_network as s
from indicators.codes import NETWORKS
from indicators.network import NONE, Matrix, Mobilised, added
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.status import Status

T4 = Period.parse("2023-T4")
HIDDEN = Figure(float("nan"), Status.SECRET)
NO_OBJECT = Figure(float("nan"), Status.NON_APPLICABLE)


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def count(n: float) -> Figure:
    return Figure(n, Status.OK, n)


def rate(k: float, n: float) -> Figure:
    return Figure(100 * k / n, Status.OK, k, n)


@pytest.mark.parametrize(
    ("total", "across", "text"),
    [
        (count(63), rate(45, 63), "63 orientations entre partenaires au T4 2023, dont 71¤% vers un autre réseau."),
        (count(163), rate(116, 163), "163 orientations entre partenaires au T4 2023, dont 71,2¤% vers un autre réseau."),
        (NOT_TRANSMITTED, rate(9, 14), "14 orientations entre partenaires au T4 2023, dont 9 vers un autre réseau."),
        (count(1), rate(1, 1), "1 orientation entre partenaires au T4 2023, vers un autre réseau."),
        (count(1), rate(0, 1), "1 orientation entre partenaires au T4 2023, au sein du même réseau."),
        (count(0), NO_OBJECT, "Aucune orientation entre partenaires au T4 2023."),
        (NOT_TRANSMITTED, NO_OBJECT, "Aucune orientation entre partenaires au T4 2023."),
        (count(63), HIDDEN, "63 orientations entre partenaires au T4 2023_; part vers un autre réseau¤: non publié (secret statistique)."),
        (HIDDEN, HIDDEN, "Orientations entre partenaires au T4 2023¤: non publié (secret statistique)."),
        (NOT_TRANSMITTED, NOT_TRANSMITTED, "Orientations entre partenaires au T4 2023¤: non transmis."),
    ],
)
def test_orientations(total, across, text):
    assert shown(s.orientations(total, across, "au T4 2023")) == text


@pytest.mark.parametrize(
    ("others", "total", "text"),
    [
        (
            92,
            615,
            "Un couple de réseaux de moins de 10 orientations n'est pas listé (secret statistique)¤: "
            "92 des 615 orientations sont dans ce cas.",
        ),
        (0, 615, "Les couples listés font le total¤: 615 orientations."),
        (None, 615, "Un couple de réseaux de moins de 10 orientations n'est pas listé (secret statistique)."),
    ],
)
def test_what_is_not_listed_adds_up_to_the_total(others, total, text):
    assert shown(s.not_listed(HIDDEN if others is None else count(others), count(total), 10)) == text


def mean(links: float, parcours: float) -> Figure:
    return Figure(links / parcours, Status.OK, links, parcours)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (mean(140, 61), "2,3 partenaires par parcours en cours au 31/12/2023, en moyenne."),
        (mean(119, 61), "2,0 partenaires par parcours en cours au 31/12/2023, en moyenne."),
        (mean(90, 61), "1,5 partenaire par parcours en cours au 31/12/2023, en moyenne."),
        (mean(31, 14), "31 liens avec un partenaire pour 14 parcours en cours au 31/12/2023."),
        (mean(1, 1), "1 lien avec un partenaire pour 1 parcours en cours au 31/12/2023."),
        (NO_OBJECT, "Aucun parcours en cours au 31/12/2023."),
        (HIDDEN, "Partenaires par parcours en cours au 31/12/2023¤: non publié (secret statistique)."),
    ],
)
def test_partners_per_parcours(found, text):
    assert shown(s.per_parcours(found, T4)) == text


def square(*lines: tuple[Figure, ...]) -> Matrix:
    names = NETWORKS[: len(lines)]
    sent = tuple(added(line) for line in lines)
    return Matrix(names, names, lines, sent, tuple(added(column) for column in zip(*lines, strict=True)), added(sent))


def test_who_sends_and_receives_most():
    found = square((count(0), count(30)), (count(2), count(1)))
    assert shown(s.flows(found)) == (
        "Envois les plus nombreux¤: Cité de l'emploi (30 orientations). Réceptions les plus nombreuses¤: France Travail (31 orientations)."
    )
    equal = square((count(0), count(2)), (count(2), count(0)))
    assert "Cité de l'emploi et France Travail (2 orientations chacun)" in s.flows(equal)


@pytest.mark.parametrize("cell", [HIDDEN, NOT_TRANSMITTED])
def test_nobody_is_first_while_a_cell_is_not_known(cell):
    assert s.flows(square((count(9), cell), (count(2), count(1)))) == ""


def test_nobody_is_first_of_nothing():
    assert s.flows(Matrix((), (), (), (), (), NONE)) == ""


def test_mobilised_partners_and_the_national_mean():
    declared = indicators()["N1.1"]
    found = Mobilised(count(11), rate(4, 11), count(6), rate(34, 48))
    assert shown(s.mobilised(found, T4, declared)) == (
        "11 partenaires mobilisés sur les douze mois finis le 31/12/2023, dont 4 hors du champ de l'emploi_; "
        f"repère¤: {declared.benchmark}."
    )
    one = Mobilised(count(1), rate(0, 1), NOT_TRANSMITTED, NOT_TRANSMITTED)
    assert shown(s.mobilised(one, T4, indicators()["N1.2"])) == "1 partenaire mobilisé sur les douze mois finis le 31/12/2023."
    none = Mobilised(NOT_TRANSMITTED, NOT_TRANSMITTED, NOT_TRANSMITTED, NOT_TRANSMITTED)
    assert shown(s.mobilised(none, T4, declared)) == "Partenaires mobilisés sur les douze mois finis le 31/12/2023¤: non transmis."


@pytest.mark.parametrize(
    ("total", "across", "structures", "text"),
    [
        (count(163), rate(116, 163), count(11), "Partenaires¤: 71,2¤% des orientations vont vers un autre réseau"),
        (count(14), rate(9, 14), count(11), "Partenaires¤: 9 orientations sur 14 vont vers un autre réseau"),
        (count(14), rate(1, 14), count(11), "Partenaires¤: 1 orientation sur 14 va vers un autre réseau"),
        (count(1), rate(1, 1), count(11), "Partenaires¤: 1 orientation au T4 2023"),
        (count(0), NO_OBJECT, count(11), "Partenaires¤: 0 orientation au T4 2023"),
        (NOT_TRANSMITTED, NOT_TRANSMITTED, count(11), "11 partenaires mobilisés sur douze mois"),
        (HIDDEN, HIDDEN, NOT_TRANSMITTED, "Partenaires¤: orientations non publiées (secret statistique)"),
        (NOT_TRANSMITTED, NOT_TRANSMITTED, NOT_TRANSMITTED, "Partenaires¤: orientations non transmises"),
    ],
)
def test_the_title(total, across, structures, text):
    assert shown(s.title(total, across, structures, T4)) == text
