"""What an indicator declares, in French words: the part of its sheet that no Cité changes. ``docs/indicators.md`` is written from it too.

What a Cité adds (partners, contacts, dues, targets) is in ``sheets``.
"""

from __future__ import annotations

from indicators import typography as t
from indicators.codes import DIMENSIONS
from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Unit
from indicators.period import Frequency
from indicators.registry import additivity, measures
from indicators.sentences_values import PER_HUNDRED

LEVELS = {
    Level.MOBILISATION: "Niveau 1 : fédérer les acteurs",
    Level.ORDINARY_LAW: "Niveau 2 : aller-vers et droit commun",
    Level.UNCOVERED_NEEDS: "Niveau 3 : besoins non couverts",
    Level.OUTCOMES: "Résultats",
    Level.CONTEXT: "Contexte",
    Level.BUDGET: "Budget",
}
UNITS = {
    Unit.PERCENT: "%",
    Unit.PERSONS: "personnes",
    Unit.NUMBER: "nombre",
    Unit.RATIO: "rapport",
    Unit.POINTS: "points",
    Unit.EUROS: "euros",
}
KINDS = {
    Kind.PROPORTION: "Part de personnes ou d'événements parmi d'autres ; intervalle à 95 % de Wilson, écart par la méthode de Newcombe.",
    Kind.RATE: "Événements rapportés à un stock, peut dépasser 100 ; intervalle à 95 % de Byar, écart par la méthode MOVER.",
    Kind.COUNT: "Dénombrement, sans intervalle.",
    Kind.PARITY: "Rapport de deux parts ; intervalle à 95 % déduit du rapport des deux taux.",
    Kind.MEAN: "Moyenne, sans intervalle.",
    Kind.MONEY: "Calculé sur la comptabilité, au centime.",
    Kind.PUBLISHED: "Valeur publiée par un tiers, reprise telle quelle, sans intervalle.",
}
DIRECTIONS = {
    Direction.HIGHER: "Plus haut est mieux",
    Direction.LOWER: "Plus bas est mieux",
    Direction.NEUTRAL: "Sans jugement : ni plus haut ni plus bas n'est mieux en soi",
}
FREQUENCIES = {
    Frequency.MONTH: "Mensuelle",
    Frequency.QUARTER: "Trimestrielle",
    Frequency.HALF: "Semestrielle",
    Frequency.YEAR: "Annuelle",
}
SECRECIES = {
    Secrecy.NONE: "Aucune : le chiffre ne compte pas de personnes.",
    Secrecy.PERSONS: "Petits effectifs de personnes non publiés hors de la coordination (secret statistique).",
    Secrecy.SENSITIVE: "Santé ou justice possibles : seuil de publication relevé, jamais croisé avec l'âge ou le sexe.",
}


def unit_of(indicator: Indicator) -> str:
    """The unit as a reader says it: « % », « pour 100 », « personnes »."""
    return PER_HUNDRED if indicator.kind is Kind.RATE else UNITS[indicator.unit]


def declared_rows(indicator: Indicator) -> list[tuple[str, str]]:
    """What an indicator declares, as (heading, French text) with French spaces: the part of a sheet that no Cité changes."""
    counted = [f"{measures()[code].label} ({code})" for code in indicator.measures]
    rows = [
        ("Définition", indicator.definition),
        ("Numérateur", indicator.numerator_text),
        ("Dénominateur", indicator.denominator_text or "Aucun"),
        ("Mesures comptées", ", ".join(counted) or "Aucune : pas d'effectifs livrés"),
        ("Nature", KINDS[indicator.kind]),
        ("Unité", unit_of(indicator)),
        ("Sens", DIRECTIONS[indicator.better]),
        ("Fréquence", FREQUENCIES[indicator.frequency]),
        ("Source", indicator.source),
        ("Responsable", indicator.owner),
        ("Délai attendu", f"{t.count(indicator.delay_days, 'jour')} après la fin de la période"),
        ("Additivité", additivity(indicator)),
        ("Règle de secret", SECRECIES[indicator.secrecy]),
        ("Ventilations", ", ".join(DIMENSIONS[code].label for code in indicator.breakdowns) or "Aucune"),
        ("Repère", indicator.benchmark or "Aucun repère publié"),
        *([("Valeur visée", indicator.target_text)] if indicator.target is not None else []),
        ("Limites", indicator.limits),
        ("Effets pervers possibles", indicator.perverse_effects),
        ("Référence", indicator.reference),
    ]
    return [(heading, text if text.startswith("http") else t.french(text)) for heading, text in rows]
