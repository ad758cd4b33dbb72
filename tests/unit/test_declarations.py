"""A measure, a term or an indicator with a piece missing cannot be built, and the refusal says which piece, in French."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indicators.codes import DIMENSIONS, ENSEMBLE, EXITS, category_label, exits
from indicators.indicator import Direction, Indicator, Kind, Level, Secrecy, Term, Unit
from indicators.measures import Measure, Nature
from indicators.period import Frequency

RATE = Indicator(
    code="N9.1",
    label="Taux d'essai",
    short="Essai",
    level=Level.ORDINARY_LAW,
    kind=Kind.RATE,
    numerator="entrees",
    denominator="demandeurs",
    unit=Unit.PERCENT,
    better=Direction.HIGHER,
    frequency=Frequency.QUARTER,
    definition="Définition.",
    numerator_text="Numérateur",
    denominator_text="Dénominateur",
    source="Source",
    owner="Responsable",
    reference="Référence",
    delay_days=30,
    secrecy=Secrecy.PERSONS,
    limits="Limites.",
    perverse_effects="Effets pervers.",
    breakdowns=("sexe",),
)


PIECES = [
    *("label", "short", "level", "kind", "unit", "better", "frequency", "definition", "numerator_text", "source", "owner", "reference"),
    *("delay_days", "secrecy", "limits", "perverse_effects"),
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_missing_piece_of_the_sheet_is_named(piece: str) -> None:
    for nothing in [None, "", "  "] if isinstance(getattr(RATE, piece), str) and piece not in CHOSEN else [None]:
        with pytest.raises(ValueError, match=f"^Indicateur N9.1 : sa fiche est incomplète ; complétez « {piece} ».$"):
            replace_declared(**{piece: nothing})


def test_every_missing_piece_is_told_at_once() -> None:
    with pytest.raises(
        ValueError, match=r"^Indicateur N9.1 : sa fiche est incomplète ; complétez « owner », « better », « delay_days »\.$"
    ):
        replace_declared(owner="", better=None, delay_days=None)


CHOSEN = ("level", "kind", "unit", "better", "frequency", "secrecy")


@pytest.mark.parametrize("piece", CHOSEN)
def test_a_choice_outside_the_list_is_refused_with_the_list(piece: str) -> None:
    with pytest.raises(ValueError, match=f"^Indicateur N9.1 : « {piece} = taux » n'existe pas ; choix : "):
        replace_declared(**{piece: "taux"})


def replace_declared(**pieces: object) -> Indicator:
    """The rate above with pieces changed (its computed terms are made again)."""
    return replace(RATE, **pieces)  # type: ignore[arg-type]


def test_an_indicator_without_a_code_is_told_as_such() -> None:
    with pytest.raises(ValueError, match=r"^Indicateur \(sans code\) : sa fiche est incomplète ; complétez « code »"):
        replace_declared(code="")


def test_which_way_is_better_has_no_default() -> None:
    pieces = {
        name: getattr(RATE, name) for name in RATE.__dataclass_fields__ if name not in {"better", "numerator_terms", "denominator_terms"}
    }
    with pytest.raises(ValueError, match=r"complétez « better »\.$"):
        Indicator(**pieces)


def test_only_a_published_value_names_a_published_measure() -> None:
    assert replace_declared(kind=Kind.PUBLISHED, numerator=(), denominator=None, published="taux").published == "taux"
    for pieces in ({"kind": Kind.PUBLISHED, "numerator": (), "denominator": None}, {"published": "taux"}):
        with pytest.raises(ValueError, match=r"« published » nomme la mesure d'un chiffre publié"):
            replace_declared(**pieces)


def test_what_is_counted_names_its_measure() -> None:
    with pytest.raises(ValueError, match=r"« numerator » est vide ; dites quelle mesure il compte\.$"):
        replace_declared(numerator=())


def test_a_delay_is_not_negative_and_an_indicator_without_a_whole_has_a_breakdown() -> None:
    with pytest.raises(ValueError, match=r"« delay_days » est un nombre de jours"):
        replace_declared(delay_days=-1)
    with pytest.raises(ValueError, match=r"sans ensemble \(« total = False »\), il lui faut une ventilation\.$"):
        replace_declared(total=False, breakdowns=())


@pytest.mark.parametrize("kind", [Kind.PROPORTION, Kind.RATE, Kind.PARITY, Kind.MEAN])
def test_a_ratio_needs_a_denominator(kind: Kind) -> None:
    with pytest.raises(ValueError, match=f"^Indicateur N9.1 : un dénominateur est obligatoire \\(nature « {kind} »\\).$"):
        replace_declared(kind=kind, denominator=None)


def test_a_count_has_no_denominator() -> None:
    with pytest.raises(ValueError, match=r"^Indicateur N9.1 : un dénombrement n'a pas de dénominateur \(nature « count »\)\.$"):
        replace_declared(kind=Kind.COUNT)


def test_a_denominator_says_what_it_counts() -> None:
    with pytest.raises(ValueError, match=r"« denominator_text » est vide ; dites ce que compte le dénominateur\.$"):
        replace_declared(denominator_text=" ")


def test_a_short_label_holds_in_28_characters() -> None:
    assert replace_declared(short="x" * 28).short == "x" * 28
    with pytest.raises(ValueError, match=r"^Indicateur N9.1 : le libellé court « x{29} » dépasse 28 caractères\.$"):
        replace_declared(short="x" * 29)


@pytest.mark.parametrize("dimension", ["couleur", ENSEMBLE])
def test_an_unknown_breakdown_is_refused(dimension: str) -> None:
    with pytest.raises(ValueError, match=f"^Indicateur N9.1 : ventilation inconnue « {dimension} ».$"):
        replace_declared(breakdowns=("sexe", dimension))


def test_terms_are_read_in_every_form_and_measures_named_once() -> None:
    young = Term("demandeurs", "age", ("moins_26",))
    built = replace_declared(numerator=("entrees", "autres", "entrees"), denominator=young)
    assert built.numerator_terms == (Term("entrees"), Term("autres"), Term("entrees"))
    assert built.denominator_terms == (young,)
    assert built.measures == ("entrees", "autres", "demandeurs")


def test_a_term_of_an_unknown_dimension_lists_those_known() -> None:
    with pytest.raises(ValueError, match=r"^Terme « entrees » : dimension inconnue « couleur »\. Dimensions : ensemble, sexe, age"):
        Term("entrees", "couleur", ("bleu",))


def test_a_term_of_an_unknown_category_lists_those_known() -> None:
    with pytest.raises(
        ValueError, match=r"^Terme « entrees » : modalité inconnue \['F'\] pour « sexe » \(femme, homme, non_renseigne\)\.$"
    ):
        Term("entrees", "sexe", ("femme", "F"))
    with pytest.raises(ValueError, match=r"^Terme « entrees » : modalité inconnue \[\]"):
        Term("entrees", "sexe", ())


@pytest.mark.parametrize("code", ["", "Entrées", "entrees cej", "entrees-cej", "ENTREES"])
def test_a_measure_s_code_is_lower_case_and_underscored(code: str) -> None:
    with pytest.raises(ValueError, match=f"^Mesure « {code} » : le code s'écrit en minuscules, chiffres et soulignés.$"):
        Measure(code, "entrées", Nature.FLOW, "entrées")


@pytest.mark.parametrize(("label", "unit"), [("", "entrées"), ("entrées", "")])
def test_a_measure_has_a_label_and_a_unit(label: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"^Mesure « entrees » : le libellé et l'unité sont obligatoires\.$"):
        Measure("entrees", label, Nature.FLOW, unit)


def test_code_lists_have_no_repeated_code_and_every_code_a_label() -> None:
    for code, dimension in DIMENSIONS.items():
        assert code == dimension.code
        assert len(set(dimension.codes)) == len(dimension.codes)
        assert all(category.label and category_label(code, category.code) == category.label for category in dimension.categories)


def test_what_is_sensitive_is_health_and_justice_and_freins_alone_overlap() -> None:
    sensitive = {category.code for dimension in DIMENSIONS.values() for category in dimension.categories if category.sensitive}
    assert sensitive == {"sante", "justice"}
    assert [code for code, dimension in DIMENSIONS.items() if not dimension.exclusive] == ["frein"]


def test_dynamic_exits_follow_the_iae_rule() -> None:
    assert exits("durable") == ("emploi_durable",)
    assert exits("transition") == ("emploi_transition",)
    assert exits("positive") == ("formation_qualifiante", "autre_siae", "alternance")
    assert exits("neutre") == ("neutre",)
    assert sorted(exits("durable", "transition", "positive", "autre", "neutre")) == sorted(code.code for code in EXITS)


def test_a_code_outside_its_list_is_shown_as_it_is() -> None:
    assert category_label("sexe", "autre") == "autre"
    assert category_label("couleur", "bleu") == "bleu"
