"""The documentation says what the code does: generated pages are up to date, every command and link is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.cli.commands import cli
from tests.docs.pages import DOCS, pages

ROOT = DOCS.parent
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_follow_the_code(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == pages()[name], "run `make docs` and commit the result"


def test_every_key_has_its_meaning() -> None:
    assert not re.findall(r"^\| `\w+` \| .* \|\s+\|$", pages()["configuration.md"], re.MULTILINE)


def test_every_command_is_documented() -> None:
    text = "\n".join(path.read_text("utf-8") for path in WRITTEN)
    assert [name for name in cli.commands if f"cite-emploi {name}" not in text] == []


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []
