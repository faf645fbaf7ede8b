"""Brings one clip to the canvases: the pane's, and that of the full screen while there is one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.job import Clip, ClipKind
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import ClipBroke, ClipLength, FrameSource
from dreamina_desktop.ui.watch.play_position import USUAL_RATE, PlayPosition
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.ui.watch.still_source import StillSource
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.ui.watch.zoom import FIT


class Projector(QObject):
    """Measures the playback by the clip. ``broke`` carries a ``ClipBroke``."""

    broke = Signal(object)

    def __init__(
        self, frames: FrameSource, background: Background, playback: Playback, canvas: Canvas
    ) -> None:
        super().__init__(canvas)
        self._frames = frames
        self._background = background
        self._playback = playback
        self._canvas = canvas
        self._second: Canvas | None = None
        self._source: ClipSource | StillSource | None = None
        self._viewed: Viewed | None = None
        self._is_broken = False
        self._length: ClipLength | None = None
        self._is_resting = False
        # Where it stood when something else took the playback.
        self._left_at: PlayPosition | None = None

    @property
    def viewed(self) -> Viewed | None:
        """What is shown, None for nothing, or nothing that can be."""
        return self._viewed if self._source is not None else None

    def is_on_show(self, clip: Clip | None) -> bool:
        """Whether it is this clip that is shown, and well."""
        if clip is None or self._viewed is None or self._is_broken:
            return False
        shown = self._viewed.clip
        return (clip.path, clip.sha256) == (shown.path, shown.sha256)

    def rename(self, viewed: Viewed) -> None:
        """The same clip; what is known of its job has changed."""
        self._viewed = viewed

    def show(self, viewed: Viewed) -> None:
        """Show a clip from its first frame."""
        if self._is_broken:
            # The file may have come back, or been fetched anew.
            self._frames.forget(viewed.path)
        source = self._make_source(viewed)
        self._replace_source(source)
        self._viewed = viewed
        self._is_broken = False
        self._left_at = None
        clip = viewed.clip
        is_video = clip.kind is ClipKind.VIDEO
        self._length = ClipLength(
            (clip.frames or 1) if is_video else 1, USUAL_RATE if is_video else 0.0
        )
        self._canvas.set_zoom(FIT)
        self._load()
        for canvas in self._canvases():
            canvas.set_projections([Projection(source)])

    def clear(self) -> None:
        """Show nothing."""
        self._replace_source(None)
        self._viewed = self._length = self._left_at = None
        self._is_broken = False
        if not self._is_resting:
            self._playback.unload()

    def rest(self) -> None:
        """Something else has the playback."""
        self._is_resting = True
        self._left_at = self._playback.position
        self._canvas.set_resting(is_resting=True)

    def come_back(self) -> None:
        """The playback is this clip's again, and stands where it stood."""
        self._is_resting = False
        self._canvas.set_resting(is_resting=False)
        left_at, self._left_at = self._left_at, None
        self._load()
        if left_at is not None:
            self._playback.stand_as(left_at)
        self._canvas.show_frame(self._playback.position.index)

    def lend(self, canvas: Canvas) -> None:
        """Show the clip there, and not in the pane."""
        self._second = canvas
        if self._source is not None:
            canvas.set_projections([Projection(self._source)])
            canvas.show_frame(self._playback.position.index)
        self._canvas.set_resting(is_resting=True)

    def take_back(self) -> None:
        """Show the clip in the pane again."""
        if self._second is not None:
            self._second.set_projections(())
            self._second = None
        self._canvas.set_resting(self._is_resting)

    # Inside.

    def _load(self) -> None:
        if self._is_resting:
            return
        if self._length is None:
            self._playback.unload()
        else:
            self._playback.load(self._length.count, self._length.frames_per_second)

    def _canvases(self) -> tuple[Canvas, ...]:
        return (self._canvas,) if self._second is None else (self._canvas, self._second)

    def _make_source(self, viewed: Viewed) -> ClipSource | StillSource:
        # Both are known of every clip that has landed.
        width, height = viewed.clip.width or 1, viewed.clip.height or 1
        if viewed.clip.kind is ClipKind.IMAGE:
            still = StillSource(self._background, viewed.path, width, height, self)
            still.broke.connect(self._on_broke)
            return still
        source = ClipSource(self._frames, viewed.path, width, height, self)
        source.opened.connect(self._on_opened)
        source.broke.connect(self._on_broke)
        return source

    def _replace_source(self, source: ClipSource | StillSource | None) -> None:
        for canvas in self._canvases():
            canvas.set_projections(())
        before, self._source = self._source, source
        if before is not None:
            before.blockSignals(True)  # noqa: FBT003 - Qt's own
            before.deleteLater()

    def _on_opened(self, length: ClipLength) -> None:
        rate = length.frames_per_second or USUAL_RATE
        self._length = ClipLength(length.count, rate)
        if not self._is_resting:
            self._playback.measure(length.count, rate)

    def _on_broke(self, broke: ClipBroke) -> None:
        viewed = self._viewed
        self.broke.emit(broke)
        self._viewed = viewed
        self._is_broken = True
