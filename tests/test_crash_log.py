from __future__ import annotations

from pathlib import Path

from dreamina_desktop.crash_log import record_crash


def test_a_report_is_kept_with_its_moment_and_version(tmp_path: Path) -> None:
    path = record_crash(tmp_path / "profile", "RuntimeError: \ud800 gone")
    text = path.read_text("utf-8")
    assert text.startswith("--- 20")
    assert text.endswith("RuntimeError: \\ud800 gone\n")


def test_crashes_add_up_and_old_ones_are_set_aside(tmp_path: Path) -> None:
    record_crash(tmp_path, "one")
    path = record_crash(tmp_path, "two")
    assert "one" in path.read_text("utf-8")
    with path.open("a", encoding="utf-8") as log:
        log.write("x" * 1_000_001)
    record_crash(tmp_path, "three")
    assert "one" in (tmp_path / "crash.old.log").read_text("utf-8")
    assert "two" not in path.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    record_crash(file, "x")
