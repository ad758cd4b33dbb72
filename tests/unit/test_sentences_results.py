"""The sentences about residents, exits, freins, money and deliveries. ¤ stands for U+00A0 and _ for U+202F."""

from datetime import date

import pytest

from indicators import sentences_results as s
from indicators.period import Period
from indicators.sentences_rows import NOT_TRANSMITTED, Figure
from indicators.status import Status

T3 = Period.parse("2022-T3")
END = date(2022, 9, 30)
HIDDEN = Figure(float("nan"), Status.SECRET)


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def count(n: float) -> Figure:
    return Figure(n, Status.OK)


def rate(k: float, n: float) -> Figure:
    return Figure(100 * k / n, Status.OK, k, n, 100 * k / n - 12, 100 * k / n + 9)


def test_the_follow_up_says_each_step_and_those_still_on_their_way():
    assert shown(s.parcours(count(214), rate(171, 214), count(96), count(52), count(31), END)) == (
        "Depuis le 1er janvier 2022¤: 214 habitants repérés, 171 accueillis (79,9¤%), 96 entrées en parcours, 52 sorties_; "
        "31 parcours en cours au 30/09/2022."
    )


def test_the_follow_up_agrees_with_zero_and_one():
    text = shown(s.parcours(count(1), rate(1, 1), count(0), count(1), count(0), END))
    assert "1 habitant repéré, 1 accueilli (1 sur 1), 0 entrée en parcours, 1 sortie_; 0 parcours en cours" in text


def test_what_is_hidden_or_missing_in_the_follow_up_is_said_step_by_step():
    text = shown(s.parcours(count(12), rate(9, 12), HIDDEN, NOT_TRANSMITTED, NOT_TRANSMITTED, END))
    assert "entrées en parcours¤: non publié (secret statistique), sorties¤: non transmis_; parcours en cours¤: non transmis." in text


def test_exits_come_with_their_count_interval_and_three_parts():
    parts = [("vers l'emploi durable", rate(14, 47)), ("vers l'emploi de transition", rate(9, 47)), ("en sortie positive", rate(16, 47))]
    assert shown(s.exits(rate(39, 47), parts)) == (
        "Sur 47 sorties connues, hors sorties neutralisées, 39 sont dynamiques, soit 83¤% (intervalle à 95¤%¤: de 71¤% à 92¤%)¤: "
        "14 vers l'emploi durable, 9 vers l'emploi de transition et 16 en sortie positive."
    )


def test_a_step_that_the_reader_is_not_shown_is_left_out():
    assert shown(s.parcours(count(254), rate(174, 254), count(60), None, count(46), END)) == (
        "Depuis le 1er janvier 2022¤: 254 habitants repérés, 174 accueillis (68,5¤%), 60 entrées en parcours_; "
        "46 parcours en cours au 30/09/2022."
    )
    assert shown(s.parcours(None, None, None, None, count(46), END)) == "Depuis le 1er janvier 2022¤: 46 parcours en cours au 30/09/2022."
    assert s.parcours(None, None, None, None, None, END) == ""
    assert s.parcours_title(None, count(46), T3) == "Parcours au 30/09/2022\u00a0: 46 en cours"
    assert s.parcours_title(None, None, T3) == "Parcours au 30/09/2022\u00a0: effectifs trop petits"
    assert s.parcours_title(count(60), None, Period.parse("2022-T4")) == "60 entrées en parcours en 2022"


def test_exits_of_a_quarter_and_over_twelve_months():
    assert s.exits_of(count(26), T3) == "26 sorties de parcours au T3 2022."
    assert s.exits_of(count(0), T3) == "Aucune sortie de parcours au T3 2022."
    assert shown(s.exits_of(HIDDEN, T3)) == "Sorties de parcours au T3 2022¤: non publié (secret statistique)."
    assert s.exits(rate(9, 15), [], "d'avril 2022 à mars 2023").startswith("D'avril 2022 à mars 2023, sur 15 sorties connues, ")
    assert s.freins(rate(1, 9), "au T3 2022") == "Au T3 2022, sur 9 freins examinés au bilan, 1 était levé à cette date."


def test_few_exits_have_no_rate():
    assert s.exits(rate(9, 15), []) == "Sur 15 sorties connues, hors sorties neutralisées, 9 sont dynamiques."
    assert s.exits(rate(1, 15), []).endswith("1 est dynamique.")
    assert shown(s.exits(rate(0, 1), [])) == "Une sortie connue, hors sorties neutralisées¤: elle n'est pas dynamique."
    assert shown(s.exits(HIDDEN, [])) == "Sorties dynamiques¤: non publié (secret statistique)."


def test_freins_of_the_reviews_are_named_apart_from_those_of_the_quarter():
    assert shown(s.freins(rate(41, 63))) == "Sur 63 freins examinés au bilan, 41 étaient levés à cette date, soit 65¤%."
    assert s.freins(rate(1, 9)) == "Sur 9 freins examinés au bilan, 1 était levé à cette date."
    assert s.freins(rate(1, 1)) == "1 frein examiné au bilan, dont 1 levé à cette date."
    assert shown(s.freins(HIDDEN)) == "Freins levés à la date du bilan¤: non publié (secret statistique)."


@pytest.mark.parametrize(
    ("received", "missing", "awaited", "text"),
    [
        (["A", "B"], ["Centre social"], [], "2 partenaires sur 3 ont transmis leurs données du T3 2022_; manque¤: Centre social."),
        (["A"], ["B", "C"], [], "1 partenaire sur 3 a transmis ses données du T3 2022_; manquent¤: B et C."),
        (["A", "B"], [], [], "Les 2 partenaires attendus ont transmis leurs données du T3 2022."),
        (["A"], [], [], "Le partenaire attendu a transmis ses données du T3 2022."),
        ([], ["B"], [], "Aucun des partenaires attendus n'a transmis ses données du T3 2022_; manque¤: B."),
        (["A", "B"], [], ["C"], "2 partenaires sur 3 ont transmis leurs données du T3 2022_; délai en cours¤: C."),
        (["A"], ["B"], ["C"], "1 partenaire sur 3 a transmis ses données du T3 2022_; manque¤: B_; délai en cours¤: C."),
        ([], [], ["C"], "Aucun des partenaires attendus n'a transmis ses données du T3 2022_; délai en cours¤: C."),
        ([], [], [], "Aucun partenaire ne devait transmettre pour T3 2022."),
    ],
)
def test_deliveries(received, missing, awaited, text):
    assert shown(s.transmission(received, missing, awaited, T3)) == text


@pytest.mark.parametrize(
    ("late", "total", "text"),
    [(0, 9, "Toutes les données attendues sont là"), (1, 9, "Une source en retard sur 9"), (3, 9, "Trois sources en retard sur 9")],
)
def test_the_title_of_the_data_page(late, total, text):
    assert s.data_title(late, total) == text


def test_the_title_of_parcours_says_since_when_before_the_end_of_the_year() -> None:
    entered, under_way = Figure(12.0, Status.OK), Figure(9.0, Status.OK)
    assert "en 2022" in s.parcours_title(entered, under_way, Period.parse("2022-T4"))
    assert "du 1er janvier au 31 mars 2022" in s.parcours_title(entered, under_way, Period.parse("2022-T1"))
