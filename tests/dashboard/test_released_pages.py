"""What a copil reads of freins, parcours and partners: its grid alone, what is left out named once, one mark for what the audit hid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.board import Board
from dashboard.content.blocks import Fold, Html
from dashboard.content.choice import Choice
from dashboard.content.pages import blocks_of
from indicators.codes import DIMENSIONS
from tests.dashboard.boards_year import YEAR_END, content_of, for_copil, full

BY_KIND = [("R1", "sortie", "*"), ("N3.4", "frein", "*"), ("N3.5", "*", "*"), ("N3.3-repondus", "reponse", "*")]
FEW = [(code, "frein", frein) for code in ("N3.3", "N3.3-repondus", "N3.3-leves") for frein in ("sante", "non_renseigne")]
PAIRS = {"mission-locale>plie": 30, "mission-locale>mission-locale": 18}


@pytest.fixture(scope="module")
def held() -> Board:
    return full()


@pytest.fixture(scope="module")
def copil(held: Board) -> Board:
    """A grid without the kinds of exit, the small freins, the pairs of networks under twenty: what a first year looks like."""
    return for_copil(held, *BY_KIND, *FEW, ("N3.3-ouverts", "frein", "numerique"), pairs=PAIRS)


def test_the_copil_reads_what_its_grid_holds_and_what_is_left_out_is_named_once(copil):
    text, tables = content_of(copil)
    assert "Situation à la sortie, de janvier à décembre 2022" in text
    assert "Par type de sortie¤: effectifs trop petits." in text
    assert "Sorties dynamiques|13|13 sur 17" in tables
    assert "dont ruptures ou pertes de contact|1" in tables
    assert "Autres sorties connues|4" in tables
    assert "Détail limité aux modalités d'au moins 10 personnes au choix annuel (secret statistique)." in text
    assert "Frein|Identifiés|Ayant reçu une réponse|Levés sur la période\n" in tables
    assert [line for line in tables.splitlines() if line.startswith(("Garde", "Mobilité", "Numérique", "Autres", "Ensemble"))] == [
        "Garde d'enfants et contraintes familiales|31|20|11",
        "Mobilité|20|12|9",
        "Numérique|5|5|5",
        "Autres freins, ensemble|7|4|4",
        "Ensemble|63|41|29",
    ]
    assert "Encore ouverts au 31/12/2022¤: garde d'enfants et contraintes familiales (18), mobilité (15), non renseigné (7)." in text
    assert "31 viennent du droit commun (76¤%) et 10 d'une autre origine, financement de la Cité compris." in text
    assert text.count("trop petits") == 2
    assert (
        "Effectifs trop petits pour ce public, suivis par la coordination¤: sorties par type, besoins sans offre locale, "
        "freins au bilan par nature."
    ) in text
    assert "non publié" not in text + tables
    assert "Santé" not in tables


def test_a_step_outside_the_grid_is_named_and_not_drawn(held):
    text, tables = content_of(for_copil(held, *BY_KIND, ("R1", "*", "*"), ("R2", "*", "*"), pairs={}))
    assert "Sorties de parcours" not in tables
    assert "suivis par la coordination¤: sorties de parcours, sorties par type" in text


def test_a_figure_of_the_grid_that_the_audit_hid_bears_the_mark_and_hides_the_others_it_would_give_back(held):
    hidden = ("N3.3", "frein", "numerique")
    text, tables = content_of(for_copil(held, *BY_KIND, *FEW, hidden=hidden, pairs={}))
    assert "Numérique|s|5|5" in tables
    assert "Autres freins, ensemble|s|4|4" in tables
    assert text.count("s¤: secret statistique.") == 1


def test_the_copil_reads_the_pairs_of_networks_that_may_be_shown(copil):
    text, tables = content_of(copil, "/partenaires")
    assert (
        "Qui oriente|Qui reçoit|Orientations\nMissions locales|PLIE|30\nMissions locales|Missions locales|18\n"
        "Autres couples de réseaux, ensemble||15\n"
    ) in tables
    assert "moins de 10 orientations n'est pas listé (secret statistique)¤: 15 des 63 orientations sont dans ce cas." in text
    assert "Total reçu" not in tables
    assert "non publié" not in text + tables


def test_many_pairs_are_folded_behind_the_first_ten(copil):
    codes = [code for code in DIMENSIONS["liaison"].codes if code.startswith("cite>")][:12]
    blocks = blocks_of("/partenaires", replace(copil, pairs=dict.fromkeys(codes, 5)), Choice(period=YEAR_END))
    [fold] = [block for block in blocks if isinstance(block, Fold)]
    assert fold.label == "Voir les 12 couples de réseaux listés"
    assert [
        block.markup.count("Cité de l'emploi</th>") for block in blocks if isinstance(block, Html) and "Qui oriente" in block.markup
    ] == [0]
    assert fold.markup.count("<tr>") == 1 + 12 + 1


def test_partners_outside_the_grid_are_named(held):
    outside = [("N2.5-croisees", "*", "*"), ("N1.1-par_parcours", "*", "*")]
    text, _ = content_of(for_copil(held, *outside, pairs={}), "/partenaires")
    assert text.startswith("11 partenaires mobilisés sur douze mois")
    assert (
        "suivis par la coordination¤: orientations vers un autre réseau, orientations de réseau à réseau, partenaires par parcours."
    ) in text
