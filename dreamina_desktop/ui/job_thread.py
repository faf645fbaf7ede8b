"""The thread in which the jobs are carried, so that nothing of it ever holds up the window."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QThread, Signal

from dreamina_desktop.core.errors import (
    DiskError,
    DreaminaError,
    KeyMissingError,
    KeyRefusedError,
    ProviderTroubleError,
    WireError,
)
from dreamina_desktop.core.events import EngineEvent, EngineStopped
from dreamina_desktop.core.ports import AccountDesk
from dreamina_desktop.ui.job_events import (
    AccountKnown,
    RequestChecked,
    RequestCheckWanted,
    WorkFailed,
)
from dreamina_desktop.ui.ports import JobWork, RunningEngine

ACCOUNT_PERIOD = 300.0
"""Seconds between two looks at price and balance."""
ACCOUNT_RETRY = 30.0
"""Seconds until the next look after one that failed."""
WORK_RETRY = 5.0
"""Seconds until a disk that refused the work is tried again."""
_FIRST_STEP = 0.01
"""Seconds: the engine recovers in its first step, which is over before any timer rings."""
_CHECK_PATIENCE = 20.0
"""Seconds that somebody waits for what the provider says of a request."""


class JobThread(QThread):
    """Hosts one event loop with the engine. Its methods are called on the GUI thread.

    Signals come from this thread: connect them to bound methods of the GUI thread's objects.
    """

    event_arrived = Signal(object)
    """An event of ``core.events``."""
    account_known = Signal(object)
    work_began = Signal()
    """The profile was recovered, and its jobs are carried."""
    work_failed = Signal(object)
    """Carries a ``WorkFailed``; told once of a trouble that stays the same."""
    request_checked = Signal(object)

    def __init__(self, work: JobWork, model_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._model_id = model_id
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        # These belong to the loop.
        self._engine: RunningEngine | None = None
        self._account: AccountDesk | None = None
        self._failure: Exception | None = None
        self._checks: set[asyncio.Task[None]] = set()
        self._awake = asyncio.Event()
        self._ended = asyncio.Event()
        self._asked = asyncio.Event()

    def begin(self) -> None:
        """Carry the jobs; once more after ``work_failed``."""
        if self.isRunning():
            self._post(self._try_again)
        else:
            self.start()

    def look(self) -> None:
        """A row was written for the engine."""
        self._post(self._ring)

    def wake(self) -> None:
        """The user does not want to wait: try all that can be tried now, the account too."""
        self._post(self._wake)

    def mend(self) -> None:
        """The user mended key or balance: go on, and look at the account again."""
        self._post(self._mend)

    def ask_account(self) -> None:
        """Look at price and balance soon."""
        self._post(self._asked.set)

    def check_request(self, wanted: RequestCheckWanted) -> None:
        """Ask the provider about a request; ``request_checked`` tells what it says."""
        if not self._post(partial(self._begin_check, wanted.request_id)):
            self.request_checked.emit(RequestChecked(wanted.request_id))

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
                self._tell_of_failure(error)
                if not self._stopping.is_set():
                    # A disk goes on by itself; else the window says what to do, and tries again.
                    wait = WORK_RETRY if isinstance(error, DiskError) else None
                    with suppress(TimeoutError):
                        async with asyncio.timeout(wait):
                            await self._awake.wait()

    def _tell_of_failure(self, error: Exception) -> None:
        known, self._failure = self._failure, error
        if type(error) is not type(known) or str(error) != str(known):
            self.work_failed.emit(WorkFailed(error))

    async def _work_once(self) -> None:
        self._ended.clear()
        async with self._work.working(self._tell, self._meet) as engine:
            self._engine = engine
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_FIRST_STEP):
                        await self._ended.wait()
                if not self._ended.is_set():
                    await self._work_on()
            finally:
                self._engine = None
                for check in self._checks:
                    check.cancel()

    async def _work_on(self) -> None:
        self._failure = None
        asking = asyncio.create_task(self._keep_asking())
        try:
            self.work_began.emit()
            await self._ended.wait()
        finally:
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking

    def _tell(self, event: EngineEvent) -> None:
        if isinstance(event, EngineStopped):
            # Leaving the block raises its error.
            self._ended.set()
        else:
            self.event_arrived.emit(event)

    def _meet(self, account: AccountDesk) -> None:
        self._account = account

    async def _keep_asking(self) -> None:
        while True:
            self._asked.clear()
            known = await self._ask()
            self.account_known.emit(known)
            wait = ACCOUNT_PERIOD if known.error is None else _retry(known.error)
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

    def _begin_check(self, request_id: str) -> None:
        check = asyncio.create_task(self._check(request_id))
        self._checks.add(check)
        check.add_done_callback(self._checks.discard)

    async def _check(self, request_id: str) -> None:
        checked = RequestChecked(request_id)
        try:
            if self._engine is not None and self._account is not None:
                async with asyncio.timeout(_CHECK_PATIENCE):
                    await self._account.look_up(request_id)
                checked = RequestChecked(request_id, is_known=True)
        except DreaminaError as error:
            checked = RequestChecked(request_id, error=error)
        except TimeoutError:
            # Said as what could not be asked: the request itself is as good as before.
            pass
        finally:
            self.request_checked.emit(checked)

    def _ring(self) -> None:
        if self._engine is not None:
            self._engine.ring()

    def _wake(self) -> None:
        if self._engine is not None:
            self._engine.wake()
        self._asked.set()
        self._try_again()

    def _mend(self) -> None:
        if self._engine is not None:
            self._engine.mend()
        self._asked.set()
        self._try_again()

    def _try_again(self) -> None:
        # Whoever tries it wants to hear of it.
        self._failure = None
        self._awake.set()

    def _end(self) -> None:
        self._ended.set()
        self._awake.set()

    def _post(self, call: Callable[[], object]) -> bool:
        """Have it called on the loop; False while there is none."""
        loop = self._loop
        if loop is not None:
            # It may be closed at this very moment.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(call)
                return True
        return False


def _retry(error: Exception) -> float:
    """Seconds until the account is asked again: never earlier than the provider wants."""
    told = error.retry_after if isinstance(error, ProviderTroubleError) else None
    return max(ACCOUNT_RETRY, told or 0.0)
