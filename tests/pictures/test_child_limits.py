"""The limits themselves, each in a process that tries to go beyond it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

_HEAD = """
import sys
from dreamina_desktop.pictures.child_limits import limit_next_order, limit_this_process
limit_this_process()
"""
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="not limited there")


def run(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own that knows this checkout."""
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{_HEAD}{source}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@only_posix
def test_it_writes_no_file(tmp_path: Path) -> None:
    ran = run("open('made', 'wb', buffering=0).write(b'x')", tmp_path)
    assert "File too large" in ran.stderr
    assert sum(path.stat().st_size for path in tmp_path.rglob("made")) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="nobody else holds to it")
def test_it_gets_no_more_memory(tmp_path: Path) -> None:
    ran = run("print(len(bytes(2**30)))\nbytes(5 * 2**30)", tmp_path)
    assert ran.stdout == f"{2**30}\n"
    assert "MemoryError" in ran.stderr


@only_posix
def test_it_opens_few_files(tmp_path: Path) -> None:
    ran = run("kept = [open(sys.executable, 'rb') for _ in range(100)]", tmp_path)
    assert "Too many open files" in ran.stderr


@only_posix
def test_the_next_order_has_its_own_time(tmp_path: Path) -> None:
    burn = (
        "import time\n"
        "def burn():\n"
        "    end = time.process_time() + 1\n"
        "    while time.process_time() < end: pass\n"
        "for _ in range(2):\n"
        "    limit_next_order(1)\n"
        "    burn()\n"
        "print('orders done', flush=True)\n"
        "limit_next_order(0)\n"
        "while True: pass\n"
    )
    ran = run(burn, tmp_path)
    assert ran.stdout == "orders done\n"
    assert ran.returncode == -signal.SIGXCPU


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess; subprocess.run([sys.executable, '--version'])",
        "import os; os.system('echo begun')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import os; os.execv(sys.executable, ['python', '--version'])",
    ],
)
def test_it_begins_no_program_and_talks_to_nobody(source: str, tmp_path: Path) -> None:
    ran = run(source, tmp_path)
    assert "PermissionError" in ran.stderr
    assert ran.stdout == ""
