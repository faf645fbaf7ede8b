from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dreamina_desktop.api import wire
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    CancelOutcome,
    Output,
    Phase,
    Price,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.errors import AnswerUnreadableError
from dreamina_desktop.core.job import ClipKind

CLEAN = Redactor()
READERS = (wire.accepted, wire.status, wire.result, wire.cancel, wire.price, wire.balance)

NO_ANSWERS = [
    b"",
    b"<!DOCTYPE html><title>Welcome</title>",
    b"null",
    b"[]",
    b'"completed"',
    b"12",
    b"{",
    b'{"status": "completed"',
    b'{"status": "completed"} trailing',
    b'{"status": "\xff"}',
    b"\x1f\x8b\x08\x00",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"status": ' + b"9" * 5000 + b"}",
    b"{}",
    b'{"hello": "world"}',
]


def packed(**fields: object) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize("body", NO_ANSWERS, ids=range(len(NO_ANSWERS)))
def test_what_is_no_answer(body: bytes) -> None:
    for read in READERS:
        with pytest.raises(AnswerUnreadableError):
            read(body, CLEAN)
    assert wire.cancel_outcome(body) is None


def test_a_submit_holds_the_inputs_by_their_names() -> None:
    submission = Submission("m", 'Ein "Boot" 🚣', "data:image/png;base64,AA==", 241, 2**40)
    assert json.loads(wire.submit_body(submission)) == {
        "prompt": 'Ein "Boot" 🚣',
        "image_urls": ["data:image/png;base64,AA=="],
        "frames": 241,
        "seed": 2**40,
    }


def test_a_prompt_with_broken_characters_can_be_sent() -> None:
    assert b"\\udc80" in wire.submit_body(Submission("m", "a\udc80", "", 121, 1))


@pytest.mark.parametrize("request_id", ["r-1", "x" * 200, 12345])
def test_accepted(request_id: str | int) -> None:
    body = packed(request_id=request_id, status_url="https://elsewhere.example/")
    assert wire.accepted(body, CLEAN) == Accepted(str(request_id))


@pytest.mark.parametrize(
    "request_id", [None, "", " ", True, 1.5, [], {}, "a/b", "..", "a\nb", "x" * 201]
)
def test_a_submit_without_a_usable_id(request_id: object) -> None:
    with pytest.raises(AnswerUnreadableError):
        wire.accepted(packed(request_id=request_id), CLEAN)


WORDS = [
    ("in_queue", Phase.QUEUED),
    ("pending", Phase.QUEUED),
    ("waiting", Phase.QUEUED),
    ("queued", Phase.QUEUED),
    ("in_progress", Phase.RUNNING),
    ("starting", Phase.RUNNING),
    ("processing", Phase.RUNNING),
    ("running", Phase.RUNNING),
    ("completed", Phase.COMPLETED),
    ("succeeded", Phase.COMPLETED),
    ("failed", Phase.FAILED),
    ("error", Phase.FAILED),
    ("cancelled", Phase.CANCELLED),
    ("canceled", Phase.CANCELLED),
    ("COMPLETED", Phase.COMPLETED),
    ("dreaming", Phase.OTHER),
    ("Träumt", Phase.OTHER),
]


@pytest.mark.parametrize(("word", "phase"), WORDS)
def test_words(word: str, phase: Phase) -> None:
    assert wire.status(packed(status=word), CLEAN) == StatusAnswer(phase, word)
    result = wire.result(packed(status=word), CLEAN)
    assert (result.phase, result.word) == (phase, word)


@pytest.mark.parametrize("word", [None, "", "  ", 7, True, ["completed"]])
def test_no_word(word: object) -> None:
    for read in (wire.status, wire.result, wire.cancel):
        with pytest.raises(AnswerUnreadableError):
            read(packed(status=word), CLEAN)


@pytest.mark.parametrize(
    ("given_position", "position"),
    [(0, 0), (3, 3), (-1, None), (None, None), ("3", None), (1.0, None), (True, None)],
)
def test_queue_position(given_position: object, position: int | None) -> None:
    answer = wire.status(packed(status="in_queue", queue_position=given_position), CLEAN)
    assert answer.queue_position == position


def test_unknown_fields_are_tolerated() -> None:
    body = packed(status="in_queue", queue_position=2, mood={"a": [1]}, request_id=9)
    assert wire.status(body, CLEAN) == StatusAnswer(Phase.QUEUED, "in_queue", 2)


def outputs_of(output: object) -> tuple[Output, ...]:
    return wire.result(packed(status="succeeded", output=output), CLEAN).outputs


