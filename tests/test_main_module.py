"""The program where the terminal cannot show a character, or where there is no terminal."""

from __future__ import annotations

import os
import subprocess
import sys

from dreamina_desktop.resources import SAMPLE_PICTURE, resource

# What a program finds that was started without a console.
_NO_TERMINAL = """
import sys
sys.stdout = sys.stderr = None
from dreamina_desktop.__main__ import main
sys.exit(main())
"""
# Its answer holds a sign of multiplication, which is no ASCII.
_CHECK = ("check", str(resource(SAMPLE_PICTURE)))


def run(*arguments: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    """Python with output of that encoding."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )


def test_a_sign_that_the_terminal_cannot_show_ends_nothing() -> None:
    whole = run("-m", "dreamina_desktop", *_CHECK, encoding="utf-8")
    plain = run("-m", "dreamina_desktop", *_CHECK, encoding="ascii")
    assert (whole.returncode, whole.stderr) == (0, b"")
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert "×" in whole.stdout.decode("utf-8")
    # Every line is there.
    assert plain.stdout.decode("ascii") == whole.stdout.decode("utf-8").replace("×", r"\xd7")


def test_a_sentence_that_nobody_hears_ends_nothing() -> None:
    said = run("-c", _NO_TERMINAL, *_CHECK, encoding="utf-8")
    assert (said.returncode, said.stdout, said.stderr) == (0, b"", b"")
    # What is wrong goes to stderr, which is not there either; the exit code tells.
    refused = run("-c", _NO_TERMINAL, "check", "no-such-picture.png", encoding="utf-8")
    assert (refused.returncode, refused.stdout, refused.stderr) == (2, b"", b"")
