"""Outcomes: what becomes of those who leave a parcours. Totals are rules on elementary exit codes (IAE rule), never typed in."""

from __future__ import annotations

from dataclasses import replace

from indicators.codes import exits
from indicators.indicator import Direction, Indicator, Kind, Level, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

EXITS = Measure("sorties_parcours", "sorties de parcours", Nature.FLOW, "personnes")

_KNOWN_EXITS = Term("sorties_parcours", "sortie", exits("durable", "transition", "positive", "autre"))


def _exits(*families: str) -> Term:
    return Term("sorties_parcours", "sortie", exits(*families))


EXITS_COUNT = Indicator(
    code="R1",
    label="Sorties de parcours",
    short="Sorties de parcours",
    level=Level.OUTCOMES,
    kind=Kind.COUNT,
    numerator="sorties_parcours",
    unit=Unit.PERSONS,
    better=Direction.NEUTRAL,
    frequency=Frequency.QUARTER,
    definition="Personnes sorties d'un parcours pendant la période, quelle que soit l'issue.",
    numerator_text="Sorties constatées, par code élémentaire",
    source="Coordination (La Fabrique Défi)",
    reference="Règle de l'insertion par l'activité économique (ASP)",
    limits="Les sorties neutralisées (déménagement, santé, retraite) y figurent ; elles quittent le dénominateur des taux.",
    breakdowns=("sortie",),
)

DYNAMIC_EXIT_RATE = Indicator(
    code="R2",
    label="Taux de sorties dynamiques",
    short="Sorties dynamiques",
    level=Level.OUTCOMES,
    kind=Kind.PROPORTION,
    numerator=_exits("durable", "transition", "positive"),
    denominator=_KNOWN_EXITS,
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Part des sorties vers l'emploi durable, l'emploi de transition ou une sortie positive, hors sorties neutralisées.",
    numerator_text="Sorties durables, de transition et positives",
    denominator_text="Toutes les sorties moins les sorties neutralisées",
    source="Coordination (La Fabrique Défi)",
    reference="Règle de l'insertion par l'activité économique : instruction DGEFP sur les sorties dynamiques",
    limits=(
        "De 50 à 100 parcours par an : l'intervalle est large, à lire avec ses trois composantes. L'alternance est classée en sortie "
        "positive (choix à valider par le copil). Le PLIE suit une autre règle."
    ),
)

DURABLE_PART = replace(
    DYNAMIC_EXIT_RATE,
    code="R2-durable",
    label="Sorties vers l'emploi durable",
    short="dont emploi durable",
    numerator=_exits("durable"),
    numerator_text="Sorties vers un CDI, un CDD ou une mission de six mois ou plus, une création d'entreprise",
    definition="Part des sorties vers l'emploi durable, hors sorties neutralisées.",
)
TRANSITION_PART = replace(
    DYNAMIC_EXIT_RATE,
    code="R2-transition",
    label="Sorties vers l'emploi de transition",
    short="dont emploi de transition",
    numerator=_exits("transition"),
    numerator_text="Sorties vers un CDD ou une mission de moins de six mois, un contrat aidé de droit commun",
    definition="Part des sorties vers l'emploi de transition, hors sorties neutralisées.",
)
POSITIVE_PART = replace(
    DYNAMIC_EXIT_RATE,
    code="R2-positive",
    label="Sorties positives",
    short="dont sorties positives",
    numerator=_exits("positive"),
    numerator_text="Sorties vers une formation qualifiante, une autre structure d'insertion, une alternance",
    definition="Part des sorties positives (formation, autre structure d'insertion, alternance), hors sorties neutralisées.",
)
