"""What can go wrong when a clip is ordered, and what each fault has to come to."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from tests.api.raw_server import http
from tests.practice_server import Settings
from tests.reliability.go_between import Spoil, Submit

_IMPATIENT = TimeOuts(submit_read=2.0, whole_submit=3.0)
_PAGE = "<!DOCTYPE html><title>Welcome</title>Please log in."
_BOMB = gzip.compress(bytes(64 << 20), 1)
_SELF = {"location": "$url/v1/models/bytedance/dreamina-3-0/pro/image-to-video"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one submit.

    ``do`` is scripted at the practice server, ``spoil`` is done in front of it; ``taken`` says
    whether the spoilt POST is paid for all the same; ``big``, that a picture goes with it.
    """

    name: str
    outcome: SubmitClass
    hold: Hold | None = None
    taken: bool = False
    do: Settings | None = None
    spoil: Spoil | None = None
    big: bool = False
    time_outs: TimeOuts = field(default_factory=TimeOuts)

    @property
    def state(self) -> JobState:
        """Where the job has to stand after the spoilt attempt."""
        return {
            SubmitClass.NOT_SENT: JobState.PREPARED,
            SubmitClass.HELD: JobState.PREPARED,
            SubmitClass.REJECTED: JobState.REJECTED,
            SubmitClass.UNKNOWN: JobState.UNKNOWN,
            SubmitClass.ACCEPTED: JobState.QUEUED,
        }[self.outcome]


def faults() -> tuple[Fault, ...]:
    """All of them, with a name each that is no part of another's."""
    return (*_not_sent(), *_held(), *_rejected(), *_in_doubt(), *_spoilt(), *_harmless())


def _coded(code: int) -> Settings:
    return {"error_code": code, "error_message": "as scripted"}


def _not_sent() -> Iterator[Fault]:
    soon = formatdate(time.time() + 1, usegmt=True)
    for name, headers in (
        ("seconds", {"retry-after": "1"}),
        ("a date", {"retry-after": soon}),
        ("a date long ago", {"retry-after": "Tue, 29 Feb 2000 12:00:00 GMT"}),
        ("garbage", {"retry-after": "soon"}),
        ("nothing", {}),
    ):
        do = {"status": 429, "headers": headers, "body": {"error": "slow down"}}
        yield Fault(f"429 with {name}", SubmitClass.NOT_SENT, do=do)
    page: Settings = {"status": 429, "raw": _PAGE, "headers": {"content-type": "text/html"}}
    yield Fault("429 as a page", SubmitClass.NOT_SENT, do=page)


def _held() -> Iterator[Fault]:
    for status, code, hold in (
        (401, 400004, Hold.KEY),
        (403, 400004, Hold.KEY),
        (403, 403001, Hold.KEY),
        (402, 400002, Hold.BALANCE),
        (200, 400004, Hold.KEY),
        (200, 400002, Hold.BALANCE),
        (400, 400004, Hold.KEY),
        (400, 400002, Hold.BALANCE),
    ):
        do = {"status": status, "body": _coded(code)}
        yield Fault(f"{status} with {code}", SubmitClass.HELD, hold, do=do)
    for status, hold in ((401, Hold.KEY), (402, Hold.BALANCE), (403, Hold.KEY)):
        do = {"status": status, "raw": ""}
        yield Fault(f"{status} with nothing", SubmitClass.HELD, hold, do=do)
    name = "401 in the middle of the upload"
    yield Fault(name, SubmitClass.HELD, Hold.KEY, spoil=_early_401, big=True)


def _rejected() -> Iterator[Fault]:
    detail = {"detail": [{"loc": ["body", "frames"], "msg": "not allowed", "type": "enum"}]}
    for status, body in (
        (400, detail),
        (422, detail),
        (404, _coded(400001)),
        (404, {}),
        (405, {}),
        (409, _coded(409)),
        (451, {"message": "not here"}),
        (200, _coded(50412)),
        (200, _coded(400001)),
    ):
        code = f" with {body['error_code']}" if "error_code" in body else ""
        do = {"status": status, "body": body}
        yield Fault(f"{status}{code}", SubmitClass.REJECTED, do=do)
    yield Fault("413 as a page", SubmitClass.REJECTED, do={"status": 413, "raw": _PAGE})


