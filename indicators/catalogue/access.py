"""Level 2: entries in each ordinary-law scheme, and access to it beside the rest of the city: rate, gap and parity."""

from __future__ import annotations

from dataclasses import replace

from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency
from indicators.typography import lower_first

CEJ_ENTRIES = Measure("entrees_cej", "entrées en contrat d'engagement jeune", Nature.FLOW, "entrées")
PACEA_ENTRIES = Measure("entrees_pacea", "entrées en PACEA", Nature.FLOW, "entrées")
TRAINING_ENTRIES = Measure("entrees_formation", "entrées en formation", Nature.FLOW, "entrées")
IAE_ENTRIES = Measure("entrees_iae", "embauches en insertion par l'activité économique", Nature.FLOW, "entrées")
PLIE_ENTRIES = Measure("entrees_plie", "entrées au PLIE", Nature.FLOW, "entrées")
CAP_EMPLOI_ENTRIES = Measure("entrees_cap_emploi", "entrées à Cap emploi", Nature.FLOW, "entrées")
SOCIAL_SUPPORT_ENTRIES = Measure("entrees_accompagnement_social", "entrées en accompagnement social", Nature.FLOW, "entrées")
MOBILITY_AID_ENTRIES = Measure("entrees_aide_mobilite", "aides à la mobilité accordées", Nature.FLOW, "aides")
CHILDCARE_ENTRIES = Measure("entrees_garde_enfant", "aides à la garde d'enfant accordées", Nature.FLOW, "aides")
BUSINESS_ENTRIES = Measure("entrees_creation_activite", "appuis à la création d'activité", Nature.FLOW, "entrées")

_ACCESS = Indicator(
    code="N2.8",
    label="Taux d'accès au droit commun",
    short="Accès au droit commun",
    level=Level.ORDINARY_LAW,
    kind=Kind.RATE,
    numerator=("entrees_cej", "entrees_pacea", "entrees_formation", "entrees_iae", "entrees_plie"),
    denominator="demandeurs_emploi_abc",
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Entrées dans les cinq dispositifs principaux pendant la période, pour 100 demandeurs d'emploi de la même zone.",
    numerator_text="Entrées en CEJ, PACEA, formation, insertion par l'activité économique et PLIE pendant la période",
    denominator_text="Demandeurs d'emploi de catégories A, B et C en fin de période",
    source="Partenaires et France Travail",
    owner="Coordination de la Cité",
    reference="Convention de la Cité de l'emploi (proposition à valider par le copil)",
    limits=(
        "Des entrées, pas des personnes : une même personne peut entrer plusieurs fois. Numérateur et dénominateur viennent de sources "
        "différentes ; l'appartenance au QPV n'y est pas établie de la même façon. L'écart ne dit pas sa cause."
    ),
    delay_days=45,
    secrecy=Secrecy.PERSONS,
    perverse_effects="Faire entrer plus de monde sans regarder d'où vient chacun peut creuser l'écart ; l'entrée ne dit pas la suite.",
    breakdowns=("sexe", "age"),
)

ACCESS_RATE = _ACCESS

_PARITY = replace(
    _ACCESS,
    code="N2.9",
    label="Indice de parité d'accès",
    short="Parité d'accès",
    kind=Kind.PARITY,
    unit=Unit.RATIO,
    definition="Part des QPV parmi les entrées, divisée par leur part parmi les demandeurs d'emploi ; 1 = même accès.",
    target=1.0,
    target_text="1 : les habitants des QPV entrent à proportion de leur part parmi les demandeurs d'emploi.",
    limits=(
        "Calculé sur les seules adresses localisées ; pour un quartier, parmi ce quartier et le reste de la ville. À lire avec le nombre "
        "d'entrées : sur de petits nombres, l'indice varie beaucoup."
    ),
)

ACCESS_PARITY = _PARITY

ENTRIES = replace(
    _ACCESS,
    code="N2.6",
    label="Entrées en droit commun",
    short="Entrées en droit commun",
    kind=Kind.COUNT,
    denominator=None,
    denominator_text="",
    unit=Unit.NUMBER,
    definition="Entrées dans les cinq dispositifs principaux (CEJ, PACEA, formation, insertion par l'activité, PLIE) pendant la période.",
    source="Partenaires",
    limits="Des entrées, pas des personnes : une même personne peut entrer plusieurs fois, et dans plusieurs dispositifs.",
    perverse_effects="Multiplier les entrées courtes fait monter le nombre.",
)

