"""A process that has imported what the program runs beside itself, and forks it off for an order.

What such a process does depends on nothing that came before it, and a fork costs a tenth of a new
interpreter. An order is one JSON line on the socket whose number is the only argument:
``{"module", "arguments", "environment", "folder"}``, with four descriptors: standard input, output
and error, and a pipe that takes the exit code at the end. The answer is the process's number.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import random
import selectors
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

from dreamina_desktop.pictures import picture_child
from dreamina_desktop.practice import __main__ as practice
from dreamina_desktop.practice import render_crew, render_worker

_PROGRAMS: dict[str, Callable[[list[str]], int]] = {
    "dreamina_desktop.practice": practice.main,
    "dreamina_desktop.pictures.picture_child": picture_child.main,
}

_LATE = (
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.WebPImagePlugin",
    "av.video.reformatter",
    "dreamina_desktop.practice.renderer",
    "dreamina_desktop.practice.server",
    "dreamina_desktop.practice.stand_in",
    "httpx",
    "uvicorn.lifespan.off",
    "uvicorn.loops.asyncio",
    "uvicorn.protocols.http.h11_impl",
)
"""What they import only when they need it."""

_LONGEST_ORDER = 1 << 20


class ChildHost:
    """Begins children, and tells how each ended. Has no second thread."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._children: dict[int, int] = {}
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)

    def serve(self) -> None:
        """Until nobody holds the other end of the socket; then no child is left."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        selector = selectors.DefaultSelector()
        selector.register(self._orders, selectors.EVENT_READ)
        selector.register(self._reading, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if self._reading in ready:
                os.read(self._reading, 4096)
                self._reap()
            if self._orders.fileno() in ready and not self._obey():
                break
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        line, descriptors, _, _ = socket.recv_fds(self._orders, _LONGEST_ORDER, 4)
        if not line:
            return False
        while not line.endswith(b"\n"):
            line += self._orders.recv(_LONGEST_ORDER)
        *standard, ended = descriptors
        pid = os.fork()
        if pid == 0:
            _be_child(json.loads(line), standard)
        for descriptor in standard:
            os.close(descriptor)
        self._children[pid] = ended
        self._orders.sendall(b"%d\n" % pid)
        return True

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            ended = self._children.pop(pid)
            with contextlib.suppress(BrokenPipeError):  # nobody asks any more
                os.write(ended, b"%d\n" % os.waitstatus_to_exitcode(status))
            os.close(ended)


def _be_child(order: dict[str, Any], standard: list[int]) -> NoReturn:
    """Become what a new interpreter with these arguments would be."""
    for number, descriptor in enumerate(standard):
        os.dup2(descriptor, number)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = [order["module"], *order["arguments"]]
    program = _PROGRAMS[order["module"]]
    _be_new(lambda: program(order["arguments"]))


async def _forked(crew: render_crew.RenderCrew) -> asyncio.subprocess.Process:
    """In place of ``RenderCrew._started``: a renderer that is a fork of the server."""
    worker = await asyncio.create_subprocess_exec(
        "(a fork, which runs no other program)",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=lambda: _be_new(render_worker.work),
    )
    crew._all.append(worker)
    return worker


def _be_new(work: Callable[[], int]) -> NoReturn:
    """Do this in a process that was just forked, with nothing of its parent's but what it knows."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    # Among these is the pipe on which the parent of a renderer waits for its beginning.
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    # Their locks may have been held, in the parent, by a thread that does not exist here.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for ever
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    random.seed()
    code = 70
    try:
        code = work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    for name in _LATE:
        import_module(name)
    assert hasattr(render_crew.RenderCrew, "_started"), "a name that has moved"
    setattr(render_crew.RenderCrew, "_started", _forked)  # noqa: B010 - a private name
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1, "a fork takes one thread along"
    ChildHost(socket.socket(fileno=int(sys.argv[1]))).serve()


if __name__ == "__main__":
    main()
