"""Trouble drawn by dice: which calls are struck, and with what. Repeatable to the last byte."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from email.utils import formatdate

from dreamina_desktop.practice.trouble import (
    CallKind,
    Chaos,
    ChaosFault,
    ClipFault,
    ConnectionEnd,
    Cut,
    Deed,
    DropMoment,
    RangeFault,
    ScriptedAnswer,
)

_OF_FILES = frozenset(
    {
        ChaosFault.TRUNCATE,
        ChaosFault.SHORT,
        ChaosFault.WRONG_LENGTH,
        ChaosFault.NO_MOOV,
        ChaosFault.GZIP_BOMB,
        ChaosFault.BAD_RANGE,
        ChaosFault.ETAG_CHANGE,
        ChaosFault.RATE,
    }
)
# Never after the work: who says 429 says that nothing was done, and a portal knows no server.
_BEFORE_WORK = frozenset({ChaosFault.TOO_FAST, ChaosFault.PORTAL})
_STATUSES = {
    ChaosFault.TOO_FAST: 429,
    ChaosFault.TIME_OUT: 408,
    ChaosFault.INTERNAL: 500,
    ChaosFault.BAD_GATEWAY: 502,
    ChaosFault.UNAVAILABLE: 503,
    ChaosFault.GATEWAY_TIME_OUT: 504,
    ChaosFault.FOUND: 302,
    ChaosFault.TEMPORARY_REDIRECT: 307,
}
_HTML = (("content-type", "text/html"),)
_GATEWAY = "<html><head><title>Bad gateway</title></head><body>nginx</body></html>\n" * 8
_PORTAL = "<!DOCTYPE html><title>Welcome</title><p>Please log in to use this network.</p>"
# None of them names an id where one belongs: what was not done must not look as if it were.
_WRONG_SHAPES = (
    "[]",
    "null",
    "17",
    '"text"',
    "{}",
    '{"request_id": null, "status": null}',
    '{"request_id": true, "status": 17}',
    '{"request_id": ["$id"], "status": ["completed"]}',
    '{"request_id": {"id": "$id"}, "status": {"word": "completed"}}',
    '[{"request_id": "$id", "status": "completed"}]',
)
_JSON = '{"request_id": "$id", "status": "completed", "output": {"video": "$clip"}, "cost": 0.4}'
_LONGEST_API_ANSWER = 700  # bytes, head included, of all but the price
_LONGEST_HEAD = 400
_BOMB = 1 << 24
_TRICKLED = 2000  # bytes that a trickle brings over in the longest time


@dataclass(frozen=True, slots=True)
class Strike:
    """What chaos does to one call."""

    fault: ChaosFault
    deed: Deed


def faults_on(chaos: Chaos, kind: CallKind) -> tuple[ChaosFault, ...]:
    """Those of its faults that such a call can meet, in one order for ever."""
    if kind is CallKind.CONNECTION:
        fitting = {ChaosFault.CUT_REQUEST}
    elif kind is CallKind.CLIP:
        fitting = set(ChaosFault) - {ChaosFault.CUT_REQUEST}
    else:
        fitting = set(ChaosFault) - {ChaosFault.CUT_REQUEST} - _OF_FILES
    return tuple(fault for fault in ChaosFault if fault in fitting & chaos.faults)


class ChaosDice:
    """Counts the calls of each kind and throws the dice for each."""

    def __init__(self, chaos: Chaos | None) -> None:
        self._chaos = chaos
        self._numbers: Counter[CallKind] = Counter()

    def strike(self, kind: CallKind) -> Strike | None:
        """What the next call of this kind meets; None when it is spared."""
        chaos = self._chaos
        if chaos is None or kind not in chaos.on or not (faults := faults_on(chaos, kind)):
            return None
        self._numbers[kind] += 1
        # Of each call its own, so that polls more or less do not change what a submit meets.
        dice = random.Random(f"{chaos.seed} {kind} {self._numbers[kind]}")  # noqa: S311
        if dice.random() >= chaos.share:
            return None
        fault = dice.choice(faults)
        return Strike(fault, _deed(fault, kind, dice, chaos.longest))


def _deed(fault: ChaosFault, kind: CallKind, dice: random.Random, longest: float) -> Deed:
    if fault in _OF_FILES:
        return Deed(clip=_clip_fault(fault, dice))
    answer = _answer(fault, dice, longest)
    if fault in _BEFORE_WORK:
        return Deed(answer=answer)
    if answer is not None:
        return Deed(answer=answer) if dice.random() < 0.5 else Deed(lost=answer)
    match fault:
        case ChaosFault.DELAY:
            return Deed(delay=dice.uniform(0, longest))
        case ChaosFault.HANG:
            return Deed(hang=dice.uniform(0, longest))
        case ChaosFault.TRICKLE:
            return Deed(trickle=int(_TRICKLED / longest) + 1 if longest else _TRICKLED)
        case ChaosFault.GARBAGE:
            return Deed(garbage=dice.randrange(1, 4000))
        case _:
            return _connection_end(fault, kind, dice)


def _answer(fault: ChaosFault, dice: random.Random, longest: float) -> ScriptedAnswer | None:
    """The answer that a fault consists of; None for faults that are something else."""
    if fault in _STATUSES:
        return _status_answer(_STATUSES[fault], dice, longest)
    match fault:
        case ChaosFault.PORTAL:
            return ScriptedAnswer(200, _HTML, _PORTAL)
        case ChaosFault.EMPTY:
            return ScriptedAnswer(200, (), "")
        case ChaosFault.TRUNCATED_JSON:
            return ScriptedAnswer(200, (), _JSON[: dice.randrange(1, len(_JSON))])
        case ChaosFault.WRONG_SHAPE:
            return ScriptedAnswer(200, (), dice.choice(_WRONG_SHAPES))
        case ChaosFault.BAD_GZIP:
            return ScriptedAnswer(200, (("content-encoding", "gzip"),), _JSON)
        case _:
            return None


def _connection_end(fault: ChaosFault, kind: CallKind, dice: random.Random) -> Deed:
    match fault:
        case ChaosFault.RESET_BEFORE:
            return Deed(drop=DropMoment.BEFORE)
        case ChaosFault.RESET_AFTER:
            return Deed(drop=DropMoment.AFTER)
        case ChaosFault.CLOSE_BEFORE:
            return Deed(hang=0.0)
        case ChaosFault.CLOSE_AFTER:
            return Deed(hang_after=0.0)
        case ChaosFault.CUT_BEFORE:
            # A gateway's page: whole by chance, it must not pass for an answer of the API's.
            page = ScriptedAnswer(502, _HTML, _GATEWAY)
            return Deed(answer=page, cut=_cut(_LONGEST_API_ANSWER, dice))
        case ChaosFault.CUT_AFTER if kind is CallKind.CLIP:
            return Deed(cut=_cut(_some_bytes(dice), dice))
        case ChaosFault.CUT_AFTER:
            return Deed(cut=_cut(_LONGEST_API_ANSWER, dice))
        case _:
            return Deed(cut_request=_some_bytes(dice))


def _cut(below: int, dice: random.Random) -> Cut:
    return Cut(dice.randrange(below), dice.choice(tuple(ConnectionEnd)))


def _some_bytes(dice: random.Random) -> int:
    """A byte of a head, or one of all sizes of a body up to a few hundred thousand."""
    if dice.random() < 0.5:
        return dice.randrange(1, _LONGEST_HEAD)
    return int(10 ** dice.uniform(2, 5.5))


def _status_answer(status: int, dice: random.Random, longest: float) -> ScriptedAnswer:
    headers: tuple[tuple[str, str], ...] = _HTML
    if status in (302, 307):
        # Whoever follows it asks the same once more.
        headers = (*headers, ("location", "?again=1"))
    if status in (429, 503):
        soon = str(dice.randint(0, int(longest)))
        later = formatdate(time.time() + longest, usegmt=True)
        when = dice.choice((soon, later, "soon", "-1", "", None))
        headers = headers if when is None else (*headers, ("retry-after", when))
    return ScriptedAnswer(status, headers, _GATEWAY)


def _clip_fault(fault: ChaosFault, dice: random.Random) -> ClipFault:
    match fault:
        case ChaosFault.TRUNCATE:
            return ClipFault(truncate=_some_bytes(dice))
        case ChaosFault.SHORT:
            return ClipFault(short=True)
        case ChaosFault.WRONG_LENGTH:
            return ClipFault(wrong_length=_some_bytes(dice))
        case ChaosFault.NO_MOOV:
            return ClipFault(no_moov=True)
        case ChaosFault.GZIP_BOMB:
            return ClipFault(gzip_bomb=_BOMB)
        case ChaosFault.BAD_RANGE:
            return ClipFault(bad_range=dice.choice(tuple(RangeFault)))
        case ChaosFault.ETAG_CHANGE:
            return ClipFault(etag_change=True)
        case _:
            return ClipFault(rate=dice.randrange(100_000, 1_000_000))
