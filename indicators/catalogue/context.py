"""Context: who looks for work in the city. Explicitly not attributable to the Cité."""

from __future__ import annotations

from indicators.indicator import Direction, Indicator, Kind, Level, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

DARES = "https://dares.travail-emploi.gouv.fr/donnees/les-demandeurs-demploi-inscrits-france-travail"

JOB_SEEKERS = Measure("demandeurs_emploi_abc", "demandeurs d'emploi de catégories A, B et C", Nature.STOCK, "personnes")
LONG_TERM_JOB_SEEKERS = Measure(
    "demandeurs_emploi_deld", "demandeurs d'emploi de longue durée", Nature.STOCK, "personnes", part_of="demandeurs_emploi_abc"
)
RSA_HOUSEHOLDS = Measure("menages_rsa", "foyers allocataires du RSA", Nature.STOCK, "foyers")

JOB_SEEKERS_COUNT = Indicator(
    code="C1",
    label="Demandeurs d'emploi (catégories A, B, C)",
    short="Demandeurs d'emploi",
    level=Level.CONTEXT,
    kind=Kind.COUNT,
    numerator="demandeurs_emploi_abc",
    unit=Unit.PERSONS,
    better=Direction.LOWER,
    frequency=Frequency.QUARTER,
    definition="Personnes inscrites à France Travail et tenues de rechercher un emploi, le dernier jour de la période.",
    numerator_text="Demandeurs d'emploi de catégories A, B et C en fin de période",
    source="France Travail",
    reference=DARES,
    limits="Ce n'est pas un taux de chômage. Contexte : son évolution ne peut être attribuée à la Cité de l'emploi.",
    breakdowns=("sexe", "age", "anciennete", "rsa"),
)

LONG_TERM_SHARE = Indicator(
    code="C3",
    label="Part des demandeurs d'emploi de longue durée",
    short="Part de longue durée",
    level=Level.CONTEXT,
    kind=Kind.PROPORTION,
    numerator="demandeurs_emploi_deld",
    denominator="demandeurs_emploi_abc",
    unit=Unit.PERCENT,
    better=Direction.LOWER,
    frequency=Frequency.QUARTER,
    definition="Part des demandeurs d'emploi de catégories A, B et C inscrits depuis douze mois ou plus.",
    numerator_text="Demandeurs d'emploi inscrits depuis douze mois ou plus en fin de période",
    denominator_text="Demandeurs d'emploi de catégories A, B et C en fin de période",
    source="France Travail",
    reference=DARES,
    limits="Une baisse peut venir de sorties des listes sans reprise d'emploi. Contexte : ne peut être attribué à la Cité.",
    breakdowns=("sexe", "age"),
)
