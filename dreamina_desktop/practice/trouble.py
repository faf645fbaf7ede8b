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
    chaos: null                   trouble drawn by dice, see at the end

A rule: {"on": …, "skip": 0, "times": 1, "chance": 1.0, "request": null, "do": {…}}
    on       submit, status, result, cancel, price, balance, clip (any file of an output),
             or connection: counted when one is opened, whatever will be asked on it
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
    garbage: N        do it, then send N random bytes that are no HTTP, and close; the same for
                      the same N
    trickle: N        send whatever is answered, head included, at N bytes a second
    cut: {"bytes": N, "how": "close" | "reset"}
                      of whatever is answered, head included, send N bytes (all, if it has no
                      more), then end the connection (how defaults to close)
    cut_request: N    reset the connection when N bytes of what the client sends have come; what
                      they belong to is not done (connection)

In body, raw, headers, redirect and output these are replaced: $url (this server), $id (the
request), $clip and $image (fresh addresses of its clip, and of the picture that was sent).

Chaos: {"seed": N, "share": 0.3, "on": […], "faults": […], "longest": 2}
    Each call meets one fault with probability `share`, drawn by dice that fall the same for the
    same seed, kind of call and running number of it. `on` and `faults` choose some (default:
    all kinds above, all faults below); nothing takes longer than `longest` seconds. A call that
    was struck is not offered to the rules. The record names the fault in `fault`; a cut request
    has a line of its own there, with no path.
    delay, hang, trickle           slow, or closed without an answer after a while
    reset_before, reset_after, close_before, close_after, cut_before, cut_after, cut_request
                                   the connection's end, before or after the work is done; cuts
                                   are at any byte of an answer or of what is sent
    429                            not done; Retry-After in seconds, as a date, as garbage, or none
    408, 500, 502, 503, 504, 302, 307, empty, truncated_json, wrong_shape, bad_gzip
                                   that answer, and the work done or not, as the dice fall;
                                   redirects lead to the same call
    garbage, portal                no HTTP after the work; a page with 200 instead of it
    truncate, short, wrong_length, no_moov, gzip_bomb, bad_range, etag_change, rate
                                   what is wrong with a file (clip)
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
    CONNECTION = "connection"


class DropMoment(StrEnum):
    """When the connection is reset, seen from the work that was asked for."""

    BEFORE = "before"
    AFTER = "after"


class ConnectionEnd(StrEnum):
    """How a connection ends in the middle of an answer: FIN or RST."""

    CLOSE = "close"
    RESET = "reset"


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
class Cut:
    """How many bytes of an answer, head included, are sent, and what ends it then."""

    length: int
    how: ConnectionEnd = ConnectionEnd.CLOSE


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
    garbage: int | None = None
    trickle: int | None = None
    cut: Cut | None = None
    cut_request: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `times` None is for ever."""

    on: CallKind
    deed: Deed
    skip: int = 0
    times: int | None = 1
    chance: float = 1.0
    request: str | None = None


class ChaosFault(StrEnum):
    """What chaos may do to a call; see the module's table."""

    DELAY = "delay"
    HANG = "hang"
    TRICKLE = "trickle"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    CLOSE_BEFORE = "close_before"
    CLOSE_AFTER = "close_after"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    CUT_REQUEST = "cut_request"
    TOO_FAST = "429"
    TIME_OUT = "408"
    INTERNAL = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    GATEWAY_TIME_OUT = "504"
    FOUND = "302"
    TEMPORARY_REDIRECT = "307"
    EMPTY = "empty"
    TRUNCATED_JSON = "truncated_json"
    WRONG_SHAPE = "wrong_shape"
    BAD_GZIP = "bad_gzip"
    GARBAGE = "garbage"
    PORTAL = "portal"
    TRUNCATE = "truncate"
    SHORT = "short"
    WRONG_LENGTH = "wrong_length"
    NO_MOOV = "no_moov"
    GZIP_BOMB = "gzip_bomb"
    BAD_RANGE = "bad_range"
    ETAG_CHANGE = "etag_change"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Chaos:
    """Faults drawn by dice. ``longest`` in seconds."""

    seed: int
    share: float = 0.3
    on: frozenset[CallKind] = frozenset(CallKind)
    faults: frozenset[ChaosFault] = frozenset(ChaosFault)
    longest: float = 2.0


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
    chaos: Chaos | None = None
