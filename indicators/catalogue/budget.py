"""Money: how fast the grant is spent, on what, for what. Computed from the ledger by ``indicators.budget``, not from counts."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Unit
from indicators.period import Frequency

CERFA = "Compte rendu financier, Cerfa 15059*02"
LEDGER = "Comptabilité de La Fabrique Défi (FEC)"

GRANT_USE = Indicator(
    code="B1",
    label="Consommation de la subvention",
    short="Subvention consommée",
    level=Level.BUDGET,
    kind=Kind.MONEY,
    unit=Unit.PERCENT,
    better=Direction.NEUTRAL,
    frequency=Frequency.MONTH,
    definition="Part de la subvention de l'exercice qui est payée.",
    numerator_text="Dépenses payées, imputées aux lignes de la subvention",
    denominator_text="Subvention notifiée de l'exercice",
    source=LEDGER,
    owner="Trésorier de l'association porteuse",
    reference=CERFA,
    delay_days=30,
    secrecy=Secrecy.NONE,
    limits=(
        "Une facture reçue et non réglée est engagée, pas payée. Le report de l'exercice précédent n'est pas au dénominateur : un exercice "
        "qui le dépense peut dépasser 100 %. Ni un taux élevé ni un taux bas n'est bon en soi : voir B2."
    ),
    perverse_effects="Dépenser pour dépenser en fin d'exercice fait monter le taux sans servir personne.",
)

GRANT_COMMITTED = replace(
    GRANT_USE,
    code="B1-engage",
    label="Part engagée de la subvention",
    short="Subvention engagée",
    definition="Part de la subvention de l'exercice qui est engagée, payée ou non.",
    numerator_text="Dépenses engagées (factures et charges enregistrées), imputées aux lignes de la subvention",
    limits="Un devis signé et non facturé n'est pas dans les comptes : il n'est pas compté.",
)


def _level(number: int, name: str) -> Indicator:
    return replace(
        GRANT_USE,
        code=f"B1-niveau_{number}",
        label=f"Part des dépenses du niveau {number} : {name}",
        short=f"Dépenses du niveau {number}",
        definition=f"Part des dépenses payées de l'exercice qui sert le niveau {number} de la Cité : {name}.",
        numerator_text=f"Dépenses payées des lignes rattachées au niveau {number}",
        denominator_text="Dépenses payées de l'exercice",
        limits="Chaque ligne de la subvention est rattachée à un seul niveau (cite.toml) : le poste de coordination sert les trois.",
    )


FEDERATE, ORDINARY_LAW, UNCOVERED = _level(1, "fédérer les acteurs"), _level(2, "droit commun"), _level(3, "besoins non couverts")

PACE = replace(
    GRANT_USE,
    code="B2",
    label="Avance ou retard de consommation",
    short="Avance ou retard",
    unit=Unit.POINTS,
    definition="Part de la subvention payée moins part de l'exercice écoulée, en points ; au-delà de 10 points d'écart, une alerte.",
    numerator_text="Consommation (B1) moins part des jours de l'exercice écoulés",
    denominator_text="",
    limits="Le rythme linéaire est une convention : des dépenses attendues en fin d'année creusent le retard sans être un problème.",
)

LEVERAGE = replace(
    GRANT_USE,
    code="B3-levier",
    label="Effet de levier des cofinancements",
    short="Effet de levier",
    unit=Unit.RATIO,
    better=Direction.HIGHER,
    frequency=Frequency.YEAR,
    definition="Euros apportés par les autres financeurs pour un euro de subvention de l'État.",
    numerator_text="Cofinancements notifiés de l'exercice",
    denominator_text="Subvention notifiée de l'exercice",
    source="Conventions de cofinancement et comptabilité",
    limits="Un cofinancement aurait pu être accordé sans la Cité : le rapport ne dit pas qui a entraîné qui.",
    perverse_effects="Compter des financements sans lien avec la Cité fait monter le rapport.",
)

COST_OF_PARCOURS = replace(
    LEVERAGE,
    code="B3-cout_parcours",
    label="Coût par entrée en parcours",
    short="Coût par parcours",
    unit=Unit.EUROS,
    better=Direction.NEUTRAL,
    definition="Dépenses payées de l'exercice, rapportées au nombre d'entrées en parcours de la même année.",
    numerator_text="Dépenses payées de l'exercice",
    denominator_text="Entrées en parcours de l'année (N3.7-entrees)",
    source="Comptabilité et coordination",
    secrecy=Secrecy.PERSONS,
    limits=(
        "Toute la subvention payée avant la fin de l'exercice est rapportée aux parcours, alors qu'elle sert aussi à fédérer et à "
        "orienter ; les dépenses des cofinanceurs n'y sont pas. Publié à partir de 20 entrées, "
        "avec son intervalle ; à lire avec R2."
    ),
    perverse_effects="Le coût baisse si l'on choisit les personnes les plus proches de l'emploi.",
)

COST_OF_EXIT = replace(
    COST_OF_PARCOURS,
    code="B3-cout_sortie",
    label="Coût par sortie dynamique",
    short="Coût par sortie dynamique",
    definition="Dépenses payées de l'exercice, rapportées au nombre de sorties dynamiques de la même année.",
    denominator_text="Sorties dynamiques de l'année (numérateur de R2)",
    limits=(
        "Les sorties d'une année viennent de parcours commencés avant. Publié à partir de 20 sorties, avec son intervalle ; à lire avec R2."
    ),
)
