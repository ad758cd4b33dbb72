"""The commands of séances and editions, and their options. What they do is imported late, so that help answers at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dashboard.cli.options import WrittenDay, in_format
from indicators.meeting import Audience, Heading, Progress, Weather

number_of = click.argument("number", metavar="N", type=click.IntRange(1))
signed = click.option("--par", "by", required=True, metavar="NOM", help="Qui écrit\u00a0: la signature.")
saved_by = click.option("--par", "by", metavar="NOM", help="Qui enregistre\u202f; par défaut, le compte de la machine.")
titled = click.option("--titre", "title", metavar="TITRE", help="Titre\u202f; par défaut, «\u00a0Comité de pilotage du …\u00a0».")
placed = click.option("--lieu", "place", metavar="LIEU", help="Où elle se tient.")
around = click.option(
    "--perimetre", "perimeter", metavar="TEXTE", help="Le périmètre, en clair\u202f; par défaut, la commune et son zonage."
)
read_by = click.option(
    "--audience", "audience", multiple=True, type=click.Choice([item.value for item in Audience]), help="Qui la lira (répétable)."
)


@click.group("seance", subcommand_metavar="COMMANDE [OPTIONS]")
def seance() -> None:
    """Préparer une séance, relever ses décisions, les suivre."""


@seance.command("creer")
@click.option("--numero", "number", required=True, type=click.IntRange(1), metavar="N", help="Son numéro.")
@click.option("--date", "on", required=True, type=WrittenDay(), metavar="JJ/MM/AAAA", help="Le jour où elle se tient.")
@click.option("--periode", "period", required=True, metavar="TRIMESTRE", help="Le trimestre qu'elle lit, par exemple 2023-T4.")
@titled
@placed
@around
@read_by
@saved_by
def create_command(
    number: int,
    on: date,
    period: str,
    title: str | None,
    place: str | None,
    perimeter: str | None,
    audience: tuple[str, ...],
    by: str | None,
) -> None:
    """Créer une séance à préparer."""
    from dashboard.cli.meetings import Details, create

    create(number, on, period, Details(None, None, title, place, perimeter, audience), by)


@seance.command("modifier")
@number_of
@click.option("--date", "on", type=WrittenDay(), metavar="JJ/MM/AAAA", help="Le jour où elle se tient.")
@click.option("--periode", "period", metavar="TRIMESTRE", help="Le trimestre qu'elle lit.")
@titled
@placed
@around
@read_by
@saved_by
def modify_command(
    number: int,
    on: date | None,
    period: str | None,
    title: str | None,
    place: str | None,
    perimeter: str | None,
    audience: tuple[str, ...],
    by: str | None,
) -> None:
    """Changer la date, le trimestre, le titre ou le lieu d'une séance."""
    from dashboard.cli.meetings import Details, modify

    modify(number, Details(on, period, title, place, perimeter, audience), by)


@seance.command("montrer")
@number_of
@in_format
def show_command(number: int, written: str) -> None:
    """Montrer ce qui est écrit, décidé et figé d'une séance."""
    from dashboard.cli.meetings_shown import show_meeting

    show_meeting(number, written)


@seance.command("liste")
@in_format
def list_command(written: str) -> None:
    """Lister les séances."""
    from dashboard.cli.meetings_shown import list_meetings

    list_meetings(written)


@seance.command("commenter")
@number_of
@click.option("--rubrique", "heading", required=True, type=click.Choice([item.value for item in Heading]), help="Ce dont on parle.")
@click.option(
    "--texte", "text", required=True, metavar="TEXTE", help="1\u202f000 caractères au plus\u202f; vide, il retire le commentaire."
)
@signed
def comment_command(number: int, heading: str, text: str, by: str) -> None:
    """Écrire le commentaire d'une rubrique."""
    from dashboard.cli.meetings import comment

    comment(number, heading, text, by)


@seance.command("meteo")
@number_of
@click.option(
    "--valeur", "weather", required=True, type=click.Choice([item.value for item in Weather]), help="La confiance dans l'atteinte."
)
@click.option("--texte", "text", required=True, metavar="TEXTE", help="Pourquoi\u00a0: 1\u202f000 caractères au plus.")
@signed
def forecast_command(number: int, weather: str, text: str, by: str) -> None:
    """Donner la météo, signée et datée."""
    from dashboard.cli.meetings import forecast

    forecast(number, weather, text, by)


