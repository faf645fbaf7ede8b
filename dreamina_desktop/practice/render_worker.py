"""The rendering process: orders on standard input, reports on standard output."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.practice.render_order import RenderOrder, RenderReport

if TYPE_CHECKING:
    from dreamina_desktop.practice.renderer import Renderer

_POLITENESS = 3


def work() -> int:
    """Render orders until standard input ends, and then end at once, whatever is being done."""
    # Ctrl+C in a terminal reaches every process there; the server decides what comes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_POLITENESS)  # the window comes first
    # Imported here, while nobody waits: the first order finds everything warm.
    from dreamina_desktop.practice.renderer import Renderer

    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(orders,), daemon=True).start()
    renderer = Renderer()
    while True:
        report = _done(renderer, RenderOrder.from_line(orders.get()))
        sys.stdout.buffer.write(report.to_line())
        sys.stdout.buffer.flush()


def _read(orders: queue.SimpleQueue[bytes]) -> None:
    with contextlib.suppress(OSError):
        for line in sys.stdin.buffer:
            orders.put(line)
    # The server is gone; a half-made clip is a .part file that its successor clears away.
    os._exit(0)


def _done(renderer: Renderer, order: RenderOrder) -> RenderReport:
    clip = Path(order.clip)
    part = clip.with_name(clip.name + ".part")
    try:
        renderer.render(order, part)
        part.replace(clip)
    except Exception as error:  # whatever it is, it is the end of this order only
        part.unlink(missing_ok=True)
        return RenderReport(f"{type(error).__name__}: {error}")
    return RenderReport(None)
