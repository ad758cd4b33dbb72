"""Les emplois de l'inclusion: hirings of a look-alike base with its real names of tables and columns, counts worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from connectors.errors import DeliveryRefusedError
from tests.connectors.cities import City
from tests.connectors.presets import bases

pytestmark = pytest.mark.postgresql

TABLES = """
CREATE TABLE cities_city (id serial PRIMARY KEY, name varchar(255), department varchar(3), post_codes varchar(5)[], code_insee varchar(6));
CREATE TABLE geo_qpv (
  id serial PRIMARY KEY, code varchar(8), name varchar(254), communes_info varchar(254), geometry geometry(MultiPolygon, 4326));
CREATE TABLE companies_company (id serial PRIMARY KEY, kind varchar(8), siret varchar(14), name varchar(255));
CREATE TABLE users_user (
  id serial PRIMARY KEY, first_name varchar(150), last_name varchar(150), email varchar(254), kind varchar, title varchar(3),
  post_code varchar(5), city varchar(255), insee_city_id int, coords geography(Point, 4326), geocoding_score double precision);
CREATE TABLE users_jobseekerprofile (
  user_id int PRIMARY KEY, birthdate date, education_level varchar(2), has_rsa_allocation varchar(6), rqth_employee boolean,
  nir varchar(15));
CREATE TABLE job_applications_jobapplication (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), job_seeker_id int, to_company_id int, state varchar(16), origin varchar(30),
  hiring_start_at date, message text);
"""
PLACES = """
INSERT INTO cities_city VALUES (1, 'Villetest', '59', '{59990}', '59999'), (2, 'Autreville', '59', '{59980}', '59998');
INSERT INTO geo_qpv (code, name, communes_info, geometry) VALUES
  ('QP059901', 'Les Tilleuls', 'Villetest', ST_Multi(ST_MakeEnvelope(1.80, 50.90, 1.81, 50.91, 4326))),
  ('QP059902', 'Le Port', 'Villetest', ST_Multi(ST_MakeEnvelope(1.82, 50.90, 1.83, 50.91, 4326))),
  ('QN05999N', 'Les Tilleuls', 'Villetest', ST_Multi(ST_MakeEnvelope(1.80, 50.90, 1.81, 50.91, 4326))),
  ('QP059801', 'La Plaine', 'Autreville', ST_Multi(ST_MakeEnvelope(1.90, 50.90, 1.91, 50.91, 4326)));
INSERT INTO companies_company (id, kind) VALUES (1, 'ACI'), (2, 'GEIQ'), (3, 'ETTI');
"""
# 1 to 3: in Les Tilleuls, in Le Port, exactly on the limit of Les Tilleuls. 4: a score of 0.8. 5: another commune. 6: no coordinates, a
# commune known by its name only. 7: just outside. 8: in Les Tilleuls, without a profile.
PERSONS = """
INSERT INTO users_user (id, title, insee_city_id, post_code, city, coords, geocoding_score) VALUES
  (1, 'MME', 1, '59990', 'Villetest', 'POINT(1.805 50.905)', 0.95),
  (2, 'M', 1, '59990', 'Villetest', 'POINT(1.825 50.905)', 0.81),
  (3, '', 1, '59990', 'Villetest', 'POINT(1.81 50.905)', 0.9),
  (4, 'MME', 1, '59990', 'Villetest', 'POINT(1.805 50.905)', 0.8),
  (5, 'M', 2, '59980', 'Autreville', 'POINT(1.905 50.905)', 0.99),
  (6, 'MME', NULL, '59990', 'VILLETEST', NULL, NULL),
  (7, 'M', 1, '59990', 'Villetest', 'POINT(1.8101 50.905)', 0.9),
  (8, 'M', 1, '59990', 'Villetest', 'POINT(1.806 50.906)', 0.99);
INSERT INTO users_jobseekerprofile (user_id, birthdate, education_level, has_rsa_allocation, rqth_employee) VALUES
  (1, '1998-03-31', '50', 'OUI-M', false), (2, '1980-05-01', '40', 'NON', true), (3, NULL, '', 'NON', false),
  (4, '1970-06-01', '', 'OUI-NM', false), (5, '1990-01-01', '40', 'NON', false), (6, '1973-01-01', '60', 'NON', false),
  (7, '1990-01-01', '60', 'NON', false);
"""
HIRINGS = """
INSERT INTO job_applications_jobapplication (job_seeker_id, to_company_id, state, origin, hiring_start_at) VALUES
  (1, 1, 'accepted', 'default', '2023-01-01'), (1, 3, 'accepted', 'default', '2023-03-31'),
  (3, 1, 'accepted', 'default', '2023-01-15'), (4, 3, 'accepted', 'admin', '2023-02-10'),
  (5, 1, 'accepted', 'default', '2023-02-10'), (6, 1, 'accepted', 'default', '2023-01-01'),
  (2, 1, 'accepted', 'default', '2023-04-01'), (7, 3, 'accepted', 'default', '2023-06-30'),
  (8, 1, 'accepted', 'default', '2023-07-01'), (2, 1, 'accepted', 'default', '2023-12-31'),
  (1, 1, 'accepted', 'default', '2024-01-01'), (1, 1, 'accepted', 'default', '2024-03-31'),
  (2, 1, 'accepted', 'default', '2024-01-02'), (2, 1, 'accepted', 'default', '2024-04-01'),
  (2, 1, 'refused', 'default', '2023-02-01'), (2, 1, 'cancelled', 'default', '2023-02-02'), (2, 1, 'accepted', 'default', NULL),
  (2, 2, 'accepted', 'default', '2023-02-01'), (2, 1, 'accepted', 'pe_approval', '2023-02-01'),
  (2, 1, 'accepted', 'ai_stock', '2023-02-01'), (2, 1, 'accepted', 'default', '2022-12-31');
