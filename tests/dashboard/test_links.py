"""From any figure to the sheet of its indicator: what is a link, where it leads, and that an edition's links stay within it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.components import html
from dashboard.components.links import by_column, by_row, sheet_link
from dashboard.content.blocks import Chart, Fold, Html
from dashboard.content.choice import Choice, parsed
from dashboard.content.pages import blocks_of
from dashboard.editions.content import pages
from indicators.period import Period
from indicators.registry import indicators
from tests.dashboard.boards import QUARTER
from tests.dashboard.boards_year import YEAR_END, full

TABLE = html.Table("Essai", ("Dispositif", "Écart"), (("CEJ", html.number("1")), ("Total", html.number("2"))))


@pytest.fixture(scope="module")
def held():
    return full()


def written(board, page: str, choice: Choice) -> str:
    blocks = blocks_of(page, board, choice)
    return "".join(block.table if isinstance(block, Chart) else block.markup for block in blocks if isinstance(block, Html | Fold | Chart))


def sheets(markup: str) -> list[Choice]:
    """The sheets that the links of a page lead to."""
    return [parsed(unescape(link))[1] for link in re.findall(r'href="(/indicateurs[^"]*)"', markup)]


def test_a_link_keeps_the_period_and_the_neighbourhood_and_leaves_all_of_them_unsaid():
    quarter = Period.parse(QUARTER)
    assert sheet_link("N2.8-cej", quarter) == f"/indicateurs?i=N2.8-cej&t={QUARTER}"
    assert sheet_link("N2.8-cej", quarter, "QN06253M") == f"/indicateurs?i=N2.8-cej&t={QUARTER}&z=QN06253M"
    assert sheet_link("N2.8-cej", quarter, "QPV") == sheet_link("N2.8-cej", quarter)
    assert sheet_link("C4") == "/indicateurs?i=C4"


def test_what_is_told_by_year_is_read_at_its_last_year():
    assert sheet_link("B3-cout_parcours", Period.parse("2023-T3")) == "/indicateurs?i=B3-cout_parcours&t=2022"


def test_the_heading_of_a_row_or_of_a_column_is_the_link_and_an_empty_code_is_none():
    rows = html.table(by_row(TABLE, ["N2.8-cej", ""], Period.parse(QUARTER)))
    assert f'<th scope="row"><a class="fiche" href="/indicateurs?i=N2.8-cej&amp;t={QUARTER}" target="_self">CEJ</a></th>' in rows
    assert '<th scope="row">Total</th>' in rows
    columns = html.table(by_column(TABLE, ["B1"], None))
    assert '<th scope="col" class="nombre"><a class="fiche" href="/indicateurs?i=B1" target="_self">Écart</a></th>' in columns
    with pytest.raises(ValueError, match="1 sheets for 2 rows"):
        by_row(TABLE, ["B1"], None)


@pytest.mark.parametrize(
    ("page", "choice", "wanted"),
    [
        ("/", Choice(period=QUARTER), {"N1.5", "N2.8", "N3.7-entrees", "B1"}),
        ("/droit-commun", Choice(period=YEAR_END, zone="QPV", view="trimestre"), {"N2.8-cej", "N2.9-cej"}),
        ("/droit-commun", Choice(period=QUARTER, zone="QPV", view="evolution"), {"N2.8-cej"}),
        ("/parcours", Choice(period=YEAR_END), {"N2.1", "R1", "N3.3", "N3.4"}),
        ("/partenaires", Choice(period=YEAR_END), {"N1.1", "N1.5"}),
        ("/budget", Choice(exercise="2022", closing=YEAR_END), {"B1", "B1-engage", "B2", "B1-niveau_1"}),
        ("/quartiers", Choice(), {"C4"}),
    ],
)
def test_every_page_leads_to_the_sheets_of_its_figures(held, page, choice, wanted):
    found = sheets(written(held, page, choice))
    assert wanted <= {sheet.indicator for sheet in found}
    assert {sheet.indicator for sheet in found} <= set(indicators())


def test_in_an_edition_every_link_stays_within_it_even_in_the_tables_of_charts(held):
    kept = pages(held, Period.parse(YEAR_END), "S9-copil-1", lambda *_: None)
    text = "".join(str(block.get(name, "")) for blocks in kept.values() for block in blocks for name in ("markup", "table"))
    links = re.findall(r'href="(/[^"]*)"', text)
    assert len(links) > 100
    assert [link for link in links if not link.endswith("edition=S9-copil-1")] == []