SUPPORTED_COUNT = replace(
    ENTRIES,
    code="N2.6-personnes",
    label="Habitants entrés dans un dispositif",
    short="Habitants entrés",
    numerator="habitants_accompagnes",
    unit=Unit.PERSONS,
    definition="Personnes distinctes entrées dans au moins un des cinq dispositifs principaux (ceux de N2.6) pendant la période.",
    numerator_text="Personnes distinctes, chez chaque partenaire",
    limits=(
        "Chaque partenaire compte ses propres personnes, sans pouvoir reconnaître celles des autres : on donne des bornes, du plus grand "
        "des effectifs à leur somme (doubles comptes possibles), jamais un total."
    ),
    perverse_effects="Aucun connu.",
    breakdowns=(),
)

UNDER_26 = Term("demandeurs_emploi_abc", "age", ("moins_26",))
ALL_JOB_SEEKERS = Term("demandeurs_emploi_abc")


def _access(
    scheme: str, short: str, entries: Measure, source: str, among: Term = ALL_JOB_SEEKERS, *, note: str = ""
) -> tuple[Indicator, Indicator, Indicator]:
    """The entries in one scheme, its access rate and its parity index, from the same two terms."""
    population = "Demandeurs d'emploi de catégories A, B et C" + (" de moins de 26 ans" if among is UNDER_26 else "")
    pieces = {
        "short": short,
        "numerator": entries.code,
        "denominator": among,
        "numerator_text": f"{entries.label[0].upper()}{entries.label[1:]} pendant la période",
        "denominator_text": f"{population} en fin de période",
        "source": f"{source} et France Travail",
        # a term held to one age leaves nothing to break down: counts never cross two dimensions
        "breakdowns": () if among is UNDER_26 else ("sexe", "age"),
    }
    rate = replace(
        _ACCESS,
        code=f"N2.8-{scheme}",
        label=f"Taux d'accès : {lower_first(short)}",
        definition=f"{pieces['numerator_text']}, pour 100 {population[0].lower()}{population[1:]} de la même zone.",
        limits=f"{note} {_ACCESS.limits}".strip(),
        **pieces,  # type: ignore[arg-type]
    )
    parity = replace(_PARITY, code=f"N2.9-{scheme}", label=f"Indice de parité : {lower_first(short)}", **pieces)  # type: ignore[arg-type]
    count = replace(
        ENTRIES,
        code=f"N2.6-{scheme}",
        label=f"Entrées : {lower_first(short)}",
        short=short,
        numerator=entries.code,
        definition=f"{pieces['numerator_text']}.",
        numerator_text=str(pieces["numerator_text"]),
        source=source,
        limits=f"{note} {ENTRIES.limits}".strip(),
    )
    return count, rate, parity


CEJ_COUNT, CEJ_ACCESS, CEJ_PARITY = _access("cej", "Contrat d'engagement jeune", CEJ_ENTRIES, "Mission locale", UNDER_26)
PACEA_COUNT, PACEA_ACCESS, PACEA_PARITY = _access("pacea", "PACEA", PACEA_ENTRIES, "Mission locale", UNDER_26)
TRAINING_COUNT, TRAINING_ACCESS, TRAINING_PARITY = _access(
    "formation", "Formation", TRAINING_ENTRIES, "Mission locale", note="Une personne qui entre dans deux formations compte deux fois."
)
IAE_COUNT, IAE_ACCESS, IAE_PARITY = _access("iae", "Insertion par l'activité", IAE_ENTRIES, "Les emplois de l'inclusion")
PLIE_COUNT, PLIE_ACCESS, PLIE_PARITY = _access("plie", "PLIE", PLIE_ENTRIES, "PLIE")
CAP_EMPLOI_COUNT, CAP_EMPLOI_ACCESS, CAP_EMPLOI_PARITY = _access("cap_emploi", "Cap emploi", CAP_EMPLOI_ENTRIES, "Cap emploi")
SOCIAL_COUNT, SOCIAL_ACCESS, SOCIAL_PARITY = _access("accompagnement_social", "Accompagnement social", SOCIAL_SUPPORT_ENTRIES, "CCAS")
MOBILITY_COUNT, MOBILITY_ACCESS, MOBILITY_PARITY = _access("aide_mobilite", "Aide à la mobilité", MOBILITY_AID_ENTRIES, "CCAS")
CHILDCARE_COUNT, CHILDCARE_ACCESS, CHILDCARE_PARITY = _access("garde_enfant", "Aide à la garde d'enfant", CHILDCARE_ENTRIES, "CCAS")
BUSINESS_COUNT, BUSINESS_ACCESS, BUSINESS_PARITY = _access("creation_activite", "Création d'activité", BUSINESS_ENTRIES, "CCAS")
