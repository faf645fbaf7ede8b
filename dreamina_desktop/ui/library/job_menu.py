"""The context menu of the cards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.job_actions import JobAction
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.reviews import Review, ReviewWanted, reviews_of

_KEYS = {Review.WALL: "W", Review.COMPARE: "B"}
_BEFORE_A_LINE = frozenset({Deed.LOAD, Deed.REJECT, Deed.COPY_DETAILS})


class JobMenu(QMenu):
    """What can be done, and nothing else: the buttons under the cards say why not."""

    review_wanted = Signal(object)
    """Carries the ``ReviewWanted``."""

    def __init__(
        self,
        jobs: tuple[Job, ...],
        actions: tuple[JobAction, ...],
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        """``actions`` are those of these jobs."""
        super().__init__(parent)
        self._jobs = jobs
        self.setObjectName("jobMenu")
        self.setAccessibleName(self.tr("Job"))
        self.setToolTipsVisible(True)
        for action in actions:
            if action.is_enabled:
                self.addAction(_Entry(action, icons, self))
            if action.deed is Deed.LOAD:
                self.addSeparator()
                self._add_reviews()
            if action.deed in _BEFORE_A_LINE:
                self.addSeparator()

    def _add_reviews(self) -> None:
        labels = {
            Review.WALL: (self.tr("Show on the wall"), self.tr("Play these takes in step")),
            Review.COMPARE: (self.tr("Compare"), self.tr("Hold one clip against the other")),
            Review.JOIN: (self.tr("Join into one film…"), self.tr("Make one file of these clips")),
            Review.EXPORT: (self.tr("Export…"), self.tr("Make a file of another kind")),
        }
        for review in reviews_of(self._jobs):
            label, hint = labels[review]
            key = _KEYS.get(review)
            entry = QAction(f"{label}\t{key}" if key is not None else label, self)
            entry.setObjectName(f"{review}JobsAction")
            entry.setToolTip(hint)
            entry.setData(review)
            entry.triggered.connect(self._on_review_triggered)
            self.addAction(entry)

    def _on_review_triggered(self) -> None:
        entry = self.sender()
        if isinstance(entry, QAction):
            self.review_wanted.emit(ReviewWanted(Review(entry.data()), self._jobs))


class _Entry(QAction):
    def __init__(self, action: JobAction, icons: Icons, menu: QMenu) -> None:
        label = f"{action.label}\t{action.key}" if action.key else action.label
        super().__init__(icons.icon(action.icon), label, menu)
        self._action = action
        self.setObjectName(f"{action.name}Action")
        self.setToolTip(action.hint)
        self.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        self._action.run()
