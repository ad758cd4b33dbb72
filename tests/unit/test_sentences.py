"""The sentences about gaps and states, as a committee reads them. ¤ stands for U+00A0 and _ for U+202F."""

from dataclasses import replace
from datetime import date

import pytest

from indicators import sentences as s
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure, GapRow
from indicators.status import Status

T3 = Period.parse("2022-T3")


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def side(k: float, n: float) -> Figure:
    return Figure(100 * k / n, Status.OK, k, n)


TRAINING = GapRow(indicators()["N2.8-formation"], Status.OK, side(118, 1460), side(402, 3010), -5.27, -7.1, -3.4, "defavorable", 76.9, 0.01)
CEJ = replace(
    TRAINING, indicator=indicators()["N2.8-cej"], points=-7.6, low=-11.5, high=-3.2, qpv=side(96, 410), rest=side(214, 690), residents=31.2
)
NOT_ESTABLISHED = replace(TRAINING, points=-2.4, low=-5.1, high=0.4, verdict="non_etabli")
FAVOURABLE = replace(TRAINING, indicator=indicators()["N2.8-iae"], points=2.5, low=0.8, high=4.1, verdict="favorable", residents=-36.0)
HIDDEN = replace(TRAINING, status=Status.SECRET, verdict="", points=float("nan"))
NEVER_SENT = replace(HIDDEN, status=Status.NON_TRANSMIS)


def test_an_established_gap_says_the_levels_the_difference_and_what_parity_would_take():
    assert shown(s.gap(TRAINING, T3)) == (
        "Entrées en formation au T3 2022, pour 100 demandeurs d'emploi¤: 8,1 parmi les habitants des QPV, contre 13,4 dans le reste de la "
        "ville_; 5,3¤points de moins, écart établi. Pour un accès égal, il faudrait 77 entrées de plus pour les habitants des QPV."
    )


def test_a_gap_that_is_not_established_says_so_and_asks_for_no_one():
    assert shown(s.gap(NOT_ESTABLISHED, T3)).endswith("; la différence (−2,4¤points) n'est pas établie (effectifs trop faibles ou hasard).")
    assert "faudrait" not in s.gap(NOT_ESTABLISHED, T3)


def test_a_favourable_gap_misses_no_one():
    assert shown(s.gap(FAVOURABLE, T3)).endswith("; 2,5¤points de plus, écart établi.")


def test_a_rate_held_to_the_young_says_so():
    assert "pour 100 demandeurs d'emploi (moins de 26 ans)" in s.gap(CEJ, T3)


def test_one_entry_missing_is_singular():
    assert "il faudrait 1 entrée de plus" in s.gap(replace(TRAINING, residents=1.2), T3)
    ranged = s.gap(replace(TRAINING, residents_low=48.9, residents_high=103.4), T3)
    behind = replace(TRAINING, indicator=indicators()["R2"], residents=5.2, residents_low=1.1, residents_high=9.4)
    assert s.gap(behind, T3).endswith("À taux égal, 5 personnes de plus seraient dans ce cas parmi les habitants des QPV (de 1 à 9).")
    ahead = replace(behind, indicator=indicators()["C2"], residents=-12.0, residents_low=-20.2, residents_high=-3.9)
    assert s.gap(ahead, T3).endswith("À taux égal, 12 personnes de moins seraient dans ce cas parmi les habitants des QPV (de 4 à 20).")
    assert "pour 100 habitants de 15 à 64 ans" in s.gap(ahead, T3)
    handful = replace(TRAINING, low=-9.0, high=1.0, verdict="non_etabli", qpv=side(14, 19), rest=side(3, 5))
    assert "la différence n'est pas établie" in s.gap(handful, T3)
    assert ranged.endswith("il faudrait 77 entrées de plus pour les habitants des QPV (de 49 à 103).")


def test_one_quarter_is_named_as_the_elided_zone_is():
    assert "parmi les habitants de Beau-Marais" in s.gap(TRAINING, T3, "de Beau-Marais")


@pytest.mark.parametrize(
    ("row", "text"), [(HIDDEN, "Formation, T3 2022¤: non publié (secret statistique)."), (NEVER_SENT, "Formation, T3 2022¤: non transmis.")]
)
def test_a_gap_that_is_not_there_gives_its_reason_and_no_figure(row, text):
    assert shown(s.gap(row, T3)) == text


