"""Options that several commands share, and the kinds of words they read. What commands do is elsewhere."""

from __future__ import annotations

from datetime import date

import click

from dashboard.cli.output import FORMATS

in_format = click.option("--format", "written", type=click.Choice(FORMATS), default="table", help="Présentation du résultat.")


class WrittenDay(click.ParamType):
    """A day written as on a letter, 25/01/2024; 2024-01-25 is read too."""

    name = "JJ/MM/AAAA"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a refusal that shows how to write it."""
        iso = "-".join(part.zfill(2) for part in reversed(str(value).split("/")))
        try:
            return date.fromisoformat(iso)
        except ValueError:
            self.fail(f"«\u00a0{value}\u00a0» n'est pas une date\u202f; écrivez-la JJ/MM/AAAA, par exemple 25/01/2024.", param, ctx)
