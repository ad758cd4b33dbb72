"""A Cité of one's own for each test, in a folder whose name has a space and an accent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.cities import City


@pytest.fixture
def city(tmp_path: Path) -> City:
    folder = tmp_path / "Cité d'essai"
    folder.mkdir()
    return City(folder).write()
