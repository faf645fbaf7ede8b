"""The key and the signatures of addresses lie nowhere: in no file, no word and no process."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from dreamina_desktop.practice.child_command import child_environment
from tests.cli.console import SAMPLE, Said
from tests.reliability import processes
from tests.reliability.desk import Desk
from tests.reliability.disguises import CANARY, disguises, found_below, found_in
from tests.reliability.forked import Host
from tests.reliability.homecoming import check_home
from tests.reliability.patience import eventually, report, side_by_side
from tests.reliability.providers import Providers
from tests.reliability.tally import Tally

_FORGED = "signature=5ee5ca1ab1e0ddba11"
_FETCHING = {"result_saved", "downloading"}
_ROWS = {"profile/dreamina.sqlite", "profile/dreamina.sqlite-journal"}
_SIGNATURE = re.compile(r"signature=(\w+)")

# What a careless server may say in its errors, in all the forms that are known to happen.
_FORMS = [
    form.decode("ascii")
    for name, form in disguises(CANARY).items()
    if name.startswith(("plain", "percent", "base64")) and "reversed" not in name
]
_BUG = """
import asyncio, logging, os, sys
from dreamina_desktop.cli import run
from dreamina_desktop.cli import job_commands

secret = os.environ["RUNCOMFY_API_TOKEN"] + " https://x.example/a?" + os.environ["SIGNED"]

async def generate(*_):
    for form in (secret, repr(secret), secret.encode()):
        logging.getLogger("shutil").warning("what %s", form)
    try:
        raise KeyError(secret)
    except KeyError as error:
        error.add_note(secret)
        raise ExceptionGroup(secret, [RuntimeError(secret), OSError(2, "no", secret)]) from error

