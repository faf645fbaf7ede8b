"""Makes the halves of a comparison, each with its source, and lets go of them."""

from __future__ import annotations

from pathlib import Path, PurePath

from PySide6.QtCore import QObject, QSize, Signal

from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.ui.compare.half import Half
from dreamina_desktop.ui.ports import Background
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.still_source import StillSource
from dreamina_desktop.ui.watch.viewed import Viewed


class HalfMaking(QObject):
    """Owns the sources; passes on what they tell."""

    image_arrived = Signal()
    opened = Signal()
    broke = Signal(object)

    def __init__(self, frames: FrameSource, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._frames = frames
        self._background = background
        self._sources: list[ClipSource | StillSource] = []

    def of_clip(self, viewed: Viewed) -> Half:
        """A clip, or the picture that a model answered with."""
        clip, spec = viewed.clip, viewed.job.spec
        name = self.tr("seed {0}").format(spec.seed) if spec is not None else ""
        # Both are known of every clip that has landed.
        width, height = clip.width or 1, clip.height or 1
        if clip.kind is ClipKind.IMAGE:
            still = StillSource(self._background, viewed.path, width, height, self)
            return Half(self._watched(still), viewed.path, name, 1)
        source = ClipSource(self._frames, viewed.path, width, height, self)
        source.opened.connect(self._on_opened)
        return Half(self._watched(source), viewed.path, name, clip.frames or 1)

    def of_picture(self, viewed: Viewed, path: Path, size: QSize) -> Half:
        """The picture that was sent for a clip, kept at ``path`` under a name that tells nothing.

        ``size`` in its pixels, empty where it cannot be read.
        """
        still = StillSource(self._background, path, size.width(), size.height(), self)
        spec = viewed.job.spec
        half = Half(
            self._watched(still),
            path,
            self.tr("the picture"),
            1,
            file_name=PurePath(spec.picture.source).name if spec is not None else "",
            is_picture=True,
        )
        half.is_broken = size.isEmpty()
        return half

    def let_go(self) -> None:
        """Of all sources: they tell nothing any more."""
        for source in self._sources:
            source.blockSignals(True)  # noqa: FBT003 - Qt's own
            source.deleteLater()
        self._sources.clear()

    def _watched(self, source: ClipSource | StillSource) -> ClipSource | StillSource:
        source.image_arrived.connect(self.image_arrived)
        source.broke.connect(self.broke)
        self._sources.append(source)
        return source

    def _on_opened(self) -> None:
        self.opened.emit()
