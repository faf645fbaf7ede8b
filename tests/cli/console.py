"""Runs command lines inside this process, as a person would type them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.cli import run
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.practice_server import PracticeServer

SAMPLE = str(resource(SAMPLE_PICTURE))


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Console:
    """A person at a terminal, with a key for the practice server."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        server: PracticeServer,
    ) -> None:
        self.profile = folder / "profile"
        self.clips = folder / "clips"
        self.server = server
        self.key = server.key
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    @property
    def database(self) -> Path:
        """The profile's rows, for a look past the program."""
        return self.profile / "dreamina.sqlite"

    def type(self, command: str, *words: str) -> Said:
        """One command line on this profile, against the practice server."""
        if self.key:
            # Commands take the key out of the environment, as they shall; so it is put back.
            self._monkeypatch.setenv("RUNCOMFY_API_TOKEN", self.key)
        where = ["--data-dir", str(self.profile), "--api-url", self.server.url]
        return self.bare(command, *words, *where)

    def bare(self, *words: str) -> Said:
        """One command line exactly as typed."""
        self._capsys.readouterr()
        try:
            code = run(list(words))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = self._capsys.readouterr()
        return Said(int(code), out, err)

    def generate(self, *words: str, prompt: str = "It moves.", picture: str = SAMPLE) -> Said:
        """``generate --json`` into the folder for clips."""
        return self.type(
            "generate", picture, "--prompt", prompt, "--output", str(self.clips), "--json", *words
        )


@contextmanager
def interrupted_when(console: Console, state: str) -> Iterator[None]:
    """Ctrl+C as soon as a job is in that state on disk."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            with suppress(sqlite3.Error), closing(sqlite3.connect(console.database)) as rows:
                if rows.execute("SELECT 1 FROM jobs WHERE state = ?", (state,)).fetchone():
                    os.kill(os.getpid(), signal.SIGINT)
                    return

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
