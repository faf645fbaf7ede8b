"""The rendering processes, so that HTTP stays quick while clips are made."""

from __future__ import annotations

import asyncio
import subprocess

from dreamina_desktop.practice.child_command import CHILD_FLAGS, child_environment, practice_command
from dreamina_desktop.practice.render_order import RenderOrder, RenderReport

RENDER_FLAG = "--render-worker"


class RenderFailedError(Exception):
    """No clip came of an order; the text is for the log and for the failed result."""


class RenderCrew:
    """Keeps processes that wait for orders; each works on one at a time.

    A process ends with its standard input, and so with this one, however it ends.
    """

    def __init__(self) -> None:
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: list[asyncio.subprocess.Process] = []
        self._warming: asyncio.Task[None] | None = None

    def warm(self) -> None:
        """Have a first process ready by the time that an order comes."""
        if self._warming is None and not self._all:
            self._warming = asyncio.create_task(self._warm())

    async def _warm(self) -> None:
        self._idle.append(await self._started())

    async def render(self, order: RenderOrder) -> None:
        """Have a clip made. Raises RenderFailedError."""
        if self._warming is not None:
            await self._warming
        worker = self._idle.pop() if self._idle else await self._started()
        report = await _asked(worker, order)
        if report is None:
            # Killed from outside, perhaps between two orders: a fresh one may do it.
            self._all.remove(worker)
            worker = await self._started()
            report = await _asked(worker, order)
        if report is None:
            raise RenderFailedError("the rendering process died twice")
        self._idle.append(worker)
        if report.error is not None:
            raise RenderFailedError(report.error)

    async def close(self) -> None:
        """End all processes, also in the middle of an order."""
        if self._warming is not None:
            await self._warming
        for worker in self._all:
            if worker.returncode is None:
                worker.kill()
            await worker.wait()

    async def _started(self) -> asyncio.subprocess.Process:
        worker = await asyncio.create_subprocess_exec(
            *practice_command(RENDER_FLAG),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(),
            creationflags=CHILD_FLAGS,
        )
        self._all.append(worker)
        return worker


async def _asked(worker: asyncio.subprocess.Process, order: RenderOrder) -> RenderReport | None:
    """The worker's report; None when it died."""
    assert worker.stdin is not None  # noqa: S101 - both were asked for as pipes
    assert worker.stdout is not None  # noqa: S101
    try:
        worker.stdin.write(order.to_line())
        await worker.stdin.drain()
        line = await worker.stdout.readline()
    except (BrokenPipeError, ConnectionResetError):
        line = b""
    if not line.endswith(b"\n"):
        await worker.wait()
        return None
    return RenderReport.from_line(line)
