from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import Console
from tests.practice_server import PracticeServer


@pytest.fixture
def console(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    practice: PracticeServer,
) -> Console:
    """A terminal, an empty profile and a practice server."""
    return Console(tmp_path, capsys, monkeypatch, practice)
