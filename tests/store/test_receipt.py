from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.receipt import Receipt, ReceiptKind, read_receipt, receipt_line
from tests.store.sample_jobs import NOON, adopted, everything_set, landed

KEPT = ("id", "state", "realm", "created", "spec", "folder", "request_id", "error", "attempts")


def line_of(kind: ReceiptKind = ReceiptKind.ATTEMPT, job: Job | None = None) -> bytes:
    return receipt_line(Receipt(kind, NOON, job or everything_set()))


@pytest.mark.parametrize("kind", list(ReceiptKind))
def test_what_a_new_row_needs_comes_back(kind: ReceiptKind) -> None:
    job = replace(everything_set(), state=JobState.DONE, request_id="request \udcff\n")
    receipt = Receipt(kind, NOON, job, SubmitClass.HELD)
    back = read_receipt(receipt_line(receipt))
    assert back is not None
    assert (back.kind, back.at, back.outcome) == (kind, NOON, SubmitClass.HELD)
    for name in (*KEPT, "cost", "completed"):
        assert getattr(back.job, name) == getattr(job, name), name
    assert back.job.clips == (replace(landed(1), address=""),)


def test_a_job_without_a_spec_comes_back() -> None:
    back = read_receipt(line_of(ReceiptKind.ACCEPTED, adopted()))
    assert back is not None
    assert back.job == replace(adopted(), changed=NOON, submitted=None)


def test_it_is_one_line_of_json() -> None:
    line = line_of()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert line.isascii()
    document = json.loads(line)
    assert document["receipt"]["kind"] == "attempt"
    assert set(document) == {"sum", "receipt"}


def test_no_address_of_a_result_is_written() -> None:
    assert b"results.example" not in line_of()


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_an_altered_line_is_no_receipt(data: st.DataObject) -> None:
    line = line_of().rstrip()
    at = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != line[at]))
    altered = line[:at] + bytes([byte]) + line[at + 1 :]
    # White space around a line is no part of it.
    if altered.strip() != line:
        assert read_receipt(altered) is None
    assert read_receipt(line[:at]) is None
    assert read_receipt(line[at + 1 :]) is None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_noise_is_no_receipt(noise: bytes) -> None:
    assert read_receipt(noise) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"kind":"attempt"', b'"kind":"dreamt"'),
        (b'"realm":', b'"kingdom":'),
        (b'"created":"', b'"created":"x'),
        (b'"clips":[', b'"clips":[null,'),
        (b'"cost":"0', b'"cost":"x'),
    ],
)
def test_a_later_kind_with_a_good_checksum_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes
) -> None:
    line = line_of()
    body = line[len(b'{"sum":"0123456789abcdef","receipt":') : -2]
    assert old in body
    later = body.replace(old, new)
    from dreamina_desktop.store import receipt as module

    summed = module._sum(later)
    assert read_receipt(b'{"sum":"' + summed + b'","receipt":' + later + b"}\n") is None
