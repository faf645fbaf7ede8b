"""What fails beside others may pass alone; what fails twice has failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.scripts import load_script

ALWAYS = "def test_always():\n    assert False\n"
AT_FIRST = """
from pathlib import Path

def test_at_first():
    seen = Path(__file__).with_name("seen")
    was_there = seen.exists()
    seen.touch()
    assert was_there
"""


@pytest.mark.parametrize(
    ("text", "code", "is_tried_again"),
    [
        ("def test_well():\n    pass\n", 0, False),
        (AT_FIRST, 0, True),
        (ALWAYS, 1, True),
        (AT_FIRST + ALWAYS, 1, True),
        ("\n".join(ALWAYS.replace("always", str(n)) for n in range(4)), 1, False),
        ("import nothing_of_that_name\n", 2, False),
    ],
    ids=["well", "at first", "always", "both", "too many", "no test at all"],
)
def test_what_fails_twice_has_failed(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    code: int,
    is_tried_again: bool,
) -> None:
    run_tests = load_script("run_tests")
    monkeypatch.setattr(run_tests, "_SIDE_BY_SIDE", ())
    monkeypatch.setattr(run_tests, "_COVERAGE", ("-p", "no:cov"))
    monkeypatch.setattr(run_tests, "_MORE_COVERAGE", ())
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "test_some.py").write_text(text)
    assert run_tests.main([], tmp_path) == code
    assert ("tried again alone" in capfd.readouterr().out) is is_tried_again


@pytest.mark.parametrize("has_memory", [True, False])
def test_files_lie_in_memory_where_there_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_memory: bool
) -> None:
    run_tests = load_script("run_tests")
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(run_tests, "MEMORY", memory)
    monkeypatch.setattr(run_tests, "LEAST_MEMORY", 0 if has_memory else 2**62)
    monkeypatch.setattr(run_tests, "_SIDE_BY_SIDE", ())
    monkeypatch.setattr(run_tests, "_COVERAGE", ("-p", "no:cov"))
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT", raising=False)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "test_some.py").write_text(
        f"def test_where(tmp_path):\n"
        f"    assert tmp_path.is_relative_to({str(memory)!r}) is {has_memory}\n"
    )
    assert run_tests.main([], tmp_path) == 0
    assert list(memory.iterdir()) == []
