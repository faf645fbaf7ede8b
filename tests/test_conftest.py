"""The watch over every test can fail: each fixture of `conftest.py` catches its kind of mess."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_FIXTURES = "from tests.conftest import _home_of_its_own, _no_stray_log, _no_thread_left\n"
_LEAK = """
import threading
stop = threading.Event()
def test_it():
    threading.Thread(target=stop.wait, daemon=True).start()
"""
_SHORT_LEAK = """
import threading, time
def test_it():
    threading.Thread(target=time.sleep, args=(0.2,)).start()
"""
_LOG = """
import logging, pytest
def test_it():
    logging.getLogger("somewhere").warning("stray")
"""
_HOME = """
import os
from pathlib import Path
def test_it(tmp_path):
    assert Path.home() == tmp_path / "home"
    assert "RUNCOMFY_API_TOKEN" not in os.environ
    assert "YOUR_API_TOKEN" not in os.environ
    assert "https_proxy" not in os.environ
"""


def outcome(tmp_path: Path, test: str) -> str:
    """The last line that pytest says about a file with this test."""
    (tmp_path / "test_made_up.py").write_text(_FIXTURES + test, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path,
         "-c", _ROOT / "pyproject.toml", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=_ROOT,
        env=os.environ | {
            "PYTHONPATH": str(_ROOT), "RUNCOMFY_API_TOKEN": "x", "YOUR_API_TOKEN": "x",
            "https_proxy": "http://x", "PYTEST_ADDOPTS": "",
        },
    )  # fmt: skip
    return run.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (_LEAK, "1 passed, 1 error"),
        (_LOG, "1 passed, 1 error"),
        (_LOG.replace("def test", "@pytest.mark.logs\ndef test"), "1 passed in"),
        (_SHORT_LEAK, "1 passed in"),
        (_HOME, "1 passed in"),
    ],
    ids=["leaked thread", "stray log", "expected log", "short thread", "home"],
)
def test_mess_is_caught(tmp_path: Path, test: str, expected: str) -> None:
    assert outcome(tmp_path, test).startswith(expected)
