"""The words of a séance, as a person reads them. The codes they stand for are in ``meeting``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indicators.meeting import Audience, Heading, Progress, State, Weather
from indicators.typography import french

STATES: Mapping[State, str] = MappingProxyType({State.PREPAREE: "préparée", State.FIGEE: "figée", State.TENUE: "tenue"})
AUDIENCES: Mapping[Audience, str] = MappingProxyType(
    {
        Audience.COORDINATION: "coordination",
        Audience.COPIL: "copil",
        Audience.PREFECTURE: "Préfecture",
        Audience.PUBLIC: "public",
    }
)
PROGRESS: Mapping[Progress, str] = MappingProxyType(
    {
        Progress.A_FAIRE: "à faire",
        Progress.EN_COURS: "en cours",
        Progress.FAITE: "faite",
        Progress.REPORTEE: "reportée",
        Progress.ABANDONNEE: "abandonnée",
    }
)
LATE = "en retard"
"""Said of a decision on a day, beside its progress."""


@dataclass(frozen=True)
class Sky:
    """A météo: its name, and what PILOTE has it mean."""

    label: str
    meaning: str


WEATHER: Mapping[Weather, Sky] = MappingProxyType(
    {
        Weather.SOLEIL: Sky("Soleil", "Objectifs sécurisés"),
        Weather.ECLAIRCIES: Sky("Éclaircies", "Objectifs atteignables"),
        Weather.NUAGE: Sky("Nuage", "Appuis nécessaires"),
        Weather.ORAGE: Sky("Orage", "Objectifs compromis"),
    }
)
NO_WEATHER = "Non renseignée"


@dataclass(frozen=True)
class Advice:
    """A heading as PILOTE names it, and what to write under it."""

    label: str
    hint: str


HEADINGS: Mapping[Heading, Advice] = MappingProxyType(
    {
        Heading.DONNEES: Advice(
            "Commentaire des données",
            french("Ce que les chiffres montrent et ce qu'ils ne montrent pas : données révisées, partenaires absents, petits effectifs."),
        ),
        Heading.RISQUES: Advice(
            "Risques et freins à lever",
            french("Ce qui peut empêcher d'atteindre les objectifs, et ce qu'il faudrait obtenir, de qui, avant quelle date."),
        ),
        Heading.SOLUTIONS: Advice(
            "Solutions proposées et prochaines étapes",
            french("Les actions engagées ou proposées : qui fait quoi, pour quand, avec quels moyens."),
        ),
        Heading.REUSSITES: Advice(
            "Exemples concrets de réussite",
            french("Une action qui a marché et ce qu'elle a produit, sans nom ni détail qui désigne une personne."),
        ),
    }
)
