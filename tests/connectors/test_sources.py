"""Declarations of sources: each fault is told with its file; a query is proved to be one SELECT before any base is reached."""

from __future__ import annotations

import pytest

from connectors.calendar import due_periods, expected
from connectors.errors import ConfigurationError
from connectors.source import PRESETS, load_source
from connectors.sql import check_statement
from indicators.typography import french
from tests.connectors.cities import FILE_SOURCE
from tests.connectors.language import english, loose

SQL_SOURCE = """
id = "base"
label = "Base d'essai"
kind = "sql"
url_env = "CITE_BASE_URL"

[[query]]
measure = "entrees_plie"
file = "entrees.sql"
"""
GOOD = "SELECT zone AS territoire, count(*) AS effectif FROM entrees WHERE jour >= :debut AND jour < :fin GROUP BY zone"


def refused(call) -> str:
    with pytest.raises(ConfigurationError) as caught:
        call()
    assert english(str(caught.value)) == []
    assert loose(str(caught.value)) == []
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FILE_SOURCE.replace('kind = "file"', 'kind = "fichier"'), "« kind » doit valoir l'un de : 'sql', 'file', 'fec', 'published'"),
        (FILE_SOURCE.replace("{id}", "Mission Locale"), "« id » n'a pas la forme attendue"),
        (FILE_SOURCE.replace("expected_measures", "mesures"), "la clé « mesures » est inconnue"),
        ('id = "a"\nlabel = "A"\nkind = "file"\n', "déclare « expected_measures » ou une section [cube]"),
        ('id = "a"\nlabel = "A"\nkind = "published"\n', "au moins une section [[published]]"),
        ('id = "a"\nlabel = "A"\nkind = "sql"\n', "déclare « url_env »"),
        (SQL_SOURCE.replace('file = "entrees.sql"', 'file = "entrees.sql"\ndimension = "couleur"'), "dimension « couleur » inconnue"),
        (SQL_SOURCE + 'window = "semaine"\n', "'all', 'period', 'year_to_date'"),
        (SQL_SOURCE.replace("[[query]]", "max_rows = 0\n[[query]]"), "« max_rows » doit être supérieur à 0"),
        (FILE_SOURCE + "[file]\nseparator = '||'\n", "« file.separator » doit valoir l'un de : ';', ','"),
        (FILE_SOURCE + "qpv_method = 'carte'\n", "'geometrie', 'adresse', 'drapeau', 'declaratif'"),
        ('preset = "inconnu"\n', "le modèle « inconnu » n'existe pas. Modèles fournis : "),
    ],
)
def test_a_fault_of_a_declaration_is_told_with_its_file(city, text, told):
    message = refused(lambda: city.source("a", text.replace("{id}", "a")))
    assert "a/source.toml" in message
    assert french(told) in message


def test_a_missing_query_file_is_named_with_its_measure(city):
    message = refused(lambda: city.source("base", SQL_SOURCE))
    assert french("le fichier « entrees.sql » de la mesure « entrees_plie » est introuvable") in message


def test_two_folders_may_not_declare_the_same_source(city):
    for name in ("un", "deux"):
        city.source(name, FILE_SOURCE.replace("{id}", "a"))
    assert french("l'identifiant « a » est déclaré par plusieurs dossiers (deux, un)") in refused(city.sources)


def test_a_city_without_sources_has_none(city):
    assert city.sources() == []


@pytest.mark.parametrize("name", sorted(path.parent.name for path in PRESETS.glob("*/source.toml")))
def test_every_preset_is_a_whole_declaration(name):
    assert load_source(PRESETS / name).label


