"""The command line `cite-emploi`, in French. Exit codes: 0 all is well, 1 a source was refused or failed, 2 wrong use or configuration."""

from __future__ import annotations

import sys

from connectors.errors import CiteError
from dashboard.french_cli import speak_french

# click reads the language when commands are declared: it must be set whoever imports them first
speak_french()


def main() -> None:
    """Run the command line; every expected fault is a French sentence, without a traceback."""
    from dashboard.cli.commands import cli

    try:
        cli(prog_name="cite-emploi")
    except CiteError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
