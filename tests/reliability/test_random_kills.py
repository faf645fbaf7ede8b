"""Killed at random moments, under every trouble: nothing paid is lost, and nothing paid twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.practice_server import Settings
from tests.reliability.forked import Host
from tests.reliability.providers import Providers
from tests.reliability.random_kills import HASTE, Batch
from tests.reliability.tally import Tally

_AT_ONCE = 60

# Each window in which something can be lost lasts about as long as the rest of its life.
_SLOW: Settings = {
    "frames_override": 3,
    "workers": 4,
    "record": False,
    "queue_seconds": 0.1,
    "run_seconds": 0.1,
    "rules": [
        {"on": "submit", "times": None, "do": {"delay": 0.15}},
        {"on": "result", "times": None, "do": {"delay": 0.1}},
        {"on": "clip", "times": None, "do": {"rate": 40_000}},
    ],
}

_FAULTS = (
    "delay", "hang", "trickle", "reset_before", "reset_after", "close_before", "close_after",
    "cut_before", "cut_after", "cut_request", "429", "408", "500", "502", "503", "504", "302",
    "307", "empty", "truncated_json", "wrong_shape", "bad_gzip", "garbage", "portal", "truncate",
    "short", "wrong_length", "no_moov", "gzip_bomb", "bad_range", "rate",
)  # fmt: skip
"""All that chaos knows but other bytes at each answer: then no digest could be compared."""


def _chaos(number: int) -> Settings:
    """Faults on a third of all calls; some hang for longer than the client waits."""
    return {
        "frames_override": 3,
        "workers": 4,
        "record": False,
        "queue_seconds": 0.1,
        "chaos": {"seed": number, "share": 0.35, "faults": list(_FAULTS), "longest": 1.5 * HASTE},
    }


@pytest.mark.timeout(3600)
@pytest.mark.promise(1, short=60, long=2000)
def test_killed_at_any_moment_no_paid_job_is_lost(
    providers: Providers, host: Host | None, picture: Path, tmp_path: Path, tally: Tally
) -> None:
    for number, count in _batches(tally.trials):
        with providers.one() as server:
            batch = Batch(server, host, tmp_path / "trials", picture, _SLOW)
            for what, times in batch.run(f"calm {number}", count).items():
                tally.fell(what, times)


@pytest.mark.timeout(3600)
@pytest.mark.promise(2, short=60, long=2000)
def test_killed_in_chaos_nothing_is_sent_twice(
    providers: Providers, host: Host | None, picture: Path, tmp_path: Path, tally: Tally
) -> None:
    """A third of the trials are double clicks: two processes at once say everything."""
    for number, count in _batches(tally.trials):
        with providers.one() as server:
            folder = tmp_path / "trials"
            batch = Batch(server, host, folder, picture, _chaos(number), doubles=0.33)
            for what, times in batch.run(f"chaos {number}", count).items():
                tally.fell(what, times)


def _batches(trials: int) -> list[tuple[int, int]]:
    return [
        (number, min(_AT_ONCE, trials - start))
        for number, start in enumerate(range(0, trials, _AT_ONCE))
    ]
