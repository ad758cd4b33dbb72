"""The same content gives the same bytes, for ever: the digests of editions rest on it."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.canonical import canonical, digest

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "rouge"


def test_what_is_written_letter_by_letter():
    content = {
        "é": 1,
        "a": [0.1, -0.0, 1e22, 1.0, 3, True, None],
        "A": (date(2022, 10, 20), Colour.RED),
        "instant": datetime(2022, 10, 20, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    }
    expected = (
        '{"A":["2022-10-20","rouge"],"a":[0.1,0.0,1e+22,1.0,3,true,null],"instant":"2022-10-20T07:30:00+00:00","é":1}'  # fixed for ever
    )
    assert canonical(content).decode("utf-8") == expected
    assert digest(canonical(content)) == "d9397ecdf16e11c53c674355f0d75625e485604a71c8c9830a62560fdd72356a"


@given(JSON)
def test_what_is_read_back_is_what_was_written(content):
    written = canonical(content)
    assert json.loads(written) == content
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(st.text(max_size=6), JSON, min_size=2, max_size=6), st.randoms())
def test_the_order_of_keys_changes_nothing(content, chance):
    shuffled = list(content.items())
    chance.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(content)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_comes_back_bit_for_bit_but_for_minus_zero(value):
    assert repr(json.loads(canonical(value))) == repr(value + 0.0)
    assert canonical(np.float64(value)) == canonical(value)


def test_an_accent_is_left_as_it_was_typed():
    composed, apart = (unicodedata.normalize(form, "évaluée") for form in ("NFC", "NFD"))
    assert canonical(composed) != canonical(apart)
    assert json.loads(canonical(apart)) == apart


def test_the_same_instant_has_the_same_bytes_in_every_zone():
    noon = datetime(2022, 7, 1, 12, tzinfo=UTC)
    assert canonical(noon) == canonical(noon.astimezone(timezone(timedelta(hours=4)))) == b'"2022-07-01T12:00:00+00:00"'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"a": [1.0, float("nan")]}, r"contenu\.a\[1\] : nan n'est pas un nombre"),
        ([float("-inf")], "n'est pas un nombre"),
        ({"a": {1: 2}}, r"contenu\.a : la clé 1 n'est pas un texte"),
        ({"a": {2, 3}}, "un objet set n'a pas d'écriture"),
        (np.int64(3), "int64"),
        (b"octets", "bytes"),
        (datetime(2022, 1, 1), "fuseau"),  # noqa: DTZ001
        ({"a": "\udc80"}, "Unicode"),
    ],
)
def test_what_has_no_single_writing_is_refused(content, told):
    with pytest.raises(ValueError, match=told):
        canonical(content)
