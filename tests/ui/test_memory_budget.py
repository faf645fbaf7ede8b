"""How much memory frames may take on this computer when nobody has said so."""

from __future__ import annotations

import os
import sys

import pytest

from dreamina_desktop.app.memory import usual_budget_mb

_PAGE = 4096


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system in another way")
@pytest.mark.parametrize(
    ("total_mb", "budget_mb"),
    [(1024, 512), (2048, 512), (4096, 1024), (6000, 1500), (8192, 2048), (65536, 2048)],
)
def test_a_quarter_within_bounds(
    monkeypatch: pytest.MonkeyPatch, total_mb: int, budget_mb: int
) -> None:
    told = {"SC_PAGE_SIZE": _PAGE, "SC_PHYS_PAGES": total_mb * 1024 * 1024 // _PAGE}
    monkeypatch.setattr(os, "sysconf", told.__getitem__)
    assert usual_budget_mb() == budget_mb


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system in another way")
def test_a_system_that_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", refuse)
    assert usual_budget_mb() == 1024


def test_this_computer() -> None:
    assert 512 <= usual_budget_mb() <= 2048
