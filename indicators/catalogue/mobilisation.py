"""Level 1: who takes part. The delivery log is counted like any other source."""

from __future__ import annotations

from indicators.indicator import Direction, Indicator, Kind, Level, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

EXPECTED_DELIVERIES = Measure("livraisons_attendues", "livraisons attendues des partenaires", Nature.FLOW, "livraisons", territorial=False)
DELIVERIES_ON_TIME = Measure(
    "livraisons_a_temps",
    "livraisons valables reçues à temps",
    Nature.FLOW,
    "livraisons",
    territorial=False,
    part_of="livraisons_attendues",
)
COORDINATION_ACTIONS = Measure("actions_coordination", "actions de coordination tenues", Nature.FLOW, "actions")

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
    reference="Convention de la Cité de l'emploi : délai convenu avec chaque partenaire (proposition à valider par le copil)",
    limits="Une livraison en retard compte comme manquante même si elle est arrivée depuis ; la page Données donne l'état du jour.",
)
