"""The sentences of freins and needs: counts, shares, singular, zero, absent. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from indicators import sentences_needs as s
from indicators.needs import Answers, FreinRow, UncoveredNeed
from indicators.period import Period
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.status import Status

T3 = Period.parse("2022-T3")
END = date(2022, 9, 30)
HIDDEN = Figure(float("nan"), Status.SECRET)


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def count(n: float) -> Figure:
    return Figure(n, Status.OK, n)


def rate(k: float, n: float) -> Figure:
    return Figure(100 * k / n, Status.OK, k, n)


def whole(identified: Figure, answered: Figure, lifted: Figure, aside: Figure = NOT_TRANSMITTED) -> FreinRow:
    return FreinRow(
        "ensemble",
        "Ensemble",
        sensitive=False,
        identified=identified,
        answered=answered,
        lifted=lifted,
        open_now=NOT_TRANSMITTED,
        without_offer=NOT_TRANSMITTED,
        not_discussed=aside,
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ((count(63), count(41), count(29)), "Au T3 2022, 63 freins identifiés, 41 réponses apportées, 29 freins levés."),
        ((count(1), count(1), count(0)), "Au T3 2022, 1 frein identifié, 1 réponse apportée, 0 frein levé."),
        ((count(0), count(0), count(0)), "Aucun frein identifié, répondu ou levé au T3 2022."),
        ((count(0), count(3), count(2)), "Au T3 2022, 0 frein identifié, 3 réponses apportées, 2 freins levés."),
        ((count(1250), count(900), count(2)), "Au T3 2022, 1_250 freins identifiés, 900 réponses apportées, 2 freins levés."),
        (
            (count(63), HIDDEN, NOT_TRANSMITTED),
            "Au T3 2022, 63 freins identifiés, réponses¤: non publié (secret statistique), freins levés¤: non transmis.",
        ),
        (
            (HIDDEN, count(41), count(29)),
            "Au T3 2022, freins identifiés¤: non publié (secret statistique), 41 réponses apportées, 29 freins levés.",
        ),
        ((HIDDEN, HIDDEN, HIDDEN), "Freins identifiés au T3 2022¤: non publié (secret statistique)."),
        ((NOT_TRANSMITTED,) * 3, "Freins identifiés au T3 2022¤: non transmis."),
    ],
)
def test_freins_identified_answered_and_lifted(found, text):
    assert shown(s.freins(whole(*found), T3)) == text


@pytest.mark.parametrize(
    ("aside", "start"),
    [
        (count(34), "34 freins non abordés au diagnostic¤: un frein non abordé n'est pas un frein absent"),
        (count(1), "1 frein non abordé au diagnostic¤: "),
        (HIDDEN, "Freins non abordés au diagnostic¤: non publié (secret statistique)."),
    ],
)
def test_what_was_left_aside_is_told_apart(aside, start):
    assert shown(s.not_discussed(whole(count(1), count(1), count(1), aside))).startswith(start)


def test_kinds_of_frein_that_nobody_told_of_are_named_once():
    none = whole(*(NOT_TRANSMITTED,) * 3)
    rows = [replace(none, label="Mobilité", lifted=HIDDEN), replace(none, label="Logement, hébergement"), replace(none, label="Numérique")]
    assert shown(s.silent(rows)) == "Aucun chiffre transmis pour¤: logement et numérique."
    assert s.silent(rows[:1]) == ""


def answered(ordinary: float, own: float, other: float = 0, unknown: float = 0) -> Answers:
    total = ordinary + own + other + unknown
    counts = (count(n) for n in (total, ordinary, own, other, unknown))
    absent = Figure(float("nan"), Status.NON_APPLICABLE)
    return Answers(*counts, *((rate(ordinary, total), rate(own, total)) if total else (absent, absent)))


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            answered(37, 5, 4, 1),
            "Sur 47 réponses au T3 2022, 37 viennent du droit commun (79¤%), 5 d'un financement de la Cité (11¤%), "
            "4 d'une autre origine et 1 d'une origine non renseignée.",
        ),
        (answered(90, 30), "Sur 120 réponses au T3 2022, 90 viennent du droit commun (75,0¤%) et 30 d'un financement de la Cité (25,0¤%)."),
        (
            answered(9, 4, 1),
            "Sur 14 réponses au T3 2022, 9 viennent du droit commun, 4 d'un financement de la Cité et 1 d'une autre origine.",
        ),
        (
            answered(1, 0, 0, 1),
            "Sur 2 réponses au T3 2022, 1 vient du droit commun, 0 d'un financement de la Cité et 1 d'une origine non renseignée.",
        ),
        (answered(1, 0), "Une réponse au T3 2022, qui vient du droit commun."),
        (answered(0, 1), "Une réponse au T3 2022, qui vient d'un financement de la Cité."),
        (answered(0, 0, 1), "Une réponse au T3 2022, qui ne vient pas du droit commun."),
        (answered(0, 0), "Aucune réponse à un frein au T3 2022."),
    ],
)
def test_who_answers(found, text):
    assert shown(s.answers(found, "au T3 2022")) == text


@pytest.mark.parametrize("parts", [(37, 5, 4, 1), (0, 2, 0, 0), (12, 0, 3, 9), (200, 31, 0, 4)])
def test_the_parts_said_add_up_to_the_total_said(parts):
    text = s.answers(answered(*parts), "au T3 2022")
    total, *said = (int(n) for n in re.findall(r"(?<!\()\b(\d+) (?:réponses|vien|d'un)", text))
    assert (total, sum(said)) == (sum(parts), sum(parts))


def test_who_answers_when_a_part_is_hidden_says_no_part_that_would_give_it_back():
    found = answered(31, 6, 3)
    alone = replace(found, own_money=HIDDEN, own_share=HIDDEN)
    assert shown(s.answers(alone, "au T3 2022")) == (
        "Sur 40 réponses au T3 2022, 31 viennent du droit commun (78¤%)_; financement de la Cité¤: non publié (secret statistique)."
    )
    other = replace(answered(9, 4, 1), other=HIDDEN)
    assert shown(s.answers(other, "au T3 2022")) == (
        "Sur 14 réponses au T3 2022, 9 viennent du droit commun_; autre origine¤: non publié (secret statistique)."
    )
    assert shown(s.answers(replace(found, share=HIDDEN), "au T3 2022")) == (
        "Part du droit commun dans les réponses aux freins au T3 2022¤: non publié (secret statistique)."
    )


def test_a_reader_who_is_not_shown_every_part_reads_the_rest_together():
    found = replace(answered(145, 29, 15, 5), own_money=HIDDEN, other=HIDDEN, not_stated=HIDDEN, own_share=HIDDEN)
    assert shown(s.answers(found, "de janvier à décembre 2023", detailed=False)) == (
        "Sur 194 réponses de janvier à décembre 2023, 145 viennent du droit commun (74,7¤%) et 49 d'une autre origine, "
        "financement de la Cité compris."
    )


def test_a_reader_is_told_of_the_totals_of_the_grid_alone():
    total = whole(count(63), count(57), HIDDEN)
    assert s.freins(total, T3, ["identified", "answered"]) == "Au T3 2022, 63 freins identifiés, 57 réponses apportées."
    assert s.freins(whole(count(0), count(0), HIDDEN), T3, ["identified", "answered"]) == (
        "Au T3 2022, 0 frein identifié, 0 réponse apportée."
    )


def test_parts_are_listed_from_the_largest_and_only_when_there_are():
    parts = [("Logement, hébergement", count(21)), ("Mobilité", count(27)), ("Numérique", count(0)), ("Santé", HIDDEN)]
    assert shown(s.listed("Encore ouverts", count(136), parts)) == "Encore ouverts¤: 136, dont mobilité (27), logement (21)."
    assert shown(s.listed("Encore ouverts", HIDDEN, parts)) == "Encore ouverts¤: mobilité (27), logement (21)."
    assert shown(s.listed("Encore ouverts", count(0), [])) == "Encore ouverts¤: 0."
    assert s.listed("Encore ouverts", None, parts[2:]) == ""


def opened(n: Figure) -> FreinRow:
    return replace(whole(count(82), NOT_TRANSMITTED, count(40)), open_now=n)


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (
            115,
            136,
            "115 freins ouverts au 30/06/2022, plus 82 identifiés, moins 40 levés, moins 21 restés ouverts à la fin du parcours "
            "(par différence)¤: 136 freins ouverts au 30/09/2022.",
        ),
        (1, 43, "1 frein ouvert au 30/06/2022, plus 82 identifiés, moins 40 levés¤: 43 freins ouverts au 30/09/2022."),
        (
            115,
            160,
            "115 freins ouverts au 30/06/2022, plus 82 identifiés, moins 40 levés¤: il y a 3 freins ouverts de plus au 30/09/2022 (160), "
            "que la coordination doit vérifier.",
        ),
    ],
)
def test_the_open_freins_follow_from_those_of_the_quarter_before(before, now, text):
    assert shown(s.stock(opened(count(before)), opened(count(now)), T3)) == text


@pytest.mark.parametrize("absent", [HIDDEN, NOT_TRANSMITTED])
def test_the_open_freins_are_not_worked_out_from_a_figure_that_is_not_known(absent):
    now = opened(count(136))
    rows = [
        (opened(absent), now),
        (opened(count(1)), opened(absent)),
        (now, replace(now, identified=absent)),
        (now, replace(now, lifted=absent)),
    ]
    assert [s.stock(before, after, T3) for before, after in rows] == [""] * 4


def need(label: str, residents: Figure) -> UncoveredNeed:
    return UncoveredNeed(label, label, sensitive=False, residents=residents, open_now=NOT_TRANSMITTED, share=NOT_TRANSMITTED)


def test_needs_are_named_with_their_residents():
    needs = [need("Garde d'enfants", count(9)), need("Mobilité", count(7))]
    assert shown(s.uncovered(needs, END)) == "Besoins sans offre locale au 30/09/2022¤: garde d'enfants (9 habitants), mobilité (7)."
    assert shown(s.uncovered([need("Logement, hébergement", count(1))], END)).endswith("¤: logement (1 habitant).")


def test_beyond_five_needs_the_others_are_counted():
    needs = [need(name, count(9)) for name in ("Aa", "Bb", "Cc", "Dd", "Ee", "Ff")]
    assert s.uncovered(needs, END).endswith("ee (9) et 1 autre besoin.")
    assert s.uncovered([*needs, need("Gg", count(1))], END).endswith("ee (9) et 2 autres besoins.")


def test_hidden_and_missing_needs_are_named_after_without_a_number():
    needs = [
        need("Mobilité", count(7)),
        need("Santé", HIDDEN),
        need("Situation judiciaire", HIDDEN),
        need("Numérique", NOT_TRANSMITTED),
    ]
    assert shown(s.uncovered(needs, END)) == (
        "Besoins sans offre locale au 30/09/2022¤: mobilité (7 habitants)_; "
        "non publié (secret statistique) pour santé et situation judiciaire_; non transmis pour numérique."
    )
    assert shown(s.uncovered(needs[1:2], END)) == "Besoins sans offre locale au 30/09/2022¤: non publié (secret statistique) pour santé."


def test_no_need_is_not_the_same_as_nothing_transmitted():
    assert s.uncovered([], END) == "Aucun besoin sans offre locale au 30/09/2022."
    assert shown(s.uncovered([need("Santé", NOT_TRANSMITTED)], END)) == "Besoins sans offre locale au 30/09/2022¤: non transmis."


def test_many_missing_needs_are_counted_and_not_named():
    needs = [need("Mobilité", count(7)), *(need(name, NOT_TRANSMITTED) for name in ("Aa", "Bb", "Cc", "Dd", "Ee", "Ff"))]
    assert s.uncovered(needs, END).endswith("mobilité (7 habitants)\u202f; non transmis pour 6 freins.")
