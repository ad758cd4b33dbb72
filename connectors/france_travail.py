"""France Travail's « Marché du travail », asked online: job seekers at the end of each quarter, as published, for the whole of a territory.

The service has no QPV: its figures are context, kept in the frame Published and never compared. When it has no figure it says so in four
ways (204, an empty body, 400, or a 500 that finds no list): that is not a breakdown, and what was known stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from connectors.errors import ConfigurationError
from connectors.extract import Extract, digest
from connectors.france_travail_figures import Asked, Value, published, read_values
from connectors.intake import Context
from connectors.layout_api import ApiDeclared
from connectors.service_faults import denied, no_account, no_figure, unavailable, unexpected
from connectors.source import Source

if TYPE_CHECKING:
    from connectors.http_client import Answer, Asker

ORIGIN = "service en ligne"
_NO_LIST = b"pas pu trouver la liste"
_TOKEN = re.compile(r"[\x21-\x7e]{1,8192}")


class _Token(BaseModel):
    access_token: str


@dataclass
class _Session:
    """A service asked with an account; neither the account nor a token is ever written anywhere."""

    label: str
    api: ApiDeclared
    asker: Asker
    account: Mapping[str, str] = field(repr=False)

    async def answer(self, territory: str) -> Answer:
        """The answer for a territory; a token that the service no longer knows is renewed once."""
        answer = await self._ask(territory, await self._token())
        return await self._ask(territory, await self._token()) if answer.status == 401 else answer

    async def _ask(self, territory: str, token: str) -> Answer:
        asked = {
            "codeTypeTerritoire": self.api.territory_type,
            "codeTerritoire": territory,
            "codeTypeActivite": self.api.activity_type,
            "codeActivite": self.api.activity,
            "codeTypePeriode": "TRIMESTRE",
            "codeTypeNomenclature": self.api.nomenclature,
            "listeCodeNomenclature": list(self.api.categories),
            "dernierePeriode": False,
            "sansCaracteristiques": True,
        }
        headers = {"Authorization": f"Bearer {token}"}
        return await self.asker.post(f"{self.api.base}/{self.api.path}", _finds_no_list, json=asked, headers=headers)

    async def _token(self) -> str:
        form = {"grant_type": "client_credentials", "scope": self.api.scope, **self.account}
        answer = await self.asker.post(self.api.token, params={"realm": self.api.realm}, data=form)
        if answer.status in {400, 401, 403}:
            raise denied(self.label, self.api, answer.status)
        if answer.status != 200:
            raise unexpected(self.label, answer.status, "« token »")
        try:
            token = _Token.model_validate_json(answer.body).access_token
        except ValidationError:
            token = ""
        if not _TOKEN.fullmatch(token):
            raise unavailable(self.label, "ne donne pas de jeton lisible. Vérifiez « token » dans [api].")
        return token


def extract_api(source: Source, context: Context, environment: Mapping[str, str]) -> Extract:
    """Ask the service and return its figures as published.

    Raises:
        SourceUnavailableError: a variable is not set, or it does not answer, refuses the account or takes too long.
        DeliveryRefusedError: it has no figure for this territory, or answers in a shape that is not known.
    """
    from connectors.http_client import conversation  # late: what it imports is for sources online alone

    if source.api is None:
        raise ConfigurationError(f"« {source.label} » : la section [api] manque.")
    asked, api, account = Asked(source, source.api, context), source.api, _account(source, source.api, environment)
    answer = conversation(source.label, api, lambda asker: _Session(source.label, api, asker, account).answer(asked.territory))
    values = _values(asked, answer)
    if not values:
        raise no_figure(source, f"{api.territory_type} {asked.territory}")
    frame = published(asked, values)
    return Extract(digest(frame), ORIGIN, published=frame)


def _account(source: Source, api: ApiDeclared, environment: Mapping[str, str]) -> dict[str, str]:
    account = {}
    for key, name in {"client_id": api.client_id_env, "client_secret": api.client_secret_env}.items():
        account[key] = environment.get(name, "").strip()
        if not account[key]:
            raise no_account(source.label, name)
    return account


def _finds_no_list(answer: Answer) -> bool:
    return answer.status == 500 and _NO_LIST in answer.body


def _values(asked: Asked, answer: Answer) -> list[Value]:
    """The figures of an answer, none when the service has none."""
    label, status = asked.source.label, answer.status
    if status in {401, 403}:
        raise denied(label, asked.api, status)
    if status in {204, 400} or _finds_no_list(answer) or (status == 200 and not answer.body.strip()):
        return []
    if status != 200:
        raise unexpected(label, status, "« base » et « path »")
    return read_values(asked.source, answer.content_type, answer.body)
