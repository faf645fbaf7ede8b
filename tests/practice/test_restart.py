"""What survives: SIGKILL at any moment, restarts, a second start, the end of the parent."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from dreamina_desktop.practice import process, render_crew
from dreamina_desktop.practice.addresses import Addresses
from dreamina_desktop.practice.child_command import (
    child_command,
    child_environment,
    practice_command,
)
from dreamina_desktop.practice.ledger import Ledger, LedgerLine
from dreamina_desktop.practice.process import PracticeProcess, PracticeStartError
from dreamina_desktop.practice.render_order import RenderOrder
from tests.practice.caller import MODEL, QUICKEST, SMALL_URI, Caller
from tests.practice_server import PracticeServer, PracticeStart

HELD = {**QUICKEST, "queue_seconds": 3600}


def again(caller: Caller) -> Caller:
    """Kill the server, start it again on the same port, and speak to it on a new connection."""
    caller.server.kill()
    caller.server.restart()
    return Caller(caller.server)


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_everything_is_known_again_after_a_kill(own_caller: Caller) -> None:
    url, key = own_caller.server.url, own_caller.server.key
    finished = own_caller.submit("finished")
    clip = own_caller.clip_of(finished)
    address = own_caller.result(finished)["output"]["video"]
    own_caller.server.trouble(**HELD)
    cancelled, queued = own_caller.submit("cancelled"), own_caller.submit("queued")
    own_caller.cancel(cancelled)
    balance, ledger = own_caller.balance(), own_caller.server.ledger()
    with again(own_caller) as caller:
        assert (caller.server.url, caller.server.key) == (url, key)
        assert caller.status(queued)["queue_position"] == 1
        assert caller.status(cancelled)["status"] == "cancelled"
        assert caller.bare.get(address).content == clip
        assert caller.clip_of(finished) == clip
        assert caller.balance() == balance
        assert caller.server.ledger() == ledger
        caller.server.trouble(**QUICKEST)
        assert caller.finished(queued)["status"] == "succeeded"


def test_a_request_in_progress_goes_on_after_a_kill(start_practice: PracticeStart) -> None:
    server = start_practice(clip_scale=0.2, frames_override=240)
    with Caller(server) as before:
        request_id = before.submit("in progress", seed=5)
        before.reach(request_id, "in_progress")
        part = server.data_dir / "clips" / f"{request_id}.mp4.part"
        assert eventually(part.exists)
        with again(before) as caller:
            assert caller.status(request_id)["status"] in ("in_progress", "completed")
            clip = caller.clip_of(request_id)
            assert caller.clip_of(caller.submit("in progress", seed=5)) == clip
            assert not list(server.data_dir.glob("*/*.part"))


def test_a_clip_is_never_there_by_half(own_caller: Caller) -> None:
    """The clip gets its name only when it is whole, even if the renderer dies on the way."""
    own_caller.server.trouble(clip_scale=0.3, frames_override=300, balance=100)
    request_id = own_caller.submit()
    clips = own_caller.server.data_dir / "clips"
    assert eventually(lambda: any(clips.glob("*.part")))
    assert not (clips / f"{request_id}.mp4").exists()
    for worker in _children(own_caller.server.pid):
        os.kill(worker, signal.SIGKILL)
    # The server notices, and has another process do it.
    assert own_caller.finished(request_id)["status"] == "succeeded"


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_the_rendering_process_ends_with_its_server(own_caller: Caller) -> None:
    own_caller.server.trouble(clip_scale=1, balance=100)
    own_caller.reach(own_caller.submit(), "in_progress")
    workers = _children(own_caller.server.pid)
    assert workers
    own_caller.server.kill()
    assert eventually(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text("ascii").split()]


def test_the_line_is_in_the_ledger_when_the_answer_leaves(own_caller: Caller) -> None:
    for number in range(20):
        request_id = own_caller.submit(f"take {number}")
        assert own_caller.server.ledger()[-1].request_id == request_id


@pytest.mark.parametrize("torn", ["", '{"accepted": true, "request_id": "'])
def test_a_line_that_a_crash_swallowed_is_written_at_the_next_start(
    own_caller: Caller, torn: str
) -> None:
    kept, swallowed = own_caller.submit("kept"), own_caller.submit("swallowed")
    own_caller.server.kill()
    # The state between the two writes: the book has the request, the ledger has not.
    ledger = own_caller.server.data_dir / "ledger.jsonl"
    ledger.write_text(ledger.read_text("utf-8").splitlines(keepends=True)[0] + torn, "utf-8")
    with sqlite3.connect(own_caller.server.data_dir / "requests.sqlite") as book:
        book.execute("UPDATE requests SET in_ledger = 0")
    book.close()
    own_caller.server.restart()
    rows = own_caller.server.ledger()
    assert [(row.request_id, row.prompt) for row in rows] == [
        (kept, "kept"),
        (swallowed, "swallowed"),
    ]
    own_caller.server.restart()
    assert own_caller.server.ledger() == rows


def test_another_ledger_gets_only_what_comes_from_now_on(
    start_practice: PracticeStart, tmp_path: Path
) -> None:
    server = start_practice(**QUICKEST)
    with Caller(server) as caller:
        caller.submit("before")
    server.stop()
    elsewhere = tmp_path / "other" / "ledger.jsonl"
    with PracticeProcess(server.data_dir, ledger=elsewhere):
        pass
    assert elsewhere.read_text("utf-8") == ""


def test_a_folder_has_one_server(practice: PracticeServer) -> None:
    with pytest.raises(PracticeStartError, match="another practice server works in"):
        PracticeProcess(practice.data_dir)
    assert practice.accepted() == []


def test_a_port_that_is_taken_is_an_error(practice: PracticeServer, tmp_path: Path) -> None:
    port = int(practice.url.rsplit(":", 1)[1])
    with pytest.raises(PracticeStartError, match=r"(?i)in use|permitted"):
        PracticeProcess(tmp_path / "other", port=port)


def test_a_trouble_file_with_a_slip_is_an_error_at_start(tmp_path: Path) -> None:
    trouble = tmp_path / "trouble.json"
    trouble.write_text('{"queue_secs": 1}', "utf-8")
    with pytest.raises(PracticeStartError) as error:
        PracticeProcess(tmp_path / "data", trouble=trouble)
    assert error.value.reason == f"practice: {trouble}: queue_secs: unknown key"


def test_it_can_be_stopped_twice_and_says_nothing(practice: PracticeServer) -> None:
    assert practice.stop() == 0
    assert practice.stop() == 0
    assert practice.log() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send these signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_to_all_ends_it_in_good_order(tmp_path: Path, name: str) -> None:
    """As Ctrl+C in a terminal does it: the rendering process hears it too."""
    trouble = tmp_path / "trouble.json"
    trouble.write_text(json.dumps({"queue_seconds": 0}), "utf-8")
    process = subprocess.Popen(
        child_command("practice", "--data-dir", str(tmp_path), "--trouble", str(trouble)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
        start_new_session=True,
    )
    assert process.stdout is not None
    hello = json.loads(process.stdout.readline())
    with httpx.Client(
        base_url=hello["url"], headers={"authorization": f"Bearer {hello['key']}"}, trust_env=False
    ) as client:
        body = {"prompt": "interrupted", "image_urls": [SMALL_URI]}
        assert client.post(MODEL, json=body).status_code == 200
        assert eventually(lambda: any(tmp_path.glob("clips/*.part")))
        os.killpg(process.pid, getattr(signal, name))
        out, errors = process.communicate()
    assert (process.returncode, out, errors) == (0, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send these signals")
def test_a_child_leaves_ctrl_c_to_its_parent(own_caller: Caller) -> None:
    os.kill(own_caller.server.pid, signal.SIGINT)
    assert own_caller.submit() is not None
    os.kill(own_caller.server.pid, signal.SIGTERM)
    assert own_caller.server.stop() == 0
    assert own_caller.server.log() == ""


def test_open_answers_do_not_hold_up_the_end(start_practice: PracticeStart) -> None:
    """A hanging call, a slow clip and an idle connection do not hold up the end."""
    server = start_practice(**QUICKEST)
    with Caller(server) as caller:
        address = caller.finished(caller.submit())["output"]["video"]
        server.trouble({"on": "clip", "do": {"rate": 100}}, {"on": "balance", "do": {"hang": 3600}})
        with httpx.Client(trust_env=False) as client, client.stream("GET", address) as slow:
            pieces = slow.iter_raw()
            next(pieces)
            assert server.stop() == 0
            with pytest.raises(httpx.RemoteProtocolError):
                list(pieces)
    assert server.log() == ""


def test_the_first_line_is_url_and_key_and_nothing_follows(tmp_path: Path) -> None:
    process = subprocess.Popen(
        child_command("practice", "--data-dir", str(tmp_path), "--stop-with-parent"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
    )
    assert process.stdout is not None
    hello = json.loads(process.stdout.readline())
    assert list(hello) == ["url", "key"]
    assert hello["url"].startswith("http://127.0.0.1:")
    assert hello["key"] == (tmp_path / "key").read_text("ascii")
    headers = {"authorization": f"Bearer {hello['key']}"}
    answer = httpx.get(hello["url"] + "/prod/v2/balance", headers=headers, trust_env=False)
    assert answer.json() == {"balance_usd": 25.0, "currency": "USD"}
    out, errors = process.communicate()
    assert (process.returncode, out, errors) == (0, b"", b"")


@pytest.mark.parametrize(
    "command",
    [child_command("practice", "--stop-with-parent"), practice_command("--stop-with-parent")],
)
def test_without_a_folder_it_takes_the_users(tmp_path: Path, command: list[str]) -> None:
    process = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=child_environment(),
    )
    assert process.returncode == 0
    found = list((tmp_path / "home").rglob("practice/key"))
    assert len(found) == 1
    assert "Dreamina Desktop" in str(found[0])


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_a_port_must_be_one(port: str) -> None:
    process = subprocess.run(
        child_command("practice", "--port", port),
        capture_output=True,
        check=False,
        env=child_environment(),
    )
    assert process.returncode == 2
    assert b"--port" in process.stderr


def test_no_key_of_the_user_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNCOMFY_API_TOKEN", "secret")
    monkeypatch.setenv("YOUR_API_TOKEN", "secret")
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    environment = child_environment()
    assert "secret" not in environment.values()
    assert environment["PYTHONPATH"].endswith(os.pathsep + "somewhere")


def test_a_frozen_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert child_command("practice") == [sys.executable, "practice"]
    assert practice_command("--port", "0") == [sys.executable, "practice", "--port", "0"]
    assert "PYTHONPATH" not in child_environment()


def test_a_process_that_says_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_START_SECONDS", 0.01)
    with pytest.raises(PracticeStartError):
        PracticeProcess(tmp_path)


def test_a_killed_server_is_not_running(practice: PracticeServer, tmp_path: Path) -> None:
    with PracticeProcess(tmp_path / "own") as process:
        assert process.is_running()
        assert process.kill() != 0
        assert not process.is_running()
    assert PracticeProcess(tmp_path / "own").stop() == 0


def test_a_ledger_line_survives_any_prompt(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    prompt = 'half \ud83d, line\u2028end, \n, quote "'
    line = LedgerLine(
        accepted=True,
        request_id="a",
        prompt=prompt,
        frames=121,
        seed=1,
        image_sha256=None,
        error=None,
    )
    ledger.append(line)
    ledger.append(line)
    rows = [json.loads(row) for row in (tmp_path / "ledger.jsonl").read_text("ascii").splitlines()]
    assert [row["prompt"] for row in rows] == [prompt, prompt]
    assert list(rows[0]) == [
        "accepted", "request_id", "prompt", "frames", "seed", "image_sha256", "error"
    ]  # fmt: skip
    assert ledger.request_ids() == {"a"}


def test_a_request_that_waits_in_the_queue_finds_its_renderer_ready(
    start_practice: PracticeStart,
) -> None:
    with Caller(start_practice(queue_seconds=0.2, frames_override=3)) as caller:
        assert caller.finished(caller.submit())["status"] == "succeeded"
        assert caller.finished(caller.submit())["status"] == "succeeded"


async def test_a_renderer_that_keeps_dying_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_crew, "practice_command", lambda *_: [sys.executable, "-c", "pass"])
    crew = render_crew.RenderCrew()
    with pytest.raises(render_crew.RenderFailedError, match="died twice"):
        await crew.render(RenderOrder("a", "b", "p", 1, 1, 1.0))
    await crew.close()


def test_marks_about_a_request_stay_where_there_is_none() -> None:
    addresses = Addresses("http://127.0.0.1:1", "practice-key")
    filled = addresses.filled("$url $id $clip", None, 0.0)
    assert filled == "http://127.0.0.1:1 $id $clip"
    assert SMALL_URI not in filled
