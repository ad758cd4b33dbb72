"""How figures, dates and lists are written in French. ¤ stands for U+00A0 and _ for U+202F."""

from datetime import date
from decimal import Decimal

import pytest

from indicators import typography as t
from indicators.period import Period


def shown(text: str) -> str:
    return text.replace("\u00a0", "¤").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("x", "decimals", "text"),
    [
        (0, 0, "0"),
        (-0.04, 1, "0,0"),
        (999, 0, "999"),
        (1234, 0, "1_234"),
        (1234567.85, 1, "1_234_567,9"),
        (-7.64, 1, "−7,6"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (Decimal("51780.005"), 2, "51_780,01"),
    ],
)
def test_a_number_is_rounded_half_up_and_parted_by_thin_spaces(x, decimals, text):
    assert shown(t.number(x, decimals)) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [(-7.6, "−7,6¤points"), (1.5, "+1,5¤point"), (-1.94, "−1,9¤point"), (1.96, "+2,0¤points"), (-0.04, "0,0¤point"), (12, "+12,0¤points")],
)
def test_a_difference_of_rates_is_in_points_singular_below_two_once_rounded(x, text):
    assert shown(t.points(x)) == text


def test_the_size_of_a_difference_carries_no_sign():
    assert shown(t.points(-7.6, sign=False)) == "7,6¤points"


def test_units_follow_a_no_break_space():
    assert shown(t.percent(12.34, 1)) == "12,3¤%"
    assert shown(t.euros(100000)) == "100_000¤€"
    assert shown(t.kilo_euros(Decimal("51780.12"))) == "51,8¤k€"
    assert t.ratio(0.804) == "0,80"


@pytest.mark.parametrize("missing", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_missing_figure_is_never_written_as_one(missing):
    with pytest.raises(ValueError, match="status"):
        t.number(missing)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [(9, 19, "9 sur 19"), (0, 1, "0 sur 1"), (9, 20, "45¤%"), (41, 63, "65¤%"), (99, 99, "100¤%"), (8, 100, "8,0¤%"), (118, 1460, "8,1¤%")],
)
def test_a_rate_says_what_its_denominator_allows(numerator, denominator, text):
    assert shown(t.rate(100 * numerator / denominator, numerator, denominator)) == text


@pytest.mark.parametrize(("n", "text"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes"), (1200, "1_200 personnes")])
def test_persons_agree_with_their_number(n, text):
    assert shown(t.persons(n)) == text


def test_a_plural_that_is_not_an_s_is_given():
    assert [t.count(n, "est levé", "sont levés") for n in (1, 2)] == ["1 est levé", "2 sont levés"]


def test_dates_are_french():
    assert t.date_short(date(2022, 9, 3)) == "03/09/2022"
    assert t.date_long(date(2022, 9, 30)) == "30 septembre 2022"
    assert t.date_long(date(2023, 3, 1)) == "1er mars 2023"
    assert t.date_long(date(2023, 3, 31)) == "31 mars 2023"
    assert t.day_and_month(date(2022, 9, 30)) == "30 sept."
    assert [t.month_short(month) for month in (1, 2, 8)] == ["janv.", "févr.", "août"]


@pytest.mark.parametrize(
    ("code", "label", "during"),
    [
        ("2022-T3", "T3 2022", "au T3 2022"),
        ("2022-S1", "S1 2022", "au S1 2022"),
        ("2022-03", "mars 2022", "en mars 2022"),
        ("2022", "2022", "en 2022"),
    ],
)
def test_periods_are_named(code, label, during):
    period = Period.parse(code)
    assert (t.period_label(period), t.during(period)) == (label, during)


def test_lists_end_with_et():
    assert [t.joined(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]


@pytest.mark.parametrize(("name", "text"), [("Beau-Marais", "de Beau-Marais"), ("Étaples", "d'Étaples"), ("insertion", "d'insertion")])
def test_de_is_elided_before_a_vowel(name, text):
    assert t.of(name) == text


@pytest.mark.parametrize(("label", "inside"), [("Formation", "formation"), ("PLIE", "PLIE"), ("Cap emploi", "Cap emploi")])
def test_a_label_inside_a_sentence_loses_its_capital_unless_it_is_a_name(label, inside):
    assert t.lower_first(label) == inside


def test_the_four_states_are_four_texts():
    said = [t.absent(status) for status in ("secret", "non_transmis", "non_applicable")]
    assert said == ["non publié (secret statistique)", "non transmis", "sans objet"]
    assert t.number(0) not in said


@pytest.mark.parametrize("status", ["ok", "perdu"])
def test_a_figure_that_is_there_has_no_absent_text(status):
    with pytest.raises(ValueError):  # noqa: PT011
        t.absent(status)
