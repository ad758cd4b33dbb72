"""The address of the sheet on the screen, as a text that one click selects. The codes it is made of are chosen elsewhere."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from urllib.parse import quote, urlsplit

import streamlit as st

from dashboard.content.choice import LETTERS, Choice, key
from indicators import typography as t


def write_address(page: str, choice: Choice, edition: str = "") -> None:
    """Write the address that reopens the same sheet, in the same edition if any."""
    told = key(page, replace(choice, zone=st.query_params.get(LETTERS["zone"], "")))
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    within = f"{'&' if '?' in told else '?'}edition={quote(edition, safe='')}" if edition else ""
    st.html(f'<p class="adresse">Adresse de cette fiche, à copier{t.NBSP}: <code>{escape(origin + told + within)}</code></p>')
