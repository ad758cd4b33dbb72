"""The commands and their options. What they do is imported late, so that help answers at once."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from dashboard.cli.meeting_commands import edition_command, editions_command, freeze_command, grids_command, seance
from dashboard.cli.options import in_format


class Day(click.ParamType):
    """A day written AAAA-MM-JJ."""

    name = "AAAA-MM-JJ"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a refusal that shows how to write it."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"«\u00a0{value}\u00a0» n'est pas une date\u202f; écrivez-la AAAA-MM-JJ, par exemple 2023-06-30.", param, ctx)


@click.group(subcommand_metavar="COMMANDE [OPTIONS]", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def cli() -> None:
    """Tableau de bord de la Cité de l'emploi\u00a0: collecter, vérifier, lire, montrer."""


for group in (seance, editions_command, edition_command, freeze_command, grids_command):
    cli.add_command(group)

for_period = click.option("--periode", "period", metavar="PÉRIODE", help="2023-T4, 2023-09 ou 2023\u202f; toutes par défaut.")
as_known_on = click.option("--au", "as_known", type=Day(), metavar="AAAA-MM-JJ", help="Tel que connu ce jour-là.")


@cli.command("collecter")
@click.option("--source", "only", multiple=True, metavar="SOURCE", help="Seulement cette source (répétable).")
def collect_command(only: tuple[str, ...]) -> None:
    """Interroger chaque partenaire, contrôler, enregistrer."""
    from dashboard.cli.collecting import run

    sys.exit(run(only))


@cli.command("sources")
@click.option("--verifier", "check", is_flag=True, help="Essayer chaque source, sans rien enregistrer.")
@in_format
def sources_command(check: bool, written: str) -> None:
    """État des partenaires et de leurs livraisons."""
    from dashboard.cli.collecting import list_sources

    sys.exit(list_sources(check=check, written=written))


@cli.command("verifier")
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "source", required=True, metavar="SOURCE", help="La source à laquelle ce fichier appartient.")
def verify_command(fichier: Path, source: str) -> None:
    """Contrôler un fichier sans rien enregistrer."""
    from dashboard.cli.collecting import verify

    sys.exit(verify(fichier, source))


@cli.command("attente")
@click.option("--accepter", "accepted", type=int, metavar="N", help="Mettre en vigueur cette livraison.")
@click.option("--refuser", "refused", type=int, metavar="N", help="L'écarter\u00a0: les chiffres affichés restent.")
@click.option("--motif", "reason", default="", metavar="TEXTE", help="Pourquoi\u202f; gardé avec la livraison.")
@in_format
def waiting_command(accepted: int | None, refused: int | None, reason: str, written: str) -> None:
    """Livraisons peu vraisemblables qui attendent votre décision."""
    from dashboard.cli.waiting import decide_one, list_waiting

    if accepted is None and refused is None:
        sys.exit(list_waiting(written))
    if accepted is not None and refused is not None:
        raise click.UsageError("Choisissez --accepter ou --refuser, pas les deux.")
    sys.exit(decide_one(accepted if accepted is not None else refused or 0, reason, accepted=accepted is not None))


@cli.command("indicateurs")
@for_period
@as_known_on
@in_format
def indicators_command(period: str | None, as_known: date | None, written: str) -> None:
    """Valeur de chaque indicateur, par zone et période."""
    from dashboard.cli.figures import show_values

    show_values(period, as_known, written)


@cli.command("ecarts")
@for_period
@as_known_on
@in_format
def gaps_command(period: str | None, as_known: date | None, written: str) -> None:
    """Écarts entre les habitants des QPV et le reste de la ville."""
    from dashboard.cli.figures import show_gaps

    show_gaps(period, as_known, written)


@cli.command("budget")
@for_period
@as_known_on
@in_format
def budget_command(period: str | None, as_known: date | None, written: str) -> None:
    """Emploi de la subvention, par exercice et par ligne."""
    from dashboard.cli.figures import show_budget

    show_budget(period, as_known, written)


