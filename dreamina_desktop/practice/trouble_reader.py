"""Reads the text of a trouble file strictly: each key known, each value of its kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from dreamina_desktop.practice.chaos import faults_on
from dreamina_desktop.practice.trouble import (
    CallKind,
    Chaos,
    ChaosFault,
    ClipFault,
    ConnectionEnd,
    Cut,
    Deed,
    DropMoment,
    Failure,
    Price,
    RangeFault,
    Rule,
    ScriptedAnswer,
    Trouble,
    TroubleFileError,
)

_ANSWER_KEYS = frozenset({"status", "headers", "body", "raw"})
_ABOUT_NO_REQUEST = (CallKind.PRICE, CallKind.BALANCE, CallKind.CONNECTION)
_MOST_WORKERS = 8


def read_trouble(text: str) -> Trouble:
    """The settings and rules in ``text``.

    Raises TroubleFileError that names the place, such as ``rules[0].do.stauts``.
    """
    try:
        loaded: object = json.loads(text)
    except ValueError as error:
        raise TroubleFileError(f"not JSON: {error}") from error
    default = Trouble()
    fields = _Fields(loaded, "")
    trouble = Trouble(
        queue_seconds=fields.take("queue_seconds", _seconds, default.queue_seconds),
        run_seconds=fields.take("run_seconds", _optional(_seconds), None),
        clip_scale=fields.take("clip_scale", _scale, default.clip_scale),
        frames_override=fields.take("frames_override", _optional(_positive), None),
        workers=fields.take("workers", _workers, default.workers),
        price=fields.take("price", _price, default.price),
        balance=fields.take("balance", _money, default.balance),
        result_lifetime_seconds=fields.take(
            "result_lifetime_seconds", _seconds, default.result_lifetime_seconds
        ),
        request_lifetime_seconds=fields.take("request_lifetime_seconds", _optional(_seconds), None),
        record=fields.take("record", _flag, default.record),
        chance_seed=fields.take("chance_seed", _whole, default.chance_seed),
        rules=fields.take("rules", _rules, default.rules),
        chaos=fields.take("chaos", _optional(_chaos), None),
    )
    fields.done()
    return trouble


class _Fields:
    """The keys of one JSON object, each taken once; what is left over is unknown."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(place, "must be an object")
        self._left: dict[str, object] = dict(value)
        self._place = place

    def place(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name

    def has(self, name: str) -> bool:
        return name in self._left

    def take[T, D](self, name: str, read: Callable[[object, str], T], default: D) -> T | D:
        if name not in self._left:
            return default
        return read(self._left.pop(name), self.place(name))

    def need[T](self, name: str, read: Callable[[object, str], T]) -> T:
        if name not in self._left:
            raise _wrong(self.place(name), "is missing")
        return read(self._left.pop(name), self.place(name))

    def done(self) -> None:
        for name in self._left:
            raise _wrong(self.place(name), "unknown key")


def _wrong(place: str, why: str) -> TroubleFileError:
    return TroubleFileError(f"{place}: {why}" if place else why)


def _optional[T](read: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    return lambda value, place: None if value is None else read(value, place)


def _one_of[E: StrEnum](kind: type[E]) -> Callable[[object, str], E]:
    def read(value: object, place: str) -> E:
        if not isinstance(value, str) or value not in set(kind):
            raise _wrong(place, "must be one of " + ", ".join(kind))
        return kind(value)

    return read


def _number(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(place, "must be a number")
    return float(value)


def _seconds(value: object, place: str) -> float:
    seconds = _number(value, place)
    if seconds < 0:
        raise _wrong(place, "must not be negative")
    return seconds


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(place, "must be a whole number")
    return value


def _count(value: object, place: str) -> int:
    count = _whole(value, place)
    if count < 0:
        raise _wrong(place, "must not be negative")
    return count


def _positive(value: object, place: str) -> int:
    count = _whole(value, place)
    if count < 1:
        raise _wrong(place, "must be at least 1")
    return count


def _workers(value: object, place: str) -> int:
    count = _positive(value, place)
    if count > _MOST_WORKERS:
        raise _wrong(place, f"must be at most {_MOST_WORKERS}")
    return count


def _scale(value: object, place: str) -> float:
    scale = _number(value, place)
    if not 0 < scale <= 1:
        raise _wrong(place, "must be above 0 and at most 1")
    return scale


def _share(value: object, place: str) -> float:
    share = _number(value, place)
    if not 0 <= share <= 1:
        raise _wrong(place, "must be from 0 to 1")
    return share


def _http_status(value: object, place: str) -> int:
    status = _whole(value, place)
    if not 200 <= status <= 599:
        raise _wrong(place, "must be from 200 to 599")
    return status


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise _wrong(place, "must be text")
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(place, "must be true or false")
    return value


def _json_text(value: object, _place: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _money(value: object, place: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(place, "must be an amount")
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise _wrong(place, "must be an amount") from error
    if not amount.is_finite():
        raise _wrong(place, "must be an amount")
    return amount


def _as_written(value: object, place: str) -> str | int | float:
    _money(value, place)
    return value if isinstance(value, str | int | float) else ""


def _price(value: object, place: str) -> Price:
    default = Price()
    fields = _Fields(value, place)
    shown = fields.take("base_price_usd", _as_written, default.shown)
    price = Price(
        base=Decimal(str(shown)),
        shown=shown,
        unit=fields.take("price_unit", _text, default.unit),
        note=fields.take("pricing_note", _optional(_text), None),
    )
    fields.done()
    return price


def _headers(value: object, place: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise _wrong(place, "must be an object")
    return tuple((name, _text(text, f"{place}.{name}")) for name, text in value.items())


def _answer_of(fields: _Fields, default_status: int) -> ScriptedAnswer:
    if fields.has("body") and fields.has("raw"):
        raise _wrong(fields.place("raw"), "cannot stand beside body")
    text = fields.take("raw", _text, None)
    if text is None:
        text = fields.take("body", _json_text, "")
    return ScriptedAnswer(
        status=fields.take("status", _http_status, default_status),
        headers=fields.take("headers", _headers, ()),
        text=text,
    )


def _lost(value: object, place: str) -> ScriptedAnswer:
    fields = _Fields(value, place)
    answer = _answer_of(fields, default_status=200)
    fields.done()
    return answer


def _failure(value: object, place: str) -> Failure:
    fields = _Fields(value, place)
    failure = Failure(fields.need("code", _whole), fields.need("message", _text))
    fields.done()
    return failure


def _instead(fields: _Fields) -> ScriptedAnswer | None:
    redirect = fields.take("redirect", _text, None)
    if redirect is None and not any(fields.has(key) for key in _ANSWER_KEYS):
        return None
    answer = _answer_of(fields, default_status=200 if redirect is None else 307)
    if redirect is None:
        return answer
    return ScriptedAnswer(answer.status, (*answer.headers, ("location", redirect)), answer.text)


def _cut(value: object, place: str) -> Cut:
    fields = _Fields(value, place)
    cut = Cut(
        length=fields.need("bytes", _count),
        how=fields.take("how", _one_of(ConnectionEnd), ConnectionEnd.CLOSE),
    )
    fields.done()
    return cut


def _deed(value: object, place: str) -> Deed:
    fields = _Fields(value, place)
    deed = Deed(
        delay=fields.take("delay", _seconds, 0.0),
        hang=fields.take("hang", _optional(_seconds), None),
        drop=fields.take("drop", _one_of(DropMoment), None),
        answer=_instead(fields),
        fail=fields.take("fail", _failure, None),
        position=fields.take("position", _whole, None),
        word=fields.take("word", _text, None),
        output=fields.take("output", _json_text, None),
        clip=ClipFault(
            truncate=fields.take("truncate", _count, None),
            short=fields.take("short", _flag, False),  # noqa: FBT003 - a default, not a switch
            wrong_length=fields.take("wrong_length", _count, None),
            no_moov=fields.take("no_moov", _flag, False),  # noqa: FBT003
            gzip_bomb=fields.take("gzip_bomb", _count, None),
            bad_range=fields.take("bad_range", _one_of(RangeFault), None),
            etag_change=fields.take("etag_change", _flag, False),  # noqa: FBT003
            rate=fields.take("rate", _positive, None),
        ),
        lost=fields.take("lost_status", _lost, None),
        hang_after=fields.take("hang_after", _optional(_seconds), None),
        garbage=fields.take("garbage", _count, None),
        trickle=fields.take("trickle", _positive, None),
        cut=fields.take("cut", _cut, None),
        cut_request=fields.take("cut_request", _count, None),
    )
    fields.done()
    return deed


def _rule(value: object, place: str) -> Rule:
    fields = _Fields(value, place)
    rule = Rule(
        on=fields.need("on", _one_of(CallKind)),
        deed=fields.need("do", _deed),
        skip=fields.take("skip", _count, 0),
        times=fields.take("times", _optional(_count), 1),
        chance=fields.take("chance", _share, 1.0),
        request=fields.take("request", _optional(_text), None),
    )
    fields.done()
    _fits(rule, place)
    return rule


def _fits(rule: Rule, place: str) -> None:
    """Refuse what could never act, so that no test passes for want of its trouble."""
    deed, on = rule.deed, rule.on
    asks = (CallKind.STATUS, CallKind.RESULT)
    for name, given, calls in (
        ("fail", deed.fail is not None, (CallKind.SUBMIT, *asks)),
        ("position", deed.position is not None, asks),
        ("word", deed.word is not None, asks),
        ("output", deed.output is not None, (CallKind.RESULT,)),
        ("clip faults", deed.clip != ClipFault(), (CallKind.CLIP,)),
    ):
        if given and on not in calls:
            raise _wrong(f"{place}.do", f"{name} cannot be on {on}")
    if deed == Deed():
        raise _wrong(f"{place}.do", "says nothing")
    if (on is CallKind.CONNECTION) != (deed == Deed(cut_request=deed.cut_request)):
        raise _wrong(f"{place}.do", "cut_request, and nothing else, can be on connection")
    if rule.request is not None and on in _ABOUT_NO_REQUEST:
        raise _wrong(f"{place}.request", f"{on} concerns no request")


def _rules(value: object, place: str) -> tuple[Rule, ...]:
    if not isinstance(value, list):
        raise _wrong(place, "must be a list")
    return tuple(_rule(item, f"{place}[{index}]") for index, item in enumerate(value))


def _some_of[E: StrEnum](kind: type[E]) -> Callable[[object, str], frozenset[E]]:
    one = _one_of(kind)

    def read(value: object, place: str) -> frozenset[E]:
        if not isinstance(value, list) or not value:
            raise _wrong(place, "must be a list that names some")
        return frozenset(one(item, f"{place}[{index}]") for index, item in enumerate(value))

    return read


def _chaos(value: object, place: str) -> Chaos:
    fields = _Fields(value, place)
    seed = fields.need("seed", _whole)
    default = Chaos(seed)
    chaos = Chaos(
        seed=seed,
        share=fields.take("share", _share, default.share),
        on=fields.take("on", _some_of(CallKind), default.on),
        faults=fields.take("faults", _some_of(ChaosFault), default.faults),
        longest=fields.take("longest", _seconds, default.longest),
    )
    fields.done()
    if not any(faults_on(chaos, kind) for kind in chaos.on):
        raise _wrong(f"{place}.faults", "none of them can be on these calls")
    return chaos
