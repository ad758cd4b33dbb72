"""A frame frozen in an edition is read back as it was, what is absent included."""

from __future__ import annotations

import json

import pandas as pd

from dashboard.editions.frames import from_plain, to_plain


def test_what_is_absent_stays_absent():
    frame = pd.DataFrame(
        {
            "verdict": pd.Series(["favorable", None, "defavorable", None], dtype="str"),
            "points": pd.Series([1.5, None, -2.0, 0.0], dtype=float),
            "count": pd.Series([1, None, 0, 3], dtype="Int64"),
        }
    )
    read = from_plain(json.loads(json.dumps(to_plain(frame))))
    pd.testing.assert_frame_equal(read, frame.astype({"count": float}))


def test_a_text_never_there_is_absent():
    frame = pd.DataFrame({"verdict": pd.Series([None, None], dtype="str")})
    assert from_plain(to_plain(frame))["verdict"].isna().all()
