"""Why figures may not be frozen, in French: which counts could be worked out, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from indicators import typography as t
from indicators.codes import ENSEMBLE, category_label
from indicators.period import Period
from indicators.release.boxes import RESTE, Box
from indicators.release.gate import Exposed
from indicators.release.ground import period_of
from indicators.release.release import Rules

MOST = 12
"""Lines of a refusal: more are counted, not listed."""


def refusal(exposed: Sequence[Exposed], rules: Rules) -> str:
    """What is exposed, and how to mend it; nothing was frozen."""
    lines = list(dict.fromkeys(" et ".join(named(box, rules) for box in item.claim) for item in exposed))
    said = [f"- {line}" for line in lines[:MOST]]
    if len(lines) > MOST:
        said.append(f"- et {t.count(len(lines) - MOST, 'autre', 'autres')}")
    many = "Un petit effectif se déduirait" if len(lines) == 1 else f"{t.number(len(lines))} petits effectifs se déduiraient"
    return t.french(
        "\n".join(
            [
                f"Rien n'est figé : {many} de ce que ce public a déjà reçu et de ce qu'il recevrait.",
                *said,
                "Renouvelez les grilles (« cite-emploi grilles --renouveler »), ou attendez le trimestre suivant ; "
                "si le seuil vient d'être relevé, revenez à celui sous lequel ce public les a reçus. Rien n'est perdu.",
            ]
        )
    )


def named(box: Box, rules: Rules) -> str:
    """A count, in French: what, where, when."""
    zone = "reste de la ville" if box.zone == RESTE else rules.territory.label(box.zone)
    first, last = (t.period_label(Period.parse(period_of(code).code)) for code in (box.quarters[0], box.quarters[-1]))
    when = first if first == last else f"{first} à {last}"
    kind = (
        ""
        if box.dimension == ENSEMBLE
        else f", {t.joined([t.lower_first(category_label(box.dimension, code)) for code in box.categories])}"
    )
    return f"{rules.measures[box.measure].label}{kind}, {t.lower_first(zone)}, {when}"
