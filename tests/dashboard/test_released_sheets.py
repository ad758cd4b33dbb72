"""What a copil reads of an indicator's sheet: the zones, categories and spans of its grid, why the rest is not there, one mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest

from connectors.objectives import TargetDeclared
from dashboard.board import Board, Key
from dashboard.components.html import WHY
from dashboard.content.blocks import Chart, Fold, Html, Missing, Note, Section
from dashboard.content.choice import Choice
from dashboard.content.pages import blocks_of
from indicators.frames import VALUES_KEY
from indicators.meeting import Audience
from indicators.territory import HORS_QPV, NON_LOCALISE, QPV, VILLE
from indicators.windows import Window
from tests.dashboard.boards import QUARTER, settings
from tests.dashboard.boards_year import YEAR_END, full, shown

FRAMES = {Window.PERIOD: "values", Window.YEAR_TO_DATE: "to_date", Window.ROLLING_YEAR: "rolling"}
NUMBERS = ["value", "numerator", "denominator", "low", "high"]
TARGET = {"indicator": "R2", "initial": 50, "initial_day": "2022-01-01", "source": "Copil", "step": [{"day": "2022-12-31", "value": 60}]}


@pytest.fixture(scope="module")
def held() -> Board:
    return full()


def for_copil(held: Board, offers: Callable[[Window, Key], bool], hidden: tuple[Window, Key] | None = None) -> Board:
    """What a copil receives when its grid offers some figures, and the audit hid one of them."""
    frames, offered = {}, {}
    for window, name in FRAMES.items():
        frame = getattr(held, name).copy()
        keys = list(frame[list(VALUES_KEY)].itertuples(index=False, name=None))
        offered[window] = frozenset(key for key in keys if offers(window, key))
        gone = pd.Series([key not in offered[window] or (window, key) == hidden for key in keys])
        gone &= frame["status"].isin(["ok", "non_applicable"])
        frame.loc[gone, NUMBERS] = float("nan")
        frame.loc[gone, "status"] = "secret"
        frames[name] = frame
    return replace(held, **frames, audience=Audience.COPIL, offered=offered, pairs={})


def city_alone(_: Window, key: Key) -> bool:
    return key[1] == VILLE


def read(board: Board, code: str, period: str = YEAR_END) -> tuple[str, dict[str, str], str]:
    """The remarks of a sheet, its tables by caption (a line a row, cells parted by a bar), its HTML before the definition."""
    blocks = blocks_of("/indicateurs", board, Choice(indicator=code, period=period))
    before = blocks[: next(place for place, block in enumerate(blocks) if block == Section(WHY))]
    shown_blocks = [block for block in before if isinstance(block, Html | Fold | Chart)]
    markup = "".join(block.table if isinstance(block, Chart) else block.markup for block in shown_blocks)
    tables = {}
    for caption, table in re.findall(r"<caption[^>]*>([^<]*)</caption>(.*?)</table>", markup, re.DOTALL):
        rows = re.sub(r"</t[hd]>(?=<t[hd])", "|", table.replace("</tr>", "\n"))
        tables[shown(unescape(caption))] = shown(unescape(re.sub(r"<[^>]+>", "", rows))).strip()
    texts = [
        f"{block.what} {block.next_step}" if isinstance(block, Missing) else block.text
        for block in before
        if hasattr(block, "text") or isinstance(block, Missing)
    ]
    sentences = re.sub(r"<table.*?</table>", " ", markup, flags=re.DOTALL)
    return shown(unescape(" ".join([*texts, re.sub(r"<[^>]+>", " ", sentences)]))), tables, markup


def test_a_sheet_outside_the_grid_says_why_and_keeps_its_definition(held):
    board = for_copil(held, lambda _, key: key[0] != "R3")
    text, tables, markup = read(board, "R3")
    assert "Effectifs trop petits pour ce public, T4 2022. La coordination suit cet indicateur" in text
    assert tables == {}
    assert "etat-secret" not in markup
    whole = [block.markup for block in blocks_of("/indicateurs", board, Choice(indicator="R3", period=YEAR_END)) if isinstance(block, Html)]
    assert any("Effets pervers possibles" in text for text in whole)


def test_zones_outside_the_grid_are_not_listed_and_are_named_in_one_line(held):
    text, tables, markup = read(for_copil(held, city_alone), "N2.6-iae", QUARTER)
    assert tables["T3 2022, par zone"] == "Zone|T3 2022\nVille entière|390"
    assert "T3 2022. Détail à partir du T4 2022¤: il faut douze mois. " in text
    assert "suivis par la coordination¤: ensemble des QPV, reste de la ville." in text
    assert "Par sexe" not in str(tables)
    assert "etat-secret" not in markup


def test_the_rest_of_the_city_is_called_so_and_holds_those_not_located(held):
    text, tables, _ = read(for_copil(held, lambda _, key: key[1] != NON_LOCALISE), "N2.6-iae", QUARTER)
    assert "Reste de la ville|214" in tables["T3 2022, par zone"]
    assert "Hors QPV" not in str(tables)
    assert "Reste de la ville¤: hors QPV et adresses non localisées." in text


def test_categories_are_told_over_twelve_months_and_those_outside_the_grid_are_not_listed(held):
    def offers(_: Window, key: Key) -> bool:
        return key[1] == VILLE and key[4] not in {"sante", "non_renseigne"}

    text, tables, markup = read(for_copil(held, offers), "N3.3")
    assert [name for name in tables if name.startswith("Par")] == ["Par frein, douze mois, de janvier à décembre 2022"]
    assert "Mobilité|20\n" in tables["Par frein, douze mois, de janvier à décembre 2022"]
    assert tables["Par frein, douze mois, de janvier à décembre 2022"].endswith("Ensemble|63")
    assert "Santé" not in str(tables)
    assert "T4 2022_; douze mois, de janvier à décembre 2022. " in text
    assert "Détail limité aux modalités d'au moins 10 freins au choix annuel (secret statistique)." in text
    assert "etat-secret" not in markup


def test_the_coordination_reads_both_the_twelve_months_and_the_quarter(held):
    _, tables, _ = read(held, "N3.3")
    assert {"Par frein, T4 2022"} < set(tables) or {"Par frein, douze mois, de janvier à décembre 2022"} <= set(tables)
    early = read(held, "N2.6-iae", QUARTER)[1]
    assert "Femmes|45|100|15|160" in early["Par sexe, T3 2022"]


def test_a_figure_of_the_grid_that_the_audit_hid_bears_the_mark_explained_once(held):
    key = ("N3.3", VILLE, YEAR_END, "frein", "numerique")
    text, tables, markup = read(for_copil(held, city_alone, hidden=(Window.ROLLING_YEAR, key)), "N3.3")
    assert "Numérique|s\n" in tables["Par frein, douze mois, de janvier à décembre 2022"]
    assert text.count("s¤: secret statistique.") == 1
    assert markup.count('etat-secret nombre">s</td>') >= 1
    assert "non publié" not in text


def test_a_total_told_over_twelve_months_alone_says_so(held):
    def offers(window: Window, key: Key) -> bool:
        return key[1] == VILLE and (key[0] != "R2" or window is not Window.PERIOD)

    text, tables, _ = read(for_copil(held, offers), "R2")
    assert "Douze mois, de janvier à décembre 2022 (ville entière)¤: 13 sur 17" in text
    assert list(tables) == [
        "Douze mois, de janvier à décembre 2022, par zone",
        "Taux de sorties dynamiques, sur les douze mois qui finissent avec le trimestre",
    ]


def test_a_period_outside_the_grid_in_a_table_that_holds_others_is_a_dash(held):
    def offers(_: Window, key: Key) -> bool:
        return key[1] in {QPV, HORS_QPV, VILLE} if key[2] == QUARTER else key[1] == VILLE

    text, tables, markup = read(for_copil(held, offers), "C1", QUARTER)
    assert tables["Demandeurs d'emploi (catégories A, B, C), par période"].splitlines()[1:] == [
        *("T3 2022|2_460|4_710|7_480", "T2 2022|–|–|7_629"),
    ]
    assert text.count("Tiret¤: effectif trop petit pour ce public.") == 1
    assert "etat-secret" not in markup


def test_a_target_outside_the_grid_is_followed_by_the_coordination(held):
    target = TargetDeclared.model_validate(TARGET)
    file = held.settings.file.model_copy(update={"target": (target,)})
    aimed = replace(held, settings=settings().model_copy(update={"file": file}))
    assert "Depuis le 1er janvier, taux de sorties dynamiques¤:" in read(aimed, "R2")[0]

    text = read(for_copil(aimed, lambda window, _: window is not Window.YEAR_TO_DATE), "R2")[0]
    assert "Cible du copil¤: suivie par la coordination, effectifs trop petits pour ce public." in text
    assert "Depuis le 1er janvier, taux" not in text


def test_the_list_names_once_what_the_grid_does_not_hold_and_dates_what_it_tells_over_twelve_months(held):
    def offers(window: Window, key: Key) -> bool:
        return key[0] not in {"R3", "R5"} and (key[0] != "R2" or window is Window.ROLLING_YEAR)

    blocks = blocks_of("/indicateurs", for_copil(held, offers), Choice(level="R"))
    text = "".join(block.markup for block in blocks if isinstance(block, Html))
    assert "12 mois au 31/12/2022" in text
    [left_out] = re.findall(r'<p class="note">Effectifs trop petits.*?</p>', text)
    assert re.findall(r'href="/indicateurs\?i=([^"]+)"', left_out) == ["R3", "R5"]
    assert "etat-secret" not in text
    assert not any(isinstance(block, Note) and "secret statistique" in block.text for block in blocks)
