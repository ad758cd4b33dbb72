"""The command line speaks French: the catalogue covers every word of the installed click, and no English reaches a user."""

import gettext
import io
import os
import re
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from dashboard.french_cli import DOMAIN, LOCALE, speak_french

CATALOGUE = LOCALE / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"
ENGLISH = re.compile(
    r"\b(error|usage:|try|for help|show|this|exit|no such|did you mean|missing|invalid|value|required|default|is not|one of|range|valid|"
    r"does not|exist|commands?|got|unexpected|text|integer|path|takes?|requires?|choose|from)\b",
    re.IGNORECASE,
)


@pytest.fixture
def command(monkeypatch):
    """A small command declared as the product's are, on a machine that speaks English."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    speak_french()

    @click.group(subcommand_metavar="COMMANDE [ARGUMENTS]…")
    def cite() -> None:
        """Le tableau de bord."""

    @cite.command()
    @click.option("--port", type=int, default=8501, show_default=True, help="Le port.")
    @click.option("--nom", required=True, help="Un nom.")
    @click.option("--mois", type=click.IntRange(1, 12))
    @click.option("--jour", type=click.DateTime(["%d/%m/%Y"]))
    @click.option("--fichier", type=click.Path(exists=True, dir_okay=False))
    @click.option("--niveau", type=click.Choice(["a", "b"]))
    def lancer(**_: object) -> None:
        """Ouvrir le tableau de bord."""

    return cite


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--help", "Commandes\u00a0:"),
        ("lancer --help", "--port ENTIER Le port. [par défaut\u00a0: 8501]"),
        ("", "Afficher cette aide."),
        ("lanser", "La commande «\u00a0lanser\u00a0» n'existe pas. Vouliez-vous dire 'lancer'\u202f?"),
        ("lancer --prt 1", "L'option «\u00a0--prt\u00a0» n'existe pas."),
        ("lancer", "Il manque l'option '--nom'."),
        ("lancer --port", "L'option «\u00a0--port\u00a0» attend une valeur."),
        ("lancer --port x", "«\u00a0x\u00a0» n'est pas un nombre valable (entier)."),
        ("lancer --mois 13", "13 est hors des limites 1<=x<=12."),
        ("lancer --jour hier", "«\u00a0hier\u00a0» n'a pas la forme '%d/%m/%Y'."),
        ("lancer --fichier absent.csv", "Fichier «\u00a0absent.csv\u00a0» introuvable."),
        ("lancer --niveau c", "«\u00a0c\u00a0» n'est pas parmi 'a', 'b'."),
        ("lancer --nom a b", "Argument en trop\u00a0: b"),
        ("lancer --nom a b c", "Arguments en trop\u00a0: b c"),
    ],
)
def test_help_and_refusals_hold_no_word_of_english(command, arguments, told):
    output = CliRunner().invoke(command, arguments.split(), prog_name="cite-emploi").output
    # columns are padded
    assert told in re.sub(" +", " ", output)
    assert ENGLISH.findall(output) == []


def test_every_word_of_the_installed_click_is_translated():
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source)
    for _, _, message, _, _ in extract_from_dir(Path(click.__file__).parent):
        translated = catalogue.get(message if isinstance(message, str) else message[0])
        assert translated is not None, message
        assert translated.string if isinstance(message, str) else all(translated.string), message


def test_a_translation_names_no_value_that_click_does_not_give():
    with CATALOGUE.open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    for message in messages:
        given = re.findall(r"\{(\w+)", " ".join(message.id) if isinstance(message.id, tuple) else message.id)
        used = re.findall(r"\{(\w+)", " ".join(message.string) if isinstance(message.string, tuple) else message.string)
        assert set(used) <= set(given), message.id


def test_the_compiled_catalogue_is_the_written_one():
    compiled = io.BytesIO()
    with CATALOGUE.open("rb") as source:
        write_mo(compiled, read_po(source))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "pybabel compile -d dashboard/locale -l fr"


@pytest.mark.usefixtures("command")
def test_the_language_of_the_machine_does_not_matter():
    assert os.environ["LANGUAGE"] == "fr"
    assert gettext.gettext("Aborted!") == "Interrompu."