@cli.command("cerfa")
@click.option("--exercice", "year", type=int, required=True, metavar="ANNÉE", help="L'exercice dont rendre compte, par exemple 2022.")
@as_known_on
@in_format
def cerfa_command(year: int, as_known: date | None, written: str) -> None:
    """Compte rendu financier de la subvention (Cerfa 15059), par classe de comptes."""
    from dashboard.cli.figures import show_cerfa

    show_cerfa(year, as_known, written)


@cli.command("contours")
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def contours_command(fichier: Path) -> None:
    """Importer les contours des QPV, pour la carte de la page Quartiers."""
    from dashboard.cli.mapping import import_contours

    sys.exit(import_contours(fichier))


@cli.command("modele-suivi")
@click.option("--vers", "path", required=True, metavar="FICHIER.xlsx", type=click.Path(dir_okay=False, path_type=Path), help="À écrire.")
@click.option("--trimestre", "quarter", metavar="2024-T1", help="Le trimestre qu'il compte d'abord\u202f; le dernier terminé par défaut.")
def followup_command(path: Path, quarter: str | None) -> None:
    """Écrire le classeur de suivi de la coordination, vide, qui compte lui-même."""
    from dashboard.cli.followup_template import write_template

    sys.exit(write_template(path, quarter))


@cli.command("contrat")
@click.argument("source")
@click.option("--vers", "folder", required=True, metavar="DOSSIER", type=click.Path(file_okay=False, path_type=Path), help="Où écrire.")
@click.option(
    "--moteur",
    "engine",
    type=click.Choice(["postgresql", "mariadb", "sqlserver"]),
    default="postgresql",
    show_default=True,
    help="La base du partenaire, si c'en est une.",
)
@click.option("--periode", "period", metavar="PÉRIODE", help="Celle du classeur à remplir\u202f; la dernière due par défaut.")
def kit_command(source: str, folder: Path, engine: str, period: str | None) -> None:
    """Écrire ce qu'un partenaire reçoit (vue SQL et rôle, ou classeur à remplir) avec une page qui explique."""
    from dashboard.cli.kit import write_kit

    sys.exit(write_kit(source, folder, engine, period))


@cli.command("relances")
@click.option(
    "--vers", "folder", metavar="DOSSIER", type=click.Path(file_okay=False, path_type=Path), help="Y écrire un brouillon par retard."
)
@in_format
def remind_command(folder: Path | None, written: str) -> None:
    """Qui doit quoi depuis quand, et un message prêt à envoyer pour chacun."""
    from dashboard.cli.reminding import remind

    sys.exit(remind(folder, written))


@cli.command("exporter")
@click.option("--edition", "edition", required=True, metavar="IDENTIFIANT", help="L'édition figée dont les documents sont tirés.")
@click.option("--vers", "folder", required=True, metavar="DOSSIER", type=click.Path(file_okay=False, path_type=Path), help="Où écrire.")
def export_command(edition: str, folder: Path) -> None:
    """Écrire les documents d'une édition (note, annexe, relevé de décisions, données)."""
    from dashboard.cli.exporting import export

    sys.exit(export(edition, folder))


@cli.command("journal")
@click.option("--verifier", "check", is_flag=True, help="Dire si chaque entrée est telle qu'écrite\u202f; code 1 sinon.")
@click.option("--tete", "noted", metavar="N:EMPREINTE", help="Avec --verifier\u00a0: une tête notée auparavant hors de la machine.")
@click.option("--dernieres", "last", type=click.IntRange(1), default=40, show_default=True, metavar="N", help="Combien d'entrées montrer.")
@in_format
def journal_command(check: bool, noted: str | None, last: int, written: str) -> None:
    """Qui a chargé, refusé, figé, exporté, changé un droit."""
    from dashboard.cli.journal import list_journal, verify_journal

    if noted is not None and not check:
        raise click.UsageError("--tete se donne avec --verifier.")
    sys.exit(verify_journal(noted) if check else list_journal(last, written))


