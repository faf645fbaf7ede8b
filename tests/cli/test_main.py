from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dreamina_desktop import __version__
from tests.cli.console import SAMPLE, Console


def test_version_and_help(console: Console) -> None:
    assert console.bare("--version").out == f"dreamina-desktop {__version__}\n"
    said = console.bare("--help")
    assert said.code == 0
    for command in (
        "generate",
        "check",
        "jobs",
        "resume",
        "adopt",
        "resubmit",
        "cancel",
        "key",
        "diagnostics",
        "practice",
    ):
        assert command in said.out
        assert console.bare(command, "--help").code == 0


@pytest.mark.parametrize("words", [["generate"], ["jobs", "--nonsense"], ["key"]])
def test_what_makes_no_sense_is_input_refused(console: Console, words: list[str]) -> None:
    said = console.bare(*words)
    assert said.code == 2
    assert said.out == ""


def test_a_bug_is_kept_in_the_crash_log(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("dreamina_desktop.cli.jobs.list_jobs", broken)
    said = console.type("jobs")
    assert said.code == 1
    log = console.profile / "crash.log"
    assert str(log) in said.err
    assert "a bug" in log.read_text("utf-8")


def test_an_api_address_that_is_none(console: Console) -> None:
    said = console.bare(
        "generate", SAMPLE, "--prompt", "x", "--api-url", "http://example.org",
        "--data-dir", str(console.profile),
    )  # fmt: skip
    assert said.code == 2
    assert "https://" in said.err


def test_check_says_whether_a_file_can_be_sent(console: Console, tmp_path: Path) -> None:
    said = console.bare("check", SAMPLE, "--json")
    assert said.code == 0
    found = said.json
    assert list(found) == [
        "sendable",
        "width",
        "height",
        "format",
        "bytes",
        "shape",
        "crop",
        "verdicts",
    ]
    assert (found["sendable"], found["width"], found["height"]) == (True, 600, 400)
    assert (found["format"], found["shape"]) == ("PNG", "4:3")
    assert found["crop"]["height"] == 400
    assert list(found["verdicts"][0]) == [
        "code",
        "severity",
        "message",
        "measured",
        "limit",
        "cure",
    ]
    cut = tmp_path / "cut.png"
    cut.write_bytes(Path(SAMPLE).read_bytes()[:-5000])
    damaged = console.bare("check", str(cut), "--json")
    assert damaged.code == 2
    assert [v["code"] for v in damaged.json["verdicts"]] == ["picture_unreadable"]
    missing = console.bare("check", str(tmp_path / "none.png"), "--json")
    assert (missing.code, missing.json["sendable"]) == (2, False)
    assert "It can be sent." in console.bare("check", SAMPLE).out
    assert "It cannot be sent." in console.bare("check", str(cut)).out
    assert console.bare("check", str(tmp_path / "none.png")).code == 2


def test_the_key_and_where_it_comes_from(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    said = console.type("key", "check")
    assert said.code == 0
    assert "RUNCOMFY_API_TOKEN" in said.out
    assert console.key not in said.out + said.err
    monkeypatch.delenv("RUNCOMFY_API_TOKEN", raising=False)
    monkeypatch.setenv("YOUR_API_TOKEN", console.key)
    console.key = ""
    assert "YOUR_API_TOKEN" in console.type("key", "check").out
    console.key = "wrong"
    assert console.type("key", "check").code == 3
    console.key = ""
    assert console.type("key", "check").code == 3
    console.server.kill()
    console.key = "some-key"
    assert console.type("key", "check").code == 5


def test_the_whole_program_without_qt_in_practice_mode(tmp_path: Path) -> None:
    """In a process of its own, in which importing Qt would fail."""
    blocker = tmp_path / "blocked"
    (blocker / "PySide6").mkdir(parents=True)
    (blocker / "PySide6" / "__init__.py").write_text("raise ImportError('no Qt here')")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(blocker), str(Path.cwd())])}
    trouble = tmp_path / "practice" / "provider"
    trouble.mkdir(parents=True)
    made = subprocess.run(
        [sys.executable, "-W", "error", "-m", "dreamina_desktop", "generate", SAMPLE, "--practice",
         "--prompt", "It moves.", "--data-dir", str(tmp_path), "--output", str(tmp_path / "out"),
         "--json"],
        env=environment, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "Practice mode" in made.stderr
    assert Path(json.loads(made.stdout)["file"]).is_file()


def test_diagnostics_without_a_secret(console: Console) -> None:
    said = console.type("diagnostics", "--check", "--json")
    assert said.code == 0
    assert said.json["findings"]["key"] == "RUNCOMFY_API_TOKEN"
    assert said.json["findings"]["keyring"]["code"] == "keyring_unusable"
    assert [step["step"] for step in said.json["check"]] == ["way", "answer", "key"]
    assert said.json["jobs"] == {}
    assert console.key not in said.out


def test_diagnostics_of_a_connection_that_is_not_good(console: Console) -> None:
    console.server.trouble({"on": "price", "times": None, "do": {"status": 503, "raw": "No."}})
    said = console.type("diagnostics", "--check")
    assert said.code == 4
    assert "Connection check" in said.out
    assert "Versions" in console.type("diagnostics").out
