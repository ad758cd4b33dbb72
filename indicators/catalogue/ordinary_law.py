"""Level 2: residents identified and received, and their access to ordinary-law schemes (droit commun)."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

COORDINATION = "Coordination de la Cité"
CITE = "Cahier des charges des Cités de l'emploi (ANCT)"
PROPOSAL = "Convention de la Cité de l'emploi (proposition à valider par le copil)"

IDENTIFIED = Measure("habitants_reperes", "habitants repérés depuis le 1er janvier", Nature.DISTINCT_TO_DATE, "personnes")
RECEIVED = Measure(
    "habitants_accueillis", "habitants reçus depuis le 1er janvier", Nature.DISTINCT_TO_DATE, "personnes", part_of="habitants_reperes"
)
NOT_REGISTERED = Measure(
    "habitants_non_inscrits_ft",
    "habitants repérés non inscrits à France Travail",
    Nature.DISTINCT_TO_DATE,
    "personnes",
    part_of="habitants_reperes",
)
SENT_TO_CITE = Measure("habitants_orientes_vers_cite", "habitants orientés vers la Cité", Nature.FLOW, "personnes")
OUTREACH = Measure("actions_aller_vers", "actions d'aller-vers tenues", Nature.FLOW, "actions")
ORIENTATIONS = Measure("orientations_droit_commun", "orientations vers le droit commun", Nature.FLOW, "orientations")
ORIENTATIONS_DUE = Measure("orientations_echues", "orientations du trimestre précédent", Nature.FLOW, "orientations")
ORIENTATIONS_KEPT = Measure(
    "orientations_concretisees", "orientations suivies d'une entrée", Nature.FLOW, "orientations", part_of="orientations_echues"
)
BETWEEN_PARTNERS = Measure("orientations_partenaires", "orientations entre partenaires", Nature.FLOW, "orientations", territorial=False)
ACROSS_NETWORKS = Measure(
    "orientations_entre_reseaux",
    "orientations vers un autre réseau",
    Nature.FLOW,
    "orientations",
    territorial=False,
    part_of="orientations_partenaires",
)
SUPPORTED = Measure("habitants_accompagnes", "habitants entrés dans un dispositif", Nature.DISTINCT, "personnes")

IDENTIFIED_COUNT = Indicator(
    code="N2.1",
    label="Habitants repérés depuis le 1er janvier",
    short="Habitants repérés",
    level=Level.ORDINARY_LAW,
    kind=Kind.COUNT,
    numerator="habitants_reperes",
    unit=Unit.PERSONS,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Personnes distinctes contactées par la Cité de l'emploi depuis le 1er janvier.",
    numerator_text="Personnes distinctes avec au moins un contact depuis le 1er janvier",
    source="Coordination (registre des contacts)",
    owner=COORDINATION,
    reference=CITE,
    delay_days=30,
    secrecy=Secrecy.PERSONS,
    limits="Personnes distinctes : les trimestres ne s'additionnent pas.",
    perverse_effects="Compter un contact sans suite comme un repérage fait monter le nombre et baisser l'accueil (N2.2).",
    breakdowns=("sexe", "age"),
    benchmark="Environ 417 habitants repérés par Cité (évaluation nationale, ANCT)",
)

RECEPTION_RATE = replace(
    IDENTIFIED_COUNT,
    code="N2.2",
    label="Taux d'accueil",
    short="Taux d'accueil",
    kind=Kind.PROPORTION,
    numerator="habitants_accueillis",
    denominator="habitants_reperes",
    unit=Unit.PERCENT,
    definition="Part des habitants repérés depuis le 1er janvier qui ont été reçus en entretien.",
    numerator_text="Personnes distinctes reçues depuis le 1er janvier, parmi les repérées",
    denominator_text="Personnes distinctes repérées depuis le 1er janvier",
    limits="Les personnes repérées en fin de période n'ont pas encore eu le temps d'être reçues.",
    perverse_effects="Ne repérer que des personnes prêtes à venir fait monter le taux.",
    benchmark="",
)

NOT_REGISTERED_SHARE = replace(
    RECEPTION_RATE,
    code="N2.3",
    label="Part non inscrite à France Travail",
    short="Non inscrits",
    numerator="habitants_non_inscrits_ft",
    better=Direction.NEUTRAL,
    definition="Part des habitants repérés depuis le 1er janvier qui n'étaient pas inscrits à France Travail.",
    numerator_text="Personnes distinctes repérées et non inscrites à France Travail",
    limits="L'inscription est celle que la personne déclare au premier contact.",
    perverse_effects="Ne chercher que des non-inscrits écarte les inscrits sans accompagnement.",
)

OUTREACH_ACTIONS = replace(
    IDENTIFIED_COUNT,
    code="N2.4",
    label="Actions d'aller-vers",
    short="Actions d'aller-vers",
    numerator="actions_aller_vers",
    unit=Unit.NUMBER,
    definition="Actions menées là où sont les habitants, hors des locaux des partenaires, pendant la période.",
    numerator_text="Actions d'aller-vers tenues pendant la période",
    source="Coordination (agenda de la Cité)",
    secrecy=Secrecy.NONE,
    limits="Une action compte une fois, quel que soit le nombre de personnes rencontrées.",
    perverse_effects="Multiplier les actions sans repérage : à lire avec N2.1.",
    breakdowns=(),
    benchmark="Environ 31 événements par Cité (évaluation nationale, ANCT)",
)

ORIENTATIONS_COUNT = replace(
    IDENTIFIED_COUNT,
    code="N2.5",
    label="Orientations vers le droit commun",
    short="Orientations",
    numerator="orientations_droit_commun",
    unit=Unit.NUMBER,
    definition="Orientations d'habitants vers un dispositif de droit commun, faites pendant la période.",
    numerator_text="Orientations faites pendant la période, par dispositif",
    source="Coordination (suivi des orientations)",
    limits="Des orientations, pas des personnes : une même personne peut être orientée plusieurs fois.",
    perverse_effects="Orienter beaucoup sans suite : à lire avec N2.7.",
    breakdowns=("dispositif",),
    benchmark="",
)

ACROSS_NETWORKS_SHARE = replace(
    RECEPTION_RATE,
    code="N2.5-croisees",
    label="Orientations vers un autre réseau",
    short="Vers un autre réseau",
    numerator="orientations_entre_reseaux",
    denominator="orientations_partenaires",
    definition="Part des orientations entre partenaires qui passent d'un réseau à un autre : une mesure simple du décloisonnement.",
    numerator_text="Orientations dont l'orienteur et le receveur sont de réseaux différents",
    denominator_text="Orientations entre partenaires pendant la période",
    source="Coordination (suivi des orientations)",
    reference=PROPOSAL,
    secrecy=Secrecy.PERSONS,
    limits=(
        "Cette part ne voit que les orientations que les partenaires signalent à la coordination. "
        "Une orientation interne n'est pas un défaut."
    ),
    perverse_effects="Renvoyer une personne d'un réseau à l'autre fait monter la part.",
    breakdowns=(),
)

FOLLOWED_ORIENTATIONS = replace(
    RECEPTION_RATE,
    code="N2.7",
    label="Taux de concrétisation des orientations",
    short="Concrétisation",
    numerator="orientations_concretisees",
    denominator="orientations_echues",
    definition="Part des orientations du trimestre précédent qui ont été suivies d'une entrée avant la fin de la période.",
    numerator_text="Orientations du trimestre précédent suivies d'une entrée dans le dispositif",
    denominator_text="Orientations faites pendant le trimestre précédent",
    source="Coordination et partenaires",
    reference=PROPOSAL,
    limits="De trois à six mois de recul selon le jour de l'orientation ; une entrée plus tardive n'est pas comptée.",
    perverse_effects="N'orienter que vers les dispositifs qui acceptent toujours fait monter le taux.",
    breakdowns=(),
)
