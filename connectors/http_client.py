"""Asking a service of the network: never faster than allowed, again when it is busy, never longer than agreed, and never elsewhere.

Everything asked here only reads, so that asking again is safe. No sentence holds an address, a header or a word of an answer.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from connectors.errors import SourceUnavailableError
from connectors.layout_api import ApiDeclared
from connectors.service_faults import too_long, unavailable
from indicators.typography import number

CONNECT_TIMEOUT_SECONDS = 10.0

Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer:
    """What a service answered."""

    status: int
    content_type: str
    body: bytes


class _PassingError(SourceUnavailableError):
    """What may be mended by asking again, ``after`` so many seconds when the service says it."""

    def __init__(self, fault: SourceUnavailableError, after: float | None = None) -> None:
        super().__init__(str(fault))
        self.after = after


class Asker:
    """One conversation with a service: its pace, its tries, its end."""

    def __init__(self, label: str, limits: ApiDeclared, client: httpx.AsyncClient) -> None:
        self._label, self._limits, self._client = label, limits, client
        self._end = asyncio.get_running_loop().time() + limits.total_seconds
        self._next = 0.0

    async def post(self, address: str, settled: Callable[[Answer], bool] = lambda _: False, **sent: Any) -> Answer:
        """The answer to a POST, whatever its status, once the service is neither busy nor down.

        Args:
            settled: whether an answer that looks like a breakdown (5xx) is one to keep.
            sent: what httpx sends: ``json``, ``data``, ``params``, ``headers``.

        Raises:
            SourceUnavailableError: no answer, after every try allowed, or an answer that leads elsewhere.
            DeliveryRefusedError: an answer too long.
        """
        again = AsyncRetrying(
            stop=stop_after_attempt(self._limits.tries), wait=self._wait, retry=retry_if_exception_type(_PassingError), reraise=True
        )
        return await again(self._once, address, settled, sent)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        said = error.after if isinstance(error, _PassingError) else None
        return said if said is not None else self._limits.first_wait_seconds * 2 ** (state.attempt_number - 1)

    async def _once(self, address: str, settled: Callable[[Answer], bool], sent: dict[str, Any]) -> Answer:
        now = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._next - now()))
        try:
            async with self._client.stream("POST", address, **sent) as response:
                answer = Answer(response.status_code, response.headers.get("content-type", ""), await self._body(response))
                after = _seconds(response.headers.get("retry-after", ""))
        except httpx.RequestError as error:
            raise self._no_answer(error) from None
        finally:  # counted from the answer, so that the service sees the pace whatever the network does
            self._next = now() + 1 / self._limits.calls_per_second
        if answer.status in {408, 429} or (answer.status >= 500 and not settled(answer)):
            raise self._busy(answer.status, after, self._end - now())
        if 300 <= answer.status < 400:
            why = f"renvoie vers une autre adresse (HTTP {answer.status}), où rien n'est envoyé. Vérifiez « base » et « token » dans [api]."
            raise unavailable(self._label, why)
        return answer

    async def _body(self, response: httpx.Response) -> bytes:
        """The answer, never more than its limit: what is longer is refused, unread."""
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) <= self._limits.max_bytes:
                continue
            if response.status_code == httpx.codes.OK:
                raise too_long(self._label, number(self._limits.max_bytes))
            break
        return bytes(body)

    def _busy(self, status: int, after: float | None, left: float) -> SourceUnavailableError:
        what = "demande de ralentir" if status == httpx.codes.TOO_MANY_REQUESTS else "est en panne"
        if after is not None and after >= left:  # obeyed: nothing more is asked
            return unavailable(self._label, f"{what} (HTTP {status}) et de revenir dans {number(after)} s. Relancez la collecte ensuite.")
        return _PassingError(unavailable(self._label, f"{what} (HTTP {status}). Relancez la collecte plus tard."), after)

    def _no_answer(self, error: httpx.RequestError) -> SourceUnavailableError:
        if isinstance(error, httpx.ConnectError) and "CERTIFICATE" in str(error):
            why = "présente un certificat qui n'est pas reconnu : rien n'est envoyé. Vérifiez son adresse et votre réseau."
            return unavailable(self._label, why)
        if isinstance(error, (httpx.DecodingError, httpx.UnsupportedProtocol)):
            return unavailable(self._label, "envoie une réponse illisible. Relancez la collecte plus tard.")
        if isinstance(error, httpx.ReadTimeout):
            why = f"n'a rien répondu pendant {number(self._limits.answer_seconds)} s. Relancez la collecte plus tard."
        elif isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
            why = "a coupé sa réponse avant la fin. Relancez la collecte plus tard."
        else:
            why = "ne répond pas. Vérifiez que cette machine a accès à Internet, puis relancez la collecte."
        return _PassingError(unavailable(self._label, why))


def _seconds(retry_after: str) -> float | None:
    """A Retry-After, a number of seconds or a date, as seconds from now; None when there is none, or none that can be read."""
    if re.fullmatch(r"\d{1,9}", retry_after):
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def conversation(label: str, limits: ApiDeclared, talk: Callable[[Asker], Awaitable[Found]]) -> Found:
    """What a conversation found, ended when its time is over, however slowly the service drips.

    Raises:
        SourceUnavailableError: it took too long, or what ``Asker.post`` raises.
    """

    async def bounded() -> Found:
        timeout = httpx.Timeout(limits.answer_seconds, connect=min(CONNECT_TIMEOUT_SECONDS, limits.answer_seconds))
        # an answer that is not compressed cannot swell once here
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "cite-emploi"}
        async with asyncio.timeout(limits.total_seconds), httpx.AsyncClient(timeout=timeout, headers=headers) as client:
            return await talk(Asker(label, limits, client))

    try:
        with ThreadPoolExecutor(1) as alone:  # a loop of its own, whatever the caller runs in
            return alone.submit(lambda: asyncio.run(bounded())).result()
    except TimeoutError:
        why = f"n'a pas fini de répondre en {number(limits.total_seconds)} s. Relancez la collecte plus tard."
        raise unavailable(label, why) from None
