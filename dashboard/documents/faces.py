"""Inter as files that a typesetter reads: unpacked once a process from the web faces, in a folder of its own. No system font is used."""

from __future__ import annotations

import atexit
import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fontTools.ttLib import TTFont

from dashboard.shell.fonts import WEIGHTS, folder


@cache
def inter() -> Path:
    """The folder of the four weights; ``FileNotFoundError``, in French, when the package that carries them is missing."""
    made = Path(mkdtemp(prefix="cite-polices-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    for name in WEIGHTS.values():
        face = TTFont(folder() / name, recalcTimestamp=False)
        face.flavor = None
        face.save(made / f"{Path(name).stem}.ttf")
    return made


@cache
def _signs() -> re.Pattern[str]:
    """Signs that Inter does not draw: other alphabets, emojis."""
    known = TTFont(inter() / "Inter-Regular.ttf").getBestCmap()
    return re.compile(f"[^{re.escape(''.join(map(chr, known)))}\n]+")


def drawable(content: Any) -> Any:
    """The same texts, lists and mappings; in texts, what Inter cannot draw is left out, and said by « […] »."""
    if isinstance(content, str):
        return _signs().sub("[…]", content)
    if isinstance(content, list):
        return [drawable(item) for item in content]
    if isinstance(content, dict):
        return {name: drawable(item) for name, item in content.items()}
    return content
