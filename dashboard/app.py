"""The script Streamlit runs at each visit: navigation, common bar, then the page asked for. Nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard.components.page import banner
from dashboard.navigation import PAGES
from dashboard.shell.assets import ICON
from dashboard.shell.frame import TITLE

chosen = st.navigation(
    [st.Page(page.script, title=page.title, url_path=page.path.strip("/"), default=page.is_home) for page in PAGES],
    position="top",
)
st.set_page_config(page_title=f"{chosen.title} · {TITLE}", page_icon=str(ICON), layout="wide")
banner()
chosen.run()
