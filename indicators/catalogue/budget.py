"""Money: how fast the grant is spent. Computed from the ledger by ``indicators.budget``, not from counts."""

from __future__ import annotations

from indicators.indicator import Direction, Indicator, Kind, Level, Unit
from indicators.period import Frequency

CERFA = "Compte rendu financier, Cerfa 15059*02"

GRANT_USE = Indicator(
    code="B1",
    label="Consommation de la subvention",
    short="Subvention consommée",
    level=Level.BUDGET,
    kind=Kind.MONEY,
    numerator=(),
    unit=Unit.PERCENT,
    better=Direction.NEUTRAL,
    frequency=Frequency.MONTH,
    definition="Part de la subvention de l'exercice qui est payée.",
    numerator_text="Dépenses payées, imputées aux lignes de la subvention",
    denominator_text="Subvention notifiée de l'exercice",
    source="Comptabilité de La Fabrique Défi (FEC)",
    reference=CERFA,
    limits="Une facture reçue et non réglée est engagée, pas payée. Ni un taux élevé ni un taux bas n'est bon en soi : voir B2.",
)

PACE = Indicator(
    code="B2",
    label="Avance ou retard de consommation",
    short="Avance ou retard",
    level=Level.BUDGET,
    kind=Kind.MONEY,
    numerator=(),
    unit=Unit.POINTS,
    better=Direction.NEUTRAL,
    frequency=Frequency.MONTH,
    definition="Part de la subvention payée moins part de l'exercice écoulée, en points ; au-delà de 10 points d'écart, une alerte.",
    numerator_text="Consommation (B1) moins part des jours de l'exercice écoulés",
    source="Comptabilité de La Fabrique Défi (FEC)",
    reference=CERFA,
    limits="Le rythme linéaire est une convention : des dépenses attendues en fin d'année creusent le retard sans être un problème.",
)