"""
ALL = bases.rows("""
2023-T1 QP059901 2, 2023-T1 HORS_QPV 1, 2023-T1 NON_LOCALISE 2
2023-T2 QP059902 1, 2023-T2 HORS_QPV 1, 2023-T3 QP059901 1, 2023-T4 QP059902 1
""")
LAST = bases.rows("2024-T1 QN05999N 2, 2024-T1 HORS_QPV 1")
BY = {
    "sexe": """
2023-T1 QP059901 femme 2, 2023-T1 HORS_QPV non_renseigne 1, 2023-T1 NON_LOCALISE femme 2
2023-T2 QP059902 homme 1, 2023-T2 HORS_QPV homme 1, 2023-T3 QP059901 homme 1, 2023-T4 QP059902 homme 1
2024-T1 QN05999N femme 2, 2024-T1 HORS_QPV homme 1""",
    "age": """
2023-T1 QP059901 moins_26 2, 2023-T1 HORS_QPV non_renseigne 1, 2023-T1 NON_LOCALISE 50_plus 2
2023-T2 QP059902 26_49 1, 2023-T2 HORS_QPV 26_49 1, 2023-T3 QP059901 non_renseigne 1, 2023-T4 QP059902 26_49 1
2024-T1 QN05999N moins_26 1, 2024-T1 QN05999N 26_49 1, 2024-T1 HORS_QPV 26_49 1""",
    "rsa": """
2023-T1 QP059901 oui 2, 2023-T1 HORS_QPV non_renseigne 1, 2023-T1 NON_LOCALISE oui 1, 2023-T1 NON_LOCALISE non 1
2023-T2 QP059902 non 1, 2023-T2 HORS_QPV non 1, 2023-T3 QP059901 non_renseigne 1, 2023-T4 QP059902 non 1
2024-T1 QN05999N oui 2, 2024-T1 HORS_QPV non 1""",
    "rqth": """
2023-T1 QP059901 non 2, 2023-T1 HORS_QPV non_renseigne 1, 2023-T1 NON_LOCALISE non_renseigne 1, 2023-T1 NON_LOCALISE non 1
2023-T2 QP059902 oui 1, 2023-T2 HORS_QPV non 1, 2023-T3 QP059901 non_renseigne 1, 2023-T4 QP059902 oui 1
2024-T1 QN05999N non 2, 2024-T1 HORS_QPV oui 1""",
}


@pytest.fixture
def url(postgres_url: Callable[[str], str]) -> str:
    """The base of the partner, as its administrator."""
    found = bases.with_postgis(postgres_url("emplois"))
    bases.run(found, TABLES, PLACES, PERSONS, HIRINGS)
    return found


@pytest.fixture
def ours(url: str, city: City) -> Iterator[City]:
    """The Cité that reads it with the rights of the page."""
    with bases.reader(url, "les_emplois") as address:
        city.write(bases.LATER).environment["CITE_LES_EMPLOIS_URL"] = address
        yield city


def test_hirings_are_counted_by_zone_sex_age_rsa_and_rqth(ours):
    found = bases.counts(ours, ours.source("emplois", 'preset = "les_emplois"'))
    assert bases.table(found, "entrees_iae") == {**ALL, **LAST}
    for dimension, written in BY.items():
        assert bases.table(found, "entrees_iae", dimension) == bases.rows(written), dimension


def test_someone_hired_twice_is_one_person(ours):
    found = bases.counts(ours, ours.source("emplois", 'preset = "les_emplois"'))
    assert bases.table(found, "habitants_accompagnes") == {**ALL, **LAST, ("2023-T1", "QP059901"): 1, ("2024-T1", "QN05999N"): 1}


@pytest.mark.parametrize(("kept", "lost"), [("QN", ALL), ("QP", LAST)])
def test_without_the_outlines_of_a_zoning_nobody_is_said_outside_the_qpv(url, ours, kept, lost):
    bases.run(url, f"DELETE FROM geo_qpv WHERE left(code, 2) <> '{kept}'")
    found = bases.table(bases.counts(ours, ours.source("emplois", 'preset = "les_emplois"')), "entrees_iae")
    for period in {period for period, _ in lost}:
        everyone = sum(count for (when, _), count in lost.items() if when == period)
        assert {zone: count for (when, zone), count in found.items() if when == period} == {"NON_LOCALISE": everyone}
    other = LAST if lost is ALL else ALL
    assert {key: count for key, count in found.items() if key in other} == other


def test_a_title_of_a_later_version_blocks_the_load_rather_than_being_guessed(url, ours):
    bases.run(url, "UPDATE users_user SET title = 'MX' WHERE id = 8")
    with pytest.raises(DeliveryRefusedError, match="MX"):
        bases.counts(ours, ours.source("emplois", 'preset = "les_emplois"'))


def test_the_rights_of_the_page_are_enough_and_no_more(ours):
    source = ours.source("emplois", 'preset = "les_emplois"')
    bases.assert_only_counts(ours.environment["CITE_LES_EMPLOIS_URL"], source)
    bases.assert_refused(
        ours.environment["CITE_LES_EMPLOIS_URL"],
        "SELECT last_name FROM users_user",
        "SELECT email FROM users_user",
        "SELECT nir FROM users_jobseekerprofile",
        "SELECT message FROM job_applications_jobapplication",
        "DELETE FROM geo_qpv",
    )
