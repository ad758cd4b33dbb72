"""The sentences of what changed since the previous séance. ¤ stands for U+00A0 and _ for U+202F."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from indicators.changes import changes
from indicators.changes_between import EditionFigures
from indicators.changes_rows import ChangeRow, change_rows
from indicators.period import Period, SeriesBreak
from indicators.registry import indicators, measures
from indicators.sentences_changes import change, summary
from indicators.wording import Precision
from tests.unit.test_changes import CEJ, FIRST, JOBSEEKERS, NEXT_T3, SAME, SECOND, T3, edition, values
from tests.unit.test_territory import CITY

COST, PARITY, RATE, SPENT = "B3-cout_parcours", "N2.9", "N2.8-cej", "B1"
RECEIVED = "N2.2"
PAST = "correction des données passées"
REDEFINED = {"digests": {**SAME, CEJ: "def", RECEIVED: "def"}}
MOVED = SeriesBreak(date(2023, 2, 1), "Nouveau logiciel")


def plain(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


def rows(old: EditionFigures, new: EditionFigures, **more: object) -> list[ChangeRow]:
    frame = changes(old, new, indicators(), measures(), CITY, **more)  # type: ignore[arg-type]
    return change_rows(frame, old, new, indicators())


def said(old: pd.DataFrame, new: pd.DataFrame, now: Period = NEXT_T3, told: dict[str, object] | None = None, **more: object) -> str:
    [row] = rows(edition(T3, FIRST, old), edition(now, SECOND, new, **(told or {})), **more)
    return plain(change(row, CITY))


def of(
    code: str, first: float | str, restated: float | str, later: float | str, *, zone: str = "QPV", below: float = 200, **more: object
) -> str:
    old = values((code, zone, "2022-T3", first), denominator=below)
    new = values((code, zone, "2022-T3", restated), (code, zone, "2023-T3", later), denominator=below)
    return said(old, new, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((41, 40, 44), "41 au T3 2022, 44 au T3 2023_; dont −1 de correction des données passées et +4 d'évolution."),
        ((41, 41, 44), "41 au T3 2022, 44 au T3 2023_; +3 d'évolution."),
        ((41, 44, 44), "41 au T3 2022, 44 au T3 2023_; +3 de correction des données passées, aucune évolution."),
        ((41, 41, 41), "41 au T3 2022, 41 au T3 2023_; aucune évolution, aucune correction."),
        ((1234, 1234, 0), "1_234 au T3 2022, 0 au T3 2023_; −1_234 d'évolution."),
        (
            ("secret", 40, 44),
            "non publié (secret statistique) au T3 2022 à la séance précédente, 40 à présent, 44 au T3 2023_; +4 d'évolution.",
        ),
        (("secret", "secret", 44), "non publié (secret statistique) au T3 2022, 44 au T3 2023_; évolution non calculée."),
        (
            (41, 40, "non_transmis"),
            "41 au T3 2022, non transmis au T3 2023_; −1 de correction des données passées, évolution non calculée.",
        ),
        ((41, 41, "secret"), "41 au T3 2022, non publié (secret statistique) au T3 2023_; évolution non calculée."),
        (
            (41, "secret", 44),
            "41 au T3 2022 à la séance précédente, non publié (secret statistique) à présent, 44 au T3 2023_; évolution non calculée.",
        ),
        (("non_transmis", 40, 40), "non transmis au T3 2022 à la séance précédente, 40 à présent, 40 au T3 2023_; aucune évolution."),
    ],
)
def test_a_count_then_and_now(figures: tuple[float | str, float | str, float | str], expected: str) -> None:
    assert of(CEJ, *figures) == f"Entrées, contrat d'engagement jeune (QPV)¤: {expected}"


@pytest.mark.parametrize(
    ("code", "figures", "below", "expected"),
    [
        (
            RECEIVED,
            (41.24, 41.06, 44.12),
            200,
            f"41,2¤% au T3 2022, 44,1¤% au T3 2023_; dont −0,1¤point de {PAST} et +3,0¤points d'évolution.",
        ),
        (
            RECEIVED,
            (41.24, 41.16, 44.12),
            200,
            f"41,2¤% au T3 2022, 44,1¤% au T3 2023_; dont moins de 0,1¤point de {PAST} et +2,9¤points d'évolution.",
        ),
        (RECEIVED, (40, 40, 42), 50, "40¤% au T3 2022, 42¤% au T3 2023_; +2¤points d'évolution."),
        (RECEIVED, (50, 50, 60), 10, "5 sur 10 au T3 2022, 6 sur 10 au T3 2023."),
        (RECEIVED, (50, 40, 60), 10, f"5 sur 10 au T3 2022 à la séance précédente, 4 sur 10 à présent, 6 sur 10 au T3 2023_; {PAST}."),
        (RATE, (8, 8, 9.5), 200, "8,0 pour 100 au T3 2022, 9,5 pour 100 au T3 2023_; +1,5¤point d'évolution."),
        (PARITY, (0.72, 0.72, 0.8), 200, "0,72 au T3 2022, 0,80 au T3 2023_; +0,08 d'évolution."),
        (SPENT, (51.8, 51.8, 60), 200, "51,8¤% au T3 2022, 60,0¤% au T3 2023_; +8,2¤points d'évolution."),
        (JOBSEEKERS, (1, 1, 2), 200, "1 personne au T3 2022, 2 personnes au T3 2023_; +1 d'évolution."),
    ],
)
def test_each_kind_in_its_unit(code: str, figures: tuple[float, float, float], below: float, expected: str) -> None:
    name = plain(indicators()[code].label).replace("¤: ", ", ")
    assert of(code, *figures, below=below) == f"{name} (QPV)¤: {expected}"


def test_euros_have_their_unit() -> None:
    old = values((COST, "VILLE", "2022", 1500.0))
    new = values((COST, "VILLE", "2022", 1480.0), (COST, "VILLE", "2023", 1600.0))
    [row] = rows(edition(Period.parse("2022-T4"), FIRST, old), edition(Period.parse("2023-T4"), SECOND, new))
    expected = "1_500¤€ en 2022, 1_600¤€ en 2023_; dont −20¤€ de correction des données passées et +120¤€ d'évolution."
    assert plain(change(row, CITY)) == f"{indicators()[COST].label} (ville entière)¤: {expected}"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"told": REDEFINED}, "−1 de changement de définition et correction des données passées, qui ne se distinguent pas"),
        ({"told": REDEFINED, "unrevised": {CEJ}}, "−1 de changement de définition"),
        ({"told": {"breaks": (SeriesBreak(date(2022, 3, 1), "Déclarée depuis"),)}, "unrevised": {CEJ}}, "−1 de changement de périmètre"),
    ],
)
def test_what_may_have_changed_the_past_is_said(more: dict[str, object], words: str) -> None:
    assert f"; dont {words} et +4 d'évolution." in of(CEJ, 41, 40, 44, **more)


def test_a_definition_precised_is_said_though_nothing_moved() -> None:
    told = [Precision(RECEIVED, date(2023, 1, 15), "Une personne reçue deux fois compte une fois.", "Copil")]
    dated = of(RECEIVED, 40, 40, 40, told=REDEFINED, precisions=told)
    assert dated.endswith("_; aucune évolution, aucune correction. Définition précisée le 15/01/2023.")
    assert of(RECEIVED, 40, 40, 40, told=REDEFINED).endswith("Définition changée depuis la séance précédente.")


def test_a_break_is_named_with_its_day() -> None:
    end = "évolution non calculée, rupture de série le 01/02/2023 (nouveau logiciel)."
    assert of(CEJ, 41, 41, 44, told={"breaks": (MOVED,)}).endswith(f"41 au T3 2022, 44 au T3 2023_; {end}")


def test_persons_since_january_at_another_quarter() -> None:
    new = values((RECEIVED, "QPV", "2022-T3", 60.0), (RECEIVED, "QPV", "2023-T1", 40.0))
    told = said(values((RECEIVED, "QPV", "2022-T3", 60.0)), new, Period.parse("2023-T1"))
    assert told.endswith("40,0¤% au T1 2023_; évolution sans objet (compté depuis le 1er janvier, se lit au même trimestre).")


@pytest.mark.parametrize(
    ("restated", "end"),
    [
        (40, "41 au T3 2022 à la séance précédente, 40 à présent_; −1 de correction des données passées."),
        (41, "41 au T3 2022_; aucune correction."),
        ("secret", "41 au T3 2022 à la séance précédente, non publié (secret statistique) à présent_; évolution non calculée."),
    ],
)
def test_two_editions_of_the_same_quarter(restated: float | str, end: str) -> None:
    told = said(values((CEJ, "QPV", "2022-T3", 41)), values((CEJ, "QPV", "2022-T3", restated)), T3)
    assert told.endswith(end)


def test_where_and_which_part() -> None:
    frame = values((CEJ, "QP062901", "2022-T3", 41.0), (CEJ, "QP062901", "2023-T3", 41.0))
    frame[["dimension", "category"]] = ["sexe", "femme"]
    old, new = (edition(*place, frame[:0], frame) for place in ((T3, FIRST), (NEXT_T3, SECOND)))
    [row] = rows(old, new)
    assert plain(change(row, CITY)).startswith("Entrées, contrat d'engagement jeune, sur douze mois (femmes, Un)¤: ")


def test_the_summary_counts_what_moved_what_was_revised_and_what_cannot_be_compared() -> None:
    places = ((CEJ, "QPV"), (CEJ, "VILLE"), (RECEIVED, "QPV"), (RATE, "QPV"))

    def at(period: str, *figures: float | str) -> pd.DataFrame:
        return values(*((code, zone, period, told) for (code, zone), told in zip(places, figures, strict=True)))

    old = at("2022-T3", 41, 90, 60, "secret")
    new = pd.concat([at("2022-T3", 40, 90, 60, "secret"), at("2023-T3", 44, 95, 60, 8.0)])
    told = rows(edition(T3, FIRST, old), edition(NEXT_T3, SECOND, new, digests={**SAME, RECEIVED: "def"}))
    assert plain(summary(told, FIRST)) == (
        "Depuis la séance du 20/10/2022, sur 4 chiffres¤: 2 ont évolué, 1 a été révisé et 1 définition a changé_; 1 ne se compare pas."
    )
    quiet = rows(edition(T3, FIRST, old[:1]), edition(T3, SECOND, old[:1]))
    assert plain(summary(quiet, FIRST)) == (
        "Depuis la séance du 20/10/2022, sur 1 chiffre¤: aucun n'a évolué, aucun n'a été révisé et aucune définition n'a changé."
    )
    assert plain(summary([], FIRST)) == "Depuis la séance du 20/10/2022¤: aucun chiffre à comparer."


def test_a_figure_that_neither_edition_shows_has_nothing_to_tell() -> None:
    old, new = values((CEJ, "QPV", "2022-T3", "secret")), values((CEJ, "QPV", "2022-T3", "secret"), (CEJ, "QPV", "2023-T3", "non_transmis"))
    [row] = rows(edition(T3, FIRST, old), edition(NEXT_T3, SECOND, new))
    assert not row.told
    [row] = rows(edition(T3, FIRST, old), edition(NEXT_T3, SECOND, values((CEJ, "QPV", "2023-T3", 8.0))))
    assert row.told
