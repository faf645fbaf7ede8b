"""The six calls of the API, as they go when nothing is scripted (and with the deeds that fit)."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from starlette.responses import JSONResponse, Response

from dreamina_desktop.practice import refusals
from dreamina_desktop.practice.addresses import Addresses
from dreamina_desktop.practice.data_folder import DataFolder, write_whole
from dreamina_desktop.practice.input_check import AcceptedInput, Complaint, InputCheck
from dreamina_desktop.practice.ledger import Ledger, LedgerLine
from dreamina_desktop.practice.request_book import BookedRequest, Life, RequestBook
from dreamina_desktop.practice.submission import Submission, sha256_of
from dreamina_desktop.practice.trouble import Deed, Json, Price, Trouble

_FRAMES_A_SECOND = 24
_HIGHEST_SEED = 2**31 - 1
_CURRENCY = "USD"

# The API has two vocabularies for the same lives. A failed request is `completed` for status:
# that word means "ask for the result".
_STATUS_WORDS = {
    Life.QUEUED: "in_queue",
    Life.RUNNING: "in_progress",
    Life.SUCCEEDED: "completed",
    Life.FAILED: "completed",
    Life.CANCELLED: "cancelled",
}
_RESULT_WORDS = _STATUS_WORDS | {Life.SUCCEEDED: "succeeded", Life.FAILED: "failed"}
_FINISHED = (Life.SUCCEEDED, Life.FAILED, Life.CANCELLED)


class ApiCalls:
    """Answers each call from the book; ``wake`` tells the queue that something changed."""

    def __init__(
        self,
        folder: DataFolder,
        book: RequestBook,
        ledger: Ledger,
        check: InputCheck,
        addresses: Addresses,
        wake: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._book = book
        self._ledger = ledger
        self._check = check
        self._addresses = addresses
        self._wake = wake

    async def submit(self, model_id: str, sent: Submission, deed: Deed, now: Trouble) -> Response:
        """Accept or refuse a request; the ledger knows of it before the answer leaves."""
        if sent.too_large:
            return self._refused(sent, refusals.coded(413, 413, "Request body too large."))
        if model_id != self._check.model_id:
            return self._refused(sent, refusals.unknown_model())
        if sent.not_json:
            return self._refused(sent, _detail(Complaint(("body", 0), "JSON decode error",
                                                         "json_invalid")))  # fmt: skip
        judged = await self._check.judge(sent.body)
        if judged.accepted is None:
            if judged.picture is not None and judged.picture.note is None:
                sent = replace(sent, image_sha256=sha256_of(judged.picture.content))
            return self._refused(sent, _detail(*judged.complaints))
        cost = _cost(now.price, judged.accepted.frames)
        if now.balance - self._book.charged() < cost:
            return self._refused(sent, refusals.no_balance())
        request = self._booked(judged.accepted, cost, deed)
        self.write_line(request)
        self._wake()
        request_id = request.request_id
        return JSONResponse(
            {
                "request_id": request_id,
                "status_url": self._addresses.request(request_id, "status"),
                "result_url": self._addresses.request(request_id, "result"),
                "cancel_url": self._addresses.request(request_id, "cancel"),
            }
        )

    def write_line(self, request: BookedRequest) -> None:
        """Enter an accepted request in the ledger."""
        line = LedgerLine(
            accepted=True,
            request_id=request.request_id,
            prompt=request.prompt,
            frames=request.frames,
            seed=request.seed,
            image_sha256=request.image_sha256,
            error=None,
        )
        self._ledger.append(line)
        self._book.mark_in_ledger(request.request_id)

    def status(self, request: BookedRequest, deed: Deed) -> Response:
        answer: dict[str, Json] = {
            "request_id": request.request_id,
            "status": _STATUS_WORDS[request.life] if deed.word is None else deed.word,
            "status_url": self._addresses.request(request.request_id, "status"),
            "result_url": self._addresses.request(request.request_id, "result"),
        }
        self._add_position(answer, request, deed)
        return JSONResponse(answer)

    def result(
        self, request: BookedRequest, deed: Deed, now: Trouble, *, with_cost: bool
    ) -> Response:
        answer: dict[str, Json] = {
            "request_id": request.request_id,
            "status": _RESULT_WORDS[request.life] if deed.word is None else deed.word,
            "created_at": _iso(request.accepted),
        }
        self._add_position(answer, request, deed)
        if request.life is Life.SUCCEEDED:
            expires = time.time() + now.result_lifetime_seconds
            output = '{"video": "$clip"}' if deed.output is None else deed.output
            answer["output"] = _loaded(self._addresses.filled(output, request.request_id, expires))
            if request.note is not None:
                answer["note"] = request.note
        failure = request.planned_failure
        if request.life is Life.FAILED and failure is not None:
            answer["error"] = {"code": failure.code, "message": failure.message}
        if request.finished is not None:
            answer["finished_at"] = _iso(request.finished)
        if with_cost and request.life in _FINISHED:
            cost = request.cost if request.life is Life.SUCCEEDED else Decimal(0)
            answer["cost"] = float(cost)
        return JSONResponse(answer)

    def cancel(self, request: BookedRequest) -> Response:
        """Cancel a queued request. Whatever else it is, the answer is 202 with an outcome."""
        done = self._book.cancel(request.request_id, time.time())
        life = Life.CANCELLED if done else request.life
        outcome = "cancelled" if life is Life.CANCELLED else "not_cancellable"
        answer = {
            "request_id": request.request_id,
            "status": _STATUS_WORDS[life],
            "outcome": outcome,
        }
        self._wake()
        return JSONResponse(answer, 202)

    def price(self, model_id: str, now: Trouble) -> Response:
        if model_id != self._check.model_id:
            return refusals.unknown_model()
        return JSONResponse(
            {
                "model_id": model_id,
                "base_price_usd": now.price.shown,
                "price_unit": now.price.unit,
                "pricing_note": now.price.note,
                "input_schema": self._check.shown_schema,
            }
        )

    def balance(self, now: Trouble) -> Response:
        left = now.balance - self._book.charged()
        return JSONResponse({"balance_usd": float(left), "currency": _CURRENCY})

    def _booked(self, accepted: AcceptedInput, cost: Decimal, deed: Deed) -> BookedRequest:
        picture = accepted.picture
        sha256 = sha256_of(picture.content)
        name = f"{sha256}.{'png' if picture.format == 'PNG' else 'jpg'}"
        path = self._folder.picture(name)
        if not path.exists():
            write_whole(path, picture.content)
        request = BookedRequest(
            request_id=str(uuid.uuid4()),
            prompt=accepted.prompt,
            frames=accepted.frames,
            seed=accepted.seed,
            drawn_seed=secrets.randbelow(_HIGHEST_SEED + 1)
            if accepted.seed == -1
            else accepted.seed,
            picture=name,
            image_sha256=None if picture.note else sha256,
            note=picture.note,
            cost=cost,
            accepted=time.time(),
            planned_failure=deed.fail,
        )
        self._book.add(request)
        return request

    def _refused(self, sent: Submission, answer: JSONResponse) -> Response:
        self._ledger.append(sent.refused(f"{answer.status_code} {bytes(answer.body).decode()}"))
        return answer

    def _add_position(self, answer: dict[str, Json], request: BookedRequest, deed: Deed) -> None:
        position = deed.position
        if position is None:
            position = self._book.position(request.request_id)
        if position is not None:
            answer["queue_position"] = position


def _cost(price: Price, frames: int) -> Decimal:
    """USD for one request; a unit that is not `second` counts once."""
    seconds = frames // _FRAMES_A_SECOND
    return price.base * (seconds if price.unit == "second" else 1)


def _detail(*complaints: Complaint) -> JSONResponse:
    return JSONResponse(
        {
            "detail": [
                {"loc": list(item.place), "msg": item.message, "type": item.kind}
                for item in complaints
            ]
        },
        422,
    )


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _loaded(text: str) -> Json:
    loaded: Json = json.loads(text)
    return loaded
