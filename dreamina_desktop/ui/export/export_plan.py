"""What is to be made of a clip, while somebody chooses; its habits are kept in the settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_purpose import PRESETS, Preset, Purpose
from dreamina_desktop.ui.export.new_name import NewName
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.watch.viewed import Viewed


class ExportPlan(QObject):
    """The one truth of the dialog. ``count`` is how many frames the clip has."""

    order_changed = Signal()

    def __init__(
        self, viewed: Viewed, count: int, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.viewed = viewed
        self.count = count
        self._preferences = preferences
        habits = preferences.current.exports
        self._preset = Preset(habits.kind, habits.width)
        self._cut = Cut(0, count - 1)
        self.name = NewName(viewed, habits.template, parent=self)

    @property
    def kind(self) -> ExportKind:
        """The kind of file."""
        return self._preset.kind

    @property
    def own_size(self) -> tuple[int, int] | None:
        """The clip's width and height; None where they are not known."""
        clip = self.viewed.clip
        return (clip.width, clip.height) if clip.width and clip.height else None

    @property
    def width(self) -> int | None:
        """In pixels; None for the clip's own, beyond which nothing is enlarged."""
        wanted, own = self._preset.width, self.own_size
        return None if own is not None and wanted is not None and wanted >= own[0] else wanted

    @property
    def cut(self) -> Cut:
        """The frames wanted."""
        return self._cut

    @property
    def purpose(self) -> Purpose | None:
        """What this is for; None where kind and width are somebody's own."""
        return next((known for known in Purpose if PRESETS[known] == self._preset), None)

    @property
    def order(self) -> ExportOrder:
        """All of it."""
        first, last = self._cut.first, self._cut.last
        return ExportOrder(
            self.kind,
            first if first > 0 else None,
            last if last < self.count - 1 else None,
            self.width,
        )

    def choose_purpose(self, purpose: Purpose) -> None:
        """Kind and width as this wants them."""
        self._choose(PRESETS[purpose])

    def choose_kind(self, kind: ExportKind) -> None:
        """Another kind of file, as wide as before."""
        self._choose(replace(self._preset, kind=kind))

    def set_width(self, width: int) -> None:
        """In pixels."""
        own = self.own_size
        is_own = own is not None and width >= own[0]
        self._choose(replace(self._preset, width=None if is_own else width))

    def set_cut(self, cut: Cut) -> None:
        """Both ends are within the clip."""
        if cut != self._cut:
            self._cut = cut
            self.name.set_frame(cut.first)
            self.order_changed.emit()

    def keep(self) -> None:
        """Remember it for the next clip."""
        current = self._preferences.current
        kept = replace(current.exports, kind=self._preset.kind, width=self._preset.width)
        self._preferences.change(replace(current, exports=kept))
        keep_template(self._preferences, self.name)

    def _choose(self, preset: Preset) -> None:
        if preset != self._preset:
            self._preset = preset
            self.order_changed.emit()


def keep_template(preferences: Preferences, name: NewName) -> None:
    """Remember how files are called, if that will do."""
    current = preferences.current
    if name.error is None:
        kept = replace(current.exports, template=name.template)
        preferences.change(replace(current, exports=kept))
