"""Typst, which sets our PDFs: tagged (PDF/UA-1), with Inter alone, dated by the freezing of the edition and not by the clock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from dashboard.documents.faces import drawable, inter
from dashboard.documents.photograph import Photograph


def given(content: dict[str, Any]) -> dict[str, Any]:
    """What a template is compiled with; signs that Inter does not draw are said to be left out."""
    told = json.dumps(drawable(content), ensure_ascii=False, sort_keys=True)
    return {"sys_inputs": {"donnees": told}, "ignore_system_fonts": True, "font_paths": [inter()]}


def pages(template: Path, content: dict[str, Any]) -> int:
    """How many pages a template takes, which it must say in a label ``pages``."""
    return int(json.loads(typst.query(template, "<pages>", field="value", one=True, **given(content))))


def pdf(template: Path, content: dict[str, Any], photograph: Photograph) -> bytes:
    """The bytes of the PDF; the same for the same content and edition."""
    made: bytes = typst.compile(template, pdf_standards=["ua-1"], timestamp=int(photograph.edition.frozen_at.timestamp()), **given(content))
    return made
