"""Two processes on one profile: one works, the other follows; nobody sends what another sent.

Each story has a profile and a provider of its own; they are told side by side, for most of their
time is waiting.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from tests.reliability.desk import Command, Desk
from tests.reliability.forked import ForkedCommand
from tests.reliability.homecoming import accepted, check_home, look_and_say, resume
from tests.reliability.patience import report, side_by_side
from tests.reliability.providers import Providers
from tests.reliability.tally import Tally

_FOR_EVER = 600  # seconds; nobody waits for that to the end


@pytest.mark.promise(21, short=0, long=0)
def test_two_processes(
    providers: Providers, tmp_path: Path, subtests: pytest.Subtests, tally: Tally
) -> None:
    tally.ran(len(STORIES))

    def run(number: int) -> None:
        with providers.one() as server, Desk(tmp_path / str(number), server) as desk:
            STORIES[number](desk)
        tally.fell("as promised")

    stories = {
        story.__name__.replace("_", " "): partial(run, number)
        for number, story in enumerate(STORIES)
    }
    report(side_by_side(stories), subtests)


def holding(desk: Desk, prompt: str) -> Command | ForkedCommand:
    """``generate``, as the holder."""
    command = desk.generate(prompt=prompt)
    command.until(lambda: desk.holder() == command.pid, "the holder")
    return command


def state_of(desk: Desk, prompt: str) -> str | None:
    return next((row.state for row in desk.rows.look() if row.prompt == prompt), None)


def contents(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file's time of change, in nanoseconds, and digest."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            sha256(path.read_bytes()).hexdigest(),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def two_at_once_on_an_empty_profile(desk: Desk) -> None:
    """Whoever is first makes the profile; both clips arrive."""
    commands = [desk.generate(prompt=prompt) for prompt in ("one", "two")]
    said = [command.end() for command in commands]
    assert [one.code for one in said] == [0, 0], said
    assert [one.json["prompt"] for one in said] == ["one", "two"]
    check_home(desk, *(one.json for one in said))
    assert len(desk.server.ledger()) == 2


def the_holder_is_killed_and_the_other_takes_over(desk: Desk) -> None:
    """Until then the other only watches what the holder does for both."""
    desk.server.trouble(queue_seconds=_FOR_EVER)
    first = holding(desk, "first")
    second = desk.generate(prompt="second")
    second.until(lambda: desk.rows.states() == ("queued", "queued"), "both in the queue")
    assert desk.holder() == first.pid
    assert second.is_running
    first.kill()
    desk.server.trouble()
    said = second.end()
    assert (said.code, said.json["prompt"], said.json["state"]) == (0, "second", "done"), said
    # The other's job was carried on as far as time allowed; it is not lost.
    resume(desk)
    check_home(desk, *desk.say("jobs").json)
    assert sorted(row.prompt or "" for row in desk.server.ledger()) == ["first", "second"]


def the_holder_is_killed_while_it_sends_for_the_other(desk: Desk) -> None:
    """The doubt is told to the one whose job it is."""
    desk.server.trouble(
        {"on": "submit", "request": "second", "do": {"hang_after": _FOR_EVER}},
        queue_seconds=_FOR_EVER,
    )
    first = holding(desk, "first")
    second = desk.generate(prompt="second")
    second.until(lambda: accepted(desk.server, "second"), "the second submit")
    assert state_of(desk, "second") == "submitting"
    first.kill()
    said = second.end()
    assert (said.code, said.json["state"]) == (6, "unknown"), said
    assert said.json["job_id"] in said.err
    desk.server.trouble()
    jobs = {job["prompt"]: job for job in resume(desk)}
    assert jobs["first"]["state"] == "done"
    check_home(desk, jobs["first"], look_and_say(desk, jobs["second"], "second"))
    assert len(desk.server.ledger()) == 2


def another_process_cancels_what_is_queued(desk: Desk) -> None:
    desk.server.trouble(queue_seconds=_FOR_EVER)
    working = desk.generate()
    working.until(lambda: desk.rows.states() == ("queued",), "queued")
    cancelled = desk.say("cancel", desk.rows.look()[0].id)
    assert (cancelled.code, cancelled.json["state"]) == (0, "cancelled"), cancelled
    said = working.end()
    assert (said.code, said.json["state"], said.json["file"]) == (4, "cancelled", None), said
    assert desk.files() == []
    assert len(desk.server.requests("/cancel")) == 1


def another_process_cannot_cancel_what_is_running(desk: Desk) -> None:
    # What an earlier story left on this server may be in the works too.
    desk.server.trouble(run_seconds=_FOR_EVER, workers=4)
    working = desk.generate()
    working.until(lambda: desk.rows.states() == ("running",), "running")
    refused = desk.say("cancel", desk.rows.look()[0].id)
    assert (refused.code, refused.json["state"]) == (4, "running"), refused
    assert "Too late" in refused.err
    desk.server.trouble()
    said = working.end()
    assert said.code == 0, said
    check_home(desk, said.json)
    assert len(desk.server.requests("/cancel")) == 1


def jobs_only_reads(desk: Desk) -> None:
    desk.server.trouble({"on": "submit", "do": {"hang_after": _FOR_EVER}})
    desk.generate().until(desk.server.accepted, "the submit")
    before = contents(desk.profile), len(desk.server.requests())
    listed = desk.say("jobs")
    assert listed.code == 0
    assert [job["state"] for job in listed.json] == ["submitting"]
    assert (contents(desk.profile), len(desk.server.requests())) == before


def nobody_takes_over_from_a_holder_that_lives(desk: Desk) -> None:
    """While the holder's submit is out, a second process must not call it a doubt."""
    desk.server.trouble({"on": "submit", "do": {"delay": 3}})
    first = holding(desk, "first")
    first.until(lambda: state_of(desk, "first") == "submitting", "the submit")
    following = desk.start("resume", "--json")
    following.until(lambda: following.err, "that the other has seen the row")
    said = [first.end(), following.end()]
    assert [one.code for one in said] == [0, 0], said
    assert said[1].json == [said[0].json]
    check_home(desk, *said[1].json)
    assert len(desk.server.ledger()) == 1


STORIES = (
    two_at_once_on_an_empty_profile,
    the_holder_is_killed_and_the_other_takes_over,
    the_holder_is_killed_while_it_sends_for_the_other,
    another_process_cancels_what_is_queued,
    another_process_cannot_cancel_what_is_running,
    jobs_only_reads,
    nobody_takes_over_from_a_holder_that_lives,
)
