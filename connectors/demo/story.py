"""The demonstration's two years, replayed: what each fictitious partner delivers, and on which day.

``build`` makes the partners' databases and an ordinary configuration; then each step drops files or changes a base, and whoever replays
the story collects from the sources it names. Which figures they hold is ``volumes``' and ``money``'s business.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from connectors.demo import (
    caf,
    cap_emploi,
    ccas,
    centre_social,
    comptabilite,
    coordination,
    france_travail,
    insee,
    les_emplois,
    mission_locale,
    plie,
)
from connectors.demo.volumes import QUARTERS
from indicators.period import Period

PARIS = ZoneInfo("Europe/Paris")
CONFIGURATION = Path(__file__).parent
DATABASES = ("mission_locale", "les_emplois", "ccas", "coordination")
PLIE_REFUSED = "2023-T2"
Content = Callable[[], bytes]


@dataclass(frozen=True)
class Step:
    """One day of the story.

    Attributes:
        on: the instant of the collection.
        label: what happens, in French.
        sources: those to collect from, in order.
    """

    on: datetime
    label: str
    sources: tuple[str, ...]
    actions: tuple[Callable[[], object], ...] = ()

    def apply(self) -> None:
        """Drop the day's files and change the day's databases: to call once, before collecting, in the order of the steps."""
        for action in self.actions:
            action()


@dataclass(frozen=True)
class World:
    """The fictitious partners, ready.

    Attributes:
        steps: the story, oldest first.
        environment: the variables that open it (configuration, data, store, one address per database).
    """

    steps: list[Step]
    environment: dict[str, str]


def build(folder: Path, admin_url: str | None, open_file: Path | None) -> World:
    """Make the partners in ``folder``: partenaires/, cite.toml, sources/, data/.

    Args:
        folder: where to write; what an earlier call left there is replaced.
        admin_url: the administrator of a PostgreSQL server of one's own; without it the mission locale is on SQLite.
        open_file: the open file of the QPVs of 2024, dropped on the last day; without it that source brings nothing.
    """
    folder = folder.resolve()
    data, partners = folder / "data", folder / "partenaires"
    for made in (data, partners, folder / "sources"):
        shutil.rmtree(made, ignore_errors=True)
    data.mkdir(parents=True)
    shutil.copyfile(CONFIGURATION / "cite.toml", folder / "cite.toml")
    shutil.copytree(CONFIGURATION / "sources", folder / "sources")
    owner, reader = mission_locale.create(partners, admin_url)
    environment = {
        "CITE_CONFIG": str(folder / "cite.toml"),
        "CITE_DATA_DIR": str(data),
        "CITE_STORE_URL": f"sqlite:///{data / 'cite.sqlite'}",
        "CITE_MISSION_LOCALE_URL": reader,
        "CITE_LES_EMPLOIS_URL": les_emplois.create(partners),
        "CITE_CCAS_URL": ccas.create(partners),
        "CITE_COORDINATION_URL": coordination.create(partners),
    }
    return World(_steps(data / "depot", owner, open_file), environment)


def _steps(depot: Path, owner: str, open_file: Path | None) -> list[Step]:
    steps = [step for quarter in QUARTERS for step in _quarterly(depot, quarter)]
    revision = partial(mission_locale.revise, owner)
    corrected = _file(depot, "plie", "PLIE 2023-T2 corrigé.xlsx", partial(plie.workbook, Period.parse(PLIE_REFUSED)))
    again = _file(depot, "france_travail", "extrait 2023-T1 (copie).csv", partial(france_travail.extract, Period.parse("2023-T1")))
    steps += [
        Step(_at(date(2022, 11, 14)), "La mission locale révise le T3 2022", ("mission_locale",), (revision,)),
        Step(_at(date(2023, 5, 3)), "France Travail renvoie le même extrait", ("france_travail",), (again,)),
        Step(_at(date(2023, 7, 26)), "Le PLIE corrige son T2 2023", ("plie",), (corrected,)),
    ]
    if open_file is not None:
        dropped = _file(depot, "fiches_qpv", "fiches_qpv.csv", open_file.read_bytes)
        steps.append(Step(_at(date(2024, 1, 15), hour=8), "Les fiches des QPV de 2024 sont déposées", ("fiches_qpv",), (dropped,)))
    return sorted(steps, key=lambda step: step.on)


def _quarterly(depot: Path, quarter: Period) -> list[Step]:
    """The two collections that follow a quarter: databases, then files; each partner within its delay."""
    following = quarter.shift(1).first_day
    name = f"T{quarter.number} {quarter.year}"
    return [
        Step(_at(following.replace(day=6)), f"{name}\u00a0: bases des partenaires", DATABASES),
        _files_of(depot, quarter, _at(following.replace(day=11)), f"{name}\u00a0: fichiers des partenaires"),
    ]


def _files_of(depot: Path, quarter: Period, on: datetime, label: str) -> Step:
    code = quarter.code
    refused = code == PLIE_REFUSED
    delivered: list[tuple[str, str, Content]] = [
        ("france_travail", f"extrait {code}.csv", partial(france_travail.extract, quarter)),
        ("plie", f"PLIE {code}.xlsx", partial(plie.workbook_with_names if refused else plie.workbook, quarter)),
        ("cap_emploi", f"Cap emploi {code}.csv", partial(cap_emploi.extract, quarter)),
    ]
    if code not in caf.MISSED:
        delivered.append(("caf", f"RSA {code}.xlsx", partial(caf.workbook, quarter)))
    if code <= centre_social.LAST_SENT:
        delivered.append(("centre_social", f"Centre social {code}.xlsx", partial(centre_social.workbook, quarter)))
    if quarter.number == 4:
        delivered.append(("insee", f"recensement {quarter.year}.csv", partial(insee.extract, quarter.year)))
    delivered += [("comptabilite", name, content) for name, content in _ledgers(quarter)]
    sources = tuple(dict.fromkeys(source for source, _, _ in delivered))
    return Step(on, label, sources, tuple(_file(depot, *item) for item in delivered))


def _ledgers(quarter: Period) -> list[tuple[str, Content]]:
    """The exercise as it stands at the quarter's end; with the first quarter, the year before once more, its last debts now paid."""
    found: list[tuple[str, Content]] = [
        (comptabilite.file_name(quarter.year), partial(comptabilite.export, quarter.year, quarter.last_day))
    ]
    if quarter.number == 1 and quarter != QUARTERS[0]:
        found.append((comptabilite.file_name(quarter.year - 1), partial(comptabilite.export, quarter.year - 1, quarter.last_day)))
    return found


def _file(depot: Path, source: str, name: str, content: Content) -> Callable[[], object]:
    return partial(_drop, depot / source / name, content)


def _drop(path: Path, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content())


def _at(day: date, hour: int = 7) -> datetime:
    """A morning in Calais, as an instant of universal time."""
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=PARIS).astimezone(UTC)