def _in_doubt() -> Iterator[Fault]:
    """Answers, or none, from which nobody can tell; half of them are paid for."""
    busy = {"retry-after": "1"}
    answers: list[tuple[str, dict[str, Any]]] = [
        *((str(status), {"status": status, "raw": _PAGE}) for status in (408, 500, 502, 504)),
        ("503 with Retry-After", {"status": 503, "body": {}, "headers": busy}),
        *(
            (f"{status} to itself", {"status": status, "raw": "", "headers": _SELF})
            for status in (301, 302, 303, 307, 308)
        ),
        ("200 with nothing", {"raw": ""}),
        ("204", {"status": 204, "raw": ""}),
        ("200 with a page", {"raw": _PAGE, "headers": {"content-type": "text/html"}}),
        ("200 with half of the JSON", {"raw": '{"request_id": "$i'}),
        ("200 without an id", {"body": {"status": "in_queue"}}),
        ("200 with null for an id", {"body": {"request_id": None}}),
        ("200 with true for an id", {"body": {"request_id": True}}),
        ("200 with a path for an id", {"body": {"request_id": "../../balance"}}),
        ("200 with a list", {"body": ["in_queue"]}),
        ("200 packed badly", {"raw": "no gzip", "headers": {"content-encoding": "gzip"}}),
        ("200 packed oddly", {"raw": "??", "headers": {"content-encoding": "br"}}),
    ]
    for name, answer in answers:
        yield Fault(f"{name}, not taken", SubmitClass.UNKNOWN, do=answer)
        yield Fault(name, SubmitClass.UNKNOWN, taken=True, do={"lost_status": answer})
    unknown = SubmitClass.UNKNOWN
    yield Fault("reset, not taken", unknown, do={"drop": "before"})
    yield Fault("reset", unknown, taken=True, do={"drop": "after"})
    yield Fault("closed, not taken", unknown, do={"hang": 0})
    yield Fault("closed", unknown, taken=True, do={"hang_after": 0})
    yield Fault("no answer in time, not taken", unknown, do={"hang": 600}, time_outs=_IMPATIENT)
    yield Fault(
        "no answer in time", unknown, taken=True, do={"hang_after": 600}, time_outs=_IMPATIENT
    )
    yield Fault("no HTTP", unknown, taken=True, do={"garbage": 300})
    for how in ("close", "reset"):
        for length in (0, 12, 60, 200):
            do = {"cut": {"bytes": length, "how": how}}
            yield Fault(f"{how} after {length} bytes", unknown, taken=True, do=do)


def _spoilt() -> Iterator[Fault]:
    """Faults for which one needs the line itself."""
    unknown = SubmitClass.UNKNOWN
    for length in (1, 5, 200, 1000, 100_000):
        name = f"reset at byte {length} of the request"
        yield Fault(name, unknown, spoil=_cut_at(length), big=True)
    for name, said in (
        ("103, then nothing", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        ("101", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
        ("another protocol", b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
        ("a bad chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
        ("half a chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}"),
        ("two lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        ("a huge head", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"),
        ("a huge body", http(200, bytes(5 << 20))),
        ("a gzip bomb", http(200, _BOMB, "Content-Encoding: gzip")),
        ("less than announced", http(200, b'{"request_', length=40)),
    ):
        yield Fault(name, unknown, taken=True, spoil=_taken_then(said))
    name = "a trickle for ever"
    yield Fault(name, unknown, taken=True, spoil=_trickle, time_outs=_IMPATIENT)


def _harmless() -> Iterator[Fault]:
    """Odd, and an answer all the same: an id that came is kept."""
    whole = {"cut": {"bytes": 1 << 20}}
    error = {"lost_status": {"body": _coded(50400) | {"request_id": "$id"}}}
    known = {"request_id": "$id", "status_url": "$url/v1/requests/$id/status"}
    for status in (400, 401, 402, 429, 502):
        beside: Settings = {"lost_status": {"status": status, "body": known}}
        yield Fault(f"{status} beside a request", SubmitClass.ACCEPTED, taken=True, do=beside)
    for name, do in (
        ("whole, then closed", whole),
        ("a slow answer", {"trickle": 2000}),
        ("an id beside an error", error),
        ("201", {"lost_status": {"status": 201, "body": {"request_id": "$id"}}}),
    ):
        yield Fault(name, SubmitClass.ACCEPTED, taken=True, do=do)
    yield Fault("100 and 103 before", SubmitClass.ACCEPTED, taken=True, spoil=_hints_first)


async def _early_401(submit: Submit) -> None:
    await submit.head()
    await submit.say(http(401, b'{"error_code": 400004}'))
    await submit.rest()


def _cut_at(length: int) -> Spoil:
    async def spoil(submit: Submit) -> None:
        await submit.part(length)
        submit.reset()

    return spoil


def _taken_then(said: bytes) -> Spoil:
    async def spoil(submit: Submit) -> None:
        await submit.taken()
        await submit.say(said)

    return spoil


async def _trickle(submit: Submit) -> None:
    await submit.taken()
    await submit.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        await submit.say(b" ")
        await asyncio.sleep(0.05)


async def _hints_first(submit: Submit) -> None:
    await submit.say(b"HTTP/1.1 100 Continue\r\n\r\n")
    answer = await submit.taken()
    await submit.say(b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" + answer)