def test_keys_written_beside_a_preset_win(city):
    source = city.source("fiches", 'preset = "fiches_qpv"\nlabel = "Mes fiches"\n')
    assert (source.id, source.label, len(source.published)) == ("fiches_qpv", "Mes fiches", 8)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (f"{GOOD}; DROP TABLE entrees", "un seul SELECT"),
        ("DELETE FROM entrees", "un seul SELECT"),
        ("-- rien", "un seul SELECT"),
        ("EXPLAIN SELECT 1", "un seul SELECT"),
        ("WITH a AS (INSERT INTO b VALUES (1) RETURNING 1) SELECT * FROM a", "ne peut que lire"),
        ("SELECT 1 AS effectif INTO copie", "ne peut que lire"),
        ("SELECT zone FROM entrees FOR UPDATE", "ne peut que lire"),
        ("SELECT zone FROM entrees WHERE nom = :nom", "paramètre inconnu « :nom »"),
        ("SELECT zone -- ' DROP\n FROM entrees; -- '\nDELETE FROM entrees", "un seul SELECT"),
        ("SELECT '--' FROM entrees; DELETE FROM entrees", "un seul SELECT"),
    ],
)
def test_what_is_not_one_reading_select_is_refused(city, sql, told):
    source = city.source("base", SQL_SOURCE, entrees=sql)
    message = refused(lambda: check_statement(source, source.query[0]))
    assert message.startswith(french("base/entrees.sql : "))
    assert french(told) in message


@pytest.mark.parametrize(
    "sql",
    [
        GOOD,
        f"{GOOD};\n",
        f"/* compte ; :midi -- '*/ {GOOD}",
        f"-- écrit à :midi, l'heure du delete\n{GOOD}",
        "SELECT CAST(zone AS text) AS territoire, count(*) AS effectif FROM e WHERE motif <> 'a; delete :b' GROUP BY 1",
        "SELECT zone::text AS territoire, 1 AS effectif FROM e",
        'WITH r AS (SELECT 1 AS "insert") SELECT * FROM r',
    ],
)
def test_a_select_may_comment_and_quote_what_it_likes(city, sql):
    source = city.source("base", SQL_SOURCE, entrees=sql)
    assert check_statement(source, source.query[0])


def test_what_is_due_follows_the_periodicity_and_the_dates_of_a_source(city):
    source = city.source("a", FILE_SOURCE.replace("{id}", "a"))
    codes = [period.code for period in due_periods(source, city.context)]
    assert codes == ["2023-T1", "2023-T2"]
    late = source.model_copy(update={"since": source.since or city.context.today.replace(month=4, day=1)})
    assert [period.code for period in due_periods(late, city.context)] == ["2023-T2"]
    monthly = city.source("b", FILE_SOURCE.replace("{id}", "b") + 'periodicity = "month"\nuntil = 2023-03-15\n')
    assert [period.code for period in due_periods(monthly, city.context)] == ["2023-01", "2023-02"]


def test_a_delivery_is_late_the_day_after_its_delay_and_not_before(city):
    from datetime import date

    import pandas as pd

    source = city.source("a", FILE_SOURCE.replace("{id}", "a") + "delay_days = 10\n")
    nothing = pd.DataFrame({"source": [], "period": [], "received_at": []})
    owed = expected([source], nothing, city.context)
    assert [(item.period.code, item.due) for item in owed] == [("2023-T1", date(2023, 4, 10)), ("2023-T2", date(2023, 7, 10))]
    assert [item.late(date(2023, 7, 10)) for item in owed] == [True, False]
    assert [item.late(date(2023, 7, 11)) for item in owed] == [True, True]


def test_a_stock_counted_by_two_sources_is_refused_until_each_says_that_it_counts_others(city):
    declaration = '\nid = "{id}"\nlabel = "Partenaire"\nkind = "file"\nexpected_measures = ["demandeurs_emploi_abc"]\n'
    city.source("un", declaration.replace("{id}", "un"))
    city.source("deux", declaration.replace("{id}", "deux"))
    with pytest.raises(ConfigurationError) as refusal:
        city.sources()
    assert "« demandeurs_emploi_abc » est compté par plusieurs sources (deux, un)" in str(refusal.value).replace("\u00a0", " ")
    for name in ("un", "deux"):
        city.source(name, declaration.replace("{id}", name) + 'complements = ["demandeurs_emploi_abc"]\n')
    assert [source.id for source in city.sources()] == ["deux", "un"]
