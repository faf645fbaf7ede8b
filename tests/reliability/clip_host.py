"""Forks a child for each life of a download, and kills it when its time is over.

Orders come as JSON lines ``{"base", "address", "seconds"}`` on standard input; the answer is one
line: ``killed``, ``done``, or ``failed`` with what the child wrote on standard error.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path

from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.api.transport import tls_context
from dreamina_desktop.video import decoder
from tests.reliability.clip_fetch import ClipFetch, downloading

_IMPORTED = (ResultDownloader, decoder)
_TICK = 0.002


def _live(base: Path, address: str) -> None:
    async def run() -> None:
        fetch = ClipFetch(base)
        fetch.order(address)
        async with downloading() as downloader:
            await fetch.fetch(downloader)
        fetch.close()

    asyncio.run(run())


def _fork(base: Path, address: str) -> int:
    child = os.fork()
    if child:
        return child
    try:
        _live(base, address)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _end(child: int, seconds: float) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "done" if os.waitstatus_to_exitcode(status) == 0 else "failed"
        time.sleep(_TICK)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "done"


def main() -> None:
    tls_context()
    for line in sys.stdin:
        order = json.loads(line)
        child = _fork(Path(order["base"]), order["address"])
        sys.stdout.write(_end(child, order["seconds"]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
