"""A profile at which command lines run, each in a process of its own that can be killed."""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from dreamina_desktop.practice.child_command import child_command, child_environment
from tests.cli.console import SAMPLE, Said
from tests.reliability.forked import ForkedCommand, Host
from tests.reliability.patience import PATIENCE_SECONDS, eventually
from tests.reliability.providers import Provider
from tests.reliability.rows import Rows


class Command:
    """One command line that runs, or has run."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        out: Path,
        stdout: int | None,
    ) -> None:
        """``stdout`` is a descriptor for its standard output; None writes it to ``out``."""
        self._out, self._err = out, out.with_suffix(".err")
        with out.open("wb") as own, self._err.open("wb") as errors:
            self._process = subprocess.Popen(
                list(arguments),
                stdin=subprocess.DEVNULL,
                stdout=own if stdout is None else stdout,
                stderr=errors,
                env=dict(environment),
            )
        self.pid = self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def err(self) -> str:
        """What it wrote on standard error so far."""
        return self._err.read_text("utf-8")

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for it while the command runs. Fails at once when that ends before."""
        eventually(lambda: condition() or not self.is_running, what)
        assert condition(), f"ended before: {what}\n{self.err}"

    def kill(self) -> None:
        """SIGKILL; TerminateProcess on Windows. Does nothing to one that has ended."""
        self._process.kill()
        self._process.wait(PATIENCE_SECONDS)

    def end(self) -> Said:
        """What it said, when it is over. Fails, and kills it, when it hangs."""
        try:
            code = self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"hung: {self.err}") from None
        return Said(code, self._out.read_text("utf-8"), self.err)


type Running = Command | ForkedCommand
"""A command that was started, or forked off."""


class Desk:
    """One profile, one folder for clips, one provider. Kills at the end what still runs."""

    def __init__(
        self, folder: Path, server: Provider, host: Host | None = None, picture: str = SAMPLE
    ) -> None:
        """The server's key stands in the environment of each command.

        With a ``host`` commands are forked there, and quicker to ask; else each is a program that
        is started. ``picture`` is what they generate from.
        """
        self.folder = folder
        self.server = server
        self.picture = picture
        self.patience: float | None = None
        self._host = host
        self.profile = folder / "profile"
        self.clips = folder / "clips"
        self.said = folder / "said"
        self.said.mkdir(parents=True)
        self.rows = Rows(self.profile / "dreamina.sqlite")
        self._numbers = itertools.count(1)
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def start(
        self,
        *words: str,
        where: Sequence[str] | None = None,
        before: Sequence[str] = (),
        stdout: int | None = None,
    ) -> Running:
        """A command on this profile. ``before`` stands before it, as a tracer does."""
        if where is None:
            where = ("--data-dir", str(self.profile), "--api-url", self.server.url)
        environment = child_environment() | {"RUNCOMFY_API_TOKEN": self.server.key}
        out = self.said / f"{next(self._numbers)}-{words[0]}.out"
        command: Running
        if self._host is not None and not before and stdout is None:
            command = self._host.start((*words, *where), environment, out, self.patience)
        else:
            arguments = [*before, *child_command(*words, *where)]
            command = Command(arguments, environment, out, stdout)
        self._ends.callback(command.kill)
        return command

    def generate(self, *words: str, prompt: str = "It moves.", **how: Any) -> Running:
        """``generate --json`` with this desk's picture; ``how`` as for ``start``."""
        return self.start(
            *("generate", self.picture, "--prompt", prompt, "--output", str(self.clips), "--json"),
            *words,
            **how,
        )

    def say(self, *words: str) -> Said:
        """A command with ``--json``, to its end."""
        return self.start(*words, "--json").end()

    def files(self) -> list[Path]:
        """All that lies in the folder for clips, hidden files too."""
        return sorted(self.clips.rglob("*")) if self.clips.exists() else []

    def downloads(self) -> list[Path]:
        """All that lies where downloads grow."""
        return sorted((self.profile / "downloads").glob("*"))

    def holder(self) -> int | None:
        """The process that left its address as the profile's holder, perhaps a dead one."""
        try:
            pid: int = json.loads((self.profile / "holder.json").read_bytes())["pid"]
        except FileNotFoundError:
            return None
        return pid
