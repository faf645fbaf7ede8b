"""The picture's part of the draft: the file, what is made of it, and what of that is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.recipe import Frame, Recipe
from dreamina_desktop.core.seen_address import SeenAddress
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.draft_picture import DraftPicture
from dreamina_desktop.ui.file_watch import FileWatch
from dreamina_desktop.ui.picture_reading import (
    CopyKept,
    HeaderRead,
    PictureRead,
    PictureReading,
    ViewMade,
)
from dreamina_desktop.ui.ports import PictureHabits
from dreamina_desktop.ui.preview import image_of
from dreamina_desktop.ui.recipe_history import RecipeHistory
from dreamina_desktop.ui.shown_picture import ShownPicture


class PictureDraft(ShownPicture):
    """One picture at a time, and its recipe, which can be undone and is remembered with the file.

    The file itself is never changed. What is shown as sent is what is sent. Every setter tells
    once, and only of a real change.
    """

    def __init__(
        self,
        spec: ModelSpec,
        reading: PictureReading,
        habits: PictureHabits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(spec, reading, habits, parent)
        self._stands_in: Path | None = None
        self._set_aside: Path | None = None
        self._before_copy: Path | None = None
        self._turn = 0
        self._watch = FileWatch(self)
        self._watch.file_saved.connect(self._on_file_saved)
        reading.header_read.connect(self._on_header_read)
        reading.view_made.connect(self._on_view_made)
        reading.step_reached.connect(self.step_reached)
        reading.picture_read.connect(self._on_picture_read)
        reading.copy_kept.connect(self._on_copy_kept)

    # ---- which picture ---------------------------------------------------------------------

    @property
    def picture_turn(self) -> int:
        """Grows whenever a picture is chosen, the same one again too, and when it is removed."""
        return self._turn

    def take_file(self, path: Path, stands_in: Path | None = None) -> None:
        """Use a file. Its header's verdicts are there on return, unless its drive is slow.

        ``stands_in`` is used where there is no such file any more.
        """
        self._stands_in = stands_in
        self._set_aside = None
        self._read(path.absolute())

    def take_address(self, address: str) -> None:
        """Use a public address; "" goes back to the file that was there before."""
        address = address.strip()
        if address == (self._picture.source if self._picture.is_address else ""):
            return
        if not self._picture.is_address and self._picture.source:
            self._set_aside = Path(self._picture.source)
        if address:
            self._leave()
            self._show(DraftPicture(address, is_address=True))
        elif self._set_aside is not None:
            self.take_file(self._set_aside)
        else:
            self._clear()

    def see_address(self, seen: SeenAddress) -> None:
        """Know what was found at the address in use; of another address it is no news."""
        if self._picture.source == seen.address and self._picture.is_address:
            self._picture = replace(self._picture, seen=seen)
            self._view = self._preview = image_of(seen.view) if seen.view is not None else None
            self._tell_all()

    def take_image(self, image: QImage) -> None:
        """Use a picture that is no file: it becomes one."""
        self._await_copy()
        self._reading.keep_image(image)

    def take_data(self, data: bytes, suffix: str) -> None:
        """Use a picture file's bytes that are in no file: they become one, as they are."""
        self._await_copy()
        self._reading.keep_data(data, suffix)

    def take_saved_file(self) -> None:
        """Read the file again as another program has saved it; the recipe stays."""
        path = self._path_in_use()
        if path is not None:
            self._read_again(path)

    def take_saved_files(self, *, always: bool) -> None:
        """Let it happen without asking from now on, also for what was saved just now; or not."""
        self._habits.take_saved_files(always=always)
        if always and self._picture.is_saved_anew:
            self.take_saved_file()

    def clear_picture(self) -> None:
        """Use none; ``bring_back_picture`` undoes it until another one is used."""
        removed = self._picture.source or self._removed
        self._clear()
        self._removed = removed

    def bring_back_picture(self) -> None:
        """Use the picture that was removed, if ``can_bring_back_picture``."""
        if self.can_bring_back_picture:
            self._take_source(self._removed, None)

    def show_original(self, *, is_wanted: bool) -> None:
        """Look at the file rather than at what is sent, or the other way round."""
        if is_wanted != self._shows_original:
            self._shows_original = is_wanted
            self.preview_changed.emit()

    # ---- what is made of it ----------------------------------------------------------------

    def set_recipe(self, recipe: Recipe) -> None:
        """Make this of the picture, as one step to be undone. Nothing where there is no file."""
        if not self._is_file():
            return
        before = self.recipe
        self._history.add(recipe)
        self._carry_out(before)

    def set_frame_live(self, frame: Frame | None) -> None:
        """Show this frame while it is dragged; nothing is prepared before ``settle_frame``."""
        if not self._is_file():
            return
        before = self.recipe
        self._live = replace(before, frame=frame)
        if self._live == before:
            return
        # What is being prepared, or was, is not what is seen any more.
        self._reading.hold()
        if self._picture.prepared is not None:
            self._picture = replace(self._picture, recipe=self._live, prepared=None)
            self.picture_changed.emit()
        self.recipe_changed.emit()

    def settle_frame(self) -> None:
        """The frame stays as it was dragged, as one step to be undone."""
        if self._live is not None:
            self._history.add(self._live)
            self._carry_out(self._history.current)

    def undo_recipe(self) -> None:
        """One step back, if ``can_undo_recipe``."""
        before = self.recipe
        self._history.undo()
        self._carry_out(before)

    def redo_recipe(self) -> None:
        """One step forward again, if ``can_redo_recipe``."""
        before = self.recipe
        self._history.redo()
        self._carry_out(before)

    def mend_picture(self) -> None:
        """Cure all that can be cured, where ``cures`` says something."""
        if self.cures():
            self.set_recipe(replace(self.recipe, mended=True))

    # ---- inside ----------------------------------------------------------------------------

    def _take_source(self, source: str, stands_in: Path | None) -> None:
        if source and Path(source).is_absolute():
            self.take_file(Path(source), stands_in)
        elif source:
            self.take_address(source)
        else:
            self._clear()

    def _clear(self) -> None:
        self._set_aside, self._removed = None, ""
        self._leave()
        self._show(DraftPicture())

    def _leave(self) -> None:
        self._reading.forget()
        self._watch.watch(None)

    def _await_copy(self) -> None:
        self._before_copy = self._path_in_use()
        self._watch.watch(None)
        self._show(DraftPicture(is_arriving=True))

    def _carry_out(self, before: Recipe) -> None:
        is_dragged, self._live = self._live is not None, None
        recipe = self._history.current
        path = self._path_in_use()
        if path is None or (recipe == before and not is_dragged):
            return
        self._habits.keep_recipe(str(path), recipe)
        self._picture = replace(self._picture, recipe=recipe, prepared=None)
        if self._picture.is_saved_anew:
            # The bytes of before are gone: only of the new ones can something else be made.
            self._read_again(path)
        else:
            self._reading.prepare(recipe)
            self.picture_changed.emit()
        self.recipe_changed.emit()

    def _read(self, path: Path) -> None:
        self._watch.watch(None)
        # What is known of the file before is not known of this one, not for a moment.
        recipe = self._usable(self._habits.recipe(str(path)))
        self._begin(DraftPicture(str(path), recipe=recipe))
        self._reading.read(path, recipe)
        if self._picture.facts is None and not self._picture.is_missing:
            # The header keeps us waiting: say at least that it is being read.
            self._tell_all()

    def _usable(self, recipe: Recipe) -> Recipe:
        """Without a frame of a shape that this model has not."""
        shapes = {size.shape for size in self._spec.output_sizes}
        frame = recipe.frame
        return recipe if frame is None or frame.shape in shapes else replace(recipe, frame=None)

    def _read_again(self, path: Path) -> None:
        # The picture of before is shown until the new one is there.
        self._picture = replace(self._picture, is_saved_anew=False, prepared=None)
        self._reading.read(path, self.recipe)

    def _begin(self, picture: DraftPicture) -> None:
        self._turn += 1
        self._picture, self._view, self._preview = picture, None, None
        self._history, self._live = RecipeHistory(picture.recipe), None
        self._shows_original = False

    def _show(self, picture: DraftPicture) -> None:
        self._begin(picture)
        self._tell_all()

    def _tell_all(self) -> None:
        self.picture_changed.emit()
        self.preview_changed.emit()
        self.recipe_changed.emit()

    def _on_header_read(self, header: HeaderRead) -> None:
        if header.facts is not None:
            self._stands_in = None
            self._picture = replace(
                self._picture, facts=header.facts, prepared=None, sent=None, trouble=None
            )
            self._watch.watch(Path(self._picture.source))
        elif self._stands_in is not None:
            path, self._stands_in = self._stands_in, None
            self._read(path)
            return
        else:
            self._picture = replace(self._picture, trouble=header.trouble)
        self._tell_all()

    def _on_view_made(self, made: ViewMade) -> None:
        self._view = made.image
        if self._picture.is_unseen != (made.image is None):
            self._picture = replace(self._picture, is_unseen=made.image is None)
            self.picture_changed.emit()
        self.preview_changed.emit()

    def _on_picture_read(self, read: PictureRead) -> None:
        prepared = read.prepared
        if prepared is None:
            self._picture = replace(self._picture, trouble=read.trouble)
        else:
            self._picture = replace(self._picture, prepared=prepared, sent=prepared.facts)
            verdicts = self.picture_verdicts()
            if all(verdict.severity is not Severity.REFUSED for verdict in verdicts):
                self._reading.shelve(prepared)
        self._preview = read.image
        self.picture_changed.emit()
        self.preview_changed.emit()

    def _on_copy_kept(self, kept: CopyKept) -> None:
        if kept.path is not None:
            self.take_file(kept.path)
            return
        if self._before_copy is not None:
            self.take_file(self._before_copy)
        else:
            self._clear()
        self.copy_failed.emit(kept)

    def _on_file_saved(self) -> None:
        path = self._path_in_use()
        if path is None:
            return
        if self._habits.takes_saved_files or self._picture.is_being_read:
            # Nothing was shown yet of what it was before.
            self._read_again(path)
        elif not self._picture.is_saved_anew:
            self._picture = replace(self._picture, is_saved_anew=True)
            self.picture_changed.emit()
