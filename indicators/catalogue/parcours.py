"""Level 3: parcours entered and under way, and who is in them."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

CITE = "Cahier des charges des Cités de l'emploi (ANCT)"
PROPOSAL = "Convention de la Cité de l'emploi (proposition à valider par le copil)"

PARCOURS_ENTRIES = Measure("entrees_parcours", "entrées en parcours", Nature.FLOW, "personnes")
PARCOURS_UNDER_WAY = Measure(
    "parcours_en_cours", "parcours en cours", Nature.STOCK, "personnes", flows=("entrees_parcours", "sorties_parcours")
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
    source="Coordination (suivi des parcours)",
    owner="Coordination de la Cité",
    reference=CITE,
    delay_days=30,
    secrecy=Secrecy.PERSONS,
    limits="Une personne qui revient après une sortie compte comme une nouvelle entrée.",
    perverse_effects="Faire entrer des personnes qui n'en ont pas besoin fait monter le nombre.",
    breakdowns=("sexe", "age"),
)

PARCOURS_STOCK = replace(
    PARCOURS_ENTERED,
    code="N3.7-en_cours",
    label="Parcours en cours",
    short="Parcours en cours",
    numerator="parcours_en_cours",
    definition="Personnes engagées dans un parcours et non sorties, le dernier jour de la période.",
    numerator_text="Parcours ouverts le dernier jour : en cours à la fin de la période précédente, plus les entrées, moins les sorties",
    limits="Un nombre élevé peut aussi dire que les parcours durent ; à lire avec les sorties.",
    perverse_effects="Ne jamais fermer un parcours fait monter le nombre.",
    breakdowns=("sexe", "age", "anciennete", "rsa", "rqth"),
)


def _priority(code: str, short: str, who: str, dimension: str, *categories: str) -> Indicator:
    return replace(
        PARCOURS_STOCK,
        code=f"N3.8-{code}",
        label=f"Part des parcours en cours : {who}",
        short=short,
        kind=Kind.PROPORTION,
        numerator=Term("parcours_en_cours", dimension, categories),
        denominator="parcours_en_cours",
        unit=Unit.PERCENT,
        better=Direction.NEUTRAL,
        definition=f"Part des personnes en parcours le dernier jour de la période qui sont : {who}.",
        numerator_text=f"Parcours en cours : {who}",
        denominator_text="Parcours en cours le dernier jour",
        reference=PROPOSAL,
        limits="À comparer avec les demandeurs d'emploi des quartiers (C1) : ni une part haute ni une part basse n'est bonne en soi.",
        perverse_effects="Choisir les personnes pour atteindre une part écarte celles qui n'en sont pas.",
        breakdowns=(),
    )


WOMEN = _priority("femmes", "Femmes en parcours", "femmes", "sexe", "femme")
YOUNG = _priority("moins_26", "Moins de 26 ans en parcours", "personnes de moins de 26 ans", "age", "moins_26")
LONG_TERM = _priority("deld", "Longue durée en parcours", "demandeurs d'emploi depuis un an ou plus", "anciennete", "12_23", "24_plus")
RSA = _priority("rsa", "Au RSA en parcours", "bénéficiaires du RSA", "rsa", "oui")
RQTH = _priority("rqth", "Avec RQTH en parcours", "personnes reconnues travailleurs handicapés", "rqth", "oui")
