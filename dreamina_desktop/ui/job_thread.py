"""The thread in which the jobs are carried, so that nothing of it ever holds up the window."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QThread, Signal

from dreamina_desktop.core.errors import (
    KeyMissingError,
    KeyRefusedError,
    WireError,
)
from dreamina_desktop.core.events import EngineEvent, EngineStopped
from dreamina_desktop.core.ports import AccountApi
from dreamina_desktop.ui.job_events import AccountKnown, ShowRequested, WorkFailed
from dreamina_desktop.ui.ports import JobWork, RunningEngine

ACCOUNT_PERIOD = 300.0
"""Seconds between two looks at price and balance."""
ACCOUNT_RETRY = 30.0
"""Seconds until the next look after one that failed."""


class JobThread(QThread):
    """Hosts one event loop with the engine. Its methods are called on the GUI thread.

    Signals come from this thread: connect them to bound methods of the GUI thread's objects.
    """

    event_arrived = Signal(object)
    """An event of ``core.events``."""
    account_known = Signal(object)
    work_began = Signal()
    work_failed = Signal(object)
    show_requested = Signal(object)

    def __init__(self, work: JobWork, model_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._model_id = model_id
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        # These belong to the loop.
        self._engine: RunningEngine | None = None
        self._account: AccountApi | None = None
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._asked = asyncio.Event()

    def begin(self) -> None:
        """Carry the jobs; once more after ``work_failed``."""
        if self.isRunning():
            self._post(self._awake.set)
        else:
            self.start()

    def look(self) -> None:
        """A row was written for the engine."""
        self._post(self._ring)

    def mend(self) -> None:
        """The user mended key or balance: go on, and look at the account again."""
        self._post(self._mend)

    def ask_account(self) -> None:
        """Look at price and balance soon."""
        self._post(self._asked.set)

    def stop(self) -> None:
        """End; ``finished`` comes when a submit that has begun is over. Returns at once."""
        self._stopping.set()
        self._post(self._end)

    # ---- in this thread --------------------------------------------------------------------

    def run(self) -> None:
        """QThread calls it in the thread."""
        asyncio.run(self._carry())

    async def _carry(self) -> None:
        self._loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            self._awake.clear()
            try:
                await self._work_once()
            except Exception as error:
                # The environment's fault or ours: the window tells which, and may try again.
                self.work_failed.emit(WorkFailed(error))
                if not self._stopping.is_set():
                    await self._awake.wait()

    async def _work_once(self) -> None:
        self._ended.clear()
        async with self._work.working(self._tell, self._meet, self._on_rung) as engine:
            self._engine = engine
            asking = asyncio.create_task(self._keep_asking())
            try:
                self.work_began.emit()
                if not self._stopping.is_set():
                    await self._ended.wait()
            finally:
                self._engine = None
                asking.cancel()
                with suppress(asyncio.CancelledError):
                    await asking

    def _tell(self, event: EngineEvent) -> None:
        if isinstance(event, EngineStopped):
            # Leaving the block raises its error.
            self._ended.set()
        else:
            self.event_arrived.emit(event)

    def _meet(self, account: AccountApi) -> None:
        self._account = account

    def _on_rung(self, source: str, prompt: str) -> None:
        self.show_requested.emit(ShowRequested(source, prompt))

    async def _keep_asking(self) -> None:
        while True:
            self._asked.clear()
            known = await self._ask()
            self.account_known.emit(known)
            wait = ACCOUNT_PERIOD if known.error is None else ACCOUNT_RETRY
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._asked.wait()

    async def _ask(self) -> AccountKnown:
        if self._account is None:
            return AccountKnown()
        price = None
        try:
            price = await self._account.price(self._model_id)
            return AccountKnown(price, await self._account.balance())
        except (KeyMissingError, KeyRefusedError) as error:
            return AccountKnown(error=error)
        except WireError as error:
            return AccountKnown(price, error=error)
        except Exception as error:
            # A bug of ours must not end the looks for good, nor go unseen.
            return AccountKnown(error=error)

    def _ring(self) -> None:
        if self._engine is not None:
            self._engine.ring()

    def _mend(self) -> None:
        if self._engine is not None:
            self._engine.mend()
        self._asked.set()
        self._awake.set()

    def _end(self) -> None:
        self._ended.set()
        self._awake.set()

    def _post(self, call: Callable[[], object]) -> None:
        """Have it called on the loop; nothing while there is none."""
        loop = self._loop
        if loop is not None:
            # It may be closed at this very moment.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(call)
