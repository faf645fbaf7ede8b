"""Which address leads to which call, and what comes before each: record, script, key."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dreamina_desktop.practice import refusals
from dreamina_desktop.practice.addresses import FileKind
from dreamina_desktop.practice.api_calls import ApiCalls
from dreamina_desktop.practice.file_calls import FileCalls
from dreamina_desktop.practice.input_check import InputCheck
from dreamina_desktop.practice.ledger import LedgerLine
from dreamina_desktop.practice.request_book import BookedRequest, RequestBook
from dreamina_desktop.practice.request_record import RequestRecord
from dreamina_desktop.practice.scripted_calls import ScriptedCalls
from dreamina_desktop.practice.submission import read_submission
from dreamina_desktop.practice.trouble import CallKind, Deed, TroubleFileError
from dreamina_desktop.practice.trouble_script import TroubleScript

_KINDS_BY_ENDING = {
    "status": CallKind.STATUS,
    "result": CallKind.RESULT,
    "cancel": CallKind.CANCEL,
}


class Routes:
    """The application: one method a call of the contract."""

    def __init__(
        self,
        *,
        key: str,
        script: TroubleScript,
        record: RequestRecord,
        scripted: ScriptedCalls,
        api: ApiCalls,
        files: FileCalls,
        book: RequestBook,
        check: InputCheck,
        wake: Callable[[], None],
        refused: Callable[[LedgerLine], None],
    ) -> None:
        self._key = key
        self._script = script
        self._record = record
        self._scripted = scripted
        self._api = api
        self._files = files
        self._book = book
        self._check = check
        self._wake = wake
        self._write_refused = refused

    def app(self) -> ASGIApp:
        routes = [
            Route("/v1/requests/{request_id}/status", self._status, methods=["GET"]),
            Route("/v1/requests/{request_id}/result", self._result, methods=["GET"]),
            Route("/v1/requests/{request_id}/cancel", self._cancel, methods=["POST"]),
            Route("/v1/models/{model_id:path}", self._submit, methods=["POST"]),
            Route("/v1/models/{model_id:path}", self._price, methods=["GET"]),
            Route("/prod/v2/balance", self._balance, methods=["GET"]),
            Route("/clips/{request_id}.mp4", self._clip, methods=["GET"]),
            Route("/pictures/{request_id}", self._picture, methods=["GET"]),
        ]
        app = Starlette(routes=routes, exception_handlers={HTTPException: _plainly})

        async def attended(scope: Scope, receive: Receive, send: Send) -> None:
            broken = self._attend(Request(scope))
            await (broken or app)(scope, receive, send)

        return attended

    def _attend(self, request: Request) -> Response | None:
        """Read the script again if it changed, record the request; an answer if that fails."""
        try:
            if self._script.refresh():
                self._wake()
        except TroubleFileError as error:
            # Loudly, in every answer: a test must not pass because its trouble was not read.
            return JSONResponse({"error_message": f"trouble file: {error}"}, 500)
        kind = _kind(request)
        strike = None if kind is None else self._script.strike(kind)
        # Drawn here, so that the record of all arrivals can name it.
        request.state.strike = strike
        if self._script.trouble.record:
            self._record.add(request, request.method, strike.fault if strike else None)
        return None

    async def _submit(self, request: Request) -> Response:
        sent = await read_submission(request, self._check)
        if sent is None:
            return Response()  # goes nowhere: nobody is there any more

        async def work(deed: Deed) -> Response:
            if not self._has_key(request):
                self._write_refused(sent.refused("401"))
                return refusals.wrong_key()
            model_id = request.path_params["model_id"]
            return await self._api.submit(model_id, sent, deed, self._script.trouble)

        return await self._scripted.run(
            CallKind.SUBMIT,
            work,
            strike=request.state.strike,
            prompt=sent.prompt,
            refused=lambda why: self._write_refused(sent.refused(why)),
        )

    async def _status(self, request: Request) -> Response:
        return await self._about_request(
            CallKind.STATUS, request, lambda booked, deed: self._api.status(booked, deed)
        )

    async def _result(self, request: Request) -> Response:
        with_cost = request.query_params.get("include_cost") == "true"
        return await self._about_request(
            CallKind.RESULT,
            request,
            lambda booked, deed: self._api.result(
                booked, deed, self._script.trouble, with_cost=with_cost
            ),
        )

    async def _cancel(self, request: Request) -> Response:
        return await self._about_request(
            CallKind.CANCEL, request, lambda booked, _: self._api.cancel(booked)
        )

    async def _about_request(
        self,
        kind: CallKind,
        request: Request,
        answer: Callable[[BookedRequest, Deed], Response],
    ) -> Response:
        request_id: str = request.path_params["request_id"]
        known = self._known(request_id)

        async def work(deed: Deed) -> Response:
            if not self._has_key(request):
                return refusals.wrong_key()
            if known is not None and deed.fail is not None:
                self._book.fail(request_id, deed.fail, time.time())
                self._wake()
            # Looked up again: a delay may have passed since.
            booked = self._known(request_id)
            return refusals.unknown_request() if booked is None else answer(booked, deed)

        return await self._scripted.run(
            kind,
            work,
            strike=request.state.strike,
            prompt=known.prompt if known else None,
            request_id=request_id,
        )

    async def _price(self, request: Request) -> Response:
        model_id: str = request.path_params["model_id"]
        return await self._about_account(
            CallKind.PRICE, request, lambda: self._api.price(model_id, self._script.trouble)
        )

    async def _balance(self, request: Request) -> Response:
        return await self._about_account(
            CallKind.BALANCE, request, lambda: self._api.balance(self._script.trouble)
        )

    async def _about_account(
        self, kind: CallKind, request: Request, answer: Callable[[], Response]
    ) -> Response:
        async def work(_: Deed) -> Response:
            return answer() if self._has_key(request) else refusals.wrong_key()

        return await self._scripted.run(kind, work, strike=request.state.strike)

    async def _clip(self, request: Request) -> Response:
        return await self._file(FileKind.CLIP, request)

    async def _picture(self, request: Request) -> Response:
        return await self._file(FileKind.PICTURE, request)

    async def _file(self, kind: FileKind, request: Request) -> Response:
        request_id: str = request.path_params["request_id"]
        booked = self._book.get(request_id)

        def work(deed: Deed) -> Awaitable[Response]:
            return self._files.file(kind, booked, request, deed)

        return await self._scripted.run(
            CallKind.CLIP,
            work,
            strike=request.state.strike,
            prompt=booked.prompt if booked else None,
            request_id=request_id,
        )

    def _known(self, request_id: str) -> BookedRequest | None:
        """The request, unless it is unknown or finished so long ago that it is forgotten."""
        booked = self._book.get(request_id)
        life = self._script.trouble.request_lifetime_seconds
        if booked is None or life is None or booked.finished is None:
            return booked
        return booked if time.time() < booked.finished + life else None

    def _has_key(self, request: Request) -> bool:
        sent = request.headers.get("authorization", "")
        return hmac.compare_digest(sent.encode("utf-8"), f"Bearer {self._key}".encode())


def _kind(request: Request) -> CallKind | None:
    """Which call it is, as far as its address tells."""
    path = request.url.path
    if path.startswith("/v1/models/"):
        return CallKind.SUBMIT if request.method == "POST" else CallKind.PRICE
    if path.startswith("/v1/requests/"):
        return _KINDS_BY_ENDING.get(path.rpartition("/")[2])
    if path == "/prod/v2/balance":
        return CallKind.BALANCE
    return CallKind.CLIP if path.startswith(("/clips/", "/pictures/")) else None


async def _plainly(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    return JSONResponse({"detail": error.detail}, error.status_code, error.headers)
