"""The tests can fail: each seeded fault is caught by some of them, and none of them without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.scripts import load_script
from tests.reliability.tally import Tally

mutants = load_script("mutants")
ALL = {mutant.name: mutant for mutant in mutants.MUTANTS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every other one in the short run, all of them in the long one."""
    if "name" in metafunc.fixturenames:
        is_long = metafunc.config.getoption("--soak") is not None
        metafunc.parametrize("name", list(ALL) if is_long else list(ALL)[::2])


@pytest.mark.promise(22, short=1, long=1)
def test_a_seeded_fault_is_caught(name: str, tally: Tally, tmp_path: Path) -> None:
    assert mutants.is_caught(ALL[name], tmp_path / "tree")
    tally.fell("caught")


@pytest.mark.promise(22, short=1, long=1)
def test_without_a_fault_all_these_tests_pass(tally: Tally, tmp_path: Path) -> None:
    tests = tuple(dict.fromkeys(test for mutant in ALL.values() for test in mutant.tests))
    mutants.copy_tree(tmp_path / "tree")
    assert not mutants.suite_fails(tmp_path / "tree", tests)
    tally.fell("passed")


def test_a_line_that_is_not_there_is_said(tmp_path: Path) -> None:
    mutants.copy_tree(tmp_path)
    wrong = mutants.Mutant("x", "core/seed.py", "no such line", "", ())
    with pytest.raises(mutants.NotApplicableError):
        mutants.apply(wrong, tmp_path)
