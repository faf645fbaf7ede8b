"""What a person does after a crash, and what must be true when it is done."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.cli.console import Said
from tests.practice_server import LedgerRow
from tests.reliability.desk import Desk
from tests.reliability.providers import Provider

_TRIES = 5
_DOUBTS = (
    "interrupted_submit",
    "submit_uncertain",
    "answer_lost",
    "answer_unreadable",
    "portal_page",
    "provider_trouble",
)


def accepted(server: Provider, prompt: str) -> list[LedgerRow]:
    """What the provider took, and charged, of one click; the clicks have prompts of their own."""
    return [row for row in server.accepted() if row.prompt == prompt]


def resume(desk: Desk) -> list[dict[str, Any]]:
    """``resume`` until nothing goes on by itself: jobs that are done, or in doubt.

    Whatever it says, it says truly: 0 when all is done, 6 for a doubt or an interruption.
    """
    for _ in range(_TRIES):
        said = desk.say("resume")
        assert said.out, said
        jobs: list[dict[str, Any]] = said.json
        assert said.code == (0 if all(job["state"] == "done" for job in jobs) else 6), said
        if all(job["state"] in ("done", "unknown") for job in jobs):
            return jobs
    raise AssertionError(f"does not come to an end: {said}")


def look_and_say(desk: Desk, job: dict[str, Any], prompt: str) -> dict[str, Any]:
    """A job in doubt is brought home by the one who looks at the provider's own list."""
    assert job["request_id"] is None
    assert job["error"]["code"] in _DOUBTS, job
    words = last_word(desk, job["job_id"], prompt)
    said = desk.say(*words)
    if words[0] == "adopt":
        assert said.json["request_id"] == words[1]
    return _done(said)


def last_word(desk: Desk, job_id: str, prompt: str) -> tuple[str, ...]:
    """The command of the one who has looked: adopt what is there, send again what is not."""
    found = accepted(desk.server, prompt)
    if not found:
        return ("resubmit", job_id, "--yes")
    assert found[0].request_id is not None
    return ("adopt", found[0].request_id, "--job", job_id)


def check_home(desk: Desk, *jobs: dict[str, Any]) -> None:
    """One accepted submit and one whole file for each of ``jobs``, and nothing else lies about."""
    server = desk.server
    for job in jobs:
        (paid,) = accepted(server, job["prompt"])
        digest = sha256(server.clip(paid.request_id).read_bytes()).hexdigest()
        assert (job["state"], job["request_id"]) == ("done", paid.request_id)
        assert job["sha256"] == digest
        assert sha256(Path(job["file"]).read_bytes()).hexdigest() == digest
    assert desk.files() == sorted(Path(job["file"]) for job in jobs)
    assert desk.downloads() == []


def _done(said: Said) -> dict[str, Any]:
    job: dict[str, Any] = said.json
    assert (said.code, job["state"]) == (0, "done"), said
    return job
