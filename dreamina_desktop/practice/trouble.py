"""The trouble file: what the practice server is told to do other than usual.

One JSON object; every key is optional, an unknown one is an error. The file is read again
whenever it changes, so a test may rewrite it (write aside, then rename) while the server runs.

Settings, with their defaults
    queue_seconds: 1.0            a request stays queued at least this long
    run_seconds: null             it is in progress at least this long; null: as long as rendering
    clip_scale: 1.0               0.1 = clips of a tenth of each side (kept even), quick to make
    frames_override: null         every clip has this many frames, whatever was asked for
    workers: 1                    how many are rendered at a time (1 to 8)
    price: {"base_price_usd": 0.08, "price_unit": "second", "pricing_note": null}
                                  shown as written; a number or decimal text
    balance: "25.00"              what the account held before the first request was charged
    result_lifetime_seconds: 3600 how long one address of a clip or picture is good for (then 403)
    request_lifetime_seconds: null   a finished request is forgotten (404001) after this long
    record: false                 true: one line for each HTTP request in DATA_DIR/requests.jsonl
    chance_seed: 0                seed of the dice that `chance` throws
    rules: []                     trouble with single calls, see below

A rule: {"on": …, "skip": 0, "times": 1, "chance": 1.0, "request": null, "do": {…}}
    on       submit, status, result, cancel, price, balance, clip (any file of an output)
    skip     let this many matching calls pass first
    times    then act on this many; null: on all that follow (default 1)
    chance   of those, act on this share only, by dice; calls spared by dice are not counted
    request  only for requests whose prompt contains this text
A call is offered to the rules in order; the first that acts ends the walk. Counting starts anew
when the file changes and when the server starts.

What `do` may hold; several keys work together, in this order
    delay: S          wait S seconds, then go on
    hang: S           do nothing, answer nothing for S seconds, then close the connection
    drop: "before"    reset the connection before anything is done
    status: N, headers: {…}, body: JSON | raw: "text"
                      answer this and do nothing (status defaults to 200); goes for every call
    redirect: URL     the same as status 307 with that Location
    fail: {"code": N, "message": "…"}
                      submit: accept, but the request will end failed; status, result: it fails now
    position: N       say this queue_position (status, result)
    word: "dreaming"  say this status word, verbatim (status, result)
    output: JSON      a succeeded result's output, replaced (result)
    truncate: N       send N bytes of the announced length, then close (clip)
    short: true       a portal's HTML page with 200 (clip)
    wrong_length: N   announce N bytes, send the whole file, close (clip)
    no_moov: true     an MP4 whose moov box cannot be found (clip)
    gzip_bomb: N      a gzip body that unpacks to N bytes (clip)
    bad_range: KIND   answer to a Range: wrong_start, wrong_total, no_header (all 206),
                      ignored (200, whole file), unsatisfiable (416) (clip)
    etag_change: true another ETag and slightly other bytes at each answer (clip)
    rate: N           send N bytes a second (clip)
    lost_status: {"status": N, "headers": {…}, "body": JSON | "raw": "text"}
                      do it, then answer this instead
    hang_after: S     do it, then answer nothing for S seconds and close the connection
    drop: "after"     do it, then reset the connection: a lost answer

In body, raw, headers, redirect and output these are replaced: $url (this server), $id (the
request), $clip and $image (fresh addresses of its clip, and of the picture that was sent).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None


class TroubleFileError(Exception):
    """The trouble file cannot be read; the text says where and why."""


class CallKind(StrEnum):
    """The calls that a rule may be `on`."""

    SUBMIT = "submit"
    STATUS = "status"
    RESULT = "result"
    CANCEL = "cancel"
    PRICE = "price"
    BALANCE = "balance"
    CLIP = "clip"


class DropMoment(StrEnum):
    """When the connection is reset, seen from the work that was asked for."""

    BEFORE = "before"
    AFTER = "after"


class RangeFault(StrEnum):
    """Wrong answers to a Range request."""

    WRONG_START = "wrong_start"
    WRONG_TOTAL = "wrong_total"
    NO_HEADER = "no_header"
    IGNORED = "ignored"
    UNSATISFIABLE = "unsatisfiable"


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """An answer from the script: `text` is the body, with placeholders still in it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The model maker's code and message of a failed request."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class ClipFault:
    """What is wrong with a file that is served; see the module's table."""

    truncate: int | None = None
    short: bool = False
    wrong_length: int | None = None
    no_moov: bool = False
    gzip_bomb: int | None = None
    bad_range: RangeFault | None = None
    etag_change: bool = False
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """The `do` of one rule. `output` is JSON text, since null is a value too."""

    delay: float = 0.0
    hang: float | None = None
    drop: DropMoment | None = None
    answer: ScriptedAnswer | None = None
    fail: Failure | None = None
    position: int | None = None
    word: str | None = None
    output: str | None = None
    clip: ClipFault = ClipFault()
    lost: ScriptedAnswer | None = None
    hang_after: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `times` None is for ever."""

    on: CallKind
    deed: Deed
    skip: int = 0
    times: int | None = 1
    chance: float = 1.0
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """The price as charged (`base`, USD) and as shown (`shown` is what the file says)."""

    base: Decimal = Decimal("0.08")
    shown: str | int | float = 0.08
    unit: str = "second"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """The whole file; the defaults are a quiet, well-behaved server."""

    queue_seconds: float = 1.0
    run_seconds: float | None = None
    clip_scale: float = 1.0
    frames_override: int | None = None
    workers: int = 1
    price: Price = field(default_factory=Price)
    balance: Decimal = Decimal("25.00")
    result_lifetime_seconds: float = 3600.0
    request_lifetime_seconds: float | None = None
    record: bool = False
    chance_seed: int = 0
    rules: tuple[Rule, ...] = ()
