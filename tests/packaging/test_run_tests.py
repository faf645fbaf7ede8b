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
