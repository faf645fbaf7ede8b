"""What the wall tests share: takes with numbered clips, a clock to move, eyes for all tiles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.job import Clip, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.wall.lockstep import Lockstep
from dreamina_desktop.ui.wall.tile import Tile
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.wall.wall_canvas import WallCanvas
from dreamina_desktop.ui.watch.playback import Playback
from tests.ui.watch.stage import NOW, clip_of, job_of, number_on, photograph

FRAMES = 24
RATE = 24.0


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def take(number: int, path: Path, mark: Mark = Mark.NONE, frames: int = FRAMES) -> Job:
    """Job ``take-N`` with a clip that has landed, and seed 100 + N."""
    clip = replace(clip_of(path, frames=frames), sha256=f"{number:064x}", mark=mark)
    return replace(job_of(clip, job_id=f"take-{number}"), spec=spec(number))


def running(number: int, state: JobState = JobState.RUNNING) -> Job:
    """Job ``take-N`` while it is being made, since 42 seconds."""
    since = NOW - timedelta(seconds=42)
    job = job_of(job_id=f"take-{number}", state=state)
    return replace(job, spec=spec(number), changed=since, running=since, submitted=since)


def spec(number: int) -> JobSpec:
    return JobSpec("model", "Steam rises", 121, 100 + number, SentPicture("cup.png", "b" * 64))


def marked(job: Job, mark: Mark) -> Job:
    """The job as the library has it once the mark is kept."""
    clips: tuple[Clip, ...] = tuple(replace(clip, mark=mark) for clip in job.clips)
    return replace(job, clips=clips)


class WallDesk:
    """A wall on the screen, its transport and its clock."""

    def __init__(self, wall: Wall, playback: Playback, clock: Clock) -> None:
        self.wall = wall
        self.playback = playback
        self.clock = clock
        wall.measured.connect(self._on_measured)

    def _on_measured(self) -> None:
        """As the watch pane does."""
        if self.playback.position.count:
            self.playback.measure(self.wall.count, self.wall.frames_per_second)
        else:
            self.playback.load(self.wall.count, self.wall.frames_per_second)

    @property
    def canvas(self) -> WallCanvas:
        found = self.wall.findChild(WallCanvas, "wallCanvas")
        assert found is not None
        return found

    @property
    def lockstep(self) -> Lockstep:
        return self.canvas.lockstep

    @property
    def is_ready(self) -> bool:
        """Whether all is decoded and on the wall."""
        lockstep = self.lockstep
        return lockstep.waiting is None and lockstep.shown == self.playback.position.index

    def tile(self, number: int) -> Tile:
        """From 1."""
        found = self.canvas.findChild(Tile, f"wallTile{number}")
        assert found is not None
        return found

    @property
    def current(self) -> str:
        """The take that keys act on: its tile has the focus, and no other."""
        ids = [shown.id for shown in self.wall.takes]
        focused = [id_ for number, id_ in enumerate(ids, 1) if self.tile(number).hasFocus()]
        assert self.wall.current is not None
        assert focused == [self.wall.current.id]
        return focused[0]

    def place(self, number: int) -> QRect:
        """Where the tile's picture stands on a photograph of the canvas."""
        tile = self.tile(number)
        return QRect(tile.mapTo(self.canvas, QPoint(0, 0)), tile.size())

    def photograph(self) -> QImage:
        return photograph(self.canvas)

    def numbers(self) -> list[int]:
        """The frame number that each tile shows, read off its pixels; placeholders left out."""
        image = self.photograph()
        takes = enumerate(self.wall.takes, 1)
        return [number_on(image, self.place(n)) for n, shown in takes if shown.clip is not None]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Where the focus is, as a person does."""
        at: QWidget = self.wall.focusWidget() or self.wall
        QTest.keyClick(at, key, modifiers or Qt.KeyboardModifier.NoModifier)

    def let_pass(self, seconds: float) -> None:
        """Time goes by, and playing with it."""
        self.clock.seconds += seconds
        self.playback.catch_up()
