"""LibreOffice, which opens our documents as a partner or a committee does. No other program's settings are used or left changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard.documents.faces import inter


@pytest.fixture(scope="session")
def soffice() -> str:
    """The program; the test is skipped where it is absent, and fails where everything must run."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not on this machine (Debian: apt install libreoffice-{calc,impress,writer}-nogui)")
    return found


def as_pdf(program: str, path: Path) -> Path:
    """The document printed to a PDF beside it, with a profile of its own and our faces beside the system's."""
    profile = f"-env:UserInstallation={(path.parent / 'profil').as_uri()}"
    fonts = path.parent / "fonts"
    if not fonts.exists():
        fonts.symlink_to(inter())
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "XDG_DATA_HOME": str(path.parent)})
    return path.with_suffix(".pdf")
