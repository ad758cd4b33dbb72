"""An answer of France Travail's « Marché du travail » read: its figures, by category and quarter, made into the frame Published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

import pandas as pd
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from connectors.errors import quote
from connectors.intake import Context
from connectors.layout_api import ApiDeclared
from connectors.service_faults import unknown
from connectors.source import Source
from indicators.frames import PUBLISHED_COLUMNS
from indicators.period import Period
from indicators.status import ORDER, Status
from indicators.territory import VILLE
from indicators.typography import number as in_french

_QUARTER = re.compile(r"(?P<year>[12][0-9]{3})-?T(?P<number>[1-4])")


class Value(BaseModel):
    """One figure: of a category, at the end of a quarter."""

    model_config = ConfigDict(strict=True)

    category: str = Field(alias="codeNomenclature")
    period: str = Field(alias="codePeriode")
    number: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = Field(None, alias="valeurPrincipaleNombre")
    territory_type: str | None = Field(None, alias="codeTypeTerritoire")
    territory: str | None = Field(None, alias="codeTerritoire")
    hidden: bool | None = Field(None, alias="masque")

    @property
    def status(self) -> Status:
        """Present, hidden, or not told."""
        if self.hidden:
            return Status.SECRET
        return Status.NON_TRANSMIS if self.number is None else Status.OK


class _Answer(BaseModel):
    model_config = ConfigDict(strict=True)

    indicator: str | None = Field(None, alias="codeIndicateur")
    values: list[Value] | None = Field(None, validation_alias=AliasChoices("listeValeursParPeriode", "valeursParPeriode"))


@dataclass(frozen=True)
class Asked:
    """What was asked: by which source, of which territory, for which city and day."""

    source: Source
    api: ApiDeclared
    context: Context

    @property
    def territory(self) -> str:
        """The code of the territory."""
        return self.api.territory_for(self.context.territory.commune)

    @property
    def own(self) -> bool:
        """Whether it is the Cité's own commune."""
        return self.api.territory_type == "COM" and self.territory == self.context.territory.commune

    @property
    def zone(self) -> str:
        """Its code in the frame Published."""
        return VILLE if self.own else f"{self.api.territory_type}_{self.territory}"


def read_values(source: Source, content_type: str, body: bytes) -> list[Value]:
    """The figures of an answer, none when it says that there is none; ``DeliveryRefusedError`` for any other shape."""
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise unknown(source, f"la réponse n'est pas du JSON (« {quote(kind)} »)")
    try:
        read = _Answer.model_validate_json(body)
    except ValidationError as error:
        raise unknown(source, _place(error)) from None
    if read.values is None and read.indicator is None:
        raise unknown(source, "« listeValeursParPeriode » manque dans la réponse")
    return read.values or []


def _place(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    if first["type"] == "json_invalid":
        return "la réponse n'est pas du JSON lisible"
    return f"« {'.'.join(str(part) for part in first['loc']) or 'réponse'} » n'est pas ce qui était attendu"


def published(asked: Asked, values: list[Value]) -> pd.DataFrame:
    """The frame Published: each measure at each quarter, as absent as its most absent category.

    Raises:
        DeliveryRefusedError: another territory, a quarter not ended, two values for one, or a category that is never told.
    """
    found: dict[str, dict[str, Value]] = {}
    for value in values:
        quarter = _checked(asked, value)
        known = found.setdefault(quarter, {}).setdefault(value.category, value)
        if known.number != value.number:
            raise unknown(asked.source, f"deux nombres différents pour la catégorie « {quote(value.category)} » au {quarter}")
    missing = set(asked.api.categories) - {value.category for value in values if value.status is not Status.NON_TRANSMIS}
    if missing:  # stored, it would blank what is known
        raise unknown(asked.source, f"aucun nombre pour la catégorie « {min(missing)} »")
    rows = [
        (asked.source.id, item.measure, asked.zone, quarter, *_sum([told.get(code) for code in item.categories]), item.note)
        for quarter, told in sorted(found.items())
        for item in asked.api.figure
    ]
    frame = pd.DataFrame(rows, columns=PUBLISHED_COLUMNS)
    return frame.astype({**dict.fromkeys(PUBLISHED_COLUMNS, "str"), "value": "float64"})


def _checked(asked: Asked, value: Value) -> str:
    """The quarter of a figure, once it is known to be of our territory, ended, and not above the inhabitants."""
    expected = (asked.api.territory_type, asked.territory)
    if (value.territory_type or expected[0], value.territory or expected[1]) != expected:
        raise unknown(asked.source, f"la réponse parle d'un autre territoire (« {quote(value.territory or value.territory_type)} »)")
    written = _QUARTER.fullmatch(value.period)
    if not written:
        raise unknown(asked.source, f"« {quote(value.period)} » n'est pas un trimestre")
    period = Period.parse(f"{written['year']}-T{written['number']}")
    if period.last_day >= asked.context.today:
        raise unknown(asked.source, f"le trimestre {period.code} n'est pas terminé")
    most = asked.context.territory.population
    if asked.own and value.number is not None and value.number > most:
        raise unknown(
            asked.source, f"{in_french(value.number)} demandeurs au {period.code}, plus que les habitants de la ville ({in_french(most)})"
        )
    return period.code


def _sum(parts: list[Value | None]) -> tuple[float | None, str]:
    status = max((part.status if part else Status.NON_TRANSMIS for part in parts), key=ORDER.index)
    return (sum(part.number or 0.0 for part in parts if part) if status is Status.OK else None), str(status)
