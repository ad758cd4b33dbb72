"""French for click, the library of the command line: its messages and the names of its types. The commands are in ``cli.py``."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "messages"
"""The gettext domain click uses: the default one, it names none."""

# click prints these in capitals after an option and in refusals, and does not translate them
_TYPES: dict[type[click.ParamType], str] = {
    click.types.StringParamType: "texte",
    click.types.IntParamType: "entier",
    click.types.FloatParamType: "nombre",
    click.types.IntRange: "entier",
    click.types.FloatRange: "nombre",
    click.types.BoolParamType: "oui ou non",
    click.types.DateTime: "date",
    click.types.File: "fichier",
    click.types.Path: "chemin",
}


def speak_french() -> None:
    """Make click answer in French whatever the machine's language. Call it before any command is declared: help texts are read then.

    A group still prints ``COMMAND [ARGS]...``, which click does not translate: give it ``subcommand_metavar``.
    """
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    # gettext reads the language from the environment alone, this variable first
    os.environ["LANGUAGE"] = "fr"
    for kind, name in _TYPES.items():
        kind.name = name
