"""The SQL that a partner runs once: a table of periods, a view of counts, and a role that reads this view and nothing else.

The view is made of the queries that the source declares, each run for every period; a source that declares none is given one to complete.
Once it exists, ``view = "cite_emploi.comptes"`` in the declaration reads it.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from connectors.intake import Context
from connectors.kit.cells import asked
from connectors.layout import Query, Window
from connectors.runs import runs
from connectors.source import Source
from connectors.sql import check_statement
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.period import Period, between
from indicators.registry import measures

SCHEMA, VIEW, ROLE = "cite_emploi", "comptes", "cite_lecteur"
AHEAD_YEARS = 2
PASSWORD = "a-choisir"  # noqa: S105 - what the partner replaces
_TABLE = f"{SCHEMA}.periode"
_ROW = "cite_periode"
"""The name of the table of periods inside the view: none that a query may use for a table of its own."""
_COLUMNS = {Window.PERIOD: "debut", Window.YEAR_TO_DATE: "annee", Window.ROLLING_YEAR: "douze_mois", Window.PREVIOUS: "precedente"}


class Engine(StrEnum):
    """The databases that the kit is written for."""

    POSTGRESQL = "postgresql"
    MARIADB = "mariadb"
    SQLSERVER = "sqlserver"


TODAY = {Engine.POSTGRESQL: "CURRENT_DATE", Engine.MARIADB: "CURRENT_DATE", Engine.SQLSERVER: "CAST(GETDATE() AS date)"}
_CREATE = {
    Engine.POSTGRESQL: f"CREATE SCHEMA IF NOT EXISTS {SCHEMA};",
    Engine.MARIADB: f"CREATE DATABASE IF NOT EXISTS {SCHEMA};",
    Engine.SQLSERVER: f"CREATE SCHEMA {SCHEMA};\nGO",
}
_GRANT = {
    Engine.POSTGRESQL: f"""CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}';
ALTER ROLE {ROLE} SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE};
GRANT SELECT ON {SCHEMA}.{VIEW} TO {ROLE};""",
    Engine.MARIADB: f"""CREATE USER '{ROLE}'@'%' IDENTIFIED BY '{PASSWORD}';
GRANT SELECT ON {SCHEMA}.{VIEW} TO '{ROLE}'@'%';""",
    Engine.SQLSERVER: f"""CREATE LOGIN {ROLE} WITH PASSWORD = '{PASSWORD}';
CREATE USER {ROLE} FOR LOGIN {ROLE};
GRANT SELECT ON {SCHEMA}.{VIEW} TO {ROLE};""",
}


def view_sql(source: Source, context: Context, engine: Engine) -> str:
    """The whole file, commented in French; ``ConfigurationError`` when a query of the source is not one SELECT."""
    periods = periods_told(source, context)
    parts = _from_queries(source, context, engine, periods) if source.query else _to_complete(source, engine)
    head = (
        f"-- {source.label} : la vue de comptes que lit la Cité de l'emploi, et le rôle qui ne lit qu'elle.",
        "-- À exécuter une fois, par l'administrateur. Rien n'est modifié dans vos tables ; aucune ligne sur une personne ne sort.",
        f"-- Remplacez « {PASSWORD} » par un mot de passe, à donner à la coordination autrement que par courriel.",
    )
    body = "\n\nUNION ALL\n\n".join(parts).replace("\\:", ":")  # the colons of literals were escaped when the queries were checked
    return "\n".join((*head, "", *_periods_sql(periods, engine), "", f"CREATE VIEW {SCHEMA}.{VIEW} AS", f"{body};", *_end(engine), ""))


def periods_told(source: Source, context: Context) -> list[Period]:
    """The periods of the table: from the first one owed, to the end of the second year after this one or the partner's last."""
    first = max(source.since or context.started_on, context.started_on)
    last = min(source.until or date.max, date(context.today.year + AHEAD_YEARS, 12, 31))
    return between(first, last, source.periodicity)


def _periods_sql(periods: list[Period], engine: Engine) -> list[str]:
    names = ("code", "debut", "fin", "annee", "douze_mois", "precedente")
    rows = []
    for period in periods:
        days = {window: runs(Query(measure="-", file="-", window=window), [period])[0] for window in _COLUMNS}
        own = days[Window.PERIOD]
        starts = [days[window].first for window in _COLUMNS if window is not Window.PERIOD]
        rows.append(f"('{period.code}', " + ", ".join(f"'{day.isoformat()}'" for day in (own.first, own.closed, *starts)) + ")")
    return [
        _CREATE[engine],
        f"-- Les périodes : premier jour, lendemain du dernier, débuts des autres fenêtres. D'autres s'ajoutent après {periods[-1].code}.",
        f"CREATE TABLE {_TABLE} (code varchar(7) PRIMARY KEY, {', '.join(f'{name} date NOT NULL' for name in names[1:])});",
        f"INSERT INTO {_TABLE} ({', '.join(names)}) VALUES",
        ",\n".join(f"  {row}" for row in rows) + ";",
        *(["GO"] if engine is Engine.SQLSERVER else []),
    ]


