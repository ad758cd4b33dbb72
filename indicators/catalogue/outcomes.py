"""Outcomes: what becomes of those who leave a parcours. Totals are rules on elementary exit codes (IAE rule), never typed in."""

from __future__ import annotations

from dataclasses import replace

from indicators.codes import exits
from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

EXITS = Measure("sorties_parcours", "sorties de parcours", Nature.FLOW, "personnes")
COMPLETED = Measure("parcours_termines", "parcours menés à terme", Nature.FLOW, "personnes")
COMPLETED_ACTIVE = Measure(
    "parcours_termines_actifs", "parcours menés à terme, en activité", Nature.FLOW, "personnes", part_of="parcours_termines"
)
SIX_MONTHS = Measure("sortants_a_six_mois", "personnes sorties depuis six mois", Nature.FLOW, "personnes")
REACHED = Measure("sortants_joints", "personnes jointes six mois après", Nature.FLOW, "personnes", part_of="sortants_a_six_mois")
STILL_ACTIVE = Measure(
    "sortants_actifs_six_mois", "personnes en activité six mois après", Nature.FLOW, "personnes", part_of="sortants_joints"
)

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
    source="Coordination (suivi des parcours)",
    owner="Coordination de la Cité",
    reference="Règle de l'insertion par l'activité économique (ASP)",
    delay_days=30,
    secrecy=Secrecy.PERSONS,
    limits="Les sorties neutralisées (déménagement, santé, retraite) y figurent ; elles quittent le dénominateur des taux.",
    perverse_effects="Faire sortir vite pour compter des sorties raccourcit l'accompagnement.",
    breakdowns=("sortie",),
)

DYNAMIC_EXIT_RATE = replace(
    EXITS_COUNT,
    code="R2",
    label="Taux de sorties dynamiques",
    short="Sorties dynamiques",
    kind=Kind.PROPORTION,
    numerator=_exits("durable", "transition", "positive"),
    denominator=_KNOWN_EXITS,
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    definition="Part des sorties vers l'emploi durable, l'emploi de transition ou une sortie positive, hors sorties neutralisées.",
    numerator_text="Sorties durables, de transition et positives",
    denominator_text="Toutes les sorties moins les sorties neutralisées",
    reference="Règle de l'insertion par l'activité économique : instruction DGEFP sur les sorties dynamiques",
    limits=(
        "De 50 à 100 parcours par an : l'intervalle est large, à lire avec ses trois composantes. L'alternance est classée en sortie "
        "positive (choix à valider par le copil). Le PLIE suit une autre règle."
    ),
    perverse_effects="Accueillir les personnes les plus proches de l'emploi fait monter le taux ; à lire avec N3.8.",
    breakdowns=(),
)

DURABLE_EMPLOYMENT = replace(
    DYNAMIC_EXIT_RATE,
    code="R3",
    label="Taux d'emploi durable",
    short="Emploi durable",
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

COMMITMENT_KEPT = replace(
    DYNAMIC_EXIT_RATE,
    code="R4",
    label="Engagement de retour à l'activité tenu",
    short="Engagement tenu",
    numerator="parcours_termines_actifs",
    denominator="parcours_termines",
    definition="Parmi les parcours menés à terme, part de ceux qui finissent en activité, comme la personne s'y était engagée.",
    numerator_text="Parcours menés à terme, personne en emploi, en formation ou en création d'activité le dernier jour",
    denominator_text="Parcours menés à terme pendant la période (ni rompus ni neutralisés)",
    reference="Engagement signé à l'entrée en parcours (proposition à valider par le copil)",
    limits="Les ruptures n'y sont pas : à lire avec R5. Une activité d'un jour compte comme une activité.",
    perverse_effects="Déclarer rompu un parcours qui finirait sans activité fait monter le taux.",
)

DROP_OUT = replace(
    DYNAMIC_EXIT_RATE,
    code="R5",
    label="Taux de rupture",
    short="Ruptures",
    numerator=Term("sorties_parcours", "sortie", ("abandon",)),
    better=Direction.LOWER,
    definition="Part des sorties par rupture, abandon ou perte de contact, hors sorties neutralisées.",
    numerator_text="Ruptures, abandons et pertes de contact",
    limits="La date d'une perte de contact est une convention de la coordination.",
    perverse_effects="Garder ouverts des parcours sans contact fait baisser le taux.",
)

STILL_ACTIVE_RATE = replace(
    DYNAMIC_EXIT_RATE,
    code="R6",
    label="En activité six mois après la sortie",
    short="En activité à six mois",
    numerator="sortants_actifs_six_mois",
    denominator="sortants_joints",
    frequency=Frequency.HALF,
    definition="Parmi les personnes jointes six mois après leur sortie, part de celles qui sont en activité.",
    numerator_text="Personnes jointes et en activité, six mois après la sortie",
    denominator_text="Personnes jointes six mois après la sortie",
    source="Coordination (enquête à six mois)",
    reference="Convention de la Cité de l'emploi (proposition à valider par le copil)",
    delay_days=60,
    limits="Les personnes en activité répondent plus volontiers : le taux est sans doute trop haut. À lire avec le taux de réponse.",
    perverse_effects="Ne relancer que les personnes en activité fait monter le taux.",
)
RESPONSE_RATE = replace(
    STILL_ACTIVE_RATE,
    code="R6-reponse",
    label="Taux de réponse à six mois",
    short="Réponse à six mois",
    numerator="sortants_joints",
    denominator="sortants_a_six_mois",
    definition="Part des personnes sorties depuis six mois qui ont pu être jointes.",
    numerator_text="Personnes jointes six mois après la sortie",
    denominator_text="Personnes dont la sortie a eu six mois pendant la période",
    limits="Dit combien vaut R6 : sous la moitié de réponses, R6 n'est pas à commenter.",
    perverse_effects="Aucun connu.",
)
