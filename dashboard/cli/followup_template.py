"""Writing the coordinator's follow-up workbook, empty, from the command line. What it counts is ``connectors.suivi``'s business."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from connectors.calendar import PARIS
from connectors.errors import CiteError
from connectors.settings import Settings, load_settings
from connectors.suivi import workbook
from connectors.whole_file import write_whole
from indicators.period import Frequency, Period
from indicators.typography import french


def write_template(path: Path, code: str | None) -> int:
    """Write the template for the Cité of this process; ``CiteError`` when the file exists, since it may hold her lines."""
    settings = load_settings(os.environ, Path.cwd())
    if path.suffix.lower() != ".xlsx":
        raise CiteError(f"« {path.name} » : donnez un nom qui finit par .xlsx. Rien n'a été écrit.")
    if path.exists():
        raise CiteError(f"« {path} » existe déjà et contient peut-être votre suivi : choisissez un autre nom. Rien n'a été écrit.")
    quarter = _quarter(settings, code)
    try:
        write_whole(path, workbook(settings.territory, quarter))
    except OSError:
        raise CiteError(f"« {path} » ne peut être écrit : vérifiez le dossier et ses droits.") from None
    for line in (
        f"Modèle de suivi écrit : {path}",
        f"Il compte le trimestre {quarter.code} ; un autre se choisit sur sa feuille « Accueil ».",
        'Gardez ce classeur. À chaque trimestre, déposez-en une copie (source « preset = "suivi_coordination" »).',
    ):
        click.echo(french(line))
    return 0


def _quarter(settings: Settings, code: str | None) -> Period:
    """The quarter asked for, else the last one that is over; ``CiteError`` when it is not one."""
    if code is None:
        today = settings.today(datetime.now(PARIS).date())
        return Period.of(today, Frequency.QUARTER).shift(-1)
    try:
        quarter = Period.parse(code)
    except ValueError:
        quarter = None
    if quarter is None or quarter.frequency is not Frequency.QUARTER:
        raise CiteError(f"« {code} » n'est pas un trimestre. Écrivez par exemple 2024-T1.")
    return quarter