def test_small_denominators_are_written_as_counts():
    few = replace(TRAINING, qpv=side(3, 12), rest=side(9, 19))
    assert "3 sur 12 parmi les habitants des QPV, contre 9 sur 19" in s.gap(few, T3)


def test_the_overview_counts_the_published_then_the_others():
    assert shown(s.gaps_overview([CEJ, TRAINING, NOT_ESTABLISHED, FAVOURABLE, HIDDEN, NEVER_SENT, NEVER_SENT])) == (
        "Sur 4 dispositifs publiés, l'écart est défavorable pour 2, favorable pour 1, non établi pour 1. "
        "Le plus large¤: contrat d'engagement jeune, −7,6¤points. 1 non publié (secret statistique), 2 non transmis."
    )


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([FAVOURABLE], "Un dispositif publié¤: l'écart est favorable."),
        ([FAVOURABLE, FAVOURABLE], "Sur 2 dispositifs publiés, l'écart est favorable pour tous."),
        ([HIDDEN], "Aucun écart publié¤: 1 non publié (secret statistique)."),
        ([], "Aucun écart publié."),
    ],
)
def test_the_overview_of_few_schemes(rows, text):
    assert shown(s.gaps_overview(rows)) == text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([CEJ, TRAINING], "Accès au droit commun¤: deux écarts défavorables aux habitants des QPV"),
        ([TRAINING, FAVOURABLE], "Accès au droit commun¤: un écart défavorable aux habitants des QPV"),
        ([FAVOURABLE, HIDDEN], "Accès au droit commun¤: aucun écart défavorable établi"),
        ([HIDDEN], "Accès au droit commun¤: aucun écart publié"),
    ],
)
def test_the_title_is_the_finding(rows, text):
    assert shown(s.gaps_title(rows)) == text


def test_an_indicator_without_a_better_way_is_higher_or_lower_never_good_or_bad():
    neutral = replace(TRAINING, verdict="sans_jugement")
    assert s.verdict(neutral) == "Plus bas dans les QPV"
    assert s.verdict(replace(neutral, points=5.0, low=3.0, high=7.0)) == "Plus haut dans les QPV"
    assert s.verdict(replace(neutral, low=-6.0, high=1.0)) == "Pas de différence établie"


def test_job_seekers_are_context():
    city, qpv = Figure(7512, Status.OK), Figure(2505, Status.OK)
    assert shown(s.job_seekers(city, qpv, date(2022, 9, 30), -2.13)) == (
        "Contexte, qui ne peut être attribué à la Cité¤: 7_512 demandeurs d'emploi (catégories A, B et C) au 30/09/2022, "
        "dont 2_505 dans les QPV (33¤%)_; −2,1¤% en un an."
    )
    assert "en un an" not in s.job_seekers(city, qpv, date(2024, 3, 31), None)


def test_job_seekers_never_sent():
    absent = Figure(float("nan"), Status.NON_TRANSMIS)
    assert s.job_seekers(absent, absent, date(2022, 9, 30), None).endswith("demandeurs d'emploi non transmis au 30/09/2022.")


def test_old_empty_and_hidden_are_three_sentences():
    assert shown(s.stale(Period.parse("2022-T1"), date(2022, 10, 15))) == "Dernière donnée¤: T1 2022, attendue depuis le 15/10/2022."
    assert s.empty(T3) == "Aucune donnée transmise pour T3 2022."
    assert shown(s.empty(T3, ["CAF"])) == "Aucune donnée transmise pour T3 2022. Doit transmettre¤: CAF."
    assert shown(s.empty(T3, ["CAF", "PLIE"])) == "Aucune donnée transmise pour T3 2022. Doivent transmettre¤: CAF et PLIE."
    assert s.hidden() == "Non publié (secret statistique)."


@pytest.mark.parametrize("text", [s.gap(row, T3) for row in (TRAINING, CEJ, NOT_ESTABLISHED, FAVOURABLE, HIDDEN)] + [s.FALSE_SIGNALS])
def test_no_sentence_gives_a_cause_or_an_opinion(text):
    assert not any(word in text.lower() for word in ("grâce", "seulement", "malheureusement", "à cause", "nan", "none"))
