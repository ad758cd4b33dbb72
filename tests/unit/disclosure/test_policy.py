"""A policy that would not protect cannot be built."""

from __future__ import annotations

import pytest

from indicators.disclosure.policy import DEFAULTS, Policy


def test_the_rules_by_default() -> None:
    copil, prefecture, public = DEFAULTS
    assert (copil.threshold, copil.sensitive, copil.hidden_max) == (5, 11, 0.10)
    assert (prefecture.threshold, prefecture.sensitive) == (5, 11)
    assert (public.threshold, public.sensitive) == (11, 11)
    assert {(item.cell_margin, item.rest_margin, item.refine_at, item.decision) for item in DEFAULTS} == {(2, 3, 3, "")}


def test_a_sensitive_count_has_its_own_threshold() -> None:
    policy = Policy("copil", threshold=3)
    assert (policy.small(sensitive=False), policy.small(sensitive=True)) == (3, 11)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"audience": "presse"}, "il n'existe pas ; choix : copil, prefecture, public"),
        ({"audience": "coordination"}, "il n'existe pas"),
        ({"threshold": 2}, "le seuil (2) doit être au moins 3"),
        ({"audience": "public", "threshold": 10}, "le seuil (10) doit être au moins 11"),
        ({"audience": "public"}, "le seuil (5) doit être au moins 11"),
        ({"sensitive": 10}, "le seuil des données sensibles (10)"),
        ({"threshold": 20}, "le seuil des données sensibles (11)"),
        ({"hidden_max": 1.0}, "la part masquée au plus (1.0)"),
        ({"hidden_max": -0.1}, "la part masquée"),
        ({"hidden_max": float("nan")}, "la part masquée"),
        ({"cell_margin": 0}, "les marges d'une case et du reste"),
        ({"rest_margin": 0}, "les marges d'une case et du reste"),
        ({"cell_margin": 4}, "une grille ne s'affine pas sous la marge"),
    ],
)
def test_what_would_not_protect_is_refused(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match="Secret statistique") as caught:
        Policy(**{"audience": "copil", **wrong})  # type: ignore[arg-type]
    assert told in str(caught.value)
