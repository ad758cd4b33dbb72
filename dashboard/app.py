"""The script Streamlit runs at each visit: navigation, common bar, then the page asked for. Nothing else."""

from __future__ import annotations

import streamlit as st

from connectors.errors import CiteError
from dashboard.components.edition import chosen_edition, draw_edition, edition_bar, refused
from dashboard.components.page import banner
from dashboard.navigation import PAGES, PROJECTED
from dashboard.shell.assets import ICON
from dashboard.shell.frame import TITLE

chosen = st.navigation(
    [
        *(st.Page(page.script, title=page.title, url_path=page.path.strip("/"), default=page.is_home) for page in PAGES),
        st.Page(PROJECTED.script, title=PROJECTED.title, url_path=PROJECTED.path.strip("/"), visibility="hidden"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{chosen.title} · {TITLE}", page_icon=str(ICON), layout="wide")
if chosen.url_path == PROJECTED.path.strip("/"):
    chosen.run()
    st.stop()
with st.container(horizontal=True, vertical_alignment="center"):
    bar = st.container()
    try:
        edition = chosen_edition()
    except CiteError as error:
        refused(error)
with bar:
    banner() if edition is None else edition_bar(edition)
if edition is None:
    chosen.run()
else:
    draw_edition(edition, f"/{chosen.url_path}")
