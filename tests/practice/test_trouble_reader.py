"""The trouble file is read strictly: a slip of the pen must not make a test pass."""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.practice import trouble
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
from dreamina_desktop.practice.trouble_reader import read_trouble
from dreamina_desktop.practice.trouble_script import TroubleScript


def deed(on: str = "clip", **do: Any) -> Deed:
    return read_trouble(json.dumps({"rules": [{"on": on, "do": do}]})).rules[0].deed


def test_an_empty_file_is_a_quiet_server() -> None:
    assert read_trouble("{}") == Trouble()


def test_every_setting_is_read() -> None:
    told = {
        "queue_seconds": 2,
        "run_seconds": 3.5,
        "clip_scale": 0.25,
        "frames_override": 7,
        "workers": 2,
        "price": {"base_price_usd": "0.30", "price_unit": "output", "pricing_note": "n"},
        "balance": 3,
        "result_lifetime_seconds": 4,
        "request_lifetime_seconds": 5,
        "record": True,
        "chance_seed": 6,
        "rules": [
            {
                "on": "submit",
                "skip": 1,
                "times": None,
                "chance": 0.5,
                "request": "sea",
                "do": {"fail": {"code": 50412, "message": "m"}},
            }
        ],
        "chaos": {
            "seed": 8,
            "share": 0.25,
            "on": ["submit", "clip"],
            "faults": ["429", "no_moov"],
            "longest": 3,
        },
    }
    assert read_trouble(json.dumps(told)) == Trouble(
        queue_seconds=2.0,
        run_seconds=3.5,
        clip_scale=0.25,
        frames_override=7,
        workers=2,
        price=Price(Decimal("0.30"), "0.30", "output", "n"),
        balance=Decimal(3),
        result_lifetime_seconds=4.0,
        request_lifetime_seconds=5.0,
        record=True,
        chance_seed=6,
        rules=(
            Rule(
                CallKind.SUBMIT,
                Deed(fail=Failure(50412, "m")),
                skip=1,
                times=None,
                chance=0.5,
                request="sea",
            ),
        ),
        chaos=Chaos(
            seed=8,
            share=0.25,
            on=frozenset({CallKind.SUBMIT, CallKind.CLIP}),
            faults=frozenset({ChaosFault.TOO_FAST, ChaosFault.NO_MOOV}),
            longest=3.0,
        ),
    )
    # Whoever adds a setting adds it above.
    assert set(told) == set(Trouble.__dataclass_fields__)


def test_chaos_needs_no_more_than_a_seed() -> None:
    assert read_trouble('{"chaos": {"seed": 9}}').chaos == Chaos(
        seed=9,
        share=0.3,
        on=frozenset(CallKind),
        faults=frozenset(ChaosFault),
        longest=2.0,
    )
    assert read_trouble('{"chaos": null}').chaos is None


def test_every_deed_is_read() -> None:
    assert deed(
        delay=1,
        hang=2,
        hang_after=3,
        drop="after",
        status=503,
        headers={"Retry-After": "7"},
        body={"error": "busy"},
        lost_status={"status": 502, "raw": "<html>"},
        garbage=9,
        trickle=10,
        cut={"bytes": 11, "how": "reset"},
        truncate=0,
        short=True,
        wrong_length=5,
        no_moov=True,
        gzip_bomb=6,
        bad_range="no_header",
        etag_change=True,
        rate=8,
    ) == Deed(
        delay=1.0,
        hang=2.0,
        hang_after=3.0,
        drop=DropMoment.AFTER,
        answer=ScriptedAnswer(503, (("Retry-After", "7"),), '{"error": "busy"}'),
        lost=ScriptedAnswer(502, (), "<html>"),
        garbage=9,
        trickle=10,
        cut=Cut(11, ConnectionEnd.RESET),
        clip=ClipFault(
            truncate=0,
            short=True,
            wrong_length=5,
            no_moov=True,
            gzip_bomb=6,
            bad_range=RangeFault.NO_HEADER,
            etag_change=True,
            rate=8,
        ),
    )
    assert deed("result", output=None, word="dreaming", position=4) == Deed(
        output="null", word="dreaming", position=4
    )
    assert deed(redirect="https://x") == Deed(
        answer=ScriptedAnswer(307, (("location", "https://x"),), "")
    )
    assert deed("price", cut={"bytes": 0}) == Deed(cut=Cut(0, ConnectionEnd.CLOSE))
    assert deed("connection", cut_request=12) == Deed(cut_request=12)
    assert deed(raw="{") == Deed(answer=ScriptedAnswer(200, (), "{"))


