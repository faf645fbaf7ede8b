"""A person at the dialogs of exports, with clips in a folder and a player beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dreamina_desktop.core.settings import Settings
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.export.export_needs import ExportNeeds
from dreamina_desktop.ui.export.exports import Exports
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.words import Phrasebook
from tests.ui.watch.stage import FRAMES, NOW, RATE, clip_of, job_of

NAME = "2026-11-21_cup_4711"
"""What becomes of the usual template."""
MEASURING = "Measuring…"
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Folders:
    """``ports.FolderOpener`` that remembers what it was to show."""

    shown: list[Path] = field(default_factory=list)

    def reveal(self, path: Path) -> None:
        self.shown.append(path)


def viewed_of(path: Path, number: int = 0, frames: int = FRAMES) -> Viewed:
    """A clip of a job of its own; jobs of later numbers are younger."""
    clip = clip_of(path, frames=frames)
    job = job_of(clip, job_id=f"job-{number}")
    return Viewed(replace(job, created=NOW + timedelta(minutes=number)), clip)


class ExportDesk:
    """Owns the window; ``shown`` is what the player shows, the first clip until told otherwise.

    ``counts`` are the frames of the clips that have been opened.
    """

    def __init__(
        self,
        clips: list[Viewed],
        background: Background,
        theme: Theme,
        icons: Icons,
        until: Callable[[Callable[[], bool]], None],
        settings: Settings = Settings(),  # noqa: B008 - frozen
    ) -> None:
        self.window = QWidget()
        self.clips = clips
        self.shown: Viewed | None = clips[0]
        self.until = until
        self.folders = Folders()
        self.saved: list[Settings] = []
        self.preferences = Preferences(settings, self.saved.append, background, self.window)
        # The clock stands still: nothing moves unless it is moved.
        self.playback = Playback(lambda: 0.0, self.window)
        self.playback.load(FRAMES, RATE)
        self.counts: dict[Path, int] = {}
        self.files = BackgroundThread(self.window)
        self.thumbnails = Thumbnails(lambda _: None, self.files, self.window)
        needs = ExportNeeds(
            self.preferences,
            background,
            self.folders,
            Phrasebook(),
            self.counts.get,
            self.thumbnails,
        )
        self.exports = Exports(needs, lambda: self.shown, theme, icons, self.window)

    def close(self) -> None:
        """As the window does it."""
        self.exports.close()
        self.thumbnails.close()
        self.files.close()

    def export(self, number: int = 0) -> QDialog:
        self.exports.export(self.clips[number], self.playback)
        return self.dialog("exportDialog")

    def join(self) -> QDialog:
        self.exports.join(self.clips)
        return self.dialog("joinDialog")

    def dialogs(self, name: str) -> list[QDialog]:
        return [one for one in self.window.findChildren(QDialog, name) if one.isVisible()]

    def dialog(self, name: str = "exportDialog") -> QDialog:
        (found,) = self.dialogs(name)
        assert QTest.qWaitForWindowExposed(found)
        return found

    def find[T: QWidget](self, kind: type[T], name: str) -> T:
        (found,) = (
            one
            for dialog in self.window.findChildren(QDialog)
            if dialog.isVisible()
            for one in dialog.findChildren(kind, name)
        )
        return found

    def click(self, name: str) -> None:
        button = self.find(QPushButton, name)
        assert button.isVisible()
        QTest.mouseClick(button, LEFT)

    def press(self, key: Qt.Key) -> None:
        """Whatever has the focus gets it."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def type(self, name: str, text: str) -> None:
        edit = self.find(QLineEdit, name)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        QTest.keyClicks(edit, text)

    def turn(self, name: str, number: int) -> None:
        """Type a number and leave the field."""
        spin = self.find(QSpinBox, name)
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, str(number))
        QTest.keyClick(spin, Qt.Key.Key_Tab)

    def says(self, name: str) -> str:
        label = self.find(QLabel, name)
        return label.text() if label.isVisible() else ""

    def measured(self) -> str:
        """The size that it will have, once that is known."""
        self.until(lambda: self.says("exportSize") not in ("", MEASURING))
        return self.says("exportSize")

    def answered(self) -> str:
        """What came of what was begun."""
        self.until(lambda: not self.find(QPushButton, "exportCancelButton").isVisible())
        return self.says("exportAnswer")


def names(folder: Path) -> list[str]:
    """What is there, in part or whole."""
    return sorted(path.name for path in folder.iterdir())
