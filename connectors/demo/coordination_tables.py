"""The tables of the coordination's database, as a small association would have them drawn. Their rows are ``coordination``'s business."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy import Column as SqlColumn

from connectors.demo.bases import persons_table

METADATA = MetaData()


def _table(name: str, *columns: SqlColumn) -> Table:
    return Table(name, METADATA, SqlColumn("id", Integer, primary_key=True), *columns)


def _of(name: str, table: str, *, optional: bool = False) -> SqlColumn:
    """A reference to another table's row."""
    return SqlColumn(name, Integer, ForeignKey(f"{table}.id"), nullable=optional)


def _day(name: str, *, optional: bool = False) -> SqlColumn:
    return SqlColumn(name, Date, nullable=optional)


def _words(name: str, *, optional: bool = False) -> SqlColumn:
    return SqlColumn(name, String, nullable=optional)


PERSONS = persons_table(METADATA, "personne")
for _column in (
    SqlColumn("age_premier_contact", Integer, nullable=False),
    SqlColumn("inscrit_ft", Boolean, nullable=False),
    _words("rsa", optional=True),
    _words("rqth", optional=True),
    _words("recherche", optional=True),
):
    PERSONS.append_column(_column)

CONTACTS = _table("contact", _of("personne_id", "personne"), _day("contact_le"))
RECEPTIONS = _table("accueil", _of("personne_id", "personne"), _day("recu_le"))
DIAGNOSES = _table("diagnostic", _of("personne_id", "personne"), _day("pose_le"))
NOT_DISCUSSED = _table("frein_non_aborde", _of("diagnostic_id", "diagnostic"), _words("theme"))
PARCOURS = _table(
    "parcours",
    _of("personne_id", "personne"),
    _day("engage_le"),
    _day("sorti_le", optional=True),
    _words("code_sortie", optional=True),
    _day("bilan_le", optional=True),
    SqlColumn("mene_a_terme", Boolean),
    SqlColumn("en_activite", Boolean),
)
FREINS = _table(
    "frein",
    _of("parcours_id", "parcours"),
    _words("theme"),
    _words("besoin", optional=True),
    _day("identifie_le"),
    _day("repondu_le", optional=True),
    _words("reponse", optional=True),
    _day("clos_le", optional=True),
    SqlColumn("sans_offre", Boolean, nullable=False),
)
SIX_MONTHS = _table(
    "suivi_six_mois",
    _of("parcours_id", "parcours"),
    _day("echeance_le"),
    SqlColumn("joint", Boolean, nullable=False),
    SqlColumn("en_activite", Boolean),
)
ORIENTATIONS = _table(
    "orientation", _of("personne_id", "personne"), _day("orientee_le"), _words("dispositif"), _day("entree_le", optional=True)
)
STRUCTURES = _table("structure", _words("nom"), _words("reseau"), _words("champ"))
ACTIONS = _table("action", _words("type_action"), _day("tenue_le"), _words("zone", optional=True))
INVITATIONS = _table("invitation", _of("action_id", "action"), _of("structure_id", "structure"))
ATTENDANCE = _table("presence", _of("action_id", "action"), _of("structure_id", "structure"))
BETWEEN_PARTNERS = _table(
    "orientation_partenaire",
    _of("origine_id", "structure"),
    _of("destination_id", "structure"),
    _day("faite_le"),
    _of("parcours_id", "parcours", optional=True),
)
WORKSHOPS = _table("action_frein", _day("tenue_le"), _words("zone"))
WORKSHOP_AIMS = _table("action_frein_theme", _of("action_id", "action_frein"), _words("theme"))
WORKSHOP_PRESENCES = _table("action_frein_presence", _of("action_id", "action_frein"), _of("personne_id", "personne"))
