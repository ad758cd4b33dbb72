"""Freins and needs on the page of parcours, and the page of partners: full, hidden, missing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.board import Board
from dashboard.components import summary
from dashboard.components.needs_tables import freins_flow_table, needs_table
from dashboard.components.network_tables import deliveries_table, matrix_table, mobilised_table
from indicators import needs, network
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences_rows import Figure
from indicators.status import Status
from tests.dashboard.boards import QUARTER, board, period, states
from tests.dashboard.boards_year import YEAR_END, content_of, full, shown
from tests.dashboard.test_views import run, written


@pytest.fixture(scope="module")
def held() -> Board:
    return full()


def bodies(test) -> str:
    return "".join(item.proto.body for item in test.get("html"))


def test_the_page_of_parcours_follows_freins_from_found_to_lifted(held, monkeypatch):
    test = run("views/parcours.py", held, monkeypatch)
    text = shown(written(test))
    assert not test.exception
    assert "Au T4 2022, 63 freins identifiés, 41 réponses apportées, 29 freins levés." in text
    assert (
        "30 freins ouverts au 30/09/2022, plus 63 identifiés, moins 29 levés, moins 24 restés ouverts à la fin du parcours "
        "(par différence)¤: 40 freins ouverts au 31/12/2022."
    ) in text
    assert "Étapes depuis le 1er janvier_; détail sur douze mois, de janvier à décembre 2022. Chaque étape" in text
    assert "34 freins non abordés au diagnostic¤: un frein non abordé n'est pas un frein absent" in text
    assert (
        "Sur 41 réponses de janvier à décembre 2022, 31 viennent du droit commun (76¤%), 6 d'un financement de la Cité (15¤%) "
        "et 4 d'une autre origine."
    ) in text
    assert "garde d'enfants et contraintes familiales (9 habitants), mobilité (7), non renseigné (2)_; non publié" in text
    assert "Aucun chiffre transmis pour¤: langue et savoirs de base, logement, difficultés financières," in text
    assert "Données sensibles, jamais croisées avec le sexe ou l'âge¤: santé et situation judiciaire." in text
    assert "18 sorties de parcours au T4 2022. De janvier à décembre 2022, sur 17 sorties connues" in text
    assert "trop petits" not in text


def test_before_there_are_twelve_months_the_detail_is_announced_and_the_totals_are_there(held, monkeypatch):
    test = run("views/parcours.py", held, monkeypatch, t=QUARTER)
    text = shown(written(test))
    assert not test.exception
    assert "Étapes depuis le 1er janvier. Détail à partir du T4 2022¤: il faut douze mois." in text
    assert "Freins par nature" not in text
    assert "Freins du T3 2022" in text


def test_freins_lifted_in_the_quarter_and_at_the_reviews_never_share_a_name(held, monkeypatch):
    body = bodies(run("views/parcours.py", held, monkeypatch))
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a [^>]*>)?([^<]*[Ll]evés[^<]*)</", body)
    assert heads == ["Levés sur la période", "Levés à cette date"]
    tile = summary.freins_tile(Figure(100 * 42 / 69, Status.OK, 42, 69), period())
    assert shown(f"{tile.value} {tile.detail}") == "42 levés à la date du bilan, sur 69 freins examinés (61¤%)"


def test_a_hidden_frein_stays_hidden_in_every_table(held, monkeypatch):
    test = run("views/parcours.py", held, monkeypatch)
    hidden = '<td class="etat-secret nombre">s</td>'
    assert f'<th scope="row">Santé</th>{hidden * 5}' in bodies(test)
    assert f'<th scope="row">Santé</th>{hidden * 3}' in bodies(test)
    assert shown(written(test)).count("s¤: secret statistique.") == 1


def test_the_page_of_parcours_without_freins_says_so_and_keeps_the_review(monkeypatch):
    test = run("views/parcours.py", board(), monkeypatch)
    text = shown(written(test))
    assert "Freins identifiés, répondus et levés¤: non transmis pour T3 2022." in text
    assert "Besoins non couverts" not in text
    assert "Au T3 2022, sur 63 freins examinés au bilan, 41 étaient levés à cette date" in text


def test_the_page_of_partners_says_who_orients_whom(held, monkeypatch):
    test = run("views/partenaires.py", held, monkeypatch)
    text = shown(written(test))
    assert not test.exception
    assert shown(test.title[0].value) == "Partenaires¤: 71¤% des orientations vont vers un autre réseau"
    assert "63 orientations entre partenaires au T4 2022, dont 71¤% vers un autre réseau." in text
    assert "63 orientations entre partenaires de janvier à décembre 2022, dont 71¤% vers un autre réseau. Envois les plus" in text
    assert "Envois les plus nombreux¤: Missions locales (48 orientations)" in text
    assert "2,3 partenaires par parcours en cours au 31/12/2022, en moyenne." in text
    assert "Orientations vers un autre réseau¤: cette part ne voit que les orientations que les partenaires signalent" in text
    assert "11 partenaires mobilisés sur les douze mois finis le 31/12/2022, dont 4 hors du champ de l'emploi_; repère¤: 14" in text
    assert "71¤% (34 sur 48)" in text
    assert "Source¤: Mission locale (reçu le 12/01/2023). Données fictives." in text


def test_a_hidden_orientation_hides_its_totals_on_the_page(monkeypatch):
    text = shown(written(run("views/partenaires.py", full(hidden_link=True), monkeypatch)))
    assert "Envois les plus nombreux" not in text
    assert "Total reçu" in text
    assert "63 orientations entre partenaires au T4 2022, dont 71¤% vers un autre réseau." in text


def test_the_page_of_partners_without_orientations_says_what_is_missing(monkeypatch):
    test = run("views/partenaires.py", board(), monkeypatch)
    text = shown(written(test))
    assert not test.exception
    assert shown(test.title[0].value) == "Partenaires¤: orientations non transmises"
    assert "Détail à partir du T4 2022¤: il faut douze mois." in text
    assert "Total reçu" not in text
    assert "Partenaires mobilisés sur les douze mois finis le 30/09/2022¤: non transmis." in text


def test_a_source_that_left_adds_to_no_orientation(held, monkeypatch):
    others = tuple(state for state in held.sources if state.id != "essai")
    text = written(run("views/partenaires.py", replace(held, sources=others), monkeypatch))
    assert "Les orientations de réseau à réseau ne sont pas transmises." in text


def test_the_table_of_freins_has_the_columns_asked_for_in_reading_order(held):
    rows = needs.freins_table(held.rolling, YEAR_END)
    table = freins_flow_table(rows[:2], ["lifted", "identified"], "de janvier à décembre 2022", Period.parse(YEAR_END))
    assert table.columns == ("Frein", "Identifiés", "Levés sur la période")
    assert [[getattr(cell, "text", cell) for cell in line] for line in table.rows] == [
        ["Garde d'enfants et contraintes familiales", "31", "11"],
        ["Mobilité", "20", "9"],
    ]
    assert shown(table.caption) == "Freins par nature, de janvier à décembre 2022"
    stock = freins_flow_table(rows[:2], ["open_now"], "de janvier à décembre 2022", Period.parse(YEAR_END))
    assert shown(stock.caption).endswith("_; encore ouverts et sans offre au 31/12/2022")


def test_the_page_of_freins_ends_with_what_is_not_stated_then_the_whole(held):
    _, tables = content_of(held)
    table = tables[tables.index("Frein|Identifiés|") :].splitlines()
    assert [line.split("|")[0] for line in table[1:7]] == [
        "Garde d'enfants et contraintes familiales",
        "Mobilité",
        "Numérique",
        "Santé",
        "Non renseigné",
        "Ensemble",
    ]
    assert table[6] == "Ensemble|63|41|29|40|18|34"


def test_the_table_of_needs_has_their_share_of_the_open_freins(held):
    table = needs_table(needs.uncovered(held.values, YEAR_END), Period.parse(YEAR_END))
    assert [getattr(cell, "text", cell) for cell in table.rows[0]] == ["Garde d'enfants et contraintes familiales", "9", "18", "9 sur 18"]


def test_the_matrix_has_totals_on_both_sides_and_leaves_silent_networks_out(held):
    table = matrix_table(network.matrix(held.liaisons, YEAR_END), "au T4 2022")
    assert [[cell.faint for cell in line[1:]] for line in table.rows] == [
        [False] * 4,
        [False, False, False, True],
        [False, True, True, False],
    ]
    assert table.columns == ("Réseau", "Total envoyé", "Missions locales", "PLIE", "Insertion par l'activité")
    assert [[getattr(cell, "text", cell) for cell in line] for line in table.rows] == [
        ["Total reçu", "63", "18", "30", "15"],
        ["Missions locales", "48", "18", "30", "0"],
        ["PLIE", "15", "0", "0", "15"],
    ]


def test_mobilised_partners_stand_beside_the_national_figures_over_a_like_span(held):
    declared = [indicators()[code] for code in ("N1.1", "N1.2", "N1.3", "N1.4")]
    year = Figure(62, Status.OK, 62)
    found = replace(network.mobilised(held.values, YEAR_END, held.rolling), actions_year=year)
    table = mobilised_table(found, declared, Period.parse(YEAR_END))
    assert [(line[1], line[2].text) for line in table.rows] == [
        ("douze derniers mois", "11"),
        ("douze derniers mois", "4 sur 11"),
        ("T4 2022", "6"),
        ("douze derniers mois", "62"),
        ("T4 2022", "71\u00a0% (34 sur 48)"),
    ]
    assert [line[3] for line in table.rows] == [
        declared[0].benchmark,
        "pas de repère",
        "pas de repère au trimestre",
        declared[2].benchmark,
        "pas de repère",
    ]
    early = network.mobilised(held.values, QUARTER, None)
    assert early.actions_year is None
    assert len(mobilised_table(early, declared, period()).rows) == 4
    assert network.mobilised(held.values, YEAR_END, held.rolling).actions_year.value == 6


def test_each_partner_is_delivered_late_awaited_or_owes_nothing():
    first, *others = states()
    awaited = replace(first, periods=(), awaited=(QUARTER,), network="mission-locale", last_accepted=None)
    lines = deliveries_table((first, awaited, *others), period()).rows
    assert [(line[0], line[3].text, line[3].state) for line in lines] == [
        ("Coordination (La Fabrique Défi)", "transmis", Status.OK),
        ("Coordination (La Fabrique Défi)", "délai en cours", Status.OK),
        ("Mission locale", "transmis", Status.OK),
        ("Centre social", "rien d'attendu", Status.NON_APPLICABLE),
        ("PLIE", "en retard", Status.NON_TRANSMIS),
        ("Comptabilité", "rien d'attendu", Status.NON_APPLICABLE),
    ]
    assert [lines[0][1], lines[1][1]] == ["Autre réseau", "Missions locales"]
    assert lines[1][2].text == "aucune"


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("cap-emploi-reseau-cheops", "Cap emploi"),
        ("plie", "PLIE"),
        ("plieuse", "Autre réseau"),
        ("caf", "CAF"),
        ("inconnu", "Autre réseau"),
    ],
)
def test_a_network_is_known_by_its_code_or_a_longer_form_of_it(code, label):
    assert deliveries_table([replace(states()[0], network=code)], period()).rows[0][1] == label
