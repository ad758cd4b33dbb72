"""Counting inside a partner's base, on SQLite and on a real PostgreSQL: right counts, nothing written, nobody described."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from connectors import sql
from connectors.errors import DeliveryRefusedError, SourceUnavailableError
from connectors.layout import Query, Window
from connectors.runs import runs
from indicators.frames import COUNTS_COLUMNS, COUNTS_KEY
from indicators.period import Period
from indicators.schemas import COUNTS
from indicators.typography import french
from tests.connectors import partner
from tests.connectors.cities import City
from tests.connectors.partner import declare, refused, run

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=ENGINES)
def base(request: pytest.FixtureRequest, city: City) -> str:
    """The address of an empty base, given to the source by its variable."""
    folder = city.folder / "base #1 à 100%"
    folder.mkdir()
    url = (
        f"sqlite:///{folder / 'partenaire.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")("partenaire")
    )
    city.environment["CITE_BASE_URL"] = url
    return url


def test_counts_equal_an_independent_count_zeros_included(city, base):
    entries = partner.make(base)
    extract = sql.extract(declare(city), city.context, city.environment)
    COUNTS.validate(extract.counts)
    found = {tuple(row[1:6]): row[6] for row in extract.counts[[*COUNTS_KEY, "value"]].itertuples(index=False)}
    expected = partner.reference(entries)
    assert found == expected
    assert found["entrees_plie", "QP059902", "2023-T2", "sexe", "femme"] == 0
    assert found["entrees_plie", "NON_LOCALISE", "2023-T1", "ensemble", "ensemble"] > 0
    assert set(extract.counts["status"]) == {"ok"}


def test_both_engines_give_the_same_digest_whatever_the_order_of_their_rows(city, base):
    partner.make(base, seed=7)
    once = sql.extract(declare(city), city.context, city.environment)
    turned = {name: f"{query} ORDER BY 2 DESC, 1" for name, query in (("par_sexe", partner.BY_SEX), ("formation", partner.WHOLE))}
    again = sql.extract(declare(city, **turned), city.context, city.environment)
    assert once.sha256 == again.sha256
    assert once.origin == "base"


def test_no_row_describes_a_person(city, base):
    partner.make(base)
    extract = sql.extract(declare(city), city.context, city.environment)
    assert list(extract.counts.columns) == COUNTS_COLUMNS
    # two quarters, four zones, three sexes and three totals: nothing that grows with the persons
    assert extract.rows == 2 * 4 * (3 + 3) < partner.PERSONS / 10
    written = extract.counts.to_csv()
    assert "Nom" not in written
    assert "@" not in written


def test_nothing_is_written_in_the_base(city, base):
    partner.make(base)
    if base.startswith("sqlite"):
        path = Path(make_url(base).database or "")
        before = sha256(path.read_bytes()).hexdigest()
        sql.extract(declare(city), city.context, city.environment)
        assert sha256(path.read_bytes()).hexdigest() == before
        assert [item.name for item in path.parent.iterdir()] == [path.name]
        return
    run(
        base,
        "CREATE TABLE traces (quand timestamptz)",
        "CREATE FUNCTION tracer() RETURNS bigint LANGUAGE sql VOLATILE AS 'INSERT INTO traces VALUES (now()); SELECT 1::bigint'",
    )
    message = refused(SourceUnavailableError, city, reperes="SELECT 'VILLE' AS territoire, tracer() AS effectif")
    assert "tente d'écrire" in message
    engine = create_engine(base)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM traces")).scalar_one() == 0
    engine.dispose()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "SELECT quartier AS territoire, nom, count(*) AS effectif FROM personnes GROUP BY quartier, nom",
            "caractère personnel détectée (« nom »)",
        ),
        ("SELECT * FROM personnes", "caractère personnel détectée (« nom »)"),
        ("SELECT 'VILLE' AS territoire, 1 AS effectif, 2 AS effectif", "apparaît deux fois"),
        ("SELECT 'VILLE' AS territoire, 1 AS effectif, 2 AS surnom", "Colonne inconnue « surnom »"),
        ("SELECT 'VILLE' AS territoire, count(*) AS nb FROM personnes", "Colonne inconnue « nb »"),
        ("SELECT 'VILLE' AS territoire", "Requête habitants_reperes 1 : effectif vide"),
        ("SELECT 3 AS effectif", "Requête habitants_reperes 1 : QPV «  » inconnu"),
        ("SELECT 'HORS_QPV' AS territoire, 1 AS effectif FROM personnes", "Vérifiez le GROUP BY"),
        ("SELECT 'VILLE' AS territoire, -3 AS effectif", "effectif négatif (-3)"),
        ("SELECT 'Beau Marais' AS territoire, 3 AS effectif", "QPV « Beau Marais » inconnu"),
        ("SELECT 'HORS_QPV' AS territoire, 12.5 AS effectif", "un effectif doit être entier"),
    ],
)
def test_what_is_not_a_count_is_refused_whole(city, base, query, told):
    partner.make(base)
    message = refused(DeliveryRefusedError, city, reperes=query)
    assert french(told) in message
    assert "Nom1" not in message
    assert "@" not in message


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT 'VILLE' AS territoire, count(*) AS effectif FROM absente", "une table ou une colonne n'existe pas"),
        ("SELECT 'VILLE' AS territoire, count(absente) AS effectif FROM personnes", "une table ou une colonne n'existe pas"),
        ("SELECT 'VILLE' AS territoire count(*) AS AS effectif", "n'est pas comprise par la base"),
        ("SELECT 'VILLE' AS territoire, inconnue(1) AS effectif", "n'est pas comprise par la base"),
    ],
)
def test_a_query_the_base_refuses_is_told_in_french(city, base, query, told):
    partner.make(base)
    message = refused(SourceUnavailableError, city, reperes=query)
    assert french(told) in message
    assert "Dernière livraison conservée" in message


def test_a_query_that_lists_instead_of_counting_stops_at_the_row_cap(city, base):
    partner.make(base)
    source = declare(city, reperes="SELECT quartier AS territoire, id AS effectif FROM personnes").model_copy(update={"max_rows": 50})
    with pytest.raises(DeliveryRefusedError, match="plus de 50 lignes"):
        sql.extract(source, city.context, city.environment)


def test_a_query_that_takes_too_long_is_interrupted(city, base):
    partner.make(base)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'VILLE' AS territoire, count(*) AS effectif FROM n"
    slow = endless if base.startswith("sqlite") else "SELECT 'VILLE' AS territoire, 1 AS effectif FROM pg_sleep(20)"
    assert french("requête interrompue après 1 s") in refused(SourceUnavailableError, city, reperes=slow)


def test_an_empty_base_stores_nothing(city, base):
    partner.make(base)
    run(base, "DELETE FROM entrees")
    assert "ne renvoie aucune ligne pour 2023-T1 à 2023-T2" in refused(DeliveryRefusedError, city)


@pytest.mark.usefixtures("base")
def test_nothing_is_asked_before_a_period_is_over(city):
    context = city.context.__class__(city.settings.territory, city.settings.city.started_on, city.settings.city.started_on)
    with pytest.raises(DeliveryRefusedError, match="Aucune période close"):
        sql.extract(declare(city), context, city.environment)


@pytest.mark.parametrize(
    ("window", "code", "covers"),
    [
        (Window.PERIOD, "2023-T2", ("2023-04-01", "2023-07-01", "2023-07-01")),
        (Window.YEAR_TO_DATE, "2023-T2", ("2023-01-01", "2023-07-01", "2023-07-01")),
        (Window.ROLLING_YEAR, "2023-T2", ("2022-07-01", "2023-07-01", "2023-07-01")),
        (Window.ROLLING_YEAR, "2022-T4", ("2022-01-01", "2023-01-01", "2023-01-01")),
        (Window.ROLLING_YEAR, "2024-02", ("2023-03-01", "2024-03-01", "2024-03-01")),
        (Window.PREVIOUS, "2023-T1", ("2022-10-01", "2023-01-01", "2023-04-01")),
        (Window.PREVIOUS, "2023", ("2022-01-01", "2023-01-01", "2024-01-01")),
    ],
)
def test_what_one_run_covers(window, code, covers):
    (run,) = runs(Query(measure="entrees_plie", file="x.sql", window=window), [Period.parse(code)])
    assert (run.period, run.first.isoformat(), run.end.isoformat(), run.closed.isoformat()) == (code, *covers)


WINDOWS = """
[[query]]
measure = "{measure}"
window = "{window}"
file = "fenetre.sql"
"""
SINCE = "SELECT 'VILLE' AS territoire, count({what}) AS effectif FROM entrees WHERE jour >= :debut AND jour < :fin"


def _window(city: City, measure: str, window: str, query: str) -> dict[str, int]:
    head = partner.DECLARATION.partition("[[query]]")[0]
    source = city.source("fenetre", head + WINDOWS.format(measure=measure, window=window), fenetre=query)
    counts = sql.extract(source, city.context, city.environment).counts
    return dict(zip(counts["period"], counts["value"], strict=True))


def test_a_rolling_year_counts_distinct_persons_over_twelve_months(city, base):
    entries = partner.make(base)
    found = _window(city, "structures_mobilisees", "rolling_year", SINCE.format(what="DISTINCT personne"))
    expected = {
        code: len({entry.person for entry in entries if first <= entry.day <= last})
        for code, first, last in (
            ("2023-T1", date(2022, 4, 1), date(2023, 3, 31)),
            ("2023-T2", date(2022, 7, 1), date(2023, 6, 30)),
        )
    }
    assert found == expected
    assert 0 < expected["2023-T1"] < expected["2023-T2"]


def test_the_period_before_is_counted_for_the_period_and_its_end_is_told(city, base):
    entries = partner.make(base)
    found = _window(city, "orientations_entre_reseaux", "previous", SINCE.format(what="*"))
    before = sum(entry.day < date(2023, 1, 1) for entry in entries)  # nobody enters before December 2022
    assert found == {"2023-T1": before, "2023-T2": sum(date(2023, 1, 1) <= entry.day < date(2023, 4, 1) for entry in entries)}
    ending = "SELECT 'VILLE' AS territoire, count(*) AS effectif FROM entrees WHERE jour >= :fin AND jour < :cloture"
    here = _window(city, "orientations_entre_reseaux", "previous", ending)
    assert here["2023-T1"] == found["2023-T2"]
