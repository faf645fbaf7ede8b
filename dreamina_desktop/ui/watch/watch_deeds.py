"""What keys, buttons and menu do with what is looked at: the one clip, or a stage."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.player_deeds import ClipDeed, ClipDeedWanted, PlayerDeeds
from dreamina_desktop.ui.watch.player_tools import PlayerTools
from dreamina_desktop.ui.watch.projector import Projector
from dreamina_desktop.ui.watch.stage import Zoomable
from dreamina_desktop.ui.watch.stage_place import StagePlace
from dreamina_desktop.ui.watch.viewed import UseFrame, Viewed


class WatchDeeds(QObject):
    """``tools`` tells those of the canvas that shows the one clip now; ``hint`` says why not."""

    clip_deed_wanted = Signal(object)
    use_frame_wanted = Signal(object)

    def __init__(
        self,
        place: StagePlace,
        projector: Projector,
        playback: Playback,
        tools: Callable[[], PlayerTools],
        hint: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._projector = projector
        self._playback = playback
        self._tools = tools
        self._hint = hint

    def for_player(
        self,
        *,
        full_screen: Callable[[], None],
        meter: Callable[[], None],
        compare: Callable[[], None],
    ) -> PlayerDeeds:
        """All of them; what is handed in is done by others."""
        return PlayerDeeds(
            full_screen=full_screen,
            go_to_frame=lambda: self._tools().go_to_frame(),
            zoom=lambda: self._zoom(lambda zoomed: zoomed.toggle_zoom()),
            zoom_in=lambda: self._zoom(lambda zoomed: zoomed.zoom_in()),
            zoom_out=lambda: self._zoom(lambda zoomed: zoomed.zoom_out()),
            meter=meter,
            save_frame=lambda: self.ask(ClipDeed.SAVE_FRAME),
            copy_frame=lambda: self.ask(ClipDeed.COPY_FRAME),
            copy_file=lambda: self.ask(ClipDeed.COPY_FILE),
            use_frame=self.use_frame,
            compare=compare,
        )

    @property
    def meant(self) -> Viewed | None:
        """The clip that deeds are about: a stage may have one of its own."""
        return self._projector.viewed if self._place.widget is None else self._place.viewed

    def looked_at(self) -> tuple[Viewed, int] | None:
        """That clip, and which frame of it is shown."""
        viewed = self.meant
        if viewed is None:
            return None
        shown = self._place.shown_frame
        return viewed, self._playback.position.index if shown is None else shown

    def ask(self, deed: ClipDeed) -> None:
        """Have this done with it."""
        looked_at = self._looked_at_or_hint()
        if looked_at is not None:
            self.clip_deed_wanted.emit(ClipDeedWanted(deed, *looked_at))

    def use_frame(self) -> None:
        """Have the frame made the next picture."""
        looked_at = self._looked_at_or_hint()
        if looked_at is not None:
            self.use_frame_wanted.emit(UseFrame(*looked_at))

    def _looked_at_or_hint(self) -> tuple[Viewed, int] | None:
        looked_at = self.looked_at()
        if looked_at is None and self._place.widget is not None:
            # Beside it others play, so that nothing else says why.
            self._hint(self.tr("There is no clip of this take yet."))
        return looked_at

    def _zoom(self, how: Callable[[Zoomable], None]) -> None:
        stage = self._place.widget
        zoomed = self._tools().hand if stage is None else stage
        if isinstance(zoomed, Zoomable):
            how(zoomed)
        else:
            self._hint(self.tr("Takes beside each other are not zoomed. 1–9 shows one alone."))
