"""The sheet of an indicator: complete for every one of the catalogue, true to the configuration, and traced down to its deliveries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from connectors.objectives import TargetDeclared
from connectors.settings import BreakDeclared
from connectors.source import Source
from dashboard.components.provenance_tables import files_table, provenance_table
from dashboard.components.sheet_tables import catalogue
from dashboard.definitions import declared_rows
from dashboard.navigation import HERE
from dashboard.sheet_reading import zone_names
from dashboard.sheets import local_rows, main_zone, next_due, overview, own_periods, sheet
from indicators.period import Period
from indicators.registry import indicators
from indicators.status import Status
from tests.dashboard.boards import QUARTER, board, state

TARGET = TargetDeclared.model_validate(
    {
        "indicator": "N3.4",
        "initial": 50,
        "initial_day": date(2022, 1, 1),
        "source": "Copil du 20/10/2022",
        "step": [{"day": date(2022, 9, 30), "value": 65}, {"day": date(2023, 12, 31), "value": 70}],
    }
)
BREAKS = (
    BreakDeclared(day=date(2022, 7, 1), label="Nouveau logiciel", measures=("freins_leves_bilan",)),
    BreakDeclared(day=date(2024, 1, 1), label="Nouveaux périmètres des QPV"),
)


def declared(name: str, *measures: str, **more: object) -> Source:
    fields = {"id": name, "label": f"Partenaire {name}", "kind": "file", "expected_measures": measures, "contact": f"contact de {name}"}
    return Source.model_validate(fields | more)


FULL = board()
FULL = replace(
    FULL,
    settings=FULL.settings.model_copy(
        update={"file": FULL.settings.file.model_copy(update={"target": (TARGET,), "series_break": BREAKS})},
    ),
    sources=(
        state("essai", "Partenaire essai", next_due=date(2023, 1, 30)),
        state("ft", "Partenaire ft", next_due=date(2023, 2, 15), late_since=date(2022, 8, 1)),
        state("compta", "Partenaire compta", kind="fec", next_due=None),
    ),
    declared=(
        declared("essai", "entrees_cej", "freins_leves_bilan", "freins_ouverts_bilan", qpv_method="adresse"),
        declared("ft", "demandeurs_emploi_abc"),
        Source.model_validate({"id": "compta", "label": "Partenaire compta", "kind": "fec"}),
    ),
)
EMPTY = board(filled=False)


def local(code: str) -> dict[str, str]:
    return dict(local_rows(sheet(FULL, indicators()[code]), FULL.settings.territory))


def run(content, monkeypatch, **address: str) -> AppTest:
    monkeypatch.setattr("dashboard.data.board", lambda _at=None: content)
    test = AppTest.from_file(str(HERE / "views/indicateurs.py"), default_timeout=60)
    for key, value in address.items():
        test.query_params[key] = value
    return test.run()


def body(test: AppTest) -> str:
    return "".join(item.proto.body for item in test.get("html"))


def written(test: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", body(test)))


@pytest.mark.parametrize("code", list(indicators()))
def test_every_sheet_says_everything(code):
    rows = dict(declared_rows(indicators()[code]))
    for heading in (
        *("Définition", "Numérateur", "Dénominateur", "Unité", "Sens", "Fréquence", "Source", "Responsable", "Délai attendu"),
        *("Additivité", "Règle de secret", "Repère", "Limites", "Effets pervers possibles", "Référence"),
    ):
        assert rows[heading].strip()
    assert not re.search(r"\w [:;?!%€]|« ", " ".join(rows.values())), "a space that a line may break"


def test_a_sheet_names_who_delivers_and_when_the_next_figure_is_due():
    found = local("N2.8-cej")
    assert found["Livré par"] == "Partenaire essai, Partenaire ft"
    assert found["Contact"] == "Partenaire essai\u00a0: contact de essai\u202f; Partenaire ft\u00a0: contact de ft"
    assert found["Appartenance au QPV"] == "Partenaire essai\u00a0: liste d'adresses"
    assert found["Prochaine donnée attendue"] == (
        "Partenaire essai\u00a0: le 30/01/2023\u202f; Partenaire ft\u00a0: attendue depuis le 01/08/2022"
    )


def test_the_soonest_source_gives_the_next_due_day_and_a_late_one_wins():
    origins = sheet(FULL, indicators()["N2.8-cej"]).origins
    assert next_due(origins, indicators()["N2.8-cej"]) == "attendue depuis le 01/08/2022"
    on_time = [replace(origin, late_since=None) for origin in origins]
    assert next_due(on_time, indicators()["N2.8-cej"]) == "le 30/01/2023"


def test_what_no_partner_delivers_says_so():
    assert local("N1.5")["Livré par"] == "Le journal des livraisons, tenu par l'outil"
    assert local("N1.5")["Prochaine donnée attendue"] == "À la fin des délais du trimestre"
    assert local("N2.1")["Livré par"] == "Aucune source déclarée"
    assert local("B1")["Livré par"] == "Partenaire compta"
    assert local("B1")["Prochaine donnée attendue"] == "Partenaire compta\u00a0: le 30/11/2022"


def test_only_the_breaks_that_concern_an_indicator_are_told():
    assert local("N3.4")["Ruptures de série"] == "01/07/2022, nouveau logiciel\u202f; 01/01/2024, nouveaux périmètres des QPV"
    assert local("N2.8-cej")["Ruptures de série"] == "01/01/2024, nouveaux périmètres des QPV"


def test_the_target_of_the_copil_is_told_with_its_steps_and_its_source():
    assert local("N3.4")["Cible du copil"] == (
        "Ville entière\u00a0: 65\u00a0% au 30/09/2022 puis 70\u00a0% au 31/12/2023, depuis 50\u00a0% au 01/01/2022 (copil du 20/10/2022)"
    )
    assert local("R2")["Cible du copil"] == "Aucune cible fixée"


def test_the_history_writes_a_break_where_it_falls_and_leaves_out_zones_without_any_figure(monkeypatch):
    test = run(FULL, monkeypatch, i="N3.4", t=QUARTER)
    cells = re.findall(r"<t[hd][^>]*>([^<]*)", body(test))
    head = cells.index("Période")
    assert [unescape(cell) for cell in cells[head : head + 6]] == [
        *("Période", "Ensemble des QPV", "Ville entière"),
        *("T3 2022, rupture\u00a0: nouveau logiciel", "65\u00a0%", "65\u00a0%"),
    ]
    assert "Sans aucun chiffre, et laissés de côté\u00a0: Beau-Marais, Fort-Nieulay, Hors QPV et Non localisé." in written(test)


def test_periods_are_the_shortest_there_are():
    assert [period.code for period in own_periods(["2022", "2022-T2", "2022-T1"])] == ["2022-T1", "2022-T2"]
    assert [period.code for period in own_periods(["2022", "2021"])] == ["2021", "2022"]
    assert own_periods([]) == []


def test_the_zone_that_speaks_for_an_indicator():
    assert main_zone(["QPV", "HORS_QPV", "VILLE"]) == "VILLE"
    assert main_zone(["QP062901", "QPV"]) == "QPV"
    assert main_zone(["QN06253M", "QN06254M"]) == "QN06253M"
    assert main_zone([]) == "VILLE"


def line(code: str):
    return overview(FULL, [indicators()[code]])[0]


def test_the_list_gives_the_last_known_figure_with_its_period():
    assert (line("N2.8-cej").figure.value, line("N2.8-cej").period) == (pytest.approx(100 * 313 / 1496), Period.parse(QUARTER))
    assert line("N2.6-garde_enfant").figure.status is Status.SECRET
    assert line("N2.9-cej").zone == "QPV"
    assert line("N3.6").figure.status is Status.NON_TRANSMIS
    assert line("B1").period is None


def test_the_list_links_each_sheet_and_keeps_each_state():
    text = catalogue([line(code) for code in ("N2.8-cej", "N2.6-garde_enfant", "N3.6")], "Titre", zone_names(FULL))
    assert re.findall(r'href="([^"]+)"', text) == [f"/indicateurs?i={code}" for code in ("N2.8-cej", "N2.6-garde_enfant", "N3.6")]
    assert '<td class="etat-present nombre">20,9 pour 100</td>' in text
    assert '<td class="etat-secret nombre">non publié (secret statistique)</td>' in text
    assert '<td class="etat-non-transmis nombre">non transmis</td>' in text


def test_the_page_lists_every_indicator_and_filters_by_level(monkeypatch):
    test = run(FULL, monkeypatch)
    assert not test.exception
    assert test.title[0].value.startswith(f"{len(indicators())} indicateurs, dont ")
    assert len(re.findall(r'href="/indicateurs\?i=', body(test))) == len(indicators())
    one = run(FULL, monkeypatch, n="R")
    assert {code[0] for code in re.findall(r"\?i=([^\"]+)", body(one))} == {"R"}


ONE_OF_EACH = list({(item.kind, item.unit): code for code, item in indicators().items()}.values())


@pytest.mark.parametrize("code", ONE_OF_EACH)
@pytest.mark.parametrize("content", [FULL, EMPTY], ids=["full", "empty"])
def test_a_sheet_of_each_kind_is_drawn(code, content, monkeypatch):
    test = run(content, monkeypatch, i=code)
    assert not test.exception
    assert test.title[0].value == f"{code}\u00a0· {indicators()[code].label}"
    assert not re.search(r"\b(nan|None|NaN|NaT|inf)\b", written(test))
    assert not test.warning


def test_a_sheet_says_its_gap_its_target_and_its_counts(monkeypatch):
    across = written(run(FULL, monkeypatch, i="N3.4", t=QUARTER))
    assert "taux de levée des freins, T3 2022\u00a0: sans objet" in across  # a break stands between the initial value and this one
    unbroken = FULL.settings.model_copy(update={"breaks": ()})  # computed once, then kept
    text = written(run(replace(FULL, settings=unbroken), monkeypatch, i="N3.4", t=QUARTER))
    assert (
        "Depuis le 1er janvier, taux de levée des freins\u00a0: 65,1\u00a0% au T3 2022, cible 65\u00a0% "
        "au 30/09/2022\u00a0: cible atteinte. "
        "Cible finale\u00a0: 70\u00a0% au 31/12/2023, 75\u00a0% du chemin."
    ) in text
    access = written(run(FULL, monkeypatch, i="N2.8-cej"))
    assert "Entrées en contrat d'engagement jeune au T3 2022" in access
    assert "de 15,8 à 23,8" in access


def test_a_sheet_leads_to_the_delivery_of_each_measure(monkeypatch):
    test = run(FULL, monkeypatch, i="N2.8-cej", t=QUARTER)
    cells = re.findall(r"<t[hd][^>]*>([^<]*)", body(test))
    assert cells.count("a" * 12) == 2
    assert cells.count("n°\u00a01") == 2
    assert "entrées en contrat d&#x27;engagement jeune" in cells
    assert cells.count("12/10/2022") == 2
    bare = run(FULL, monkeypatch, i="N2.8-cej", t="2022-T1")
    assert "Aucune livraison ne porte ces chiffres pour la période choisie." in written(bare)


def test_an_address_without_a_code_leads_to_the_list_and_an_unknown_code_says_so(monkeypatch):
    test = run(FULL, monkeypatch, i="N9.9")
    assert "N9.9" in test.warning[0].value
    assert "indicateurs, dont" in test.title[0].value


def test_files_are_told_newest_first():
    at = datetime(2022, 10, 12, 8, tzinfo=UTC)
    columns = ["id", "source", "origin", "received_at", "rows", "sha256"]
    rows = [(1, "compta", "fec_t2.txt", at, 42, "b" * 64), (2, "compta", "", at, 84, "c" * 64)]
    table = files_table(pd.DataFrame(rows, columns=columns), {"compta": "Comptabilité"})
    assert [row[1] for row in table.rows] == ["non nommé", "fec_t2.txt"]
    assert table.rows[1][5] == "b" * 12


def test_a_source_that_left_keeps_its_code_in_the_provenance():
    found = FULL.provenance(["entrees_cej"], QUARTER)
    assert provenance_table(found, {}, Period.parse(QUARTER)).rows[0][0] == "essai"


def test_values_published_without_a_year_are_shown_as_they_are_and_placed_in_no_period(monkeypatch):
    undated = FULL.published.assign(vintage="non précisé")
    empty = FULL.values[FULL.values["indicator"] != "C4"]
    test = run(replace(FULL, published=undated, values=empty), monkeypatch, i="C4")
    assert not test.exception
    text = written(test).replace("\u00a0", " ")
    assert "Publié par quartier sans dire de quelle année" in text
    assert re.search(r"51(,0)?\s%", text)
    assert "non précisé" in text
    assert "Aucun chiffre pour" not in text


def test_a_partner_that_joins_is_among_the_breaks_of_the_sheet():
    joining = replace(FULL, declared=(*FULL.declared, declared("tard", "freins_leves_bilan", since="2022-05-01")))
    told = dict(local_rows(sheet(joining, indicators()["N3.4"]), joining.settings.territory))
    assert "01/07/2022, périmètre changé, Partenaire tard ajouté" in told["Ruptures de série"]
