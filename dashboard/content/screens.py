"""The screens of a séance, one finding each, from the kept pages of an edition alone: nothing is computed again.

In the order of a committee: what became of its decisions, the essential, what moved, each page's finding, the points to decide.
What the coordination wrote is in ``screens_written``, what holds on a screen in ``projected``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dashboard.components import html
from dashboard.content import screens_written
from dashboard.content.blocks import Block, Chart, Html, Note, Section, Title
from dashboard.content.choice import Choice, key
from dashboard.content.projected import ROOM, SEANCE, SENTENCE, SMALL, TITLE, Pages, Screen, Type, bare, following, paged, plain, rows
from indicators import typography as t

DECISIONS = "decisions"
"""The code of the last screen, where decisions are taken down."""
FOLLOWED, MOVED = "Suites du précédent relevé de décisions", "Depuis le"
"""How the kept page of a séance names its sections."""
MOST_ITEMS, MOST_ALERTS = 7, 6
"""Lines of a list that a screen holds; the page has them all."""
COLUMNS = tuple(Type(25.2, fit, 18) for fit in (11, 60, 19, 11, 22))
"""The columns of the table of decisions, as assets/seance.css sets their widths."""
HEADS = 80
"""Pixels of the caption and the headings of a table."""
USUAL = 450
"""Pixels of a chart that does not say its height."""


def screens(edition: Pages) -> list[Screen]:
    """The screens of an edition, in the order of the séance; one that the edition does not hold is left out."""
    period = str(edition.content["edition"]["period"])
    return [
        *_followed(edition),
        *_essential(edition, period),
        *screens_written.weather(edition),
        *_moved(edition),
        *_listed(edition, "partenaires", "Partenaires", "/partenaires", period),
        *_charted(edition, "ecarts", "Écarts d'accès", "/droit-commun", {"period": period, "view": "trimestre"}),
        *_charted(edition, "evolution", "Évolution", "/droit-commun", {"period": period, "view": "evolution"}),
        *_charted(edition, "parcours", "Parcours", "/parcours", {"period": period}),
        *_freins(edition, period),
        *_charted(edition, "budget", "Budget", "/budget", {"exercise": period[:4]}),
        *screens_written.comments(edition),
        *screens_written.points(edition),
        Screen(DECISIONS, "Décisions", "Décisions de la séance", (), SEANCE),
    ]


def _title(blocks: Sequence[Block]) -> str:
    return next((block.text for block in blocks if isinstance(block, Title)), "")


def _sections(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """The blocks under each heading; those before the first are under an empty one."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Section):
            found.append((block.text, []))
        else:
            found[-1][1].append(block)
    return found


def _section(blocks: Sequence[Block], start: str) -> list[Block]:
    return next((inside for name, inside in _sections(blocks) if name.startswith(start)), [])


def _fragments(blocks: Sequence[Block], opening: str) -> list[str]:
    """The fragments of HTML that begin as our own components write them."""
    return [block.markup for block in blocks if isinstance(block, Html) and block.markup.startswith(opening)]


def _phrases(blocks: Sequence[Block]) -> list[str]:
    return _fragments(blocks, '<p class="phrase">')


def _items(fragment: str) -> list[str]:
    return re.findall(r"<li[^>]*>.*?</li>", fragment, flags=re.DOTALL)


def _text(fragment: str) -> str:
    """The words of a fragment as a heading: no full stop."""
    return plain(fragment).rstrip(".")


def _followed(edition: Pages) -> Iterator[Screen]:
    inside = _section(edition.blocks(SEANCE, {}) or [], FOLLOWED)
    said, tables = _phrases(inside), _fragments(inside, '<div class="tableau">')
    if said and tables:
        title = _text(said[0])
        written = re.findall(r'<tr><th scope="row">.*?</tr>', tables[0], flags=re.DOTALL)
        pages = paged(written, _row, ROOM - TITLE.height(title) - HEADS)
        yield from following("suites", "Suites", title, [[_with_rows(tables[0], part)] for part in pages], SEANCE)