job_commands.JobCommands.generate = generate
sys.exit(run(sys.argv[1:]))
"""
_LEAK = " ".join(
    [f"Bearer {CANARY} is no good.", f"See https://x.example/a?{_FORGED}&key={CANARY}.", *_FORMS]
)


@pytest.mark.promise(15, short=14, long=100)
def test_no_secret_is_written(
    providers: Providers,
    host: Host | None,
    tmp_path: Path,
    subtests: pytest.Subtests,
    tally: Tally,
) -> None:
    """However a command ends; each has a profile and a provider of its own."""

    def run(number: int) -> None:
        is_told = number < len(STORIES)
        forks = None if is_told else host
        with providers.one() as server, Desk(tmp_path / str(number), server, forks) as desk:
            if is_told:
                STORIES[number](desk)
            else:
                killed_at_any_moment(desk, random.Random(number))
            tally.fell(_check(desk))

    stories = {
        f"{number} {_story(number)}": partial(run, number)
        for number in range(max(tally.trials, len(STORIES)))
    }
    report(side_by_side(stories), subtests)
    tally.ran(len(stories))
    # Nor in the places that nobody asked for.
    assert found_below(tmp_path / "home", [CANARY]) == {}


def _story(number: int) -> str:
    story = STORIES[number].__name__ if number < len(STORIES) else killed_at_any_moment.__name__
    return story.replace("_", " ")


def _check(desk: Desk) -> str:
    assert found_below(desk.folder, [CANARY]) == {}
    for request in desk.server.requests():
        of_a_file = request.path.startswith("/clips/")
        assert (request.had_key, request.key_anywhere) == (not of_a_file, not of_a_file), request
        assert found_in(f"{request.path}?{request.query}".encode(), [CANARY]) == []
    queries = [request.query for request in desk.server.requests(".mp4")]
    signatures = [_SIGNATURE.findall(query)[0] for query in [_FORGED, *queries]]
    states = {row.state for row in desk.rows.look()}
    # A download can only be gone on with by its address: until the end that is in the row.
    allowed = _ROWS if states & _FETCHING else set()
    assert set(found_below(desk.folder, signatures)) <= allowed
    return ", ".join(sorted(states)) or "nothing begun"


def a_clip_at_a_second_try(desk: Desk) -> None:
    desk.server.trouble({"on": "clip", "do": {"drop": "before"}})
    said = _generated(desk, 0, "done")
    assert len(desk.server.requests(".mp4")) == 2
    check_home(desk, said.json)


def a_refused_key(desk: Desk) -> None:
    answer = {"status": 401, "body": {"error_message": _LEAK}}
    desk.server.trouble({"on": "price", "do": answer}, {"on": "submit", "do": answer})
    _generated(desk, 3, "prepared")


def a_refused_submit(desk: Desk) -> None:
    answer = {"status": 422, "body": {"detail": [{"loc": ["body", _LEAK], "msg": _LEAK}]}}
    desk.server.trouble({"on": "submit", "do": answer})
    _generated(desk, 4, "rejected")


def a_lost_answer(desk: Desk) -> None:
    lost = {"status": 500, "headers": {"x-what": "no"}, "raw": _LEAK}
    desk.server.trouble({"on": "submit", "do": {"lost_status": lost}})
    _generated(desk, 6, "unknown")


def a_failed_request(desk: Desk) -> None:
    why = f"No good: https://x.example/a?{_FORGED}"
    desk.server.trouble({"on": "submit", "do": {"fail": {"code": 50411, "message": why}}})
    _generated(desk, 4, "failed")


def an_address_that_is_refused(desk: Desk) -> None:
    output = {"video": f"https://10.0.0.1/a.mp4?{_FORGED}"}
    desk.server.trouble({"on": "result", "do": {"output": output}})
    _generated(desk, 6, "downloading")


def killed_in_the_middle_of_the_download(desk: Desk) -> None:
    desk.server.trouble({"on": "clip", "do": {"rate": 20_000}})
    command = desk.generate()
    command.until(lambda: [1 for part in desk.downloads() if part.stat().st_size], "the download")
    command.kill()


def killed_and_resumed(desk: Desk) -> None:
    killed_in_the_middle_of_the_download(desk)
    desk.server.trouble()
    assert desk.say("resume").code == 0
    assert desk.rows.states() == ("done",)


def an_address_that_has_expired(desk: Desk) -> None:
    desk.server.trouble({"on": "clip", "do": {"status": 403}})
    said = _generated(desk, 0, "done")
    assert len(desk.server.requests(".mp4")) == 2
    check_home(desk, said.json)


def a_bug_of_ours(desk: Desk) -> None:
    """What it says, what led to it, and what a library then logs hold all that is secret."""
    where = ("--data-dir", str(desk.profile), "--api-url", desk.server.url)
    said = subprocess.run(
        [sys.executable, "-c", _BUG, "generate", SAMPLE, "--prompt", "x", *where],
        env=child_environment() | {"RUNCOMFY_API_TOKEN": desk.server.key, "SIGNED": _FORGED},
        capture_output=True,
        check=False,
    )
    (desk.said / "bug.out").write_bytes(said.stdout + said.stderr)
    assert said.stderr.count(b"what ") >= 3
    assert b"crash.log" in said.stderr
    kept = (desk.profile / "crash.log").read_text("utf-8")
    assert "ExceptionGroup" in kept
    assert "RuntimeError" in kept


def killed_at_any_moment(desk: Desk, chance: random.Random) -> None:
    """Twice, and then resumed."""
    desk.server.trouble({"on": "clip", "do": {"rate": 400_000}})
    command = desk.generate()
    time.sleep(chance.uniform(0.3, 2.5))
    command.kill()
    command = desk.start("resume", "--json")
    time.sleep(chance.uniform(0.3, 2.5))
    command.kill()
    desk.server.trouble()
    desk.rows.settled()
    desk.say("resume")


def a_question_about_the_key(desk: Desk) -> None:
    assert desk.start("key", "check").end().code == 0
    desk.server.trouble({"on": "price", "do": {"status": 401, "body": {"detail": _LEAK}}})
    assert desk.start("key", "check").end().code == 3


STORIES = (
    a_clip_at_a_second_try,
    a_refused_key,
    a_refused_submit,
    a_lost_answer,
    a_failed_request,
    an_address_that_is_refused,
    killed_in_the_middle_of_the_download,
    killed_and_resumed,
    an_address_that_has_expired,
    a_bug_of_ours,
    a_question_about_the_key,
)


def _generated(desk: Desk, code: int, state: str) -> Said:
    said = desk.generate().end()
    assert (said.code, said.json["state"]) == (code, state), said
    return said


@pytest.mark.skipif(not processes.can_be_seen(), reason="needs Linux's view of processes")
def test_no_process_is_given_the_key(providers: Providers, tmp_path: Path) -> None:
    """In practice mode a server and a renderer are started while the user's key is about."""
    with providers.one() as unused, Desk(tmp_path / "desk", unused) as desk:
        where = ("--data-dir", str(desk.profile), "--practice")
        command = desk.start("generate", SAMPLE, "--prompt", "x", where=where)
        command.until(lambda: len(processes.below(command.pid)) >= 2, "server and renderer")
        family = processes.below(command.pid)
        command.kill()
        for process in family:
            assert b"practice" in process.arguments
            assert b"PATH=" in process.environment
            assert found_in(process.arguments + process.environment, [CANARY]) == []
        eventually(lambda: not any(processes.exists(one.pid) for one in family), "their end")
        assert found_below(desk.folder, [CANARY]) == {}
        assert unused.requests() == []


@pytest.mark.skipif(not processes.can_be_seen(), reason="needs Linux's view of processes")
def test_the_window_and_its_children_are_not_given_it_either(
    providers: Providers, tmp_path: Path
) -> None:
    """The window decodes pictures in a process of its own."""
    with providers.one() as server, Desk(tmp_path / "desk", server) as desk:
        where = ("--data-dir", str(desk.profile), "--api-url", server.url)
        window = desk.start("--prompt", "It moves.", SAMPLE, where=where)
        window.until(lambda: processes.below(window.pid), "the picture process")
        window.until(lambda: server.requests("/balance"), "a question with the key")
        eventually(lambda: (desk.profile / "settings.json").exists(), "the draft's settings")
        family = processes.below(window.pid)
        assert family
        for process in family:
            assert found_in(process.arguments + process.environment, [CANARY]) == []
        os.kill(window.pid, signal.SIGTERM)
        assert window.end().code == 0
        assert found_below(desk.folder, [CANARY]) == {}


def test_a_secret_is_found_in_every_disguise(tmp_path: Path) -> None:
    """In a file's content, whatever its case, and in its name."""
    for number, form in enumerate(disguises(CANARY).values()):
        (tmp_path / str(number)).write_bytes(b"so " + form.swapcase() + b" it is")
    assert len(found_below(tmp_path, [CANARY])) == len(disguises(CANARY))
    (tmp_path / "hidden-word").touch()
    assert list(found_below(tmp_path, ["den-wo"])) == ["hidden-word"]
    assert found_in(b"nothing of that kind", [CANARY]) == []
