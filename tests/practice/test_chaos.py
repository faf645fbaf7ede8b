"""Trouble by dice: it falls the same each time, does what it says, and is written down."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from dreamina_desktop.practice import trouble
from dreamina_desktop.practice.chaos import ChaosDice, Strike, faults_on
from dreamina_desktop.practice.trouble import CallKind, Chaos, ChaosFault
from tests.practice.caller import MODEL, QUICKEST, SMALL_URI, Caller
from tests.practice_server import PracticeServer, RequestRow


@dataclass(frozen=True, slots=True)
class Known:
    """A request that calls are about, and the address of its clip."""

    id: str
    clip: str


PAIRS = [
    (kind, fault)
    for kind in CallKind
    for fault in faults_on(Chaos(seed=1), kind)
    if kind is not CallKind.CONNECTION
]
NOBODY = Known("nobody", "/clips/nobody.mp4")
BEFORE = {"hang", "reset_before", "close_before", "cut_before", "429", "portal"}
AFTER = {"delay", "trickle", "reset_after", "close_after", "cut_after", "garbage"}


def strikes(chaos: Chaos, kind: CallKind, calls: int = 60) -> list[Strike | None]:
    dice = ChaosDice(chaos)
    return [dice.strike(kind) for _ in range(calls)]


@pytest.mark.parametrize("kind", CallKind)
def test_dice_fall_the_same_for_the_same_seed(kind: CallKind) -> None:
    # 429 and 503 may name a moment, which moves on with the clock.
    timeless = frozenset(ChaosFault) - {ChaosFault.TOO_FAST, ChaosFault.UNAVAILABLE}
    first = strikes(Chaos(seed=1, faults=timeless), kind)
    assert strikes(Chaos(seed=1, faults=timeless), kind) == first
    assert strikes(Chaos(seed=2, faults=timeless), kind) != first
    assert None in first


def test_other_calls_do_not_change_what_a_call_meets() -> None:
    chaos = Chaos(seed=5, faults=frozenset({ChaosFault.HANG}))
    alone = strikes(chaos, CallKind.SUBMIT)
    dice = ChaosDice(chaos)
    among_others: list[Strike | None] = []
    for number in range(60):
        for _ in range(number % 3):
            dice.strike(CallKind.STATUS)
        among_others.append(dice.strike(CallKind.SUBMIT))
    assert among_others == alone


@pytest.mark.parametrize(("share", "least", "most"), [(0, 0, 0), (0.3, 240, 360), (1, 1000, 1000)])
def test_the_share_is_kept(share: float, least: int, most: int) -> None:
    struck = [one for one in strikes(Chaos(seed=3, share=share), CallKind.SUBMIT, 1000) if one]
    assert least <= len(struck) <= most


@pytest.mark.parametrize("kind", CallKind)
def test_every_fault_is_drawn_and_no_other(kind: CallKind) -> None:
    chaos = Chaos(seed=4, share=1)
    drawn = {strike.fault for strike in strikes(chaos, kind, 600) if strike}
    assert drawn == {*faults_on(chaos, kind)}


def test_calls_and_faults_can_be_chosen() -> None:
    chaos = Chaos(
        seed=1,
        share=1,
        on=frozenset({CallKind.CLIP}),
        faults=frozenset({ChaosFault.NO_MOOV, ChaosFault.CUT_REQUEST}),
    )
    assert strikes(chaos, CallKind.STATUS) == [None] * 60
    assert strikes(chaos, CallKind.CONNECTION) == [None] * 60
    assert {strike.fault for strike in strikes(chaos, CallKind.CLIP) if strike} == {"no_moov"}


def test_nothing_is_waited_for_longer_than_said() -> None:
    for longest in (0.0, 1.5):
        for strike in strikes(Chaos(seed=6, share=1, longest=longest), CallKind.STATUS, 600):
            assert strike is not None
            assert strike.deed.delay <= longest
            assert (strike.deed.hang or 0) <= longest


def test_retry_after_comes_in_every_form() -> None:
    chaos = Chaos(seed=7, share=1, faults=frozenset({ChaosFault.TOO_FAST}))
    told = [
        dict(strike.deed.answer.headers).get("retry-after")
        for strike in strikes(chaos, CallKind.SUBMIT)
        if strike
    ]
    dates = {text for text in told if text and text.endswith("GMT")}
    assert dates
    assert all(parsedate_to_datetime(date) for date in dates)
    assert {*told} - dates == {None, "", "-1", "soon", "0", "1", "2"}


def test_every_fault_is_documented() -> None:
    words = set((trouble.__doc__ or "").split("Chaos: ")[1].replace(",", " ").split())
    assert not {*ChaosFault} - words


@pytest.fixture(scope="module")
def known(_session_server: PracticeServer) -> Known:
    """A finished request."""
    _session_server.trouble(**QUICKEST)
    with Caller(_session_server) as caller:
        request_id = caller.submit("the one that is asked about")
        return Known(request_id, caller.finished(request_id)["output"]["video"])


def chaos(caller: Caller, **told: Any) -> None:
    caller.server.trouble(**QUICKEST, chaos={"seed": 1, "share": 1, "longest": 0.1} | told)


def call(caller: Caller, kind: str, known: Known) -> httpx.Response | None:
    """The answer, None when none came over whole."""
    about = f"/v1/requests/{known.id}"
    made = {
        "submit": ("POST", MODEL),
        "price": ("GET", MODEL),
        "balance": ("GET", "/prod/v2/balance"),
        "status": ("GET", f"{about}/status"),
        "result": ("GET", f"{about}/result"),
        "cancel": ("POST", f"{about}/cancel"),
        "clip": ("GET", known.clip),
    }[kind]
    body = {"prompt": "struck", "image_urls": [SMALL_URI]} if kind == "submit" else None
    try:
        return caller.http.request(*made, json=body, headers={"range": "bytes=9-"})
    except (httpx.TransportError, httpx.DecodingError):
        return None


def last(caller: Caller) -> RequestRow:
    return caller.server.requests()[-1]


@pytest.mark.parametrize(("kind", "fault"), PAIRS)
def test_every_fault_on_every_call(caller: Caller, known: Known, kind: str, fault: str) -> None:
    before = len(caller.server.accepted())
    chaos(caller, on=[kind], faults=[fault])
    answer = call(caller, kind, known)
    assert last(caller).fault == fault
    if answer is not None and fault.isdigit():
        assert answer.status_code == int(fault)
    if fault in ("hang", "reset_before", "reset_after", "close_before", "close_after", "garbage"):
        assert answer is None
    accepted = len(caller.server.accepted()) - before
    if kind != "submit" or fault in BEFORE:
        assert accepted == 0
    elif fault in AFTER:
        assert accepted == 1
    # Nothing of it stays.
    caller.server.trouble(**QUICKEST)
    assert caller.balance() > 0
    assert last(caller).fault is None


@pytest.mark.parametrize("fault", ["500", "408", "307", "empty", "wrong_shape", "bad_gzip"])
def test_the_work_is_done_or_not_as_the_dice_fall(caller: Caller, fault: str) -> None:
    accepted = len(caller.server.accepted())
    chaos(caller, on=["submit"], faults=[fault])
    for _ in range(12):
        call(caller, "submit", NOBODY)
    assert 0 < len(caller.server.accepted()) - accepted < 12
    assert all(row.request_id for row in caller.server.accepted()[accepted:])


def test_what_chaos_strikes_the_rules_do_not_see(caller: Caller) -> None:
    rule = {"on": "price", "do": {"status": 418}}
    told = {"seed": 1, "share": 1, "on": ["balance"], "faults": ["empty"]}
    caller.server.trouble(rule, {"on": "balance", "do": {"status": 418}}, **QUICKEST, chaos=told)
    assert caller.http.get(MODEL).status_code == 418
    assert caller.http.get("/prod/v2/balance").text == ""


def test_a_request_cut_on_its_way_in_is_not_done(caller: Caller) -> None:
    caller.http.close()  # what is open already is not struck
    accepted, seen = len(caller.server.accepted()), len(caller.server.requests())
    chaos(caller, on=["connection"])
    lost = 0
    for _ in range(12):
        with Caller(caller.server) as fresh:
            lost += call(fresh, "submit", NOBODY) is None
    cuts = [row for row in caller.server.requests()[seen:] if row.fault is not None]
    assert [(row.fault, row.path, row.method) for row in cuts] == [("cut_request", "", "")] * lost
    assert 0 < lost < 12
    assert len(caller.server.accepted()) == accepted + 12 - lost


def test_a_long_life_under_chaos(own_caller: Caller) -> None:
    """Whatever falls out, the ledger is right and the server stays sound."""
    chaos(own_caller, share=0.5)
    said = itertools.count()
    given: list[str] = []
    for _ in range(80):
        prompt = f"click {next(said)}"
        try:
            answer = own_caller.post(prompt)
            request_id = answer.json()["request_id"]
        except (httpx.TransportError, httpx.DecodingError, ValueError, TypeError, KeyError):
            continue
        if isinstance(request_id, str):
            given.append(request_id)
    rows = own_caller.server.accepted()
    assert {*given} <= {row.request_id for row in rows}
    assert len(given) < len(rows) < 80
    assert len({row.prompt for row in rows}) == len(rows)
    own_caller.server.trouble(**QUICKEST)
    with Caller(own_caller.server) as fresh:
        fresh.finished(rows[-1].request_id or "")
    assert own_caller.server.stop() == 0
    assert own_caller.server.log() == ""
