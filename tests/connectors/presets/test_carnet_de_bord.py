"""Carnet de bord: freins of a look-alike base with its real names of tables and columns, counts worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from connectors.errors import DeliveryRefusedError
from tests.connectors.cities import City
from tests.connectors.presets import bases

pytestmark = pytest.mark.postgresql

TABLES = """
CREATE TABLE beneficiary (
  id uuid PRIMARY KEY, firstname varchar, lastname varchar, nir varchar, date_of_birth date, address1 varchar, postal_code varchar,
  city varchar);
CREATE TABLE notebook (id uuid PRIMARY KEY, beneficiary_id uuid);
CREATE TABLE notebook_focus (
  id uuid PRIMARY KEY, theme varchar NOT NULL, situations jsonb, notebook_id uuid, created_at timestamptz, linked_to varchar);
CREATE TABLE notebook_target (
  id uuid PRIMARY KEY, focus_id uuid, target varchar, status varchar NOT NULL, created_at timestamptz, updated_at timestamptz);
CREATE TABLE notebook_action (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), target_id uuid, action varchar, status varchar, created_at timestamptz);
CREATE TABLE orientation_request (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), beneficiary_id uuid, reason varchar, status varchar, created_at timestamptz,
  decided_at timestamptz);
"""


def key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def insert(table: str, columns: str, rows: str) -> str:
    """Rows between semicolons, cells between commas; #3 is the third identifier, - is NULL."""
    cells = [[cell.strip() for cell in row.split(",")] for row in rows.split(";") if row.strip()]
    values = [[f"'{key(int(c[1:]))}'" if c.startswith("#") else "NULL" if c == "-" else f"'{c}'" for c in row] for row in cells]
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join('(' + ', '.join(row) + ')' for row in values)};"


# 1 in Les Tilleuls, 2 in Le Port, 3 outside, 4 an imprecise address, 5 another commune, 6 not placed by the partner.
PERSONS = "\n".join(
    insert("beneficiary", "id, lastname", f"#{n}, Nom{n}") + insert("notebook", "id, beneficiary_id", f"#{n}, #{n}") for n in range(1, 7)
)
PLACES = insert(
    "cite_emploi.adresse",
    "beneficiary_id, commune, qpv_2015, qpv_2024",
    "#1, 59999, QP059901, QN05999N; #2, 59999, QP059902, HORS_QPV; #3, 59999, HORS_QPV, HORS_QPV; #4, 59999, -, -; #5, 59998, QP059801, -",
)
# 22:30 in universal time on 31 March is on 1 April in Paris. Focus 12 is the same theme as 11, opened again.
EVENTS = (
    insert(
        "notebook_focus",
        "id, notebook_id, theme, created_at",
        """#11, #1, mobilite, 2023-01-02 09:00Z; #12, #1, mobilite, 2023-05-02 09:00Z; #13, #1, sante, 2022-11-02 09:00Z
        ; #21, #2, emploi, 2023-02-01 09:00Z; #22, #2, formation, 2023-04-01 09:00Z; #31, #3, maitrise_langue, 2023-03-31 22:30Z
        ; #41, #4, contraintes_familiales, 2023-07-01 09:00Z; #42, #4, logement, 2023-08-01 09:00Z
        ; #51, #5, mobilite, 2023-02-01 09:00Z; #61, #6, mobilite, 2023-02-01 09:00Z; #14, #1, numerique, 2024-02-01 09:00Z""",
    )
    + insert(
        "notebook_target",
        "id, focus_id, status, created_at, updated_at",
        """#111, #11, done, 2023-01-03 09:00Z, 2023-02-03 09:00Z; #121, #12, done, 2023-05-03 09:00Z, 2023-06-30 09:00Z
        ; #131, #13, abandonment, 2022-11-03 09:00Z, 2023-03-01 09:00Z; #211, #21, done, 2023-02-02 09:00Z, 2023-05-10 09:00Z
        ; #221, #22, in_progress, 2023-04-02 09:00Z, 2023-04-02 09:00Z; #311, #31, done, 2023-04-02 09:00Z, 2023-06-30 22:30Z
        ; #312, #31, abandonment, 2023-04-02 09:00Z, 2023-05-01 09:00Z; #421, #42, done, 2023-08-02 09:00Z, 2023-09-01 09:00Z
        ; #422, #42, in_progress, 2024-01-10 09:00Z, 2024-01-10 09:00Z""",
    )
    + insert(
        "notebook_action",
        "target_id, status, created_at",
        """#111, done, 2023-01-04 09:00Z; #121, done, 2023-05-04 09:00Z; #211, done, 2023-03-31 22:30Z; #221, in_progress, 2023-04-03 09:00Z
        ; #311, done, 2023-07-02 09:00Z""",
    )
    + insert(
        "orientation_request",
        "beneficiary_id, status, decided_at",
        """#1, accepted, 2023-01-31 09:00Z; #1, accepted, 2023-03-31 22:30Z; #2, denied, 2023-02-01 09:00Z; #3, pending, -
        ; #4, accepted, 2024-01-02 09:00Z; #5, accepted, 2023-02-01 09:00Z""",
    )
)
EXPECTED = {
    ("freins_identifies", "frein"): """
2023-T1 QP059901 mobilite 1, 2023-T1 QP059902 projet_formation 1, 2023-T2 HORS_QPV langue_savoirs_base 1
2023-T3 NON_LOCALISE famille 1, 2023-T3 NON_LOCALISE logement 1, 2024-T1 QN05999N numerique 1""",
    ("freins_repondus", "frein"): """
2023-T1 QP059901 mobilite 1, 2023-T2 QP059902 projet_formation 1, 2023-T3 HORS_QPV langue_savoirs_base 1""",
    # mobilite of 1: ended in February, before it was opened again; ended again in June
    ("freins_leves", "frein"): """
2023-T1 QP059901 mobilite 1, 2023-T2 QP059901 mobilite 1, 2023-T3 HORS_QPV langue_savoirs_base 1, 2023-T3 NON_LOCALISE logement 1""",
    ("freins_ouverts", "frein"): """
2023-T1 QP059902 projet_formation 1
2023-T2 QP059902 projet_formation 1, 2023-T2 HORS_QPV langue_savoirs_base 1
2023-T3 QP059902 projet_formation 1, 2023-T3 NON_LOCALISE famille 1
2023-T4 QP059902 projet_formation 1, 2023-T4 NON_LOCALISE famille 1
2024-T1 HORS_QPV projet_formation 1, 2024-T1 NON_LOCALISE famille 1, 2024-T1 NON_LOCALISE logement 1, 2024-T1 QN05999N numerique 1""",
    ("orientations_droit_commun", "dispositif"): """
2023-T1 QP059901 rsa_accompagnement 1, 2023-T2 QP059901 rsa_accompagnement 1, 2024-T1 NON_LOCALISE rsa_accompagnement 1""",
}
VARIABLE = "CITE_CARNET_DE_BORD_URL"
PRESET = 'preset = "carnet_de_bord"'


