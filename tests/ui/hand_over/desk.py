"""A stage with the bar of the hand-over, and a user who wants a frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from dreamina_desktop.core.job import Clip, ClipKind, JobSpec, SentPicture
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.hand_over.hand_over import HandOver
from dreamina_desktop.ui.hand_over.hand_over_bar import HandOverBar
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.viewed import UseFrame, Viewed
from tests.ui.drafts import Counter
from tests.ui.watch.stage import job_of
from tests.video.shots import HEIGHT, WIDTH

SPEC = JobSpec("model", "Steam rises", 241, 4711, SentPicture("cup.png", "b" * 64))
FRAMES, BEST = 20, 16
"""The made clip; its frame 16 (from 0) is sharp and stands still."""


@dataclass
class Remembered:
    """``PromptKeeper`` in memory."""

    prompts: list[str] = field(default_factory=list)

    def remember(self, prompt: str) -> None:
        self.prompts.append(prompt)


class Desk(QWidget):
    """A stage with the bar over it, and a field to type in below."""

    def __init__(self, draft: Draft, background: Background, folder: Path, look: Look) -> None:
        super().__init__()
        self.copies = folder
        self.draft = draft
        self.stage = QWidget(self)
        self.stage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = QLineEdit(self)
        column = QVBoxLayout(self)
        column.addWidget(self.stage, 1)
        column.addWidget(self.field)
        self.bar = HandOverBar(self, look.theme, look.icons)
        self.remembered = Remembered()
        self.hand_over = HandOver(
            draft, self.remembered, background, folder, self.bar, self._on_stage, self
        )
        self.errors = Counter(self.hand_over.error_met)

    def _on_stage(self) -> QWidget:
        return self.stage

    @property
    def row(self) -> QListView:
        return self._part(QListView, "handOverFrames")

    @property
    def reason(self) -> str:
        return self._part(QLabel, "handOverReason").text()

    @property
    def hint(self) -> str:
        return self._part(QLabel, "handOverHint").text()

    def button(self, name: str) -> QToolButton:
        return self._part(QToolButton, name)

    def click(self, row: int) -> None:
        """Click the frame in that place."""
        place = self.row.visualRect(self.row.model().index(row, 0)).center()
        QTest.mouseClick(self.row.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def labels(self) -> list[str]:
        """The numbers below the frames, from left to right."""
        model = self.row.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def is_settled(self) -> bool:
        """Whether a frame was taken, and all candidates are there."""
        return len(self.labels()) > 1 and self.hint.startswith("The next picture. Arrows")

    def _part[T: QObject](self, kind: type[T], name: str) -> T:
        found = self.bar.findChild(kind, name)
        assert found is not None
        return found


@dataclass
class Look:
    theme: Theme
    icons: Icons


type OpenDesk = Callable[..., Desk]


def use(
    path: Path,
    index: int,
    *,
    frames: int | None = FRAMES,
    spec: JobSpec | None = SPEC,
    kind: ClipKind = ClipKind.VIDEO,
) -> UseFrame:
    """The user wants that frame (from 0) of a clip of a job."""
    clip = Clip(
        1,
        kind,
        "https://clips.example/1",
        path=str(path),
        width=WIDTH,
        height=HEIGHT,
        frames=frames,
        landed=True,
    )
    return UseFrame(Viewed(replace(job_of(clip), spec=spec), clip), index)
