"""Context: who looks for work in the city, who lives there. Explicitly not attributable to the Cité."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

DARES = "https://dares.travail-emploi.gouv.fr/donnees/les-demandeurs-demploi-inscrits-france-travail"
COORDINATION = "Coordination de la Cité"

JOB_SEEKERS = Measure("demandeurs_emploi_abc", "demandeurs d'emploi de catégories A, B et C", Nature.STOCK, "personnes")
LONG_TERM_JOB_SEEKERS = Measure(
    "demandeurs_emploi_deld", "demandeurs d'emploi de longue durée", Nature.STOCK, "personnes", part_of="demandeurs_emploi_abc"
)
WORKING_AGE = Measure("population_15_64", "habitants de 15 à 64 ans", Nature.STOCK, "habitants")
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
    owner=COORDINATION,
    reference=DARES,
    delay_days=45,
    secrecy=Secrecy.PERSONS,
    limits="Ce n'est pas un taux de chômage. Contexte : son évolution ne peut être attribuée à la Cité de l'emploi.",
    perverse_effects="Une baisse peut venir de radiations ou de découragement, pas de retours à l'emploi.",
    breakdowns=("sexe", "age", "anciennete", "rsa"),
)

JOB_SEEKERS_PER_INHABITANT = replace(
    JOB_SEEKERS_COUNT,
    code="C2",
    label="Demandeurs d'emploi pour 100 habitants de 15 à 64 ans",
    short="Pour 100 habitants 15-64 ans",
    kind=Kind.RATE,
    denominator="population_15_64",
    unit=Unit.PERCENT,
    frequency=Frequency.YEAR,
    definition="Demandeurs d'emploi de catégories A, B et C en fin d'année, rapportés aux habitants de 15 à 64 ans de la même zone.",
    denominator_text="Habitants de 15 à 64 ans (recensement de la population)",
    source="France Travail et Insee",
    reference="Insee, recensement de la population dans les quartiers prioritaires",
    delay_days=200,
    limits=(
        "Ce n'est pas un taux de chômage : le dénominateur compte aussi les inactifs, et le recensement est plus ancien que les inscrits. "
        "Contexte : ne peut être attribué à la Cité."
    ),
    breakdowns=(),
)

LONG_TERM_SHARE = replace(
    JOB_SEEKERS_COUNT,
    code="C3",
    label="Part des demandeurs d'emploi de longue durée",
    short="Part de longue durée",
    kind=Kind.PROPORTION,
    numerator="demandeurs_emploi_deld",
    denominator="demandeurs_emploi_abc",
    unit=Unit.PERCENT,
    definition="Part des demandeurs d'emploi de catégories A, B et C inscrits depuis douze mois ou plus.",
    numerator_text="Demandeurs d'emploi inscrits depuis douze mois ou plus en fin de période",
    denominator_text="Demandeurs d'emploi de catégories A, B et C en fin de période",
    limits="Une baisse peut venir de sorties des listes sans reprise d'emploi. Contexte : ne peut être attribué à la Cité.",
    breakdowns=("sexe", "age", "rsa"),
)

POVERTY = Indicator(
    code="C4",
    label="Taux de pauvreté au seuil de 60 %",
    short="Taux de pauvreté",
    level=Level.CONTEXT,
    kind=Kind.PUBLISHED,
    published="taux_pauvrete",
    unit=Unit.PERCENT,
    better=Direction.LOWER,
    frequency=Frequency.YEAR,
    definition="Part des habitants dont le niveau de vie est inférieur à 60 % de la médiane nationale, telle que l'Insee la publie.",
    numerator_text="Valeur publiée : ni le numérateur ni le dénominateur ne sont diffusés",
    source="Insee (FiLoSoFi)",
    owner=COORDINATION,
    reference="Insee, dispositif FiLoSoFi, données sur les quartiers prioritaires",
    delay_days=900,
    secrecy=Secrecy.NONE,
    limits="Valeur publiée, ni sommable ni recalculable ; deux millésimes voisins ne mesurent pas une évolution à cette échelle.",
    perverse_effects="Contexte : ne peut être attribué à la Cité ; le départ des plus aisés suffit à le faire monter.",
)
