"""Level 1: who takes part. The delivery log is counted like any other source."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

COORDINATION = "Coordination de la Cité"
EVALUATION = "Première évaluation nationale des Cités de l'emploi (ANCT)"

EXPECTED_DELIVERIES = Measure("livraisons_attendues", "livraisons attendues des partenaires", Nature.FLOW, "livraisons", territorial=False)
DELIVERIES_ON_TIME = Measure(
    "livraisons_a_temps",
    "livraisons valables reçues à temps",
    Nature.FLOW,
    "livraisons",
    territorial=False,
    part_of="livraisons_attendues",
)
STRUCTURES = Measure(
    "structures_mobilisees", "structures mobilisées sur douze mois", Nature.DISTINCT_ROLLING, "structures", territorial=False
)
STRUCTURES_OUTSIDE = Measure(
    "structures_hors_emploi",
    "structures mobilisées hors du champ de l'emploi",
    Nature.DISTINCT_ROLLING,
    "structures",
    territorial=False,
    part_of="structures_mobilisees",
)
INVITED = Measure("structures_invitees", "invitations de structures aux instances", Nature.FLOW, "invitations", territorial=False)
PRESENT = Measure(
    "structures_presentes",
    "présences de structures aux instances",
    Nature.FLOW,
    "présences",
    territorial=False,
    part_of="structures_invitees",
)
COORDINATION_ACTIONS = Measure("actions_coordination", "actions de coordination tenues", Nature.FLOW, "actions", territorial=False)
PARTNERS_OF_PARCOURS = Measure(
    "partenaires_de_parcours",
    "partenaires associés aux parcours en cours",
    Nature.STOCK,
    "couples parcours et partenaire",
    territorial=False,
)

MOBILISED = Indicator(
    code="N1.1",
    label="Partenaires mobilisés",
    short="Partenaires mobilisés",
    level=Level.MOBILISATION,
    kind=Kind.COUNT,
    numerator="structures_mobilisees",
    unit=Unit.NUMBER,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Structures différentes présentes à au moins une action ou une instance de la Cité au cours des douze derniers mois.",
    numerator_text="Structures distinctes, présentes au moins une fois sur les douze mois qui finissent avec la période",
    source="Coordination (feuilles d'émargement)",
    owner=COORDINATION,
    reference=EVALUATION,
    delay_days=30,
    secrecy=Secrecy.NONE,
    limits="Douze mois glissants : deux trimestres voisins partagent neuf mois. Une présence ne dit pas une coopération.",
    perverse_effects="Inviter large sans objet fait monter le nombre et baisser la participation (N1.4).",
    benchmark="14 en moyenne par Cité, jusqu'à 27 (évaluation nationale, ANCT)",
)

OUTSIDE_EMPLOYMENT = replace(
    MOBILISED,
    code="N1.2",
    label="Part des partenaires hors du champ de l'emploi",
    short="Hors champ de l'emploi",
    kind=Kind.PROPORTION,
    numerator="structures_hors_emploi",
    denominator="structures_mobilisees",
    unit=Unit.PERCENT,
    definition="Part des partenaires mobilisés dont le métier n'est pas l'emploi : santé, action sociale, logement, famille.",
    numerator_text="Structures mobilisées dont le champ déclaré n'est pas l'emploi",
    denominator_text="Structures mobilisées sur douze mois (N1.1)",
    limits="Le champ est celui que la coordination a noté pour chaque structure (proposition à valider par le copil).",
    perverse_effects="Peut monter parce que des partenaires de l'emploi se retirent.",
    benchmark="",
)

ACTIONS_HELD = replace(
    MOBILISED,
    code="N1.3",
    label="Actions de coordination",
    short="Actions de coordination",
    numerator="actions_coordination",
    definition="Réunions, groupes de travail et ateliers tenus entre partenaires pendant la période.",
    numerator_text="Actions de coordination tenues pendant la période",
    source="Coordination (agenda de la Cité)",
    limits="Une heure et une journée comptent chacune pour une action.",
    perverse_effects="Multiplier les réunions n'est pas coordonner : à lire avec la participation (N1.4).",
    benchmark="Environ 60 par Cité (évaluation nationale, ANCT)",
)

ATTENDANCE = replace(
    OUTSIDE_EMPLOYMENT,
    code="N1.4",
    label="Participation aux instances",
    short="Participation",
    numerator="structures_presentes",
    denominator="structures_invitees",
    definition="Part des invitations aux instances de la Cité qui ont été suivies d'une présence.",
    numerator_text="Structures présentes, réunion par réunion",
    denominator_text="Structures invitées, réunion par réunion",
    source="Coordination (invitations et feuilles d'émargement)",
    limits="Une structure invitée à trois réunions compte trois fois.",
    perverse_effects="Inviter les seules structures sûres de venir fait monter le taux.",
)

PARTNERS_BY_PARCOURS = replace(
    MOBILISED,
    code="N1.1-par_parcours",
    label="Partenaires par parcours",
    short="Partenaires par parcours",
    kind=Kind.MEAN,
    numerator="partenaires_de_parcours",
    denominator="parcours_en_cours",
    unit=Unit.RATIO,
    definition="Nombre moyen de partenaires associés à chaque parcours en cours, le dernier jour de la période.",
    numerator_text="Couples d'un parcours en cours et d'un partenaire vers qui la personne a été orientée",
    denominator_text="Parcours en cours le dernier jour",
    source="Coordination (suivi des parcours)",
    reference="Convention de la Cité de l'emploi (proposition à valider par le copil)",
    secrecy=Secrecy.PERSONS,
    limits="Une moyenne cache des parcours sans aucun partenaire. Le nombre de partenaires ne dit pas l'utilité de chacun.",
    perverse_effects="Orienter pour orienter allonge les parcours sans les aider.",
    benchmark="",
)

TRANSMISSION = Indicator(
    code="N1.5",
    label="Transmission des données par les partenaires",
    short="Transmission des données",
    level=Level.MOBILISATION,
    kind=Kind.PROPORTION,
    numerator="livraisons_a_temps",
    denominator="livraisons_attendues",
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Part des livraisons attendues dans la période qui sont arrivées, valables, dans le délai convenu avec chaque partenaire.",
    numerator_text="Livraisons acceptées, reçues au plus tard le dernier jour du délai",
    denominator_text="Livraisons que les partenaires déclarés devaient pour la période",
    source="Journal des livraisons",
    owner=COORDINATION,
    reference="Convention de la Cité de l'emploi : délai convenu avec chaque partenaire (proposition à valider par le copil)",
    delay_days=45,
    secrecy=Secrecy.NONE,
    limits="Une livraison en retard compte comme manquante même si elle est arrivée depuis ; la page Données donne l'état du jour.",
    perverse_effects="Allonger les délais convenus fait monter le taux sans rien changer.",
)
