"""rdv-insertion: orientations of a look-alike base with its real names of tables and columns, counts worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from connectors.errors import DeliveryRefusedError
from tests.connectors.cities import City
from tests.connectors.presets import bases

pytestmark = pytest.mark.postgresql

TABLES = """
CREATE TABLE users (
  id bigserial PRIMARY KEY, first_name varchar, last_name varchar, nir varchar, address varchar, title varchar, birth_date date,
  deleted_at timestamp(6));
CREATE TABLE address_geocodings (
  id bigserial PRIMARY KEY, user_id bigint UNIQUE, city_code varchar, street varchar, house_number varchar,
  latitude double precision, longitude double precision);
CREATE TABLE orientation_types (id bigserial PRIMARY KEY, name varchar, casf_category varchar, department_id bigint);
CREATE TABLE orientations (
  id bigserial PRIMARY KEY, user_id bigint, orientation_type_id bigint, organisation_id bigint, starts_at date, ends_at date);
CREATE TABLE motif_categories (id bigserial PRIMARY KEY, name varchar, short_name varchar, motif_category_type varchar);
CREATE TABLE follow_ups (id bigserial PRIMARY KEY, user_id bigint, motif_category_id bigint, status varchar, closed_at timestamp(6));
CREATE TABLE rdvs (id bigserial PRIMARY KEY, starts_at timestamp, status varchar, context text);
CREATE TABLE participations (id bigserial PRIMARY KEY, user_id bigint, rdv_id bigint, follow_up_id bigint, status varchar);
CREATE TABLE archives (id bigserial PRIMARY KEY, user_id bigint, organisation_id bigint, archiving_reason varchar);
CREATE TABLE tags (id bigserial PRIMARY KEY, value varchar NOT NULL);
CREATE TABLE tag_users (id bigserial PRIMARY KEY, tag_id bigint, user_id bigint);
"""
# 1 in Les Tilleuls, 2 in Le Port, 3 exactly on the limit, 4 a street without a number, 5 another commune, 6 deleted, 7 never geocoded,
# 8 outside and archived, 9 without coordinates.
PERSONS = """
INSERT INTO users (id, title, birth_date, deleted_at) VALUES
  (1, 'madame', '1998-03-31', NULL), (2, 'monsieur', '1980-05-01', NULL), (3, NULL, NULL, NULL), (4, 'madame', '1973-07-01', NULL),
  (5, 'madame', '1990-01-01', NULL), (6, 'madame', '1990-01-01', '2023-05-02 08:00'), (7, 'monsieur', '1990-01-01', NULL),
  (8, 'monsieur', '1990-01-01', NULL), (9, 'madame', '1990-01-01', NULL);
INSERT INTO address_geocodings (user_id, city_code, street, house_number, latitude, longitude) VALUES
  (1, '59999', 'Rue A', '1', 50.905, 1.805), (2, '59999', 'Rue B', '2', 50.905, 1.825), (3, '59999', 'Rue A', '3 bis', 50.905, 1.81),
  (4, '59999', 'Rue A', NULL, 50.905, 1.805), (5, '59998', 'Rue C', '5', 50.905, 1.805), (6, '59999', 'Rue A', '6', 50.905, 1.805),
  (8, '59999', 'Rue D', '8', 50.905, 1.8101), (9, '59999', 'Rue A', '9', NULL, NULL);
INSERT INTO archives (user_id, archiving_reason) VALUES (8, 'Déménagement');
"""
EVENTS = """
INSERT INTO orientation_types (id, name, casf_category) VALUES (1, 'Sociale', 'social'), (2, 'Pro', 'pro'), (3, 'Mixte', 'socio_pro'),
  (4, 'Sociale du 59', 'social');
INSERT INTO orientations (user_id, orientation_type_id, starts_at, ends_at) VALUES
  (1, 1, '2023-01-01', '2023-03-31'), (1, 4, '2023-04-01', '2023-12-31'), (1, 1, '2024-01-15', NULL),
  (2, 2, '2023-03-31', '2023-06-29'), (2, 1, '2023-06-30', '2024-01-01'), (2, 3, '2024-01-02', NULL),
  (3, 1, '2023-02-01', NULL), (4, 3, '2023-01-01', '2023-06-30'), (4, 1, '2023-07-01', NULL),
  (5, 1, '2023-02-01', NULL), (6, 1, '2023-02-01', NULL), (7, 1, '2023-02-01', NULL),
  (8, 2, '2022-12-31', '2023-03-31'), (8, 2, '2023-04-01', NULL), (9, 2, '2023-10-01', NULL), (8, 2, '2024-04-01', NULL);
