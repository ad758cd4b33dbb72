"""What a person reads when a service asked online did not give its figures: what, where, how to mend it, and that nothing is lost.

No sentence holds an address, a header, the account, or more than a few letters of an answer.
"""

from __future__ import annotations

from connectors.errors import DeliveryRefusedError, SourceUnavailableError
from connectors.layout_api import ApiDeclared
from connectors.source import Source

KEPT = "Dernière livraison conservée ; les autres partenaires ne sont pas touchés."
NOTHING_LOADED = "Rien n'a été chargé ; les chiffres affichés ne changent pas."


def unavailable(label: str, why: str) -> SourceUnavailableError:
    """A service that does not answer as it should: the last good figures stay."""
    return SourceUnavailableError(f"« {label} » {why} {KEPT}")


def no_account(label: str, variable: str) -> SourceUnavailableError:
    """A variable of the account is not set."""
    return SourceUnavailableError(
        f"« {label} » : la variable {variable} n'est pas définie. Créez une application sur francetravail.io, donnez-y son identifiant "
        "et son secret, puis relancez la collecte."
    )


def denied(label: str, api: ApiDeclared, status: int) -> SourceUnavailableError:
    """The account is unknown, or has no right to this service."""
    why = (
        f"refuse l'accès (HTTP {status}). Vérifiez les variables {api.client_id_env} et {api.client_secret_env}, et que l'API « Marché du "
        "travail » est associée à l'application sur francetravail.io."
    )
    return unavailable(label, why)


def unexpected(label: str, status: int, keys: str) -> SourceUnavailableError:
    """A status that nothing announces."""
    return unavailable(label, f"répond d'une manière imprévue (HTTP {status}). Vérifiez {keys} dans [api].")


def no_figure(source: Source, where: str) -> DeliveryRefusedError:
    """The service answers, and has nothing for this territory."""
    return DeliveryRefusedError(
        [
            f"« {source.label} » répond, et n'a aucun chiffre pour {where} : ce n'est pas une panne. Vérifiez « territory » dans [api], ou "
            f"demandez un territoire plus large (EPCI, DEP). {NOTHING_LOADED}"
        ]
    )


def unknown(source: Source, what: str) -> DeliveryRefusedError:
    """An answer whose shape or content is not the one known."""
    contact = source.contact or "le partenaire"
    return DeliveryRefusedError([f"« {source.label} » : {what}. Le service a sans doute changé : prévenez {contact}. {NOTHING_LOADED}"])


def too_long(label: str, most: str) -> DeliveryRefusedError:
    """An answer that no few figures need."""
    return DeliveryRefusedError(
        [
            f"« {label} » : réponse de plus de {most} octets, trop pour quelques effectifs. Vérifiez « base » et « token » dans [api]. "
            f"{NOTHING_LOADED}"
        ]
    )
