"""The API's JSON: the one place of the client that knows its field names.

Bytes become typed answers. What is unknown is tolerated, what has another type than documented
is taken as absent. Numbers with a fraction are read as exact decimals.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dreamina_desktop.api.addresses import is_request_id
from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    CancelOutcome,
    Output,
    Phase,
    Price,
    ResultAnswer,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.errors import AnswerUnreadableError
from dreamina_desktop.core.job import ClipKind

type Clean = Callable[[str], str]

COST_PARAMETER = "include_cost"
"""Asks a result for what it cost; not in the provider's public pages."""

_PHASES = {
    "in_queue": Phase.QUEUED,
    "queued": Phase.QUEUED,
    "pending": Phase.QUEUED,
    "waiting": Phase.QUEUED,
    "in_progress": Phase.RUNNING,
    "starting": Phase.RUNNING,
    "processing": Phase.RUNNING,
    "running": Phase.RUNNING,
    "completed": Phase.COMPLETED,
    "succeeded": Phase.COMPLETED,
    "failed": Phase.FAILED,
    "error": Phase.FAILED,
    "cancelled": Phase.CANCELLED,
    "canceled": Phase.CANCELLED,
}
_OUTCOMES = {
    "cancelled": CancelOutcome.CANCELLED,
    "canceled": CancelOutcome.CANCELLED,
    "not_cancellable": CancelOutcome.NOT_CANCELLABLE,
    "not_cancelable": CancelOutcome.NOT_CANCELLABLE,
}
# In this order: the first that is there speaks.
_MESSAGES = ("error_message", "message", "error", "detail")
_MESSAGES_OF_PARTS = ("error_message", "message", "msg", "error", "detail")
_MESSAGES_OF_RESULTS = ("error_message", "error")
_PLACES = ("body", "query", "path", "header")
_FOLLOWED_AT = ("status_url", "result_url", "cancel_url")
_OUTPUTS = (
    ("video", ClipKind.VIDEO),
    ("videos", ClipKind.VIDEO),
    ("image", ClipKind.IMAGE),
    ("images", ClipKind.IMAGE),
)
_DEEPEST_MESSAGE = 4
# Far beyond any money or count; keeps "1e999999" from becoming a gigabyte of noughts.
_LARGEST_EXPONENT = 30


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a body says of an error. ``says_error``: it holds an ``error_code`` other than nought.

    ``code`` None when it gives none; ``message`` raw, to be cleaned; ``field`` the input blamed.
    """

    says_error: bool
    code: int | None
    message: str
    field: str


def submit_body(submission: Submission) -> bytes:
    """The JSON of a submit."""
    return json.dumps(
        {
            "prompt": submission.prompt,
            "image_urls": [submission.image],
            "seed": submission.seed,
            "frames": submission.frames,
        }
    ).encode("ascii")


def accepted(body: bytes, _clean: Clean) -> Accepted:
    """The request id of a submit. Raises AnswerUnreadableError when there is none to be used."""
    request_id = _object(body).get("request_id")
    if isinstance(request_id, int) and not isinstance(request_id, bool):
        request_id = str(request_id)
    if not isinstance(request_id, str) or not is_request_id(request_id):
        raise AnswerUnreadableError("no request id")
    return Accepted(request_id)


def taken(body: bytes) -> Accepted | None:
    """The request id in a body that tells more of a request than that, whatever its HTTP status.

    That is where it is followed, or that it waits or runs. An id alone is no proof beside a
    refusal: gateways put the number of the very HTTP request under that name.
    """
    try:
        found, document = accepted(body, str), _object(body)
    except AnswerUnreadableError:
        return None
    is_followed = any(isinstance(document.get(name), str) for name in _FOLLOWED_AT)
    under_way = _phase(_word(document.get("status"), str)) in (Phase.QUEUED, Phase.RUNNING)
    return found if is_followed or under_way else None


def status(body: bytes, clean: Clean) -> StatusAnswer:
    """Where a request stands. Raises AnswerUnreadableError without a status."""
    document = _object(body)
    word = _word(document.get("status"), clean)
    if not word:
        raise AnswerUnreadableError("no status")
    return StatusAnswer(_phase(word), word, _count(document.get("queue_position")))


def result(body: bytes, clean: Clean) -> ResultAnswer:
    """A result, or the state of a request that has none yet.

    Raises AnswerUnreadableError when there is neither a status nor an output.
    """
    text = _text(body)
    document = _parse(text)
    word = _word(document.get("status"), clean)
    outputs = tuple(_outputs(document.get("output")))
    if not word and not outputs:
        raise AnswerUnreadableError("neither status nor output")
    phase = _phase(word) if word else Phase.COMPLETED
    # "message" and "detail" of a success are no error.
    fields = _MESSAGES if phase is Phase.FAILED else _MESSAGES_OF_RESULTS
    return ResultAnswer(
        phase=phase,
        word=word,
        document=text,
        outputs=outputs,
        cost=_decimal(document.get("cost")),
        error_code=_code(document),
        error_message=clean(_message(document, fields)),
    )


def cancel(body: bytes, clean: Clean) -> CancelOutcome:
    """What became of a cancel, by ``outcome``; without one, by the request's status.

    Raises AnswerUnreadableError when there is neither.
    """
    outcome = cancel_outcome(body)
    if outcome is not None:
        return outcome
    word = _word(_object(body).get("status"), clean)
    if not word:
        raise AnswerUnreadableError("neither outcome nor status")
    if _phase(word) is Phase.CANCELLED:
        return CancelOutcome.CANCELLED
    return CancelOutcome.NOT_CANCELLABLE


def cancel_outcome(body: bytes) -> CancelOutcome | None:
    """The ``outcome`` of a cancel, which is trusted whatever the HTTP status; None without one."""
    try:
        outcome = _object(body).get("outcome")
    except AnswerUnreadableError:
        return None
    return _OUTCOMES.get(outcome) if isinstance(outcome, str) else None


def price(body: bytes, clean: Clean) -> Price:
    """What a model costs. Raises AnswerUnreadableError without a price."""
    document = _object(body)
    amount = _decimal(document.get("base_price_usd"))
    if amount is None:
        raise AnswerUnreadableError("no price")
    unit, note = document.get("price_unit"), document.get("pricing_note")
    return Price(
        amount,
        clean(unit) if isinstance(unit, str) else "",
        clean(note) if isinstance(note, str) else "",
    )


def balance(body: bytes, clean: Clean) -> Balance:
    """What the account holds. Raises AnswerUnreadableError without an amount."""
    document = _object(body)
    amount = _decimal(document.get("balance_usd"))
    if amount is None:
        raise AnswerUnreadableError("no balance")
    currency = document.get("currency")
    return Balance(amount, (clean(currency) if isinstance(currency, str) else "") or "USD")


def complaint(body: bytes) -> Complaint | None:
    """What a body says of an error; None for a body that is no JSON object, so not the API's."""
    try:
        document = _object(body)
    except AnswerUnreadableError:
        return None
    return Complaint(
        says_error=document.get("error_code") not in (None, False, 0, "", "0"),
        code=_code(document),
        message=_message(document, _MESSAGES),
        field=_field(document.get("detail")) or _field(document),
    )


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerUnreadableError("not UTF-8") from None