def test_every_key_is_documented() -> None:
    text = trouble.__doc__ or ""
    keys = {*Trouble.__dataclass_fields__, *Rule.__dataclass_fields__, *Deed.__dataclass_fields__}
    keys |= {*Chaos.__dataclass_fields__, *ConnectionEnd, *ChaosFault}
    keys |= {*ClipFault.__dataclass_fields__} - {"clip"}
    # Names of fields that group several keys of the file.
    keys -= {"deed", "answer", "lost", "clip"}
    keys |= {"do", "status", "headers", "body", "raw", "redirect", "lost_status", *CallKind}
    keys |= {*RangeFault}
    assert not {key for key in keys if not re.search(rf"\b{key}\b", text)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[]", "must be an object"),
        ('{"queue_secs": 1}', "queue_secs: unknown key"),
        ('{"queue_seconds": "1"}', "queue_seconds: must be a number"),
        ('{"queue_seconds": -1}', "queue_seconds: must not be negative"),
        ('{"clip_scale": 0}', "clip_scale: must be above 0"),
        ('{"workers": 0}', "workers: must be at least 1"),
        ('{"workers": 9}', "workers: must be at most 8"),
        ('{"frames_override": 1.5}', "frames_override: must be a whole number"),
        ('{"record": 1}', "record: must be true or false"),
        ('{"balance": "much"}', "balance: must be an amount"),
        ('{"balance": "NaN"}', "balance: must be an amount"),
        ('{"balance": []}', "balance: must be an amount"),
        ('{"price": {"unit": "second"}}', "price.unit: unknown key"),
        ('{"rules": {}}', "rules: must be a list"),
        ('{"rules": [{"do": {"delay": 1}}]}', "rules[0].on: is missing"),
        ('{"rules": [{"on": "submit"}]}', "rules[0].do: is missing"),
        ('{"rules": [{"on": "upload", "do": {"delay": 1}}]}', "rules[0].on: must be one of submit"),
        ('{"rules": [{"on": [], "do": {"delay": 1}}]}', "rules[0].on: must be one of submit"),
        ('{"rules": [{"on": "clip", "do": {}}]}', "rules[0].do: says nothing"),
        ('{"rules": [{"on": "clip", "do": {"stauts": 1}}]}', "rules[0].do.stauts: unknown key"),
        ('{"rules": [{"on": "clip", "do": {"status": 99}}]}', "rules[0].do.status: must be from"),
        (
            '{"rules": [{"on": "clip", "do": {"delay": 1}, "chance": 2}]}',
            "rules[0].chance: must be from 0 to 1",
        ),
        (
            '{"rules": [{"on": "clip", "do": {"delay": 1}, "skip": -1}]}',
            "rules[0].skip: must not be negative",
        ),
        (
            '{"rules": [{"on": "clip", "do": {"body": {}, "raw": ""}}]}',
            "rules[0].do.raw: cannot stand beside body",
        ),
        (
            '{"rules": [{"on": "clip", "do": {"headers": []}}]}',
            "rules[0].do.headers: must be an object",
        ),
        (
            '{"rules": [{"on": "clip", "do": {"headers": {"a": 1}}}]}',
            "rules[0].do.headers.a: must be text",
        ),
        (
            '{"rules": [{"on": "submit", "do": {"word": "x"}}]}',
            "rules[0].do: word cannot be on submit",
        ),
        (
            '{"rules": [{"on": "status", "do": {"output": {}}}]}',
            "rules[0].do: output cannot be on status",
        ),
        (
            '{"rules": [{"on": "result", "do": {"truncate": 1}}]}',
            "rules[0].do: clip faults cannot be on result",
        ),
        (
            '{"rules": [{"on": "price", "request": "a", "do": {"delay": 1}}]}',
            "rules[0].request: price concerns no request",
        ),
        (
            '{"rules": [{"on": "submit", "do": {"fail": {"code": 1}}}]}',
            "rules[0].do.fail.message: is missing",
        ),
        (
            '{"rules": [{"on": "connection", "do": {"delay": 1}}]}',
            "rules[0].do: cut_request, and nothing else, can be on connection",
        ),
        (
            '{"rules": [{"on": "status", "do": {"cut_request": 1}}]}',
            "rules[0].do: cut_request, and nothing else, can be on connection",
        ),
        (
            '{"rules": [{"on": "connection", "request": "a", "do": {"cut_request": 1}}]}',
            "rules[0].request: connection concerns no request",
        ),
        (
            '{"rules": [{"on": "clip", "do": {"cut": {"how": "close"}}}]}',
            "rules[0].do.cut.bytes: is missing",
        ),
        (
            '{"rules": [{"on": "clip", "do": {"cut": {"bytes": 1, "how": "stop"}}}]}',
            "rules[0].do.cut.how: must be one of close, reset",
        ),
        ('{"rules": [{"on": "clip", "do": {"trickle": 0}}]}', "rules[0].do.trickle: must be at"),
        ('{"chaos": {}}', "chaos.seed: is missing"),
        ('{"chaos": {"seed": 1, "shares": 1}}', "chaos.shares: unknown key"),
        ('{"chaos": {"seed": 1, "on": []}}', "chaos.on: must be a list that names some"),
        ('{"chaos": {"seed": 1, "on": ["upload"]}}', "chaos.on[0]: must be one of submit"),
        ('{"chaos": {"seed": 1, "faults": ["999"]}}', "chaos.faults[0]: must be one of delay"),
        ('{"chaos": {"seed": 1, "faults": "429"}}', "chaos.faults: must be a list"),
        (
            '{"chaos": {"seed": 1, "on": ["submit"], "faults": ["no_moov"]}}',
            "chaos.faults: none of them can be on these calls",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(TroubleFileError) as error:
        read_trouble(text)
    assert str(error.value).startswith(said)


def write(path: Path, *rules: dict[str, Any], **settings: Any) -> None:
    aside = path.with_suffix(".aside")
    aside.write_text(json.dumps({"rules": rules} | settings), "utf-8")
    aside.replace(path)


def words(script: TroubleScript, prompt: str = "", calls: int = 5) -> list[str | None]:
    return [script.deed_for(CallKind.STATUS, prompt).word for _ in range(calls)]


def told(word: str, **fields: Any) -> dict[str, Any]:
    return {"on": "status", "do": {"word": word}} | fields


def test_rules_are_counted_and_taken_in_order(tmp_path: Path) -> None:
    path = tmp_path / "trouble.json"
    write(path, told("a", skip=1, times=2), told("b", times=1), told("c", times=None))
    assert words(TroubleScript(path)) == ["b", "a", "a", "c", "c"]


def test_a_rule_may_be_about_one_request(tmp_path: Path) -> None:
    path = tmp_path / "trouble.json"
    write(path, told("a", request="sea", times=None))
    script = TroubleScript(path)
    assert words(script, "a calm sea", 2) == ["a", "a"]
    assert words(script, "a hill", 2) == [None, None]
    assert script.deed_for(CallKind.STATUS, None) == Deed()
    assert script.deed_for(CallKind.RESULT, "a calm sea") == Deed()


def test_dice_fall_the_same_for_the_same_seed(tmp_path: Path) -> None:
    path = tmp_path / "trouble.json"
    rule = told("a", chance=0.5, times=None)
    write(path, rule, chance_seed=1)
    first = words(TroubleScript(path), calls=40)
    assert words(TroubleScript(path), calls=40) == first
    assert {*first} == {"a", None}
    write(path, rule, chance_seed=2)
    assert words(TroubleScript(path), calls=40) != first


def test_the_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "trouble.json"
    write(path, told("a", times=1))
    script = TroubleScript(path)
    assert words(script, calls=2) == ["a", None]
    assert not script.refresh()
    write(path, told("a", times=1))
    assert script.refresh()
    assert words(script, calls=2) == ["a", None]


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "trouble.json"
    with pytest.raises(TroubleFileError, match=r"trouble\.json"):
        TroubleScript(path)
    path.write_bytes(b"\xff")
    with pytest.raises(TroubleFileError, match=r"trouble\.json"):
        TroubleScript(path)
    write(path, queue_secs=1)
    with pytest.raises(TroubleFileError, match=r"trouble\.json: queue_secs"):
        TroubleScript(path)
    os.utime(path)
    assert not TroubleScript(None).refresh()
