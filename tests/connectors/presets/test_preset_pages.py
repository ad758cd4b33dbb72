"""Every preset has its row in the index and its page, and every example of a page is a declaration that loads."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from connectors.source import PRESETS

PAGES = Path(__file__).parents[3] / "docs" / "presets"
NAMES = sorted(path.parent.name for path in PRESETS.glob("*/source.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_in_the_index_with_its_page(name):
    assert f"| `{name}` |" in (PAGES / "README.md").read_text("utf-8")
    assert (PAGES / f"{name}.md").is_file()


def examples() -> list[str]:
    texts = [text for path in sorted(PAGES.glob("*.md")) for text in re.findall(r"```toml\n(.*?)```", path.read_text("utf-8"), re.DOTALL)]
    return [text for text in texts if "preset = " in text]


@pytest.mark.parametrize("text", examples(), ids=lambda text: tomllib.loads(text)["preset"])
def test_an_example_loads(city, text):
    assert city.source("exemple", text).measures or city.source("exemple", text).kind in {"published", "fec", "api"}