def _end(engine: Engine) -> list[str]:
    return [*(["GO"] if engine is Engine.SQLSERVER else []), "", "-- Le rôle : il lit la vue, et rien d'autre.", _GRANT[engine]]


def _from_queries(source: Source, context: Context, engine: Engine, periods: list[Period]) -> list[str]:
    """One part for each declared query; on MariaDB, which does not run a subquery for each row, one for each query and period."""
    found = []
    for query in source.query:
        sql = _bound(
            check_statement(source, query), commune=context.territory.commune, mesure=query.measure, dimension=query.dimension or ENSEMBLE
        )
        told = f"-- {_title(query.measure, query.dimension)}"
        if query.window is Window.ALL or engine is not Engine.MARIADB:
            found.append(f"{told}\n{_each_period(query, sql, engine)}")
            continue
        for period in periods:
            run = runs(query, [period])[0]
            own = _bound(sql, **{name: day.isoformat() for name, day in (("debut", run.first), ("fin", run.end), ("cloture", run.closed))})
            day, end = f"DATE '{period.first_day}'", f"DATE '{run.closed}'"
            columns = _columns(query, f"'{period.code}'", day)
            found.append(f"{told}, {period.code}\nSELECT {columns}\nFROM (\n{_indented(own)}\n) q\nWHERE {end} <= {TODAY[engine]}")
    return found


def _each_period(query: Query, sql: str, engine: Engine) -> str:
    columns = _columns(query, f"{_ROW}.code", f"{_ROW}.debut")
    closed = f"{_ROW}.fin <= {TODAY[engine]}"
    if query.window is Window.ALL:
        last = f"(SELECT MAX(fin) FROM {_TABLE} WHERE fin <= {TODAY[engine]})"
        whole = _replaced(sql, debut=f"(SELECT MIN(debut) FROM {_TABLE})", fin=last, cloture=last)
        return f"SELECT {columns}\nFROM (\n{_indented(whole)}\n) q\nJOIN {_TABLE} {_ROW} ON {_ROW}.code = q.periode\nWHERE {closed}"
    first = f"{_ROW}.{_COLUMNS[query.window]}"
    end = f"{_ROW}.debut" if query.window is Window.PREVIOUS else f"{_ROW}.fin"
    inside = _indented(_replaced(sql, debut=first, fin=end, cloture=f"{_ROW}.fin"))
    join = "CROSS APPLY" if engine is Engine.SQLSERVER else "CROSS JOIN LATERAL"
    return f"SELECT {columns}\nFROM {_TABLE} {_ROW}\n{join} (\n{inside}\n) q\nWHERE {closed}"


def _columns(query: Query, period: str, day: str) -> str:
    category = f"'{ENSEMBLE}'" if query.dimension is None else "q.modalite"
    return (
        f"{period} AS periode, {day} AS debut, q.territoire, '{query.measure}' AS mesure, "
        f"'{query.dimension or ENSEMBLE}' AS dimension, {category} AS modalite, q.effectif"
    )


def _to_complete(source: Source, engine: Engine) -> list[str]:
    """An example for each breakdown asked, on a table and columns that the partner replaces by its own."""
    return [_example(measure, dimension, engine) for measure in source.measures for dimension in asked(source, measure)]


def _example(measure: str, dimension: str, engine: Engine) -> str:
    category = f"'{ENSEMBLE}'" if dimension == ENSEMBLE else f"t.{dimension}"
    by = "" if dimension == ENSEMBLE else f", t.{dimension}"
    return "\n".join(
        (
            f"-- {_title(measure, dimension)} : {', '.join(DIMENSIONS[dimension].codes)}",
            f"SELECT {_ROW}.code AS periode, {_ROW}.debut, t.zone AS territoire, '{measure}' AS mesure,",
            f"       '{dimension}' AS dimension, {category} AS modalite, COUNT(*) AS effectif",
            f"FROM {_TABLE} {_ROW} JOIN votre_table t ON t.jour >= {_ROW}.debut AND t.jour < {_ROW}.fin",
            f"WHERE {_ROW}.fin <= {TODAY[engine]}",
            f"GROUP BY {_ROW}.code, {_ROW}.debut, t.zone{by}",
        )
    )


def _title(measure: str, dimension: str | None) -> str:
    label = measures()[measure].label if measure in measures() else measure
    return label if dimension in {None, ENSEMBLE} else f"{label}, selon « {DIMENSIONS[str(dimension)].label} »"


def _bound(sql: str, **texts: str) -> str:
    return _replaced(sql, **{name: "'" + text.replace("'", "''") + "'" for name, text in texts.items()})


def _replaced(sql: str, **expressions: str) -> str:
    """The statement with its parameters written out; colons of literals were escaped when it was checked."""
    for name, expression in expressions.items():
        sql = re.sub(rf"(?<![:\w\\]):{name}\b", lambda _, text=expression: text, sql)  # type: ignore[misc]
    return sql


def _indented(sql: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in sql.splitlines())