A, B, C = "https://x.example/a.mp4?s=1", "https://x.example/b.mp4", "https://x.example/c.png"


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"video": A}, [(ClipKind.VIDEO, A)]),
        ({"videos": [A, B]}, [(ClipKind.VIDEO, A), (ClipKind.VIDEO, B)]),
        ({"image": C}, [(ClipKind.IMAGE, C)]),
        ({"images": [C, B]}, [(ClipKind.IMAGE, C), (ClipKind.IMAGE, B)]),
        (
            {"image": C, "videos": [B], "video": A},
            [(ClipKind.VIDEO, A), (ClipKind.VIDEO, B), (ClipKind.IMAGE, C)],
        ),
        ({"video": A, "videos": [A, B, B]}, [(ClipKind.VIDEO, A), (ClipKind.VIDEO, B)]),
        ({"videos": [None, 7, "", " ", {"url": A}, B]}, [(ClipKind.VIDEO, B)]),
        ({"videos": A, "images": None}, [(ClipKind.VIDEO, A)]),
        ({"video": "a\nb", "image": 3}, []),
        ({"video": "\ud800"}, []),
        ({"audio": A}, []),
        ({}, []),
        ([A], []),
        (A, []),
        (None, []),
    ],
)
def test_outputs(output: object, expected: list[tuple[ClipKind, str]]) -> None:
    assert outputs_of(output) == tuple(Output(kind, address) for kind, address in expected)


def test_a_result_is_kept_verbatim() -> None:
    body = '{ "status":"succeeded",\n "output": {"video": "https://x.example/é"}, "cost": 0.10 }'
    assert wire.result(body.encode(), CLEAN).document == body


def test_an_output_without_a_status_is_a_result() -> None:
    answer = wire.result(packed(output={"video": A}), CLEAN)
    assert (answer.phase, answer.word) == (Phase.COMPLETED, "")


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1", "1"),
        ('"0.40"', "0.40"),
        ('" 2 "', "2"),
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("null", None),
        ("true", None),
        ('"free"', None),
        ('"NaN"', None),
        ("NaN", None),
        ("Infinity", None),
        ("1e999999", None),
        ("1e-999999", None),
        ("1e99999999999999999999", None),
        ('"Infinity"', None),
        ("[1]", None),
    ],
)
def test_money_is_exact(text: str, cost: str | None) -> None:
    body = f'{{"status": "succeeded", "cost": {text}}}'.encode()
    found = wire.result(body, CLEAN).cost
    assert (None if found is None else str(found)) == cost


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({"error": "refused"}, None, "refused"),
        ({"error": {"code": 50411, "message": "picture"}}, 50411, "picture"),
        ({"error": {"code": "50412", "message": "prompt"}}, 50412, "prompt"),
        ({"error": {"error_code": 50413, "error_message": "p"}}, 50413, "p"),
        ({"error_code": 50511, "error_message": "output"}, 50511, "output"),
        ({"message": "went wrong"}, None, "went wrong"),
        ({"detail": "went wrong"}, None, "went wrong"),
        ({"error": None, "error_code": None}, None, ""),
        ({"error_code": True, "error": 5}, None, ""),
        ({"error_code": "x" * 20, "error": {"code": "٣"}}, None, ""),
        ({"error": "see https://a.example/?sig=1\x00"}, None, "see https://a.example/?…"),
        ({}, None, ""),
    ],
)
def test_a_failed_result_says_why(
    fields: dict[str, object], code: int | None, message: str
) -> None:
    answer = wire.result(packed(status="failed", **fields), CLEAN)
    assert answer.phase is Phase.FAILED
    assert (answer.error_code, answer.error_message) == (code, message)


def test_a_success_is_not_blamed_for_a_greeting() -> None:
    answer = wire.result(packed(status="succeeded", message="OK", detail="fine"), CLEAN)
    assert answer.error_message == ""


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"outcome": "cancelled", "status": "in_progress"}, CancelOutcome.CANCELLED),
        ({"outcome": "canceled"}, CancelOutcome.CANCELLED),
        ({"outcome": "not_cancellable", "status": "cancelled"}, CancelOutcome.NOT_CANCELLABLE),
        ({"outcome": "not_cancelable"}, CancelOutcome.NOT_CANCELLABLE),
        ({"outcome": "perhaps", "status": "cancelled"}, CancelOutcome.CANCELLED),
        ({"status": "canceled"}, CancelOutcome.CANCELLED),
        ({"outcome": None, "status": "in_progress"}, CancelOutcome.NOT_CANCELLABLE),
        ({"outcome": [], "status": "completed"}, CancelOutcome.NOT_CANCELLABLE),
    ],
)
def test_cancel(fields: dict[str, object], outcome: CancelOutcome) -> None:
    assert wire.cancel(packed(**fields), CLEAN) is outcome


def test_price() -> None:
    body = b'{"base_price_usd": 0.080, "price_unit": "second", "pricing_note": "a\\nb"}'
    assert wire.price(body, CLEAN) == Price(Decimal("0.080"), "second", "a b")
    bare = wire.price(packed(base_price_usd="1.5", price_unit=None, pricing_note=3), CLEAN)
    assert bare == Price(Decimal("1.5"), "", "")
    for missing in (b"null", b'"free"', b"true", b"{}"):
        with pytest.raises(AnswerUnreadableError):
            wire.price(b'{"price_unit": "second", "base_price_usd": %b}' % missing, CLEAN)