@cli.command("sauvegarder")
@click.argument("fichier", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(fichier: Path) -> None:
    """Sauvegarder la base, les livraisons reçues et la configuration dans un fichier, pendant l'usage."""
    from dashboard.cli.backing_up import save

    sys.exit(save(fichier))


@cli.command("restaurer")
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--verifier", "check", is_flag=True, help="Vérifier la sauvegarde, sans rien restaurer.")
@click.option(
    "--remplacer", "replace", is_flag=True, help="Remplacer une base qui contient déjà quelque chose\u202f; elle est d'abord sauvegardée."
)
def restore_command(fichier: Path, check: bool, replace: bool) -> None:
    """Restaurer une sauvegarde, après vérification de chaque ligne et de chaque édition."""
    from dashboard.cli.backing_up import put_back, verify

    sys.exit(verify(fichier) if check else put_back(fichier, replace=replace))


@cli.command("lancer")
@click.option("--adresse", "address", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def serve_command(address: str, port: int) -> None:
    """Ouvrir le tableau de bord dans le navigateur."""
    from dashboard.cli.serving import serve_dashboard

    sys.exit(serve_dashboard(address, port))


@cli.command("demo")
@click.option("--sans-serveur", "no_server", is_flag=True, help="S'arrêter après la collecte.")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--fiches-qpv", "open_file", type=click.Path(path_type=Path), help="Fichier ouvert des QPV à joindre, s'il est présent.")
@click.option("--contours", type=click.Path(path_type=Path), help="Contours des QPV (GeoJSON) à joindre, s'ils sont présents.")
@click.option("--refaire", "again", is_flag=True, help="Tout reconstruire, même si la démonstration existe.")
def demo_command(no_server: bool, port: int, open_file: Path | None, contours: Path | None, again: bool) -> None:
    """Montrer le tableau de bord sur des données fictives."""
    from dashboard.cli.demonstration import prepare
    from dashboard.cli.serving import serve_dashboard

    folder = Path(os.environ.get("CITE_DEMO_DIR") or ".demo").resolve()
    os.environ.update(prepare(folder, open_file, contours, again=again))
    sys.exit(0 if no_server else serve_dashboard("127.0.0.1", port))


from_table = click.option(
    "--tableau",
    "path",
    required=True,
    metavar="FICHIER.csv",
    help="Colonnes «\u00a0row,col,value,hidden\u00a0»\u202f; «\u00a0total\u00a0» nomme une marge.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
below = click.option("--seuil", "k", type=click.IntRange(1, 1000), default=5, show_default=True, help="Petit\u00a0: de 1 au seuil moins 1.")


@cli.command("auditer")
@click.option(
    "--tableau",
    "path",
    metavar="FICHIER",
    help="Colonnes «\u00a0row,col,value,hidden\u00a0»\u202f; «\u00a0total\u00a0» nomme une marge.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--edition", "edition", metavar="IDENTIFIANT", help="Tout ce que le public d'une édition a reçu.")
@below
@in_format
def audit_command(path: Path | None, edition: str | None, k: int, written: str) -> None:
    """Dire ce qu'un lecteur déduit des cases masquées d'un tableau, ou d'une édition."""
    if (path is None) == (edition is None):
        raise click.UsageError("Donnez soit --tableau FICHIER, soit --edition IDENTIFIANT.")
    if path is not None:
        from dashboard.cli.secrecy import audit_file

        sys.exit(audit_file(path, k, written))
    from dashboard.cli.freezing import audit_edition

    sys.exit(audit_edition(str(edition), written))


@cli.command("masquer")
@from_table
@below
@in_format
def mask_command(path: Path, k: int, written: str) -> None:
    """Masquer les petits effectifs d'un tableau, et ce qui les donnerait."""
    from dashboard.cli.secrecy import mask_file

    sys.exit(mask_file(path, k, written))
