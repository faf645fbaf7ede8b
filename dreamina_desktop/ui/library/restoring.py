"""What was brought back is selected as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject

from dreamina_desktop.ui.library.library_events import JobSeen, JobsRestored
from dreamina_desktop.ui.library.library_model import LibraryModel


class Restoring(QObject):
    """Waits until all of it is listed again; then it calls ``choose`` with where it is."""

    def __init__(
        self,
        model: LibraryModel,
        choose: Callable[[list[QModelIndex]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._choose = choose
        self._restored: tuple[str, ...] = ()
        self._unread: set[str] = set()

    def begin(self, restored: JobsRestored) -> None:
        """These are about to be read again."""
        self._restored, self._unread = restored.job_ids, set(restored.job_ids)

    def notice(self, seen: JobSeen) -> None:
        """A row was read again."""
        if seen.job_id not in self._unread:
            return
        self._unread.remove(seen.job_id)
        if not self._unread:
            indexes = [self._model.index_of(restored) for restored in self._restored]
            listed = [index for index in indexes if index.isValid()]
            if listed:
                self._choose(listed)
