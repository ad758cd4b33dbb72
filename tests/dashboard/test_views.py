"""Each page on a board made by hand, full then empty: no exception, one first-level heading, every state in its own words."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from connectors.errors import ConfigurationError
from dashboard.components import html, summary
from dashboard.components.html import Cell, Table
from dashboard.components.readings import delivered
from dashboard.components.sources import sources_of
from dashboard.navigation import HERE, PAGES
from dashboard.views import __doc__ as views_doc
from tests.dashboard.boards import QUARTER, board, period, settings

FULL, EMPTY = board(), board(filled=False)
NAMES = [page.file for page in PAGES]
NAMES.remove("views/reunions.py")  # it reads the store itself: the browser sees it


def run(name: str, content, monkeypatch, **address: str) -> AppTest:
    monkeypatch.setattr("dashboard.data.board", lambda _at=None: content)
    test = AppTest.from_file(str(HERE / name), default_timeout=60)
    for key, value in address.items():
        test.query_params[key] = value
    return test.run()


def written(test: AppTest) -> str:
    """Everything a reader sees as text, HTML tags removed."""
    return " ".join([*(item.value for item in test.title), *(item.value for item in test.header), *fragments(test)])


def fragments(test: AppTest) -> list[str]:
    return [unescape(re.sub(r"<[^>]+>", " ", item.proto.body)) for item in test.get("html")]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_finding_and_no_exception(name, monkeypatch):
    test = run(name, FULL, monkeypatch)
    assert not test.exception
    assert len(test.title) == 1
    assert not re.search(r"\b(nan|None|NaN|NaT|inf)\b", written(test))


def test_what_the_gaps_are_made_of_is_said_where_both_sides_count_alike(monkeypatch):
    """45 of 141 women among the entries, 1 100 of 2 460 among job seekers; 100 of 214 and 2 500 of 4 710 in the rest of the city."""
    year = ("2021-T4", "2022-T1", "2022-T2", "2022-T3")
    test = run("views/droit_commun.py", replace(FULL, rolling=FULL.values, quarters=year), monkeypatch, v="composition")
    text = " ".join(written(test).split())  # the spaces that bind are spaces too
    expected = (
        "sur 1,2 point d'écart, 0,2 point correspond à la répartition par sexe des demandeurs d'emploi, 1,0 point à des taux différents"
    )
    assert f"Insertion par l'activité : {expected} à sexe égal." in text
    assert "une comptabilité, pas une cause" in text
    composition = 100 * (1100 / 2460 - 2500 / 4710) * ((45 / 1100 + 100 / 2500) / 2 - (96 / 1360 + 114 / 2210) / 2)
    assert f"{composition:+.1f}".replace(".", ",") in text


def test_distinct_persons_known_to_two_partners_are_bounds(monkeypatch):
    assert "Habitants des QPV entrés dans un dispositif au T3 2022\u00a0: entre 151 et 211 personnes" in written(
        run("views/droit_commun.py", FULL, monkeypatch)
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_data_says_what_is_missing_and_the_next_step(name, monkeypatch):
    test = run(name, EMPTY, monkeypatch)
    assert not test.exception
    assert len(test.title) == 1
    assert "cite-emploi collecter" in written(test) or "source.toml" in written(test)


@pytest.mark.parametrize("name", [page.file for page in PAGES if page.file.endswith(("droit_commun.py", "parcours.py", "budget.py"))])
def test_a_chart_comes_with_its_sentence_as_text_and_as_alternative(name, monkeypatch):
    test = run(name, FULL, monkeypatch)
    [drawn] = test.get("plotly_chart")
    sentences = [text.strip() for text in fragments(test)]
    assert drawn.proto.alt in sentences
    assert [item.label for item in test.expander] == ["Voir les données"]


def test_an_address_chooses_the_quarter_and_an_unknown_code_says_so(monkeypatch):
    test = run("views/parcours.py", FULL, monkeypatch, t="2022-T1")
    assert test.selectbox[0].value == "2022-T1"
    assert "32 entrées en parcours" in test.title[0].value
    lost = run("views/parcours.py", FULL, monkeypatch, t="1999-T9")
    assert lost.selectbox[0].value == QUARTER
    assert "1999-T9" in lost.warning[0].value


def test_a_choice_is_written_in_the_address_as_a_code(monkeypatch):
    test = run("views/droit_commun.py", FULL, monkeypatch)
    test.selectbox[0].set_value("2022-T2").run()
    assert not test.exception
    assert test.query_params["t"] in ("2022-T2", ["2022-T2"])


def test_the_first_page_links_each_tile_and_each_alert(monkeypatch):
    body = "".join(item.proto.body for item in run("views/synthese.py", FULL, monkeypatch).get("html"))
    links = re.findall(r'href="([^"]+)"', body)
    assert {link.split("?")[0] for link in links} == {"/donnees", "/droit-commun", "/parcours", "/budget", "/indicateurs"}
    assert f"/droit-commun?t={QUARTER}" in links
    assert body.count('class="tuile"') == 5


def test_the_first_page_alerts(monkeypatch):
    text = written(run("views/synthese.py", FULL, monkeypatch))
    assert "Formation\u00a0: −3,7\u00a0points, écart défavorable établi" in text
    assert "Insertion par l'activité\u00a0: 9\u00a0% des entrées non localisées, écart fragile" in text
    assert "Budget 2022\u00a0: 23\u202f018\u00a0€ sous le rythme linéaire" in text
    assert "Centre social\u00a0: T1 2022 et T2 2022 attendus, depuis le 30/04/2022" in text
    assert "PLIE\u00a0: dernière livraison refusée, à corriger" in text


def test_a_quarter_nobody_delivered_is_told_without_figures(monkeypatch):
    text = written(run("views/synthese.py", FULL, monkeypatch, t="2022-T1"))
    assert "Aucun écart publié" in text
    assert "demandeurs d'emploi non transmis au 31/03/2022" in text


def test_the_table_under_the_gaps_gives_counts_and_each_state_its_own_class(monkeypatch):
    body = "".join(item.proto.body for item in run("views/droit_commun.py", FULL, monkeypatch).get("html"))
    assert "4,8 (118 sur 2\u202f460)" in body
    assert '<td class="etat-secret nombre">s</td>' in body
    assert "s\u00a0: secret statistique." in body
    assert '<td class="etat-non-transmis nombre">non transmis</td>' in body
    assert "moins de 5" not in body
    assert "environ 1 comparaison sur 20" in body


def test_the_data_page_gives_the_report_of_a_refused_delivery(monkeypatch):
    test = run("views/donnees.py", FULL, monkeypatch)
    assert [item.label for item in test.expander] == ["PLIE\u00a0: refusée"]
    assert "Colonne « nom » refusée" in written(test)


def test_the_neighbourhoods_show_published_figures_and_withheld_ones(monkeypatch):
    test = run("views/quartiers.py", FULL, monkeypatch)
    assert test.title[0].value == "Habitants des quartiers prioritaires\u00a0: 7\u202f835 à Fort-Nieulay et 7\u202f579 à Beau-Marais"
    assert "non publié (secret statistique)" in written(test)


def test_a_city_without_exercise_has_no_budget(monkeypatch):
    bare = settings()
    bare = bare.model_copy(update={"file": bare.file.model_copy(update={"exercise": ()})})
    test = run("views/budget.py", replace(FULL, settings=bare), monkeypatch)
    assert not test.exception
    assert "aucun exercice déclaré" in test.title[0].value


def banner_script() -> None:
    from dashboard.components.page import banner

    banner()


def test_the_banner_names_the_city_the_date_and_the_audience(monkeypatch):
    monkeypatch.setattr("dashboard.data.board", lambda _at=None: FULL)
    text = written(AppTest.from_function(banner_script).run())
    for part in ("Cité de l'emploi de Calais", "Données fictives", "Données au 30/09/2022", "effectifs exacts, ne pas diffuser"):
        assert part in text


def test_the_banner_tells_a_configuration_fault_in_french(monkeypatch):
    def broken(_at=None):
        raise ConfigurationError("Le fichier cite.toml est introuvable.")

    monkeypatch.setattr("dashboard.data.board", broken)
    test = AppTest.from_function(banner_script).run()
    assert not test.exception
    assert "cite.toml est introuvable" in test.error[0].value


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_a_table_is_a_real_one_and_no_text_is_taken_as_html():
    parser = Tags()
    body = html.table(Table("<b>Titre</b>", ("A", "B"), (("<script>", Cell("1", numeric=True)),)))
    parser.feed(body)
    tags = [tag for tag, _ in parser.seen]
    assert {"caption", "thead", "tbody"} <= set(tags)
    assert {"script", "b", "style"}.isdisjoint(tags)
    assert [attrs["scope"] for tag, attrs in parser.seen if tag == "th"] == ["col", "col", "row"]
    assert not any("style" in attrs for _, attrs in parser.seen)


def test_a_table_with_an_uneven_row_is_refused():
    with pytest.raises(ValueError, match="2 cells"):
        Table("Titre", ("A", "B"), (("x",),))


def test_the_source_line_names_who_counted_and_when():
    assert sources_of(FULL, ["entrees_cej"], QUARTER) == "Source\u00a0: Mission locale (reçu le 12/10/2022). Données fictives."
    assert sources_of(FULL, ["inconnue"], QUARTER) == "Source\u00a0: aucune livraison pour T3 2022."


def test_who_delivered_a_quarter():
    received, missing, awaited = delivered(FULL, period())
    assert awaited == []
    assert [state.label for state in received] == ["Coordination (La Fabrique Défi)", "Mission locale"]
    assert [state.label for state in missing] == ["PLIE"]


def test_many_missing_periods_are_summed_up():
    assert summary.periods(("2022-T1", "2022-T2", "2022-T3", "2022-T4")) == "4 périodes attendues, de T1 2022 à T4 2022"


def test_every_page_of_the_navigation_has_its_script():
    assert views_doc
    assert all((HERE / name).is_file() for name in NAMES)