@pytest.fixture
def url(postgres_url: Callable[[str], str]) -> str:
    """The base of the partner, as its administrator, once it has placed the addresses as the page says."""
    found = postgres_url("carnet")
    bases.run(found, TABLES, bases.block("carnet_de_bord", "CREATE TABLE cite_emploi.adresse"), PERSONS, PLACES, EVENTS)
    return found


@pytest.fixture
def ours(url: str, city: City) -> Iterator[City]:
    """The Cité that reads it with the rights of the page."""
    with bases.reader(url, "carnet_de_bord") as address:
        city.write(bases.LATER).environment[VARIABLE] = address
        yield city


def test_freins_and_orientations_are_counted_by_zone(ours):
    source = ours.source("carnet", PRESET)
    found = bases.counts(ours, source)
    for (measure, dimension), written in EXPECTED.items():
        assert bases.table(found, measure, dimension) == bases.rows(written), (measure, dimension)
        whole: dict[tuple[str, ...], int] = {}
        for (period, zone, _), count in bases.rows(written).items():
            whole[period, zone] = whole.get((period, zone), 0) + count
        assert bases.table(found, measure) == whole, measure
    bases.assert_only_counts(ours.environment[VARIABLE], source)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("UPDATE notebook_focus SET theme = 'garde' WHERE theme = 'numerique'", "garde"),
        ("UPDATE notebook_target SET status = 'paused'", "paused"),
    ],
)
def test_a_theme_or_a_status_of_a_later_version_blocks_the_load(url, ours, changed, told):
    bases.run(url, changed)
    with pytest.raises(DeliveryRefusedError, match=told):
        bases.counts(ours, ours.source("carnet", PRESET))


def test_the_page_counts_those_who_are_not_placed(url):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        assert connection.execute(bases.block("carnet_de_bord", "SELECT COUNT").encode()).fetchone() == (1,)


def test_the_rights_of_the_page_show_nobody(ours):
    bases.assert_refused(
        ours.environment[VARIABLE],
        "SELECT lastname FROM beneficiary",
        "SELECT situations FROM notebook_focus",
        "SELECT target FROM notebook_target",
        "SELECT reason FROM orientation_request",
        "DELETE FROM cite_emploi.adresse",
    )
