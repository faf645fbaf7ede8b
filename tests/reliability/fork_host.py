"""A process that has imported the program, and forks a child for each command line.

What a crash leaves behind does not depend on how a process began, and a fork costs a tenth of a
new interpreter. Orders come as JSON lines on standard input and are answered by one line each:
``{"words", "environment", "out", "err", "patience"}`` by the pid, ``{"kill": pid}`` by whether it
still ran. The exit code of a child goes to ``OUT.code`` as soon as it is over.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from dreamina_desktop import __main__ as program
from dreamina_desktop import composition
from dreamina_desktop.api import client, download
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.cli import errand
from dreamina_desktop.core.polling import PollingRules

_LATE = (
    "anyio._backends._asyncio",
    "av.subtitles.stream",
    "certifi",
    "concurrent.futures.thread",
    "dreamina_desktop.app.window_arguments",
    "dreamina_desktop.cli.job_commands",
    "dreamina_desktop.cli.jobs",
    "dreamina_desktop.crash_log",
    "dreamina_desktop.video.clip",
    "dreamina_desktop.video.decoder",
    "encodings.idna",
    "httpcore",
    "httpx._transports.default",
    "keyring.backends.fail",
    "platformdirs.unix",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
    "PIL.PngImagePlugin",
)
"""What the program imports only when it needs it."""

_QUICK = partial(
    PollingRules,
    first=0.05,
    longest=0.3,
    strange_word=0.2,
    requests_per_second=1000,
    back_off_first=0.05,
    back_off_longest=0.4,
    look_around=0.1,
)
"""The program's rules but for its patience, of which a trial has less."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command line; ``patience`` is how many seconds it waits for an answer, None for usual."""

    words: list[str]
    environment: dict[str, str]
    out: str
    err: str
    patience: float | None


class ForkHost:
    """Begins children, kills them on demand, and notes how they ended. Has no second thread."""

    def __init__(self) -> None:
        self._children: dict[int, Path] = {}
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)

    def serve(self) -> None:
        """Until standard input ends; then no child is left."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        selector = selectors.DefaultSelector()
        selector.register(sys.stdin.buffer.raw, selectors.EVENT_READ, None)
        selector.register(self._reading, selectors.EVENT_READ, None)
        buffer = b""
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if self._reading in ready:
                os.read(self._reading, 4096)
                self._reap()
            if 0 in ready:
                piece = os.read(0, 65536)
                if not piece:
                    break
                *lines, buffer = (buffer + piece).split(b"\n")
                for line in lines:
                    answer = json.dumps(self._obey(json.loads(line))) + "\n"
                    os.write(1, answer.encode("ascii"))
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)

    def _obey(self, order: dict[str, Any]) -> int | bool:
        if "kill" in order:
            self._reap()
            pid: int = order["kill"]
            if pid in self._children:
                os.kill(pid, signal.SIGKILL)
            return pid in self._children
        pid = os.fork()
        if pid == 0:
            _be_child(Order(**order))
        self._children[pid] = Path(f"{order['out']}.code")
        return pid

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            path = self._children.pop(pid)
            aside = path.with_suffix(".aside")
            aside.write_text(str(os.waitstatus_to_exitcode(status)), "ascii")
            aside.replace(path)


def _be_child(order: Order) -> NoReturn:
    """Become what a new interpreter with these words would be."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, order.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, order.err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(order.environment)
    sys.argv = ["dreamina-desktop", *order.words]
    if order.patience is not None:
        hasty = partial(TimeOuts, read=order.patience, submit_read=order.patience)
        for module in (client, download):
            _put(module, "TimeOuts", hasty)
    code = 70
    try:
        code = program.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _put(module: ModuleType, name: str, value: object) -> None:
    """Replace what a module has imported. A name that has moved must not go unnoticed."""
    assert hasattr(module, name), name
    setattr(module, name, value)


def main() -> None:
    for name in _LATE:
        import_module(name)
    _put(composition, "PollingRules", _QUICK)
    _put(errand, "_LOOK", 0.1)
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1, "a fork takes one thread along"
    ForkHost().serve()


if __name__ == "__main__":
    main()
