"""The séance of a committee: what is prepared before it, what is decided at it. What may change when is in ``meeting_steps``.

Words shown to a person are in ``meeting_text``; the written form in ``meeting_json``. Figures are not here: an edition holds them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indicators.period import Frequency, Period
from indicators.typography import date_short, french, number, period_label

LONGEST = 1_000
"""Characters of a text that a person writes, as in PILOTE: longer, nobody reads it in séance."""
LONGEST_NAME = 200


class MeetingError(ValueError):
    """A séance, or a change to one, that cannot be: a French sentence for the person who wrote it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(french(f"{sentence} La séance enregistrée n'est pas modifiée : rien n'est perdu."))


class State(StrEnum):
    """How far a séance is. It never goes back."""

    PREPAREE = "preparee"
    FIGEE = "figee"
    """Its figures are frozen in an edition."""
    TENUE = "tenue"


class Audience(StrEnum):
    """Who reads."""

    COORDINATION = "coordination"
    COPIL = "copil"
    PREFECTURE = "prefecture"
    PUBLIC = "public"


class Weather(StrEnum):
    """A person's confidence that the aims will be met: never computed."""

    SOLEIL = "soleil"
    ECLAIRCIES = "eclaircies"
    NUAGE = "nuage"
    ORAGE = "orage"


class Progress(StrEnum):
    """How far a decision is. Late is not one of them: it depends on the day, see ``Decision.late``."""

    A_FAIRE = "a_faire"
    EN_COURS = "en_cours"
    FAITE = "faite"
    REPORTEE = "reportee"
    ABANDONNEE = "abandonnee"


SETTLED = frozenset({Progress.FAITE, Progress.REPORTEE, Progress.ABANDONNEE})
"""Nothing more is to be done of it under its number: done, carried over to another séance, or given up."""


class Heading(StrEnum):
    """What a comment is about."""

    DONNEES = "donnees"
    RISQUES = "risques"
    SOLUTIONS = "solutions"
    REUSSITES = "reussites"


@dataclass(frozen=True)
class Comment:
    """What the coordination writes under a heading, signed and dated."""

    heading: Heading
    text: str
    by: str
    on: date

    def __post_init__(self) -> None:
        _text(self.text, "le commentaire", LONGEST)
        _text(self.by, "la signature du commentaire", LONGEST_NAME)


@dataclass(frozen=True)
class Forecast:
    """The météo, which does not exist without a text, a signature and a day."""

    weather: Weather
    text: str
    by: str
    on: date

    def __post_init__(self) -> None:
        _text(self.text, "le texte de la météo", LONGEST)
        _text(self.by, "la signature de la météo", LONGEST_NAME)


@dataclass(frozen=True)
class Decision:
    """What the committee decided: ``number`` within its séance; ``indicator`` is a code, or empty when none is linked."""

    number: int
    text: str
    owner: str
    due: date
    indicator: str = ""
    progress: Progress = Progress.A_FAIRE
    note: str = ""

    def __post_init__(self) -> None:
        _counted(self.number, "le numéro de la décision")
        where = f"de la décision {self.number}"
        _text(self.text, f"le texte {where}", LONGEST)
        _text(self.owner, f"le responsable {where}", LONGEST_NAME)
        _text(self.indicator, f"l'indicateur {where}", LONGEST_NAME, optional=True)
        _text(self.note, f"la note {where}", LONGEST, optional=True)

    def late(self, day: date) -> bool:
        """Whether it is past its due day at the end of a day, and still to be done here."""
        return self.due < day and self.progress not in SETTLED


@dataclass(frozen=True)
class Point:
    """What is submitted to the committee: the options, what each changes, what it costs, and the coordination's advice."""

    title: str
    options: tuple[str, ...] = ()
    effect: str = ""
    cost: str = ""
    advice: str = ""

    def __post_init__(self) -> None:
        _text(self.title, "le titre du point", LONGEST_NAME)
        where = f"du point « {self.title} »"
        for option in self.options:
            _text(option, f"une option {where}", LONGEST)
        for name, text in (("l'effet", self.effect), ("le coût", self.cost), ("l'avis", self.advice)):
            _text(text, f"{name} {where}", LONGEST, optional=True)


@dataclass(frozen=True)
class Meeting:
    """A séance: ``period`` is the code of the quarter it reads, over on its day; ``zoning`` the generation of QPVs; the rest is text."""

    number: int
    on: date
    period: str
    title: str
    audience: tuple[Audience, ...]
    zoning: str
    perimeter: str
    state: State = State.PREPAREE
    place: str = ""
    chairs: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    forecast: Forecast | None = None
    decisions: tuple[Decision, ...] = ()
    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        _counted(self.number, "le numéro de la séance")
        _text(self.title, "le titre de la séance", LONGEST_NAME)
        _text(self.zoning, "le zonage", LONGEST_NAME)
        _text(self.perimeter, "le périmètre", LONGEST)
        _text(self.place, "le lieu", LONGEST_NAME, optional=True)
        for name in (*self.chairs, *self.attendees, *self.excused):
            _text(name, "un nom de participant", LONGEST_NAME)
        self._check_period()
        if not self.audience:
            raise MeetingError(f"La séance n°\u00a0{self.number} n'a pas de public : indiquez qui la lira (copil, prefecture…).")
        _once((item.value for item in self.audience), "le public")
        _once((item.heading.value for item in self.comments), "la rubrique")
        _once((str(item.number) for item in self.decisions), "la décision")
        _once((item.title for item in self.points), "le point")

    def _check_period(self) -> None:
        try:
            period = Period.parse(self.period)
        except ValueError as error:
            raise MeetingError(str(error)) from None
        if period.frequency is not Frequency.QUARTER:
            raise MeetingError(f"La période « {self.period} » n'est pas un trimestre. Une séance lit un trimestre, par exemple 2023-T4.")
        if period.last_day >= self.on:
            raise MeetingError(
                f"Le {period_label(period)} finit le {date_short(period.last_day)} : il n'est pas terminé à la séance du "
                f"{date_short(self.on)}. Choisissez un trimestre terminé, ou une autre date."
            )

    def comment(self, heading: Heading) -> Comment | None:
        """What was written under a heading."""
        return next((item for item in self.comments if item.heading is heading), None)

    def decision(self, wanted: int) -> Decision | None:
        """The decision of this number."""
        return next((item for item in self.decisions if item.number == wanted), None)


def _text(text: str, what: str, most: int, *, optional: bool = False) -> None:
    """Refuse a text that is blank (unless ``optional``), too long, or that no document could hold."""
    if not optional and not text.strip():
        raise MeetingError(f"Il manque {what}. Complétez la saisie.")
    if len(text) > most:
        raise MeetingError(f"Texte trop long : {what} compte {number(len(text))} caractères, {number(most)} au plus. Raccourcissez-le.")
    if any((letter < " " and letter not in "\n\t") or "\ud800" <= letter <= "\udfff" or letter == "\x7f" for letter in text):
        raise MeetingError(f"Un caractère invisible ne peut être conservé ({what}). Effacez le texte et saisissez-le à la main.")


def _counted(value: int, what: str) -> None:
    if value < 1:
        raise MeetingError(f"{what[0].upper()}{what[1:]} est {number(value)} : les numéros commencent à 1.")


def _once(codes: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise MeetingError(f"Écrit deux fois : {what} « {code} ». Retirez la répétition.")
        seen.add(code)
