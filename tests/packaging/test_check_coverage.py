"""The floors hold: the report of a made-up run passes or fails as it should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.scripts import load_script

check_coverage = load_script("check_coverage")


def measured(lines: int, covered: int, branches: int = 0, taken: int = 0) -> dict[str, Any]:
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": covered,
            "num_branches": branches,
            "covered_branches": taken,
        },
        "missing_lines": list(range(1, 1 + lines - covered)),
        "missing_branches": [[7, -1]] * (branches - taken),
    }


GOOD = {
    "dreamina_desktop/core/job.py": measured(100, 100, 20, 20),
    "dreamina_desktop/core/deep/x.py": measured(3, 3),
    "dreamina_desktop/jobs/engine.py": measured(50, 50, 10, 10),
    "dreamina_desktop\\api\\client.py": measured(90, 86, 10, 9),
    "dreamina_desktop/store/library.py": measured(100, 100),
    "dreamina_desktop/cli.py": measured(100, 0),
}


def verdict(tmp_path: Path, files: dict[str, Any]) -> int:
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"files": files}), encoding="utf-8")
    code: int = check_coverage.main(report)
    return code


def test_rooms_at_their_floor_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict(tmp_path, GOOD) == 0
    assert "api: 95.00 % covered (floor 95 %)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("dreamina_desktop/core/job.py", measured(20000, 19999)),
        ("dreamina_desktop/core/job.py", measured(100, 100, 20, 19)),
        ("dreamina_desktop/jobs/engine.py", measured(50, 49, 10, 10)),
        ("dreamina_desktop/store/library.py", measured(1000, 949)),
    ],
)
def test_a_room_below_its_floor_fails_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, data: dict[str, Any]
) -> None:
    assert verdict(tmp_path, {**GOOD, file: data}) == 1
    told = capsys.readouterr().out
    assert "BELOW" in told
    assert f"  {file}: " in told
    assert ("7->-1" in told) == bool(data["missing_branches"])


def test_a_room_that_nobody_measured_fails(tmp_path: Path) -> None:
    files = {name: data for name, data in GOOD.items() if "/jobs/" not in name}
    assert verdict(tmp_path, files) == 1
