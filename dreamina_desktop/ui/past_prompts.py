"""Prompts of earlier takes, for Alt+Up and Alt+Down, and the seed of the last one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.ports import Background, JobReader, Outcome

_LOOKED_AT = 200
_MOST = 100


class PastPrompts(QObject):
    """Implements ``ports.PromptHistory``: read once, then kept in step by ``add``."""

    last_seed_known = Signal()

    def __init__(
        self, reader: JobReader, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._background = background
        self._prompts: tuple[str, ...] = ()
        self._last_seed: int | None = None

    @property
    def last_seed(self) -> int | None:
        """The seed of the latest take, None while there is none."""
        return self._last_seed

    def prompts(self) -> tuple[str, ...]:
        """Each once, the latest first."""
        return self._prompts

    def read(self) -> None:
        """Look at the latest jobs."""
        self._background.run(partial(_read, self._reader), self._on_read)

    def add(self, job: Job) -> None:
        """A take was made: its prompt comes first."""
        if job.spec is not None:
            self._keep([job.spec.prompt, *self._prompts])
            self._last_seed = job.spec.seed
            self.last_seed_known.emit()

    def remember(self, prompt: str) -> None:
        """It gives way to another before any take was made of it: it comes first."""
        self._keep([prompt, *self._prompts])

    def _keep(self, prompts: list[str]) -> None:
        self._prompts = tuple(dict.fromkeys(prompts))[:_MOST]

    def _on_read(self, outcome: Outcome[tuple[Job, ...]]) -> None:
        jobs = outcome.get()
        specs = [job.spec for job in jobs if job.spec is not None]
        # What was made meanwhile is newer than what was read.
        self._keep([*self._prompts, *(spec.prompt for spec in specs)])
        if self._last_seed is None and specs:
            self._last_seed = specs[0].seed
            self.last_seed_known.emit()


def _read(reader: JobReader) -> tuple[Job, ...]:
    try:
        return reader.page(_LOOKED_AT)
    except DiskError:
        # The library reads the same rows and says so.
        return ()
