from __future__ import annotations

from pathlib import Path

from dreamina_desktop.crash_log import record_crash


def crash(text: str) -> Exception:
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        return error


def test_a_crash_is_kept_without_secrets(tmp_path: Path) -> None:
    secret = "https://x.example/a.mp4?X-Signature=canary1 Authorization: Bearer canary2"
    path = record_crash(tmp_path / "profile", crash(f"{secret} data:image/png;base64,canary3AA=="))
    text = path.read_text("utf-8")
    assert "canary" not in text
    assert "test_crash_log.py" in text
    assert "https://x.example/a.mp4?…" in text


def test_crashes_add_up_and_old_ones_are_set_aside(tmp_path: Path) -> None:
    record_crash(tmp_path, crash("one"))
    path = record_crash(tmp_path, crash("two"))
    assert "one" in path.read_text("utf-8")
    with path.open("a", encoding="utf-8") as log:
        log.write("x" * 1_000_001)
    record_crash(tmp_path, crash("three"))
    assert "one" in (tmp_path / "crash.old.log").read_text("utf-8")
    assert "two" not in path.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    record_crash(file, crash("x"))
