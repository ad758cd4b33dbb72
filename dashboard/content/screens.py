"""The screens of a séance, one finding each, from the kept pages of an edition alone: nothing is computed again.

In the order of a committee: what became of its decisions, the essential, what moved, each page's finding, the points to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, Protocol

from dashboard.components import html
from dashboard.content.blocks import Block, Chart, Html, Section, Title
from indicators import typography as t
from indicators.meeting import Heading
from indicators.meeting_text import HEADINGS

DECISIONS = "decisions"
"""The code of the last screen, where decisions are taken down."""
FOLLOWED, MOVED = "Suites du précédent relevé de décisions", "Depuis le"
"""How the kept page of a séance names its sections."""
TEXTS = (("Effet attendu", "effect"), ("Coût", "cost"), ("Avis de la coordination", "advice"))
"""What is written of a point submitted to decision, after its options."""
ROOMY = 420
"""Characters of the longest comment up to which four of them hold on a screen."""
MOST_ITEMS, MOST_ALERTS = 7, 6
"""Lines of a list that a screen holds; the page has them all."""


@dataclass(frozen=True)
class Screen:
    """A screen: ``code`` and ``name`` in the list of screens, its finding, what it shows, and the page that details it."""

    code: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    page: str


class Pages(Protocol):
    """An edition, as far as its screens need it."""

    @property
    def content(self) -> Mapping[str, Any]:
        """Its content, as frozen."""
        ...

    def blocks(self, page: str, chosen: Mapping[str, str]) -> list[Block] | None:
        """The blocks of a page for what is chosen, or None."""
        ...


def screens(edition: Pages) -> list[Screen]:
    """The screens of an edition, in the order of the séance; one that the edition does not hold is left out."""
    period = str(edition.content["edition"]["period"])
    return [
        *_followed(edition),
        *_essential(edition, period),
        *_moved(edition),
        *_listed(edition, "partenaires", "Partenaires", "/partenaires", period),
        *_charted(edition, "ecarts", "Écarts d'accès", "/droit-commun", {"period": period, "view": "trimestre"}),
        *_charted(edition, "evolution", "Évolution", "/droit-commun", {"period": period, "view": "evolution"}),
        *_charted(edition, "parcours", "Parcours", "/parcours", {"period": period}),
        *_freins(edition, period),
        *_charted(edition, "budget", "Budget", "/budget", {"exercise": period[:4]}),
        *_said(edition),
        *_points(edition),
        Screen(DECISIONS, "Décisions", "Décisions de la séance", (), "/reunions"),
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


def _plain(fragment: str) -> str:
    """The words of a fragment, as HTML text."""
    return re.sub(r"<[^>]+>", "", fragment)


def _items(fragment: str) -> list[str]:
    return re.findall(r"<li[^>]*>.*?</li>", fragment, flags=re.DOTALL)


def _followed(edition: Pages) -> Iterator[Screen]:
    inside = _section(edition.blocks("/reunions", {}) or [], FOLLOWED)
    said, tables = _phrases(inside), _fragments(inside, '<div class="tableau">')
    if said and tables:
        yield Screen("suites", "Suites", _text(said[0]), tuple(Html(f'<div class="decisions">{one}</div>') for one in tables), "/reunions")


def _text(fragment: str) -> str:
    """The words of a fragment as a heading: no full stop."""
    return unescape(_plain(fragment)).rstrip(".")


def _essential(edition: Pages, period: str) -> Iterator[Screen]:
    blocks = edition.blocks("/", {"period": period}) or []
    tiles = _fragments(blocks, '<ul class="tuiles">')
    if not tiles:
        return
    alerts = [item for part in _fragments(blocks, '<ul class="alertes">') for item in _items(part)][:MOST_ALERTS]
    shown = [*_phrases(_sections(blocks)[0][1])[:1], tiles[0]]
    shown += [f'<ul class="alertes">{"".join(alerts)}</ul>'] if alerts else []
    weather = _phrases(_section(edition.blocks("/reunions", {}) or [], "Météo"))
    shown += [f'<div class="meteo"><strong>Météo de la coordination</strong>{weather[0]}</div>'] if weather else []
    yield Screen("essentiel", "L'essentiel", _title(blocks), tuple(map(Html, shown)), "/")


def _moved(edition: Pages) -> Iterator[Screen]:
    inside = _section(edition.blocks("/reunions", {}) or [], MOVED)
    said, lists = _phrases(inside), _fragments(inside, '<ul class="liste">')
    if said and lists:
        items = _items(lists[0])
        rest = len(items) - MOST_ITEMS
        shown = [Html(f'<ul class="liste grande">{"".join(items[:MOST_ITEMS])}</ul>')]
        if rest > 0:
            shown.append(Html(html.paragraph(f"Et {t.count(rest, 'autre chiffre', 'autres chiffres')} sur la page Réunions.", "note")))
        yield Screen("depuis", "Depuis le dernier copil", _text(said[0]), tuple(shown), "/reunions")


def _listed(edition: Pages, code: str, name: str, page: str, period: str) -> Iterator[Screen]:
    """A page without a chart: its finding, then the sentence of each of its sections."""
    blocks = edition.blocks(page, {"period": period}) or []
    items = [(heading, _plain(said)) for heading, inside in _sections(blocks) for said in _phrases(inside)]
    if items:
        yield Screen(code, name, _title(blocks), (Html(_lines(items)),), page)


def _lines(items: Sequence[tuple[str, str]]) -> str:
    """Sentences, each under the heading of its section."""
    told = "".join(f"<div><dt>{escape(heading or 'En bref')}</dt><dd>{said}</dd></div>" for heading, said in items[:MOST_ITEMS])
    return f'<dl class="lignes">{told}</dl>'


def _charted(edition: Pages, code: str, name: str, page: str, chosen: Mapping[str, str]) -> Iterator[Screen]:
    blocks = edition.blocks(page, chosen) or []
    chart = next((block for block in blocks if isinstance(block, Chart)), None)
    if chart is not None:
        yield Screen(code, name, _title(blocks), (chart,), page)


def _freins(edition: Pages, period: str) -> Iterator[Screen]:
    blocks = edition.blocks("/parcours", {"period": period}) or []
    items = [(heading, _plain(said)) for heading, inside in _sections(blocks) if heading for said in _phrases(inside)]
    if items:
        (_, first), others = items[0], items[1:]
        yield Screen("freins", "Freins", _text(first), (Html(_lines(others)),) if others else (), "/parcours")


def _said(edition: Pages) -> Iterator[Screen]:
    """The comments, four on a screen; two where one of them is long."""
    comments = {item["heading"]: item for item in edition.content["seance"]["comments"]}
    written = [(HEADINGS[heading].label, comments[heading.value]) for heading in Heading if heading.value in comments]
    if not written:
        return
    roomy = max(len(item["text"]) for _, item in written) <= ROOMY
    by = t.joined(sorted({str(item["by"]) for _, item in written}))
    held = len(Heading) if roomy else 2
    for number, first in enumerate(range(0, len(written), held), 1):
        cards = "".join(_card(label, item["text"]) for label, item in written[first : first + held])
        shown = Html(
            f'<div class="cartes{" deux" if roomy else " seule"}">{cards}</div>{html.paragraph(t.french(f"Signé : {by}."), "note")}'
        )
        title = "Ce que dit la coordination" + ("" if number == 1 else ", suite")
        yield Screen(f"coordination-{number}", "Coordination", title, (shown,), "/reunions")


def _card(label: str, text: str) -> str:
    body = "".join(html.paragraph(t.french(part)) for part in text.splitlines() if part.strip())
    return f'<section class="carte"><h2 class="carte-titre">{escape(label)}</h2>{body}</section>'


def _points(edition: Pages) -> Iterator[Screen]:
    points = edition.content["seance"]["points"]
    for number, point in enumerate(points, 1):
        rows = [("Options", html.bullets([t.french(option) for option in point["options"]]) if point["options"] else "")]
        rows += [(label, html.paragraph(t.french(point[name]))) for label, name in TEXTS if point[name]]
        told = "".join(f"<div><dt>{label}</dt><dd>{body}</dd></div>" for label, body in rows if body)
        name = "Point à décider" if len(points) == 1 else f"Point à décider {number}"
        yield Screen(
            f"point-{number}",
            name,
            t.french(f"À décider : {t.lower_first(point['title'])}"),
            (Html(f'<dl class="lignes">{told}</dl>'),),
            "/reunions",
        )
