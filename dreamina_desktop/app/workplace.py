"""A profile as the window uses it: held for as long as the window works, read beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager

from dreamina_desktop.composition import Profile
from dreamina_desktop.core.events import EngineEvent
from dreamina_desktop.core.ports import AccountDesk
from dreamina_desktop.store.opening import OpenReport
from dreamina_desktop.ui.ports import RunningEngine


class Workplace:
    """Implements ``ui.ports.JobWork``. ``hold`` and ``open`` run where the rows are read."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._held = ExitStack()
        self._is_holder = False

    @property
    def is_holder(self) -> bool:
        """Whether this process carries the jobs. Any thread may ask."""
        return self._is_holder

    def hold(self) -> OpenReport:
        """Become the profile's holder until ``close``. Blocking; raises as ``Profile.hold``."""
        report = self._held.enter_context(self._profile.hold())
        self._is_holder = True
        return report

    def open(self) -> OpenReport:
        """Read beside another process that is the holder. Raises as ``Profile.open``."""
        return self._profile.open()

    def close(self) -> None:
        """Hold it no more, and let go of its files; no thread may be at work."""
        self._held.close()
        self._profile.close()

    @asynccontextmanager
    async def working(
        self,
        tell: Callable[[EngineEvent], None],
        meet: Callable[[AccountDesk], None],
    ) -> AsyncIterator[RunningEngine]:
        """Carry the jobs. See ``ui.ports.JobWork``."""

        async def before(account: AccountDesk) -> None:
            meet(account)

        async with self._profile.working(tell, before) as engine:
            yield engine