def _parse(text: str) -> dict[str, object]:
    try:
        document = json.loads(text, parse_float=_fraction, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        raise AnswerUnreadableError("not JSON") from None
    if not isinstance(document, dict):
        raise AnswerUnreadableError("not a JSON object")
    return document


def _object(body: bytes) -> dict[str, object]:
    return _parse(_text(body))


def _fraction(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _word(value: object, clean: Clean) -> str:
    return clean(value) if isinstance(value, str) else ""


def _phase(word: str) -> Phase:
    return _PHASES.get(word.lower(), Phase.OTHER)


_HIGHEST_COUNT = 2**31


def _count(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST_COUNT:
        return value
    return None


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, str):
        value = _fraction(value.strip())
    elif isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal):
        return None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return None  # infinite, or no number
    return value if max(abs(value.adjusted()), abs(exponent)) <= _LARGEST_EXPONENT else None


def _outputs(value: object) -> Iterator[Output]:
    if not isinstance(value, dict):
        return
    seen = set()
    for name, kind in _OUTPUTS:
        found = value.get(name)
        for item in found if isinstance(found, list) else [found]:
            address = item.strip() if isinstance(item, str) else ""
            if address and address.isprintable() and address not in seen:
                seen.add(address)
                yield Output(kind, address)


def _code(document: dict[str, object]) -> int | None:
    """The first code: the body's own, or that of the error or detail within it."""
    candidates = [document.get("error_code"), document.get("code")]
    for name in ("error", "detail"):
        inner = document.get(name)
        if isinstance(inner, dict):
            candidates += [inner.get("error_code"), inner.get("code")]
    for value in candidates:
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9:
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value:
            return value
    return None


def _message(document: dict[str, object], fields: tuple[str, ...]) -> str:
    return next((text for name in fields if (text := _plain(document.get(name), 0))), "")


def _plain(value: object, depth: int) -> str:
    """The sentence in a message, which may be a text, an object with one, or a list of these."""
    if isinstance(value, str):
        return value.strip()
    if depth >= _DEEPEST_MESSAGE:
        return ""
    if isinstance(value, dict):
        found = (_plain(value.get(name), depth + 1) for name in _MESSAGES_OF_PARTS)
        return next((text for text in found if text), "")
    if isinstance(value, list):
        texts = [_plain(item, depth + 1) for item in value]
        return "; ".join(dict.fromkeys(text for text in texts if text))
    return ""


def _field(value: object) -> str:
    """The input that a detail blames: by ``field``, or the first name in ``loc``."""
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            continue
        name, location = item.get("field"), item.get("loc")
        path = [name, *(location if isinstance(location, list) else [location])]
        for part in path:
            if isinstance(part, str) and part and part not in _PLACES:
                return part
    return ""
