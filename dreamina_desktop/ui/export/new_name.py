"""What a file that is yet to be made is called, and where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.export_errors import TemplateError
from dreamina_desktop.core.file_template import CLIP_TEMPLATE, FileTemplate, values_of
from dreamina_desktop.ui.watch.viewed import Viewed


class NewName(QObject):
    """``template`` may be one that will not do while somebody types; then there is no ``stem``."""

    name_changed = Signal()

    def __init__(
        self, viewed: Viewed, template: str, ending: str = "", parent: QObject | None = None
    ) -> None:
        """After ``viewed``, in its folder; ``template`` "" is the usual one.

        ``ending`` stands behind what comes of the template.
        """
        super().__init__(parent)
        self._viewed = viewed
        self._ending = ending
        self._frame = 0
        self._template = template or CLIP_TEMPLATE
        if self.error is not None:
            # From a settings file that somebody wrote by hand.
            self._template = CLIP_TEMPLATE
        self._folder = viewed.path.parent

    @property
    def template(self) -> str:
        """As it was typed."""
        return self._template

    @property
    def folder(self) -> Path:
        """Where the file goes."""
        return self._folder

    @property
    def error(self) -> TemplateError | None:
        """What is wrong with the template."""
        try:
            FileTemplate(self._template)
        except TemplateError as error:
            return error
        return None

    def stem(self) -> str:
        """The name without its suffix. Raises TemplateError."""
        made = FileTemplate(self._template).stem(values_of(self._viewed.job, self._frame))
        return made + self._ending

    def target(self, suffix: str) -> Path:
        """The whole path. Raises TemplateError."""
        return self._folder / f"{self.stem()}{suffix}"

    def set_template(self, template: str) -> None:
        """Whether it will do or not; "" is the usual one."""
        self._template = template.strip() or CLIP_TEMPLATE
        self.name_changed.emit()

    def set_folder(self, typed: str) -> None:
        """A relative one, and "", begin where the clip lies; "~" is the person's own."""
        typed = typed.strip()
        if typed == "~" or typed.startswith(("~/", "~\\")):
            self._folder = Path.home() / typed[2:]
        else:
            self._folder = self._viewed.path.parent / typed
        self.name_changed.emit()

    def set_clip(self, viewed: Viewed) -> None:
        """Name it after another clip; the folder stays."""
        self._viewed = viewed
        self.name_changed.emit()

    def set_frame(self, frame: int) -> None:
        """The first frame, from 0, as ``{frame}`` has it."""
        if frame != self._frame:
            self._frame = frame
            self.name_changed.emit()