INSERT INTO motif_categories (id, motif_category_type) VALUES (1, 'rsa_accompagnement'), (2, 'rsa_orientation');
INSERT INTO follow_ups (id, motif_category_id, status) VALUES (1, 1, 'closed'), (2, 2, 'rdv_seen');
INSERT INTO rdvs (id, starts_at) VALUES (1, '2023-06-30 22:30'), (2, '2023-03-31 22:30'), (3, '2023-04-10 09:00'),
  (4, '2023-02-01 09:00'), (8, '2022-12-30 23:30');
INSERT INTO participations (user_id, rdv_id, follow_up_id, status) VALUES
  (1, 1, 1, 'seen'), (2, 2, 1, 'seen'), (3, 3, 1, 'noshow'), (3, 4, 2, 'seen'), (4, 4, 1, 'seen'), (8, 8, 1, 'seen'), (6, 4, 1, 'seen');
"""
TAGS = """
INSERT INTO tags VALUES (1, 'QPV QP059901 Les Tilleuls'), (2, 'QN05999N'), (3, 'qp059902'), (4, 'Hors QPV'), (5, 'QPV'),
  (6, 'Parent isolé');
INSERT INTO tag_users (user_id, tag_id) VALUES (1, 1), (1, 2), (1, 6), (2, 3), (2, 4), (4, 5), (8, 4), (9, 1), (9, 3);
"""
# An appointment at 22:30 in universal time on 30 June is on 1 July in Calais: too late for the second quarter.
GEOMETRY = {
    ("orientations_droit_commun", "ensemble"): """
2023-T1 QP059901 1, 2023-T1 QP059902 1, 2023-T1 HORS_QPV 1, 2023-T1 NON_LOCALISE 1
2023-T2 QP059901 1, 2023-T2 QP059902 1, 2023-T2 HORS_QPV 1, 2023-T3 NON_LOCALISE 1, 2023-T4 NON_LOCALISE 1
2024-T1 QN05999N 1, 2024-T1 HORS_QPV 1""",
    ("orientations_echues", "ensemble"): """
2023-T1 HORS_QPV 1, 2023-T2 QP059901 1, 2023-T2 QP059902 1, 2023-T2 HORS_QPV 1, 2023-T2 NON_LOCALISE 1
2023-T3 QP059901 1, 2023-T3 QP059902 1, 2023-T3 HORS_QPV 1, 2023-T4 NON_LOCALISE 1, 2024-T1 NON_LOCALISE 1""",
    ("orientations_concretisees", "ensemble"): """
2023-T1 HORS_QPV 1, 2023-T2 QP059902 1, 2023-T2 NON_LOCALISE 1, 2023-T3 QP059901 1""",
    ("entrees_accompagnement_social", "sexe"): """
2023-T1 QP059901 femme 1, 2023-T1 HORS_QPV non_renseigne 1, 2023-T2 QP059902 homme 1
2023-T3 NON_LOCALISE femme 1, 2024-T1 QN05999N femme 1""",
    ("entrees_accompagnement_social", "age"): """
