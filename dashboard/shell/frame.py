"""The HTML around every page, in French: our own document, with the bundles Streamlit's ``index.html`` names. Headers are elsewhere."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from streamlit import file_util

from dashboard.navigation import PAGES
from dashboard.shell.assets import style_sheets

TITLE = "Cité de l'emploi de Calais"

_HEAD = """<!DOCTYPE html>
<html lang="fr" translate="no">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="shortcut icon" href="/actifs/favicon.svg" type="image/svg+xml">
<link rel="preload" href="/polices/Inter-Regular.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/polices/Inter-Bold.woff2" as="font" type="font/woff2" crossorigin>
{scripts}{styles}</head>
"""
_SCRIPTS = tuple(
    f'<script src="/actifs/{name}"></script>' for name in ("adresse.js", "francais.js", "saisie.js", "seance.js", "defilement.js")
)
"""Ours, in order: what they change must be changed before Streamlit's bundle runs."""
_APPLICATION = """<body>
<noscript><p>Ce tableau de bord a besoin de JavaScript pour s'afficher.</p></noscript>
<div id="root"></div>
</body>
</html>
"""
_NOT_FOUND = """<body class="introuvable">
<main>
<p class="cite">{title}</p>
<h1>Cette adresse n'existe pas</h1>
<p>Elle a pu être mal recopiée, ou la page a changé de place. Les pages du tableau de bord\u00a0:</p>
<ul>
{links}
</ul>
</main>
</body>
</html>
"""


class UnknownStreamlitError(RuntimeError):
    """The installed Streamlit no longer lays its bundles out as expected: the frame must be looked at again."""


def _bundles() -> str:
    """The tags that load Streamlit's own script and style, with absolute addresses so that they hold under any page."""
    index = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    tags = re.findall(r'<script type="module"[^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>', index)
    if not any("<script" in tag for tag in tags) or not any("stylesheet" in tag for tag in tags):
        raise UnknownStreamlitError("Streamlit's index.html names no script or no style sheet")
    return "".join(f"{tag}\n" for tag in tags).replace('"./static/', '"/static/')


def _head(title: str, scripts: str) -> str:
    styles = "".join(f'<link rel="stylesheet" href="/actifs/{name}">\n' for name in style_sheets())
    return _HEAD.format(title=escape(title, quote=False), scripts=scripts, styles=styles)


def application(title: str = TITLE) -> bytes:
    """The document in which Streamlit draws the pages; our scripts come before its bundle, our style after."""
    return (_head(title, "\n".join([*_SCRIPTS, _bundles()])) + _APPLICATION).encode()


def not_found(title: str = TITLE) -> bytes:
    """The document of an unknown address: plain HTML, with the pages that do exist."""
    links = "\n".join(f'<li><a href="{page.path}">{escape(page.title)}</a> <span>{escape(page.question)}</span></li>' for page in PAGES)
    body = _NOT_FOUND.format(title=escape(title, quote=False), links=links)
    return (_head(f"Page introuvable · {title}", "") + body).encode()
