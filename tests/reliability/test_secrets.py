"""The key and the signatures of addresses lie nowhere: in no file, no word and no process."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests.cli.console import SAMPLE, Said
from tests.reliability import processes
from tests.reliability.desk import Desk
from tests.reliability.disguises import CANARY, disguises, found_below, found_in
from tests.reliability.homecoming import check_home
from tests.reliability.patience import eventually, report, side_by_side
from tests.reliability.providers import Providers

_FORGED = "signature=5ee5ca1ab1e0ddba11"
_SIGNATURE = re.compile(r"signature=(\w+)")

# What a careless server may say in its errors, in all the forms that are known to happen.
_FORMS = [
    form.decode("ascii")
    for name, form in disguises(CANARY).items()
    if name.startswith(("plain", "percent", "base64")) and "reversed" not in name
]
_LEAK = " ".join(
    [f"Bearer {CANARY} is no good.", f"See https://x.example/a?{_FORGED}&key={CANARY}.", *_FORMS]
)


def test_secrets_lie_nowhere(
    providers: Providers, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """However a command ends; each has a profile and a provider of its own."""

    def run(number: int) -> None:
        with providers.one() as server, Desk(tmp_path / str(number), server) as desk:
            STORIES[number](desk)
            _check(desk)

    stories = {
        story.__name__.replace("_", " "): partial(run, number)
        for number, story in enumerate(STORIES)
    }
    report(side_by_side(stories), subtests)
    # Nor in the places that nobody asked for.
    assert found_below(tmp_path / "home", [CANARY]) == {}


def _check(desk: Desk) -> None:
    assert found_below(desk.folder, [CANARY]) == {}
    for request in desk.server.requests():
        of_a_file = request.path.startswith("/clips/")
        assert (request.had_key, request.key_anywhere) == (not of_a_file, not of_a_file), request
        assert found_in(f"{request.path}?{request.query}".encode(), [CANARY]) == []
    # A download can only be gone on with by its address: that alone may be in the rows.
    queries = [request.query for request in desk.server.requests(".mp4")]
    signatures = [_SIGNATURE.findall(query)[0] for query in [_FORGED, *queries]]
    assert set(found_below(desk.folder, signatures)) <= {"profile/dreamina.sqlite"}


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


def test_a_secret_is_found_in_every_disguise(tmp_path: Path) -> None:
    """In a file's content, whatever its case, and in its name."""
    for number, form in enumerate(disguises(CANARY).values()):
        (tmp_path / str(number)).write_bytes(b"so " + form.swapcase() + b" it is")
    assert len(found_below(tmp_path, [CANARY])) == len(disguises(CANARY))
    (tmp_path / "hidden-word").touch()
    assert list(found_below(tmp_path, ["den-wo"])) == ["hidden-word"]
    assert found_in(b"nothing of that kind", [CANARY]) == []