def test_balance() -> None:
    answer = wire.balance(packed(balance_usd=-1, currency="EUR"), CLEAN)
    assert answer == Balance(Decimal(-1), "EUR")
    assert wire.balance(packed(balance_usd=0), CLEAN) == Balance(Decimal(0), "USD")
    assert wire.balance(packed(balance_usd="2.50", currency=7), CLEAN).currency == "USD"
    with pytest.raises(AnswerUnreadableError):
        wire.balance(packed(balance_usd=None, currency="USD"), CLEAN)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"error_message": "1", "message": "2", "error": "3", "detail": "4"}, "1"),
        ({"message": "2", "error": "3", "detail": "4"}, "2"),
        ({"error": "3", "detail": "4"}, "3"),
        ({"detail": "4"}, "4"),
        ({"error_message": "", "message": None, "error": 5, "detail": " 4 "}, "4"),
        ({"error": {"message": "inner"}}, "inner"),
        ({"error": {"detail": {"msg": "deep"}}}, "deep"),
        ({"detail": [{"msg": "a"}, {"msg": "b"}, {"msg": "a"}]}, "a; b"),
        ({"detail": ["a", {"message": "b"}, 7]}, "a; b"),
        ({"detail": []}, ""),
        ({"detail": {"error": {"error": {"error": {"error": {"error": "deep"}}}}}}, ""),
        ({}, ""),
    ],
)
def test_the_first_message_that_is_there(fields: dict[str, object], message: str) -> None:
    told = wire.complaint(packed(**fields))
    assert told is not None
    assert told.message == message


@pytest.mark.parametrize(
    ("fields", "blamed"),
    [
        ({"detail": [{"loc": ["body", "prompt"], "msg": "x"}]}, "prompt"),
        ({"detail": [{"loc": ["body", "image_urls", 0], "msg": "x"}]}, "image_urls"),
        ({"detail": [{"loc": ["query", "include_cost"], "msg": "x"}]}, "include_cost"),
        ({"detail": [{"loc": ["body", 0]}, {"loc": ["body", "seed"]}]}, "seed"),
        ({"detail": ["text", {"field": "frames", "message": "x"}]}, "frames"),
        ({"detail": {"loc": "prompt"}}, "prompt"),
        ({"detail": {"field": "seed"}}, "seed"),
        ({"detail": "text", "field": "prompt"}, "prompt"),
        ({"detail": "text"}, ""),
        ({"detail": [{"loc": None}, {"loc": [""]}]}, ""),
        ({}, ""),
    ],
)
def test_the_input_that_is_blamed(fields: dict[str, object], blamed: str) -> None:
    told = wire.complaint(packed(**fields))
    assert told is not None
    assert told.field == blamed


@pytest.mark.parametrize(
    ("fields", "says_error", "code"),
    [
        ({"error_code": 400004}, True, 400004),
        ({"error_code": "400004"}, True, 400004),
        ({"error_code": "INVALID"}, True, None),
        ({"error_code": 0}, False, None),
        ({"error_code": "0"}, False, None),
        ({"error_code": None, "code": 403001}, False, 403001),
        ({"detail": {"error_code": 404001}}, False, 404001),
        ({"error": {"code": 404001}}, False, 404001),
        ({"code": 200.5}, False, None),
    ],
)
def test_the_code(fields: dict[str, object], says_error: bool, code: int | None) -> None:
    told = wire.complaint(packed(**fields))
    assert told is not None
    assert (told.says_error, told.code) == (says_error, code)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b"\xff\xfe"])
def test_a_page_is_no_complaint(body: bytes) -> None:
    assert wire.complaint(body) is None


NAMES = st.sampled_from(
    (
        *("status", "request_id", "output", "video", "videos", "images", "error", "error_code"),
        *("error_message", "detail", "loc", "msg", "queue_position", "cost", "base_price_usd"),
        *("price_unit", "outcome", "balance_usd", "currency"),
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=10,
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.dictionaries(NAMES, JSON | st.dictionaries(NAMES, JSON)), st.sampled_from(READERS))
def test_whatever_is_in_the_fields_an_answer_or_a_typed_error(
    fields: dict[str, object], read: object
) -> None:
    assert callable(read)
    body = packed(**fields)
    assert wire.complaint(body) is not None
    try:
        answer = read(body, CLEAN)
    except AnswerUnreadableError:
        return
    # All of it can be written to disk.
    document = getattr(answer, "document", "")
    repr(answer).encode("ascii", "backslashreplace")
    document.encode("utf-8")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.binary())
def test_whatever_the_bytes_an_answer_or_a_typed_error(body: bytes) -> None:
    for read in READERS:
        try:
            read(body, CLEAN)
        except AnswerUnreadableError:
            continue