@seance.command("decision")
@number_of
@click.option("--numero", "wanted", type=click.IntRange(1), metavar="N", help="Son numéro\u202f; par défaut, le suivant.")
@click.option("--texte", "text", metavar="TEXTE", help="Ce qui est décidé\u00a0: un verbe d'action.")
@click.option("--responsable", "owner", metavar="NOM", help="Qui en répond.")
@click.option("--echeance", "due", type=WrittenDay(), metavar="JJ/MM/AAAA", help="Pour quand.")
@click.option("--indicateur", "indicator", metavar="CODE", help="L'indicateur qu'elle vise, par exemple N2.2.")
@click.option("--etat", "progress", type=click.Choice([item.value for item in Progress]), help="Où elle en est.")
@click.option("--note", "note", metavar="TEXTE", help="Ce qu'il faut en savoir.")
@saved_by
def decision_command(
    number: int,
    wanted: int | None,
    text: str | None,
    owner: str | None,
    due: date | None,
    indicator: str | None,
    progress: str | None,
    note: str | None,
    by: str | None,
) -> None:
    """Relever une décision, ou changer celle de ce numéro."""
    from dashboard.cli.meetings import Decided, decide

    decide(number, wanted, Decided(text, owner, due, indicator, progress, note), by)


@seance.command("point")
@number_of
@click.option("--titre", "title", required=True, metavar="TITRE", help="Ce qui est soumis\u202f; le même titre remplace le point.")
@click.option("--option", "options", multiple=True, metavar="TEXTE", help="Un choix possible (répétable).")
@click.option("--effet", "effect", default="", metavar="TEXTE", help="Ce que cela change.")
@click.option("--cout", "cost", default="", metavar="TEXTE", help="Ce que cela coûte.")
@click.option("--avis", "advice", default="", metavar="TEXTE", help="L'avis de la coordination.")
@click.option("--retirer", "away", is_flag=True, help="Retirer le point de ce titre.")
@saved_by
def point_command(
    number: int, title: str, options: tuple[str, ...], effect: str, cost: str, advice: str, away: bool, by: str | None
) -> None:
    """Soumettre un point à décision."""
    from dashboard.cli.meetings import submit, withdraw
    from indicators.meeting import Point

    if away:
        withdraw(number, title, by)
    else:
        submit(number, lambda: Point(title, options, effect, cost, advice), by)


@seance.command("tenue")
@number_of
@click.option("--presidence", "chairs", multiple=True, metavar="NOM", help="Qui préside (répétable).")
@click.option("--present", "attendees", multiple=True, metavar="NOM", help="Qui est là (répétable).")
@click.option("--excuse", "excused", multiple=True, metavar="NOM", help="Qui s'est excusé (répétable).")
@saved_by
def held_command(number: int, chairs: tuple[str, ...], attendees: tuple[str, ...], excused: tuple[str, ...], by: str | None) -> None:
    """Dire qu'une séance figée s'est tenue, et avec qui."""
    from dashboard.cli.meetings import hold

    hold(number, chairs, attendees, excused, by)


@click.command("editions")
@in_format
def editions_command(written: str) -> None:
    """Lister les éditions figées et leurs empreintes."""
    from dashboard.cli.meetings_shown import list_editions

    list_editions(written)


@click.command("edition")
@click.argument("wanted", metavar="IDENTIFIANT")
@click.option("--page", "address", metavar="ADRESSE", help="Une seule page, par exemple «\u00a0/droit-commun?t=2023-T4\u00a0».")
@click.option("--vers", "path", metavar="FICHIER", type=click.Path(dir_okay=False, path_type=Path), help="Écrire dans ce fichier.")
def edition_command(wanted: str, address: str | None, path: Path | None) -> None:
    """Écrire une édition octet pour octet, vérifiée par son empreinte."""
    from dashboard.cli.meetings_shown import write_edition

    write_edition(wanted, address, path)


@click.command("figer")
@click.option("--seance", "number", required=True, type=click.IntRange(1), metavar="N", help="La séance à figer.")
@click.option("--audience", required=True, type=click.Choice([item.value for item in Audience]), help="Pour qui.")
@click.option("--remplace", "replaces", metavar="IDENTIFIANT", help="L'édition que celle-ci corrige.")
@saved_by
def freeze_command(number: int, audience: str, replaces: str | None, by: str | None) -> None:
    """Figer les chiffres d'une séance pour un public, après contrôle du secret."""
    from dashboard.cli.freezing import freeze

    freeze(number, Audience(audience), replaces, by)


@click.command("grilles")
@click.option("--audience", type=click.Choice(["copil", "prefecture", "public"]), default="copil", help="Pour qui.")
@click.option("--annee", "year", type=int, metavar="AAAA", help="L'année\u202f; par défaut, celle du dernier trimestre clos.")
@click.option("--renouveler", "renew", is_flag=True, help="Refaire le choix d'après les quatre derniers trimestres.")
@in_format
@saved_by
def grids_command(audience: str, year: int | None, written: str, by: str | None, *, renew: bool) -> None:
    """Montrer ou renouveler le choix annuel de ce que voit un public."""
    from dashboard.cli.freezing import grids

    grids(Audience(audience), year, written, renew=renew, by=by)
