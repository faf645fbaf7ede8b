"""The provider's API: submit, status, result, cancel, price, balance."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import httpx

from dreamina_desktop.api import faults, wire
from dreamina_desktop.api.addresses import ApiOrigins, only_loopback
from dreamina_desktop.api.exchange import exchange
from dreamina_desktop.api.faults import Call
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.api.routes import RoutedTransport
from dreamina_desktop.api.transport import (
    OriginKey,
    RawAnswer,
    TimeOuts,
    in_steps,
    open_client,
    tls_context,
)
from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    CancelOutcome,
    Price,
    ResultAnswer,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.errors import (
    AnswerUnreadableError,
    KeyRefusedError,
    ProviderRefusedError,
)
from dreamina_desktop.core.ports import Clock, Left

_KEEP_ALIVE = 20.0
"""Seconds; a little more than the usual pause between two polls of a job."""


class RunComfyClient:
    """``core.ports.ModelApi`` over HTTP. Nothing is ever sent twice by itself.

    Every call raises ``core.errors.WireError`` kinds, or what ``key`` raises. ``key`` is asked
    once per call; the key is neither kept nor written into any text. Belongs to one event loop;
    close it there.
    """

    def __init__(
        self,
        origins: ApiOrigins,
        key: Callable[[], str],
        clock: Clock,
        *,
        time_outs: TimeOuts | None = None,
        tls: ssl.SSLContext | None = None,
        refused: Callable[[], None] | None = None,
    ) -> None:
        """``refused`` is told each time that the provider does not take the key."""
        self._refused = refused
        self._origins = origins
        self._key = key
        self._clock = clock
        self._time_outs = time_outs or TimeOuts()
        tls = tls or tls_context()
        permits = only_loopback if origins.is_loopback else None
        self._open_calls: Callable[[], httpx.AsyncClient] = lambda: open_client(
            RoutedTransport(tls, keep_alive=_KEEP_ALIVE, permits=permits),
            self._time_outs.of_calls(),
        )
        self._calls = self._open_calls()
        # Never on a connection that the server may be about to close: an answer would be lost.
        self._submits = open_client(
            RoutedTransport(tls, keep_alive=None, permits=permits),
            self._time_outs.of_submits(),
        )

    async def submit(self, submission: Submission) -> Accepted:
        """Ask for a clip. Paid, once accepted; see ``core.submit_class`` for its errors."""
        body = wire.submit_body(submission)
        request = self._submits.build_request(
            "POST",
            self._origins.model(submission.model_id),
            headers={
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                "Connection": "close",
            },
            content=in_steps(body),
        )
        answer, clean = await self._ask(Call.SUBMIT, request)
        # What is under way is followed, whatever the HTTP status says beside it.
        return wire.taken(answer.body) or self._read(Call.SUBMIT, answer, clean, wire.accepted)

    async def status(self, request_id: str, left: Left | None = None) -> StatusAnswer:
        """Where a request stands."""
        address = self._origins.request(request_id, "status")
        return await self._get(Call.STATUS, address, wire.status, left)

    async def result(self, request_id: str, left: Left | None = None) -> ResultAnswer:
        """A request's result and cost, or its state while it has none."""
        address = self._origins.request(request_id, "result")
        try:
            return await self._get(
                Call.RESULT, f"{address}?{wire.COST_PARAMETER}=true", wire.result, left
            )
        except ProviderRefusedError as error:
            # The cost is not in the public pages: a server may not know the question.
            if wire.COST_PARAMETER not in f"{error.field} {error.provider_message}":
                raise
        return await self._get(Call.RESULT, address, wire.result, left)

    async def cancel(self, request_id: str, left: Left | None = None) -> CancelOutcome:
        """Cancel a queued request; a running one answers ``NOT_CANCELLABLE``."""
        address = self._origins.request(request_id, "cancel")
        request = self._calls.build_request("POST", address)
        answer, clean = await self._ask(Call.CANCEL, request, left)
        # The outcome is trusted whatever the HTTP status says.
        outcome = wire.cancel_outcome(answer.body)
        if outcome is not None:
            return outcome
        return self._read(Call.CANCEL, answer, clean, wire.cancel)

    async def price(self, model_id: str) -> Price:
        """What a model costs; also a free proof that the key works."""
        return await self._get(Call.PRICE, self._origins.model(model_id), wire.price)

    async def balance(self) -> Balance:
        """What the account holds."""
        return await self._get(Call.BALANCE, self._origins.balance(), wire.balance)

    async def reconnect(self) -> None:
        """Leave all connections behind but those of submits; what is out on them fails.

        After a sleep they may be dead without saying so, and each would cost a whole time-out.
        """
        old, self._calls = self._calls, self._open_calls()
        await old.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._calls.aclose()
        await self._submits.aclose()

    async def _get[T](
        self,
        call: Call,
        address: str,
        read: Callable[[bytes, wire.Clean], T],
        left: Left | None = None,
    ) -> T:
        answer, clean = await self._ask(call, self._calls.build_request("GET", address), left)
        return self._read(call, answer, clean, read)

    async def _ask(
        self, call: Call, request: httpx.Request, left: Left | None = None
    ) -> tuple[RawAnswer, Redactor]:
        key = self._key()
        clean = Redactor(key)
        submitting = call is Call.SUBMIT
        answer = await exchange(
            call,
            self._submits if submitting else self._calls,
            request,
            auth=OriginKey(key, self._origins),
            patience=self._time_outs.whole_submit if submitting else self._time_outs.whole_call,
            clean=clean,
            left=left,
        )
        return answer, clean

    def _read[T](
        self,
        call: Call,
        answer: RawAnswer,
        clean: Redactor,
        read: Callable[[bytes, wire.Clean], T],
    ) -> T:
        try:
            return self._understood(call, answer, clean, read)
        except KeyRefusedError:
            if self._refused is not None:
                self._refused()
            raise

    def _understood[T](
        self,
        call: Call,
        answer: RawAnswer,
        clean: Redactor,
        read: Callable[[bytes, wire.Clean], T],
    ) -> T:
        told = wire.complaint(answer.body)
        if not answer.is_success:
            wait = faults.retry_seconds(answer.retry_after, self._clock.now())
            page = faults.is_page(answer.body)
            raise faults.refused(call, answer.status, told, wait, clean, page=page)
        try:
            wanted = read(answer.body, clean)
        except AnswerUnreadableError as unreadable:
            fault = faults.refused_in_success(
                call, answer.status, told, answered=False, clean=clean
            )
            detail, page = f"{call}: {unreadable.detail}", faults.is_page(answer.body)
            raise fault or faults.unreadable(detail, answer.status, page=page) from None
        fault = faults.refused_in_success(call, answer.status, told, answered=True, clean=clean)
        if fault is not None:
            raise fault
        return wanted
