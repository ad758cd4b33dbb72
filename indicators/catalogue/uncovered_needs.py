"""Level 3: parcours, and the freins that the Cité helps to lift."""

from __future__ import annotations

from indicators.indicator import Direction, Indicator, Kind, Level, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

REFERENCE = "https://www.francetravail.org : référentiel des contraintes du diagnostic"
COORDINATION = "Coordination (La Fabrique Défi)"

DIAGNOSES = Measure("diagnostics_poses", "diagnostics posés", Nature.FLOW, "diagnostics")
FREINS_FOUND = Measure("freins_identifies", "freins identifiés", Nature.FLOW, "freins")
FREINS_LIFTED = Measure("freins_leves_bilan", "freins levés au bilan", Nature.FLOW, "freins")
FREINS_OPEN = Measure("freins_ouverts_bilan", "freins encore ouverts au bilan", Nature.FLOW, "freins")
PARCOURS_ENTRIES = Measure("entrees_parcours", "entrées en parcours", Nature.FLOW, "personnes")
PARCOURS_UNDER_WAY = Measure(
    "parcours_en_cours", "parcours en cours", Nature.STOCK, "personnes", flows=("entrees_parcours", "sorties_parcours")
)

FREINS_LIFTED_RATE = Indicator(
    code="N3.4",
    label="Taux de levée des freins",
    short="Freins levés",
    level=Level.UNCOVERED_NEEDS,
    kind=Kind.PROPORTION,
    numerator="freins_leves_bilan",
    denominator=("freins_leves_bilan", "freins_ouverts_bilan"),
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Parmi les freins des personnes sorties ou arrivées à six mois de parcours dans la période, part de ceux qui sont levés.",
    numerator_text="Freins clôturés (statut CLOTUREE) des personnes au bilan",
    denominator_text="Freins clôturés ou encore ouverts des personnes au bilan",
    source=COORDINATION,
    reference=REFERENCE,
    limits="On compte des couples personne et frein : une personne peut compter plusieurs fois. Un frein non abordé n'est pas compté.",
    breakdowns=("frein",),
)

PARCOURS_ENTERED = Indicator(
    code="N3.7-entrees",
    label="Entrées en parcours",
    short="Entrées en parcours",
    level=Level.UNCOVERED_NEEDS,
    kind=Kind.COUNT,
    numerator="entrees_parcours",
    unit=Unit.PERSONS,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Personnes qui se sont engagées dans un parcours d'accompagnement renforcé pendant la période.",
    numerator_text="Engagements signés pendant la période",
    source=COORDINATION,
    reference="Cahier des charges des Cités de l'emploi (ANCT)",
    limits="Une personne qui revient après une sortie compte comme une nouvelle entrée.",
    breakdowns=("sexe", "age"),
)

PARCOURS_STOCK = Indicator(
    code="N3.7-en_cours",
    label="Parcours en cours",
    short="Parcours en cours",
    level=Level.UNCOVERED_NEEDS,
    kind=Kind.COUNT,
    numerator="parcours_en_cours",
    unit=Unit.PERSONS,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Personnes engagées dans un parcours et non sorties, le dernier jour de la période.",
    numerator_text="Parcours ouverts le dernier jour : en cours à la fin de la période précédente, plus les entrées, moins les sorties",
    source=COORDINATION,
    reference="Cahier des charges des Cités de l'emploi (ANCT)",
    limits="Un nombre élevé peut aussi dire que les parcours durent ; à lire avec les sorties.",
    breakdowns=("sexe", "age"),
)
