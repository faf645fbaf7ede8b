"""The scorecard's own rules: each row has a test, and each test a row."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from tests.reliability.scorecard import SCORECARD
from tests.reliability.tally import Tally


def test_every_row_has_a_test() -> None:
    marked = {row for path in Path(__file__).parent.glob("test_*.py") for row in _rows(path)}
    assert marked == {promise.row for promise in SCORECARD}


def test_what_fell_out_is_kept(tmp_path: Path) -> None:
    tally = Tally(7, "tests/reliability/test_x.py::test_of_a_promise[one]", 3)
    tally.fell("done")
    tally.fell("unknown", 2)
    tally.keep(tmp_path / "soak", passed=True)
    (kept,) = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "soak").iterdir()]
    assert (kept["row"], kept["part"], kept["trials"]) == (7, "of a promise[one]", 3)
    assert (kept["fell_out"], kept["passed"]) == ({"done": 1, "unknown": 2}, True)


def test_a_count_that_is_found_out_is_the_one_that_is_kept(tmp_path: Path) -> None:
    tally = Tally(3, "x::test_all", 1)
    tally.ran(70)
    tally.keep(tmp_path / "soak", passed=False)
    (kept,) = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "soak").iterdir()]
    assert (kept["trials"], kept["passed"]) == (70, False)


def _rows(path: Path) -> set[int]:
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "promise"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, int)
    }
