"""The real command line, run in this process or in one of its own, on a small Cité of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from dashboard.cli import main
from tests.connectors.cities import City
from tests.connectors.conftest import city

__all__ = ["city"]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def command(city: City, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """``command("ecarts", "--format", "json")``: what `cite-emploi` answers from the city's folder."""
    for name in [name for name in os.environ if name.startswith("CITE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(city.folder)

    def run(*words: str) -> Answer:
        for name, value in city.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["cite-emploi", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Answer(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def process(city: City) -> Command:
    """The same in a process of its own: exit codes as a scheduler sees them."""

    def run(*words: str) -> Answer:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CITE_")}
        done = subprocess.run(
            [sys.executable, "-c", "from dashboard.cli import main; main()", *words],
            cwd=city.folder,
            env={**kept, **city.environment, "PYTHONPATH": os.pathsep.join(sys.path), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run
