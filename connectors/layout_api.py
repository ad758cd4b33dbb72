"""How a statistics service is asked: its addresses, its account by the names of two variables, its territory, its figures, its limits."""

from __future__ import annotations

from ipaddress import ip_address
from itertools import combinations
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from connectors.declaration import Declared


def _safe(address: str) -> str:
    """An address that may be given a secret: ``https``, or this machine; nothing secret written in it."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host:
        raise ValueError("ce n'est pas une adresse ; exemple : https://api.francetravail.io/partenaire")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("l'adresse ne contient ni identifiant, ni mot de passe, ni « ? », ni « # »")
    if parts.scheme != "https" and not (parts.scheme == "http" and _here(host)):
        raise ValueError("l'adresse doit commencer par https:// : un secret y est envoyé")
    return address.rstrip("/")


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Address = Annotated[str, AfterValidator(_safe)]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_/-]+$")]


class ApiFigure(Declared):
    """A published measure: the sum of some categories, as the service publishes them."""

    measure: str
    """Its code in the frame Published."""
    categories: Annotated[tuple[Code, ...], Field(min_length=1)]
    """Codes of the nomenclature that are added up; none may hold another (``ABC`` already holds ``A``)."""
    label: str
    """French label."""
    unit: str
    """French unit."""
    note: str = ""
    """Reservation shown beside the figure."""

    @model_validator(mode="after")
    def _each_once(self) -> ApiFigure:
        for one, other in combinations(self.categories, 2):
            if one in other or other in one:
                raise ValueError(f"les catégories « {one} » et « {other} » compteraient deux fois les mêmes personnes")
        return self


class ApiDeclared(Declared):
    """A statistics service asked online, with an account (OAuth 2, client credentials): France Travail's « Marché du travail »."""

    base: Address = "https://api.francetravail.io/partenaire/stats-offres-demandes-emploi/v1"
    """Address of the service; ``https``, or this machine."""
    path: Annotated[str, Field(pattern=r"^[a-z0-9/_-]+$")] = "indicateur/stat-demandeurs"
    """What is asked of it."""
    token: Address = "https://entreprise.francetravail.fr/connexion/oauth2/access_token"  # noqa: S105 - an address
    """Address that gives the token."""
    realm: str = "/partenaire"
    """Realm of the account."""
    scope: str = "api_stats-offres-demandes-emploiv1 offresetdemandesemploi"
    """Both rights are needed: with the first alone a token is given, and every answer is 403."""
    client_id_env: Variable = "FRANCE_TRAVAIL_CLIENT_ID"
    """NAME of the variable that holds the account's identifier."""
    client_secret_env: Variable = "FRANCE_TRAVAIL_CLIENT_SECRET"  # noqa: S105 - a name
    """NAME of the variable that holds its secret."""
    territory_type: Annotated[str, Field(pattern="^[A-Z]+$")] = "DEP"
    """The territory asked, as the service names its kind: ``COM``, ``EPCI``, ``DEP``, ``REG``, ``NAT``…"""
    territory: Code | None = None
    """Its code; absent: the Cité's own commune (``COM``), or the département of that commune (``DEP``)."""
    activity_type: Code = "CUMUL"
    """``CUMUL``: every occupation together."""
    activity: Code = "CUMUL"
    """Code of the activity."""
    nomenclature: Code = "CATCAND"
    """The nomenclature of the categories: categories of job seekers."""
    figure: Annotated[tuple[ApiFigure, ...], Field(min_length=1)]
    """The measures made of the answer."""
    calls_per_second: Annotated[float, Field(gt=0, le=10)] = 5.0
    """Never more; the service allows ten."""
    tries: Annotated[int, Field(ge=1, le=10)] = 4
    """How many times a call is made when the service is busy, down or cut."""
    first_wait_seconds: Annotated[float, Field(gt=0)] = 1.0
    """Wait before the second try, doubled at each one; when the service says how long to wait, that is obeyed instead."""
    answer_seconds: Annotated[float, Field(gt=0)] = 20.0
    """Longest silence during an answer."""
    total_seconds: Annotated[float, Field(gt=0, le=600)] = 60.0
    """Longest time for everything: token, calls, waits."""
    max_bytes: Annotated[int, Field(gt=0)] = 5_000_000
    """A longer answer is refused, unread."""

    @model_validator(mode="after")
    def _complete(self) -> ApiDeclared:
        codes = [item.measure for item in self.figure]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice:
            raise ValueError(f"la mesure « {twice} » est déclarée deux fois")
        if self.territory is None and self.territory_type not in {"COM", "DEP"}:
            raise ValueError(f"un territoire de type « {self.territory_type} » demande son code dans « territory »")
        return self

    def territory_for(self, commune: str) -> str:
        """The code of the territory, found from the Cité's commune when it is not written."""
        if self.territory or self.territory_type == "COM":
            return self.territory or commune
        return commune[: 3 if commune.startswith(("97", "98")) else 2]

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category needed, once."""
        return tuple(dict.fromkeys(code for item in self.figure for code in item.categories))
