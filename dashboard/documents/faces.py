"""Inter as files that a typesetter reads: unpacked once from the web faces, in the user's cache. No system font is used."""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fontTools.ttLib import TTFont

from dashboard.shell.fonts import WEIGHTS, folder

FILES = {name: f"{Path(name).stem}.ttf" for name in WEIGHTS.values()}


@cache
def inter() -> Path:
    """The folder of the four weights; ``FileNotFoundError``, in French, when the package that carries them is missing."""
    packed = {name: (folder() / name).read_bytes() for name in FILES}
    kept = _cache() / f"inter-{hashlib.sha256(b''.join(packed.values())).hexdigest()[:16]}"
    if all((kept / name).is_file() for name in FILES.values()):
        return kept
    made = Path(mkdtemp(prefix="cite-polices-"))
    for name, written in FILES.items():
        face = TTFont(folder() / name, recalcTimestamp=False)
        face.flavor = None
        face.save(made / written)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(made, kept, copy_function=_whole, dirs_exist_ok=True)
    except OSError:  # no cache can be written: this process keeps its own
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        return made
    shutil.rmtree(made, ignore_errors=True)
    return kept


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "cite-emploi"


def _whole(source: str, target: str) -> str:
    """Copy a file under another name, then give it its own: nobody reads half of it."""
    part = f"{target}.{os.getpid()}"
    shutil.copyfile(source, part)
    os.replace(part, target)  # noqa: PTH105 - what copytree calls has strings
    return target


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
