"""When to ask the provider next. Pure: clocks and chance are handed in.

The figures are the politeness that ``docs`` promise: at most two requests a second in all; up to
16 jobs at the provider are each asked at least every ten seconds, above that every (jobs / 2) s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class PollingRules:
    """All in seconds, but ``requests_per_second`` and ``patient_jobs``.

    ``longest`` leaves four of the ten seconds for the turns of others, and for the two further
    requests by which a clip that is made comes home: at four seconds, four clips made at once.
    A request counts as missing once the provider has said so for ``missing_told``, or something
    that only looks like the provider for ``missing_hinted``.
    """

    first: float = 1.5
    growth: float = 1.15
    longest: float = 6.0
    strange_word: float = 30.0
    requests_per_second: int = 2
    patient_jobs: int = 16
    back_off_first: float = 1.0
    back_off_longest: float = 60.0
    look_around: float = 2.0
    sleep_gap: float = 5.0
    missing_told: float = 10.0
    missing_hinted: float = 600.0


def next_poll(rules: PollingRules, asked: int, at_provider: int) -> float:
    """Seconds until a job that was asked ``asked`` times is asked again.

    A young job is asked often, an old one every ``longest`` seconds; with more than
    ``patient_jobs`` at the provider each waits its share of the two requests a second.
    """
    steady = min(rules.longest, rules.first * rules.growth ** min(asked, 100))
    if at_provider > rules.patient_jobs:
        return max(steady, at_provider / rules.requests_per_second)
    return steady


def back_off(rules: PollingRules, failures: int, chance: float) -> float:
    """Seconds after the ``failures``-th failure in a row, 1 …; ``chance`` in 0 … 1.

    Doubles up to ``back_off_longest``, spread over its upper half, so that many programs cut off
    by one outage do not come back in one moment.
    """
    full = min(rules.back_off_longest, rules.back_off_first * 2.0 ** min(failures - 1, 30))
    return full * (0.5 + chance / 2)


def after_refusal(
    rules: PollingRules, failures: int, chance: float, retry_after: float | None
) -> float:
    """Seconds to wait after a 429 or 5xx: what the server asked for, and never less."""
    own = back_off(rules, failures, chance)
    return own if retry_after is None else max(retry_after, own)


def at(now: datetime, seconds: float) -> datetime:
    """``now`` and so many seconds; a wait beyond the calendar becomes the calendar's end."""
    try:
        return now + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=now.tzinfo)


def has_slept(rules: PollingRules, wall_seconds: float, awake_seconds: float) -> bool:
    """Whether the machine slept, or its clock was set, between two looks at both clocks.

    Looks are at most ``look_around`` apart. A wall clock ahead of the monotonic one means that
    time passed unseen (Linux and macOS stop the monotonic one meanwhile), and so does a monotonic
    one that is far too late (Windows lets it run). A wall clock set back means that times on it
    can no longer be trusted; everything is asked again in all these cases.
    """
    parted = abs(wall_seconds - awake_seconds) > rules.sleep_gap
    return parted or awake_seconds > rules.look_around + rules.sleep_gap
