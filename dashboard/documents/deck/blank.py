"""An empty presentation of the charte: its theme carries the face and the colours, so that what a person adds follows them too."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn

from dashboard.documents.deck.canvas import BOTTOM, HEIGHT, LEFT, RIGHT, WIDTH, length
from dashboard.documents.photograph import Photograph
from dashboard.theme import BAND, FAVOURABLE, INK, INK_2, LINK, NEUTRAL, QPV, REST, UNFAVOURABLE, WHITE

FACE = "Inter"
_LIKE_ARIAL = "020B0604020202020204"
"""Tells a machine without Inter to write in a sans serif of the same kind."""
_COLOURS = {
    "dk1": INK,
    "lt1": WHITE,
    "dk2": INK_2,
    "lt2": BAND,
    "accent1": QPV,
    "accent2": REST,
    "accent3": UNFAVOURABLE,
    "accent4": FAVOURABLE,
    "accent5": NEUTRAL,
    "accent6": LINK,
    "hlink": QPV,
    "folHlink": INK_2,
}
LAYOUT = "Constat"


def blank(title: str, photograph: Photograph) -> Any:
    """A presentation of 16:9 without a slide, with one layout: a finding as title, and the number of the slide."""
    made: Any = Presentation()
    made.slide_width, made.slide_height = length(WIDTH), length(HEIGHT)
    _theme(made.slide_master)
    kept = made.slide_layouts.get_by_name("Title Only")
    for layout in list(made.slide_layouts):
        if layout is not kept:
            made.slide_layouts.remove(layout)
    kept.name = LAYOUT
    for sheet in (made.slide_master, kept):
        for holder in list(sheet.placeholders):
            _placeholder(holder)
    style = made.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    for name, value in (("sz", "2300"), ("b", "1")):
        style.find(qn("a:defRPr")).set(name, value)
    told = made.core_properties
    told.title, told.author, told.language, told.last_modified_by = title, str(photograph.city["name"]), "fr-FR", ""
    told.subject, told.keywords = photograph.edition.stamp, "Données fictives" if photograph.fictitious else ""
    told.created = told.modified = photograph.frozen_at
    return made


def _placeholder(holder: Any) -> None:
    kind = str(holder.placeholder_format.type)
    if "TITLE" in kind:
        holder.left, holder.top, holder.width, holder.height = map(length, (LEFT, 58, RIGHT - LEFT, 44))
        frame = holder.text_frame
        frame.vertical_anchor, frame.auto_size = BOTTOM, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    elif "SLIDE_NUMBER" in kind:
        holder.left, holder.top, holder.width, holder.height = map(length, (1152, 690, 80, 20))
    elif "BODY" in kind:
        holder.left, holder.top, holder.width, holder.height = map(length, (LEFT, 160, RIGHT - LEFT, 480))
    else:  # a date and a foot: ours are texts of the slide, which name the edition
        holder._element.getparent().remove(holder._element)


def _theme(master: Any) -> None:
    part = next(link.target_part for link in master.part.rels.values() if link.reltype.endswith("/theme"))
    xml = part.blob.decode()
    xml = re.sub(r'<a:latin typeface="[^"]*"(?: panose="[^"]*")?/>', f'<a:latin typeface="{FACE}" panose="{_LIKE_ARIAL}"/>', xml)
    for name, code in _COLOURS.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{code.lstrip("#")}"/></a:{name}>', xml, flags=re.DOTALL)
    # the theme of the library casts a shadow under every shape and every line
    plain = "<a:effectStyleLst>" + 3 * "<a:effectStyle><a:effectLst/></a:effectStyle>" + "</a:effectStyleLst>"
    part._blob = re.sub(r"<a:effectStyleLst>.*?</a:effectStyleLst>", plain, xml, flags=re.DOTALL).encode()
