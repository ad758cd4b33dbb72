"""The closed code lists of breakdowns: sex, age, freins, exits... A code outside its list is refused at the door, never dropped.

Sources: France Travail's eight contraintes and their crosswalk for freins; the IAE rule for exits.
"""

from __future__ import annotations

from dataclasses import dataclass

ENSEMBLE = "ensemble"
"""Dimension and category of a total."""


@dataclass(frozen=True)
class Category:
    """One code of a list with its French label; ``sensitive`` raises the secrecy threshold and forbids crossing."""

    code: str
    label: str
    sensitive: bool = False


@dataclass(frozen=True)
class Dimension:
    """A way to break a count down, one at a time.

    ``exclusive``: each person or event falls in one category only, so that categories add up to the whole.
    ``in_cube``: False for a list too long to be laid out for every measure: its rows are read from Counts by the module that needs them.
    """

    code: str
    label: str
    categories: tuple[Category, ...]
    exclusive: bool = True
    in_cube: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the categories, in reading order."""
        return tuple(category.code for category in self.categories)


def _dimension(code: str, label: str, **categories: str) -> Dimension:
    return Dimension(code, label, tuple(Category(key.lstrip("_"), text) for key, text in categories.items()))


NOT_STATED = {"non_renseigne": "Non renseigné"}

_FREINS = (
    Category("mobilite", "Mobilité"),
    Category("famille", "Garde d'enfants et contraintes familiales"),
    Category("sante", "Santé", sensitive=True),
    Category("langue_savoirs_base", "Langue et savoirs de base"),
    Category("logement", "Logement, hébergement"),
    Category("finances", "Difficultés financières"),
    Category("admin_droits", "Démarches et accès aux droits"),
    Category("justice", "Situation judiciaire", sensitive=True),
    Category("numerique", "Numérique"),
    Category("remobilisation", "Confiance en soi, remobilisation"),
    Category("projet_formation", "Projet professionnel, qualification"),
    Category("autre", "Autre frein"),
    Category("non_renseigne", "Non renseigné"),
)

SCHEMES = (
    Category("france_travail_accompagnement", "Accompagnement France Travail"),
    Category("cej", "Contrat d'engagement jeune"),
    Category("pacea", "PACEA"),
    Category("plie", "PLIE"),
    Category("iae", "Insertion par l'activité économique"),
    Category("pec", "Parcours emploi compétences"),
    Category("cie", "Contrat initiative emploi"),
    Category("emploi_franc", "Emploi franc"),
    Category("alternance", "Alternance"),
    Category("formation_region", "Formation"),
    Category("pmsmp", "Immersion professionnelle (PMSMP)"),
    Category("e2c", "École de la deuxième chance"),
    Category("epide", "EPIDE"),
    Category("vae", "Validation des acquis"),
    Category("creation_activite", "Création d'activité"),
    Category("rsa_accompagnement", "Accompagnement RSA"),
    Category("cap_emploi", "Cap emploi"),
    Category("clause_insertion", "Clause d'insertion"),
    Category("ccas", "Accompagnement social (CCAS)"),
    Category("autre", "Autre dispositif"),
    Category("non_renseigne", "Non renseigné"),
)
"""Ordinary-law schemes (droit commun)."""

NETWORKS = (
    Category("cite", "Cité de l'emploi"),
    Category("france-travail", "France Travail"),
    Category("mission-locale", "Missions locales"),
    Category("plie", "PLIE"),
    Category("cap-emploi", "Cap emploi"),
    Category("siae", "Insertion par l'activité"),
    Category("ccas-cias", "CCAS"),
    Category("caf", "CAF"),
    Category("departement", "Département"),
    Category("centre-social", "Centres sociaux"),
    Category("organisme-formation", "Formation"),
    Category("sante", "Santé"),
    Category("logement", "Logement"),
    Category("autre", "Autre réseau"),
)
"""Networks of partners, after data.inclusion's ``reseaux_porteurs``, grouped where Calais has one structure or a few."""
LINK = ">"
"""Between the network that sends someone on and the one that receives, in the categories of ``liaison``."""


def _links() -> tuple[Category, ...]:
    return tuple(Category(f"{a.code}{LINK}{b.code}", f"De {a.label} vers {b.label}") for a in NETWORKS for b in NETWORKS)


@dataclass(frozen=True)
class Exit(Category):
    """A parcours exit: what the IAE rule makes of its elementary code.

    Attributes:
        family: ``durable``, ``transition`` or ``positive`` for a dynamic exit, ``autre`` for another, ``neutre`` outside the rate.
    """

    family: str = "autre"


EXITS = (
    Exit("emploi_durable", "Emploi durable", family="durable"),
    Exit("emploi_transition", "Emploi de transition", family="transition"),
    Exit("formation_qualifiante", "Formation qualifiante", family="positive"),
    Exit("autre_siae", "Embauche dans une autre structure d'insertion", family="positive"),
    Exit("alternance", "Contrat en alternance", family="positive"),
    Exit("chomage", "Recherche d'emploi à l'issue", family="autre"),
    Exit("abandon", "Rupture ou perte de contact", family="autre"),
    Exit("neutre", "Sortie neutralisée", family="neutre"),
)


def exits(*families: str) -> tuple[str, ...]:
    """Codes of the exits that belong to the given families."""
    return tuple(code.code for code in EXITS if code.family in families)


DIMENSIONS: dict[str, Dimension] = {
    dimension.code: dimension
    for dimension in (
        _dimension(ENSEMBLE, "Ensemble", ensemble="Ensemble"),
        _dimension("sexe", "Sexe", femme="Femmes", homme="Hommes", **NOT_STATED),
        _dimension("age", "Âge", moins_26="Moins de 26 ans", _26_49="26 à 49 ans", _50_plus="50 ans et plus", **NOT_STATED),
        _dimension(
            "anciennete", "Ancienneté", moins_12="Moins de 12 mois", _12_23="12 à 23 mois", _24_plus="24 mois et plus", **NOT_STATED
        ),
        _dimension("rsa", "Bénéficiaire du RSA", oui="Au RSA", non="Hors RSA", **NOT_STATED),
        _dimension("rqth", "Reconnaissance travailleur handicapé", oui="Avec RQTH", non="Sans RQTH", **NOT_STATED),
        _dimension("diplome", "Diplôme", sans="Sans diplôme", cap_bep="CAP, BEP", bac="Baccalauréat", bac_plus="Au-delà", **NOT_STATED),
        Dimension("frein", "Frein", _FREINS, exclusive=False),
        Dimension("sortie", "Type de sortie", EXITS),
        Dimension("dispositif", "Dispositif", SCHEMES),
        _dimension(
            "reponse",
            "Réponse",
            droit_commun="Droit commun",
            financement_cite="Financement de la Cité",
            autre="Autre réponse",
            **NOT_STATED,
        ),
        Dimension("liaison", "De qui vers qui", _links(), in_cube=False),
    )
}


def is_sensitive(dimension: str, category: str) -> bool:
    """Whether a category may tell health or justice."""
    return any(item.sensitive for item in DIMENSIONS[dimension].categories if item.code == category)


def category_label(dimension: str, category: str) -> str:
    """French label of a category; the code itself when the list does not hold it."""
    known = DIMENSIONS.get(dimension)
    return next((item.label for item in known.categories if item.code == category), category) if known else category
