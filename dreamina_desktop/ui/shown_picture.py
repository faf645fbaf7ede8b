"""A picture that is being made ready, and what of it is shown: for looking at, not for setting."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dreamina_desktop.core.cutout import Framer
from dreamina_desktop.core.framing import Framing
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.verdict import Cure, Verdict
from dreamina_desktop.ui.draft_picture import DraftPicture
from dreamina_desktop.ui.picture_reading import PictureReading
from dreamina_desktop.ui.ports import PictureHabits
from dreamina_desktop.ui.recipe_history import RecipeHistory


class ShownPicture(QObject):
    """What everybody may know of the draft's picture. ``PictureDraft`` sets it."""

    picture_changed = Signal()
    """The picture, or anything known of it; not its looks."""
    preview_changed = Signal()
    """``view``, ``preview``, or which of them is shown."""
    recipe_changed = Signal()
    """``recipe``, also while somebody drags."""
    step_reached = Signal()
    copy_failed = Signal(object)
    """A pasted picture could not be kept: carries ``CopyKept``."""

    def __init__(
        self,
        spec: ModelSpec,
        reading: PictureReading,
        habits: PictureHabits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._spec = spec
        self._reading = reading
        self._habits = habits
        self._picture = DraftPicture()
        self._history = RecipeHistory(Recipe())
        self._live: Recipe | None = None
        self._view: QImage | None = None
        self._preview: QImage | None = None
        self._shows_original = False
        self._removed = ""

    @property
    def picture(self) -> DraftPicture:
        """What is known of the picture by now."""
        return self._picture

    @property
    def view(self) -> QImage | None:
        """The file itself for looking at, upright and whole; None as long as there is none."""
        return self._view

    @property
    def preview(self) -> QImage | None:
        """Exactly the pixels that are sent; None as long as there are none.

        While a changed recipe is carried out, it still shows the one before.
        """
        return self._preview

    @property
    def shows_original(self) -> bool:
        """Whether somebody wants to see the file rather than what is sent."""
        return self._shows_original

    @property
    def shown(self) -> QImage | None:
        """What is to be looked at now: ``preview``, or ``view`` where that is wanted or all."""
        if self._shows_original or self._preview is None:
            return self._view
        return self._preview

    @property
    def has_no_preview(self) -> bool:
        """Whether there will never be one: nobody here can decode this picture."""
        return self._picture.is_unseen and self._preview is None

    @property
    def step(self) -> Step | None:
        """How far the making of what is sent has come; None while nothing is under way."""
        return self._reading.step

    @property
    def framing(self) -> Framing | None:
        """The model's own crop of what is sent."""
        return self._picture.framing(self._spec)

    @property
    def framer(self) -> Framer | None:
        """Places frames on the upright file; None while, or where, its size is not known."""
        facts = self._picture.facts
        if facts is None or self._picture.is_address or not facts.width or not facts.height:
            return None
        return Framer(facts.width, facts.height, self._spec.output_sizes)

    def picture_verdicts(self) -> tuple[Verdict, ...]:
        """Findings about what is sent; none before the header was read."""
        return self._picture.verdicts(self._spec)

    def file_verdicts(self) -> tuple[Verdict, ...]:
        """Findings about the file itself; none before its header was read."""
        return self._picture.file_verdicts(self._spec)

    @property
    def recipe(self) -> Recipe:
        """What is made of the picture, also while somebody drags."""
        return self._history.current if self._live is None else self._live

    @property
    def can_undo_recipe(self) -> bool:
        """Whether there is a step to be undone."""
        return self._is_file() and self._history.can_undo

    @property
    def can_redo_recipe(self) -> bool:
        """Whether there is an undone step to be done again."""
        return self._is_file() and self._history.can_redo

    def cures(self) -> tuple[Cure, ...]:
        """What ``mend_picture`` would do; () where it would not help."""
        return self._picture.cures(self._spec)

    @property
    def can_bring_back_picture(self) -> bool:
        """Whether a picture was removed and none was used since."""
        return bool(self._removed) and not self._picture.is_there

    @property
    def always_takes_saved_file(self) -> bool:
        """Whether a file saved anew by another program is taken without asking."""
        return self._habits.takes_saved_files

    def _is_file(self) -> bool:
        return self._path_in_use() is not None

    def _path_in_use(self) -> Path | None:
        if self._picture.is_address or not self._picture.source:
            return None
        return Path(self._picture.source)
