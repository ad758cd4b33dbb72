"""Level 3: the freins that the Cité helps to lift, and the needs that nothing answers. Parcours have their own file."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

FREINS = "https://www.francetravail.org : référentiel des contraintes du diagnostic"

DIAGNOSES = Measure("diagnostics_poses", "diagnostics posés", Nature.FLOW, "diagnostics")
FREINS_FOUND = Measure("freins_identifies", "freins identifiés", Nature.FLOW, "freins")
FREINS_ANSWERED = Measure("freins_repondus", "freins ayant reçu une réponse", Nature.FLOW, "freins")
FREINS_CLOSED = Measure("freins_leves", "freins levés pendant la période", Nature.FLOW, "freins")
FREINS_OPEN_NOW = Measure("freins_ouverts", "freins ouverts", Nature.STOCK, "freins")
FREINS_WITHOUT_OFFER = Measure("freins_sans_offre", "freins ouverts sans offre locale", Nature.STOCK, "freins", part_of="freins_ouverts")
FREINS_NOT_DISCUSSED = Measure("freins_non_abordes", "freins non abordés au diagnostic", Nature.FLOW, "freins")
FREINS_LIFTED = Measure("freins_leves_bilan", "freins levés au bilan", Nature.FLOW, "freins")
FREINS_OPEN = Measure("freins_ouverts_bilan", "freins encore ouverts au bilan", Nature.FLOW, "freins")
FREINS_ACTIONS = Measure("actions_freins", "actions de levée de freins", Nature.FLOW, "actions")
FREINS_BENEFICIARIES = Measure("beneficiaires_actions_freins", "bénéficiaires des actions de levée de freins", Nature.DISTINCT, "personnes")
DIAGNOSED = Measure("demandeurs_diagnostiques", "demandeurs d'emploi diagnostiqués", Nature.STOCK, "personnes")
WITH_CONSTRAINT = Measure(
    "demandeurs_avec_contrainte", "demandeurs d'emploi avec un frein", Nature.STOCK, "personnes", part_of="demandeurs_diagnostiques"
)

ACTIONS = Indicator(
    code="N3.1",
    label="Actions de levée de freins",
    short="Actions sur les freins",
    level=Level.UNCOVERED_NEEDS,
    kind=Kind.COUNT,
    numerator="actions_freins",
    unit=Unit.NUMBER,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Actions collectives ou individuelles, organisées ou payées par la Cité pour lever un frein, tenues pendant la période.",
    numerator_text="Actions tenues pendant la période, par frein",
    source="Coordination (suivi des actions)",
    owner="Coordination de la Cité",
    reference="Première évaluation nationale des Cités de l'emploi (ANCT)",
    delay_days=30,
    secrecy=Secrecy.SENSITIVE,
    limits="Une action qui vise deux freins compte pour chacun d'eux, et une fois dans l'ensemble.",
    perverse_effects="Découper une action en plusieurs fait monter le nombre.",
    breakdowns=("frein",),
    benchmark="Environ 15 par Cité (évaluation nationale, ANCT)",
)

BENEFICIARIES = replace(
    ACTIONS,
    code="N3.2",
    label="Bénéficiaires des actions de levée de freins",
    short="Bénéficiaires",
    numerator="beneficiaires_actions_freins",
    unit=Unit.PERSONS,
    definition="Personnes distinctes qui ont pris part à au moins une action de levée de freins pendant la période.",
    numerator_text="Personnes distinctes présentes à une action au moins",
    limits="Personnes distinctes : ni les trimestres ni les freins ne s'additionnent ; on en donne des bornes.",
    perverse_effects="Des actions de masse touchent beaucoup de personnes et lèvent peu de freins.",
    benchmark="Environ 119 personnes par Cité (évaluation nationale, ANCT)",
)

FREINS_IDENTIFIED = replace(
    ACTIONS,
    code="N3.3",
    label="Freins identifiés",
    short="Freins identifiés",
    numerator="freins_identifies",
    better=Direction.NEUTRAL,
    definition="Freins relevés au diagnostic des personnes en parcours pendant la période : un couple d'une personne et d'un frein.",
    numerator_text="Couples personne et frein identifiés pendant la période",
    source="Coordination (diagnostics)",
    reference=FREINS,
    limits="Une personne peut avoir plusieurs freins. Un frein non abordé n'est pas un frein absent : il est compté à part.",
    perverse_effects="Diagnostiquer mieux fait monter le nombre : ce n'est pas une aggravation.",
    benchmark="",
)


def _freins(code: str, short: str, measure: str, text: str, better: Direction, breakdowns: tuple[str, ...] = ("frein",)) -> Indicator:
    return replace(
        FREINS_IDENTIFIED,
        code=f"N3.3-{code}",
        label=short,
        short=short,
        numerator=measure,
        better=better,
        definition=f"{text}.",
        numerator_text=text,
        breakdowns=breakdowns,
    )


FREINS_STILL_OPEN = _freins(
    "ouverts", "Freins ouverts", "freins_ouverts", "Couples personne et frein encore ouverts en fin de période", Direction.LOWER
)
ANSWERS = _freins(
    "repondus",
    "Freins ayant une réponse",
    "freins_repondus",
    "Couples personne et frein qui ont reçu une réponse pendant la période",
    Direction.HIGHER,
    ("frein", "reponse"),
)
FREINS_LIFTED_COUNT = _freins(
    "leves", "Freins levés (nombre)", "freins_leves", "Couples personne et frein clôturés pendant la période", Direction.HIGHER
)
NOT_DISCUSSED = _freins(
    "non_abordes",
    "Freins non abordés",
    "freins_non_abordes",
    "Diagnostics de la période où le frein n'a pas été abordé (statut NON_ABORDEE)",
    Direction.NEUTRAL,
)

ORDINARY_LAW_ANSWERS = replace(
    FREINS_IDENTIFIED,
    code="N3.3-droit_commun",
    label="Part des réponses apportées par le droit commun",
    short="Réponses de droit commun",
    kind=Kind.PROPORTION,
    numerator=Term("freins_repondus", "reponse", ("droit_commun",)),
    denominator="freins_repondus",
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    definition="Parmi les freins qui ont reçu une réponse, part de ceux que traite le droit commun plutôt que l'argent de la Cité.",
    numerator_text="Freins auxquels répond un dispositif de droit commun",
    denominator_text="Freins qui ont reçu une réponse pendant la période",
    limits="Une réponse n'est pas une levée : voir N3.4. Les réponses non renseignées restent au dénominateur.",
    perverse_effects="Refuser de financer ce que le droit commun ne couvre pas fait monter la part.",
    breakdowns=(),
)

FREINS_LIFTED_RATE = replace(
    ORDINARY_LAW_ANSWERS,
    code="N3.4",
    label="Taux de levée des freins",
    short="Freins levés",
    numerator="freins_leves_bilan",
    denominator=("freins_leves_bilan", "freins_ouverts_bilan"),
    definition="Parmi les freins des personnes sorties ou arrivées à six mois de parcours dans la période, part de ceux qui sont levés.",
    numerator_text="Freins clôturés (statut CLOTUREE) des personnes au bilan",
    denominator_text="Freins clôturés ou encore ouverts des personnes au bilan",
    source="Coordination (bilans de parcours)",
    limits="On compte des couples personne et frein : une personne peut compter plusieurs fois. Un frein non abordé n'est pas compté.",
    perverse_effects="N'identifier que des freins faciles à lever fait monter le taux.",
    breakdowns=("frein",),
)

WITHOUT_OFFER = replace(
    FREINS_LIFTED_RATE,
    code="N3.5",
    label="Besoins sans solution locale",
    short="Sans solution locale",
    numerator="freins_sans_offre",
    denominator="freins_ouverts",
    better=Direction.LOWER,
    definition="Part des freins ouverts auxquels aucune offre de la ville ne répond, en fin de période.",
    numerator_text="Freins ouverts sans offre locale",
    denominator_text="Freins ouverts en fin de période",
    source="Coordination (suivi des freins)",
    limits="« Sans offre » est le constat de la coordination : une offre peut exister et n'être pas connue d'elle.",
    perverse_effects="Fermer un frein sans réponse fait baisser la part.",
)

PREVALENCE = replace(
    WITHOUT_OFFER,
    code="N3.6",
    label="Prévalence des freins parmi les demandeurs d'emploi",
    short="Prévalence d'un frein",
    numerator="demandeurs_avec_contrainte",
    denominator=Term("demandeurs_diagnostiques", common=True),
    definition="Part des demandeurs d'emploi diagnostiqués chez qui France Travail a relevé ce frein, en fin de période.",
    numerator_text="Demandeurs d'emploi diagnostiqués avec ce frein",
    denominator_text="Demandeurs d'emploi diagnostiqués, quel que soit le frein",
    source="France Travail",
    delay_days=45,
    limits="Dépend des diagnostics faits : une hausse peut venir de diagnostics plus complets. Il n'existe que frein par frein.",
    perverse_effects="Diagnostiquer moins fait baisser la prévalence.",
    total=False,
)