2023-T1 QP059901 moins_26 1, 2023-T1 HORS_QPV non_renseigne 1, 2023-T2 QP059902 26_49 1
2023-T3 NON_LOCALISE 50_plus 1, 2024-T1 QN05999N moins_26 1""",
}
# By tag, the resident of the limit (no tag) and the one tagged « QPV » alone are not placed.
BY_TAG = {
    **GEOMETRY,
    ("orientations_droit_commun", "ensemble"): GEOMETRY["orientations_droit_commun", "ensemble"].replace(
        "2023-T1 HORS_QPV 1, 2023-T1 NON_LOCALISE 1", "2023-T1 NON_LOCALISE 2"
    ),
    ("orientations_echues", "ensemble"): GEOMETRY["orientations_echues", "ensemble"].replace(
        "2023-T2 HORS_QPV 1, 2023-T2 NON_LOCALISE 1", "2023-T2 NON_LOCALISE 2"
    ),
    ("entrees_accompagnement_social", "sexe"): GEOMETRY["entrees_accompagnement_social", "sexe"].replace("T1 HORS_QPV", "T1 NON_LOCALISE"),
    ("entrees_accompagnement_social", "age"): GEOMETRY["entrees_accompagnement_social", "age"].replace("T1 HORS_QPV", "T1 NON_LOCALISE"),
}
VARIABLE = "CITE_RDV_INSERTION_URL"


def outline(code: str, west: float, commune: str = "59999") -> str:
    ring = [[west, 50.9], [west + 0.01, 50.9], [west + 0.01, 50.91], [west, 50.91], [west, 50.9]]
    geometry = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    return f'{{"properties": {{"code_qp": "{code}", "insee_com": "{commune}"}}, "geometry": {geometry}}}'


OUTLINES = [outline("QP059901", 1.8), outline("QP059902", 1.82), outline("QN05999N", 1.8), outline("QP059801", 1.81, "59998")]


@pytest.fixture
def url(postgres_url: Callable[[str], str]) -> str:
    """The base of the partner, as its administrator, before the Cité asks anything."""
    found = postgres_url("rdvi")
    bases.run(found, TABLES, PERSONS, EVENTS, TAGS)
    return found


@pytest.fixture
def by_geometry(url: str, city: City) -> Iterator[City]:
    """The Cité that reads it once the partner has loaded the outlines as the page says."""
    load = bases.block("rdv_insertion", "CREATE TABLE cite_emploi.qpv").replace("62193", "59999")
    bases.run(bases.with_postgis(url), load.replace(":'geojson'", f"""'{{"features": [{", ".join(OUTLINES)}]}}'"""))
    with bases.reader(url, "rdv_insertion", "GRANT USAGE") as address:
        city.write(bases.LATER).environment[VARIABLE] = address
        yield city


@pytest.fixture
def by_tag(url: str, city: City) -> Iterator[City]:
    """The Cité that reads the tags, without PostGIS."""
    with bases.reader(url, "rdv_insertion", "ON tags TO") as address:
        city.write(bases.LATER).environment[VARIABLE] = address
        yield city


def tagged() -> str:
    """The declaration that the page gives for the tags."""
    (text,) = bases.blocks("rdv_insertion", "toml")
    return text


@pytest.mark.parametrize(
    ("here", "text", "expected"), [("by_geometry", 'preset = "rdv_insertion"', GEOMETRY), ("by_tag", tagged(), BY_TAG)]
)
def test_orientations_are_counted_by_zone_sex_and_age(here, text, expected, request):
    ours = request.getfixturevalue(here)
    source = ours.source("rdvi", text)
    found = bases.counts(ours, source)
    for (measure, dimension), written in expected.items():
        assert bases.table(found, measure, dimension) == bases.rows(written), (measure, dimension)
    assert {key[4] for key in found if key[3] == "dispositif"} == {"rsa_accompagnement"}
    bases.assert_only_counts(ours.environment[VARIABLE], source)


def test_without_the_outlines_of_2024_nobody_is_said_outside_the_qpv(url, by_geometry):
    bases.run(url, "DELETE FROM cite_emploi.qpv WHERE code = 'QN05999N'")
    found = bases.counts(by_geometry, by_geometry.source("rdvi", 'preset = "rdv_insertion"'))
    last = {key: count for key, count in bases.table(found, "orientations_droit_commun").items() if key[0] == "2024-T1"}
    assert last == bases.rows("2024-T1 NON_LOCALISE 2")
    assert ("2023-T2", "HORS_QPV") in bases.table(found, "orientations_droit_commun")


def test_the_tag_of_another_city_is_told(url, by_tag):
    bases.run(url, "UPDATE tags SET value = 'QPV QP059801' WHERE id = 3")
    with pytest.raises(DeliveryRefusedError, match="QP059801"):
        bases.counts(by_tag, by_tag.source("rdvi", tagged()))


def test_the_rights_of_the_page_show_nobody(by_geometry):
    bases.assert_refused(
        by_geometry.environment[VARIABLE],
        "SELECT last_name FROM users",
        "SELECT nir FROM users",
        "SELECT address FROM users",
        "SELECT context FROM rdvs",
        "SELECT value FROM tags",
        "DELETE FROM cite_emploi.qpv",
    )
