"""Blocks written as JSON and read back: nothing lost, and the same bytes whatever the machine's time zone, language or hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.content.blocks import KINDS, Chart, Missing, Title, from_json, page_bytes, to_json
from indicators.canonical import digest
from tests.dashboard.boards import board, period

TEXT = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OF_TYPE = {"str": TEXT, "bool": st.booleans(), "Json": st.dictionaries(TEXT, JSON, max_size=3)}
BLOCKS = st.lists(
    st.one_of([st.builds(made, **{item.name: OF_TYPE[item.type] for item in fields(made)}) for made in KINDS.values()]), max_size=6
)


@given(BLOCKS)
def test_what_is_read_back_is_what_was_written(blocks):
    written = page_bytes(blocks)
    assert from_json(to_json(blocks)) == blocks
    assert from_json(json.loads(written)) == blocks
    assert page_bytes(from_json(json.loads(written))) == written


def test_how_a_page_is_written():
    blocks = [
        Title("Écart\u00a0: 3"),
        Missing("Rien", "Attendre"),
        Chart("k", "Une phrase.", "<table>", "Source.", {"b": [0.1, None], "a": 1}),
    ]
    assert page_bytes(blocks).decode() == (
        '[{"kind":"title","text":"Écart\u00a0: 3"},{"kind":"missing","next_step":"Attendre","what":"Rien"},'
        '{"figure":{"a":1,"b":[0.1,null]},"key":"k","kind":"chart","sentence":"Une phrase.","source":"Source.","table":"<table>"}]'
    )  # fixed for ever: kept editions are written so


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"kind": "film", "text": "x"}, "Bloc 1\u00a0: genre «\u00a0film\u00a0» inconnu"),
        ({"text": "x"}, "genre «\u00a0None\u00a0» inconnu"),
        ({"kind": "title"}, "champs inattendus ou manquants"),
        ({"kind": "title", "text": "x", "size": 3}, "champs inattendus ou manquants"),
    ],
)
def test_what_is_not_a_block_is_refused(written, said):
    with pytest.raises(ValueError, match=said):
        from_json([written])


def sample() -> bytes:
    """Every page of a quarter, with its charts, sentences and dates, from a board made anew; of the indicators, the first sheets."""
    from dashboard.content.kept import choices_of
    from dashboard.content.pages import CONTENTS, blocks_of

    content = board()
    return b"".join(
        page_bytes(blocks_of(page, content, choice)) for page in CONTENTS for choice in choices_of(page, content, period())[:24]
    )


def elsewhere(**changed: str) -> str:
    """The digest of the sample as another process with another environment makes it."""
    code = "from indicators.canonical import digest; from tests.dashboard.test_content_blocks import sample; print(digest(sample()))"
    asked = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | changed, capture_output=True, text=True, check=True, cwd=Path.cwd(), timeout=300
    )
    return asked.stdout.strip()


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Indian/Reunion", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "2"},
    ],
)
def test_a_page_has_the_same_bytes_on_any_machine(environment):
    here = sample()
    assert sample() == here
    assert elsewhere(**environment) == digest(here)