def _row(written: str) -> float:
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", written, flags=re.DOTALL)
    return max(kind.height(plain(cell)) for kind, cell in zip(COLUMNS, cells, strict=False))


def _with_rows(table: str, part: Sequence[str]) -> Html:
    """The table with some of its rows alone."""
    head, rest = table.split("<tbody>", 1)
    return Html(f'<div class="decisions">{head}<tbody>{"".join(part)}</tbody>{rest.split("</tbody>", 1)[1]}</div>')


def _essential(edition: Pages, period: str) -> Iterator[Screen]:
    blocks = edition.blocks("/", {"period": period}) or []
    tiles = _fragments(blocks, '<ul class="tuiles">')
    if not tiles:
        return
    alerts = [item for part in _fragments(blocks, '<ul class="alertes">') for item in _items(part)][:MOST_ALERTS]
    shown = [*_phrases(_sections(blocks)[0][1])[:1], tiles[0]]
    shown += [f'<ul class="alertes">{"".join(alerts)}</ul>'] if alerts else []
    shown += [card] if (card := screens_written.weather_card(edition)) else []
    yield Screen("essentiel", "L'essentiel", _title(blocks), tuple(map(Html, shown)), key("/", Choice(period=period)))


def _moved(edition: Pages) -> Iterator[Screen]:
    inside = _section(edition.blocks(SEANCE, {}) or [], MOVED)
    said, lists = _phrases(inside), _fragments(inside, '<ul class="liste">')
    if said and lists:
        items = _items(lists[0])
        rest = len(items) - MOST_ITEMS
        shown = [Html(f'<ul class="liste grande">{"".join(items[:MOST_ITEMS])}</ul>')]
        if rest > 0:
            shown.append(Html(html.paragraph(f"Et {t.count(rest, 'autre chiffre', 'autres chiffres')} sur la page Réunions.", "note")))
        yield Screen("depuis", "Depuis le dernier copil", _text(said[0]), tuple(shown), SEANCE)


def _listed(edition: Pages, code: str, name: str, page: str, period: str) -> Iterator[Screen]:
    """A page without a chart: its finding, then the sentence of each of its sections."""
    blocks = edition.blocks(page, {"period": period}) or []
    told = [(heading or "En bref", bare(said)) for heading, inside in _sections(blocks) for said in _phrases(inside)]
    if told:
        yield from rows(code, name, _title(blocks), told, key(page, Choice(period=period)))


def _charted(edition: Pages, code: str, name: str, page: str, chosen: Mapping[str, str]) -> Iterator[Screen]:
    blocks = edition.blocks(page, chosen) or []
    for place, block in enumerate(blocks, 1):
        if isinstance(block, Chart):
            title = _title(blocks)
            shown: list[Block] = [block, *_reserves(blocks[place:], title, block)]
            yield Screen(code, name, title, tuple(shown), key(page, Choice(**chosen)))
            return


def _reserves(after: Sequence[Block], title: str, chart: Chart) -> Iterator[Note]:
    """The notes right under a chart, whole, as many as hold under it."""
    height = float(chart.figure.get("layout", {}).get("height") or USUAL)
    left = ROOM - TITLE.height(title) - SENTENCE.height(chart.sentence) - SMALL.height(chart.source) - height
    for block in after:
        note = block.text if isinstance(block, Note) else _noted(block)
        left -= SMALL.height(note)
        if not note or left < 0:
            return
        yield Note(note)


def _noted(block: Block) -> str:
    """What a note written as HTML says."""
    return plain(block.markup) if isinstance(block, Html) and block.markup.startswith('<p class="note">') else ""


def _freins(edition: Pages, period: str) -> Iterator[Screen]:
    blocks = edition.blocks("/parcours", {"period": period}) or []
    told = [(heading, said) for heading, inside in _sections(blocks) if heading for said in _phrases(inside)]
    if told:
        (_, first), others = told[0], told[1:]
        address = key("/parcours", Choice(period=period))
        yield from rows("freins", "Freins", _text(first), [(heading, bare(said)) for heading, said in others], address)
