"""Quartiers: where the QPVs are and who lives there. What others published is context, never attributed to the Cité or recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.layout import PublishedMeasure
from dashboard.charts.map import Spot, outline_map
from dashboard.components import html, links
from dashboard.components.html import Cell, Table
from dashboard.content.choice import Choice
from dashboard.content.mapped import Subject, published_figure, published_measures, published_text, subjects
from dashboard.content.sheet import Sheet
from indicators import typography as t
from indicators.meeting import Audience
from indicators.period import Period
from indicators.registry import indicators
from indicators.sentences import capital
from indicators.status import Status
from indicators.territory import Neighbourhood

if TYPE_CHECKING:
    from dashboard.board import Board

HOW_TO_GET = (
    "Téléchargez le fichier des quartiers prioritaires sur data.gouv.fr (producteurs : ANCT, Insee, Cnaf), déposez-le dans le dossier "
    f"de la source, puis lancez «{t.NBSP}cite-emploi collecter{t.NBSP}»."
).replace(" :", f"{t.NBSP}:")
RESERVATION = (
    "Chiffres publiés par d'autres, montrés tels quels, sans être ni additionnés ni recalculés. "
    "Contexte, qui ne peut être attribué à la Cité. À vérifier auprès des producteurs avant toute diffusion."
)
REAL_HERE = "Les chiffres de cette page sont ceux du fichier public\u202f; les données fictives sont celles des autres pages."
REAL_IN_TABLE = "Les chiffres du tableau sont ceux du fichier public\u202f; ceux de la carte, comptés par les partenaires, sont fictifs."
OF_TABLE = f"Tableau{t.NBSP}: chiffres publiés"
NO_OUTLINE = "La carte n'est pas dessinée\u00a0: aucun contour de ces quartiers n'a été importé."
HOW_TO_DRAW = (
    "Téléchargez les contours des quartiers prioritaires sur data.gouv.fr (ANCT, format GeoJSON, longitude et latitude), "
    f"puis lancez «{t.NBSP}cite-emploi contours FICHIER{t.NBSP}»."
)


def content(sheet: Sheet, board: Board, choice: Choice) -> None:
    """Write the page: the map of what was chosen, then the table of what is published."""
    published = board.published
    places, subject = _places(board), _subject(board, choice)
    if published.empty or not places:
        sheet.title("Quartiers\u00a0: ce que les partenaires y comptent" if subject else "Quartiers\u00a0: le fichier public n'est pas là")
        _map(sheet, board, subject)
        mine = board.audience is Audience.COORDINATION
        sheet.missing(
            "Cette page montre les habitants des quartiers d'après un fichier public, qui n'a pas été déposé.",
            HOW_TO_GET if mine else "La coordination peut le joindre avant la prochaine édition.",
        )
        return
    sheet.title(_finding(board, places))
    sheet.show(html.paragraph(f"{_zoning(board, places)}{t.NBSP}: {t.joined([place.label for place in places])}.", "phrase"))
    _map(sheet, board, subject)
    codes = {item.published: code for code, item in indicators().items() if item.published}
    table = links.by_row(_table(board, places), [codes.get(item.measure, "") for item in published_measures(board)], None)
    sheet.show(html.table(table, show_caption=False))
    sheet.show(html.paragraph(_source(board), "source"))
    counted = subject is not None and subject.counted
    sheet.note(RESERVATION.replace("Chiffres publiés", OF_TABLE, 1) if counted else RESERVATION)
    if board.settings.city.fictitious:
        sheet.note(REAL_IN_TABLE if counted else REAL_HERE)
    remarks = [f"{item.label}{t.NBSP}: {item.note}" for item in published_measures(board) if item.note]
    if remarks:
        sheet.show(html.bullets(remarks))


def _subject(board: Board, choice: Choice) -> Subject | None:
    """What the map shows: what was chosen, else the first that can be."""
    found = subjects(board, Period.parse(choice.period) if choice.period else None)
    return found.get(choice.indicator) or next(iter(found.values()), None)


def _map(sheet: Sheet, board: Board, subject: Subject | None) -> None:
    """The outlines with what was chosen on them; the invitation to import them is for the coordination alone."""
    if subject is None:
        if board.audience is Audience.COORDINATION:
            sheet.missing(board.contours.problem or NO_OUTLINE, HOW_TO_DRAW)
        return
    territory = board.settings.territory
    shapes = subject.outlines.shapes
    spots = [
        Spot(shapes[code], territory.label(code), subject.texts[code], told.value if told.known else None)
        for code, told in subject.figures.items()
    ]
    largest = max(subject.figures, key=lambda code: subject.figures[code].value if subject.figures[code].known else -1.0)
    figure = outline_map(spots, rate=subject.rate, scale=subject.texts[largest])
    rows = tuple(
        (territory.label(code), code, Cell(subject.texts[code], told.status, numeric=True)) for code, told in subject.figures.items()
    )
    table = Table(subject.label, ("Quartier", "Code", "Valeur"), rows)
    said = [f"{territory.label(code)}, {text}" for code, text in subject.texts.items()]
    sentence = f"{subject.label}, zonage {subject.outlines.zoning}{t.NBSP}: {f'{t.NNBSP}; '.join(said)}."
    sheet.chart(figure, sentence, table, _under(subject), key="carte-qpv")
    lacking = [zoning.code for zoning in territory.zonings if zoning.code not in board.contours.by_zoning]
    if lacking and board.audience is Audience.COORDINATION:
        sheet.note(
            f"Contours non importés{t.NBSP}: zonage {t.joined(lacking)}. "
            "Les chiffres des quartiers d'un zonage ne se posent pas sur ceux d'un autre."
        )


def _under(subject: Subject) -> str:
    """Where the figures come from, unless the source of the table says so, and where the outlines do."""
    outlines, day = subject.outlines, t.date_short(subject.outlines.imported_on)
    who = f"Chiffres{t.NBSP}: comptés par les partenaires. " if subject.counted else ""
    return f"{who}Contours{t.NBSP}: {outlines.file} (ANCT), zonage {outlines.zoning}, importés le {day}."


def _places(board: Board) -> list[Neighbourhood]:
    """The QPVs that the file describes, newest zoning first."""
    present = set(board.published["territory"])
    zonings = reversed(board.settings.territory.zonings)
    return [place for zoning in zonings for place in zoning.neighbourhoods if place.code in present]


def _zoning(board: Board, places: list[Neighbourhood]) -> str:
    names = [zoning.label for zoning in board.settings.territory.zonings if any(place in zoning.neighbourhoods for place in places)]
    return capital(t.joined(names))


def _cell(board: Board, measure: PublishedMeasure, zone: str) -> Cell:
    found = published_figure(board, measure.measure, zone)
    return Cell(published_text(measure, found), found.status, numeric=True)


def _table(board: Board, places: list[Neighbourhood]) -> Table:
    return Table(
        "Habitants des quartiers prioritaires",
        ("Chiffre publié", *(f"{place.label} ({place.code})" for place in places)),
        tuple((item.label, *(_cell(board, item, place.code) for place in places)) for item in published_measures(board)),
    )


def _finding(board: Board, places: list[Neighbourhood]) -> str:
    """Both populations, side by side: figures of someone else are not added up."""
    frame = board.published[board.published["measure"] == "population"].set_index("territory")
    known = frame[frame["status"] == Status.OK]["value"].astype(float).to_dict()
    said = [f"{t.number(known[place.code])} à {place.short}" for place in places if place.code in known]
    return f"Habitants des quartiers prioritaires{t.NBSP}: {t.joined(said)}" if said else "Les quartiers prioritaires de la ville"


def _source(board: Board) -> str:
    declared = {source.id: source.label for source in board.declared}
    received = {state.id: state.last_accepted for state in board.sources}
    parts = []
    for source, rows in board.published.groupby("source"):
        day = received.get(str(source))
        vintages = t.joined(sorted(set(rows["vintage"])))
        when = f", reçu le {t.date_short(day.date())}" if day else ""
        parts.append(f"{declared.get(str(source), str(source))}, millésime {vintages}{when}")
    return f"Source{t.NBSP}: {t.joined(parts)}."
