"""Ctrl+C and its kin, noted instead of raised, so that no step is torn in the middle."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

# Windows has SIGBREAK and no SIGHUP.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

type _Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None


class Interrupts:
    """Listens inside the block. Only for the main thread.

    ``signal`` itself is used, since an event loop on Windows cannot take handlers.
    """

    def __init__(self) -> None:
        self.count = 0
        self._called: Callable[[], object] = _nothing
        self._before: list[tuple[signal.Signals, _Handler]] = []

    def __enter__(self) -> Self:
        for name in _NAMES:
            number: signal.Signals | None = getattr(signal, name, None)
            if number is None:
                continue
            known = signal.getsignal(number)
            if name == "SIGHUP" and known is signal.SIG_IGN:
                # Started with nohup: meant to outlive its terminal.
                continue
            self._before.append((number, known))
            signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before:
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        self._before.clear()

    def listen(self, called: Callable[[], object]) -> None:
        """Have ``called`` called at each further signal, between two instructions of anything."""
        self._called = called

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.count += 1
        self._called()


def _nothing() -> None:
    return
