"""What is made of the draft's picture: mended, framed, undone, remembered, compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject

from dreamina_desktop.core.change import ChangeKind
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import BLACK, Frame, Recipe
from dreamina_desktop.core.seen_address import SeenAddress
from dreamina_desktop.core.verdict import Cure, Severity, VerdictCode, worst
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.reasons import ReasonCode, Remedy
from tests.pictures.samples import noise, picture
from tests.ui.conftest import Until
from tests.ui.drafts import (
    SAMPLE,
    Counter,
    Habits,
    HomeWork,
    MakeDraft,
    Shelf,
    SlowBackground,
    codes,
    is_read,
    remedies,
    verdict_codes,
)

WIDE = Frame("16:9")


def saved(folder: Path, image: Image.Image, name: str = "a.png") -> Path:
    path = folder / name
    image.save(path)
    return path


def test_mending_cures_all_and_undoing_brings_it_back(
    draft: Draft, shelf: Shelf, until: Until, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 1600, 400), "cat.webp")
    before = path.read_bytes()
    draft.take_file(path)
    until(lambda: is_read(draft))
    assert draft.cures() == (Cure.CONVERT, Cure.CROP)
    assert remedies(draft)[0] is Remedy.FIX_PICTURE
    assert not shelf.kept
    draft.mend_picture()
    # Its refusals are being seen to: all that is to be done is to wait.
    assert codes(draft)[0] is ReasonCode.PICTURE_BEING_READ
    until(lambda: is_read(draft))
    prepared = draft.picture.prepared
    assert prepared is not None
    assert verdict_codes(draft) == [VerdictCode.PICTURE_FITS]
    assert worst(draft.file_verdicts()) is Severity.REFUSED
    kinds = [change.kind for change in prepared.changes]
    assert ChangeKind.CROPPED in kinds
    assert ChangeKind.CONVERTED in kinds
    assert draft.cures() == ()
    assert draft.preview is not None
    assert (draft.preview.width(), draft.preview.height()) == (
        prepared.facts.width,
        prepared.facts.height,
    )
    assert draft.view is not None
    assert draft.view.width() == 1600
    until(lambda: shelf.kept == {prepared.sha256: prepared.data})
    assert path.read_bytes() == before
    # Once more changes nothing.
    told = Counter(draft.recipe_changed)
    draft.mend_picture()
    assert told.count == 0
    draft.undo_recipe()
    until(lambda: is_read(draft))
    assert remedies(draft)[0] is Remedy.FIX_PICTURE
    assert draft.can_redo_recipe
    draft.redo_recipe()
    until(lambda: is_read(draft))
    assert verdict_codes(draft) == [VerdictCode.PICTURE_FITS]


def test_what_cannot_be_mended(
    draft: Draft, until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamina_desktop.ui.draft_picture.MOST_PIXELS_DECODED", 5_000_000)
    draft.take_file(saved(tmp_path, picture("L", 5000, 1100), "large.png"))
    assert draft.picture.has_too_many_pixels
    assert draft.cures() == ()
    text = tmp_path / "notes.webp"
    text.write_bytes(b"RIFF\x20\x00\x00\x00WEBPVP8 " + b"\x00" * 40)
    draft.take_file(text)
    until(lambda: draft.picture.is_unseen)
    assert draft.has_no_preview
    assert draft.cures() == ()
    draft.mend_picture()
    assert draft.recipe == Recipe()


def test_a_frame_is_seen_while_it_is_dragged_and_prepared_once_it_rests(
    draft: Draft, until: Until, spec: ModelSpec
) -> None:
    draft.take_file(SAMPLE)
    until(lambda: is_read(draft))
    moved, pictures = Counter(draft.recipe_changed), Counter(draft.picture_changed)
    framer = draft.framer
    assert framer is not None
    for step in range(1, 6):
        draft.set_frame_live(replace(WIDE, zoom=1 + step / 10))
    assert (moved.count, pictures.count) == (5, 1)
    # Not what is seen any more: it is not sent either.
    assert draft.picture.prepared is None
    assert not draft.can_undo_recipe
    draft.settle_frame()
    assert draft.recipe.frame == replace(WIDE, zoom=1.5)
    until(lambda: is_read(draft))
    cutout = framer.cutout(replace(WIDE, zoom=1.5))
    prepared = draft.picture.prepared
    assert prepared is not None
    assert prepared.facts.width * cutout.height == prepared.facts.height * cutout.width
    assert draft.framing is not None
    assert (draft.framing.output.shape, draft.framing.lost) == ("16:9", 0)
    # All of the drag is one step.
    draft.undo_recipe()
    assert draft.recipe == Recipe()
    assert not draft.can_undo_recipe
    until(lambda: is_read(draft))
    assert draft.picture.prepared is not None
    assert draft.picture.prepared.facts.width == draft.picture.facts.width  # type: ignore[union-attr]


def test_a_drag_that_ends_where_it_began_is_no_step(draft: Draft, until: Until) -> None:
    draft.take_file(SAMPLE)
    until(lambda: is_read(draft))
    draft.settle_frame()
    draft.set_frame_live(WIDE)
    draft.set_frame_live(None)
    draft.settle_frame()
    assert not draft.can_undo_recipe
    until(lambda: is_read(draft))


def test_quick_changes_are_carried_out_once(make_draft: MakeDraft, tmp_path: Path) -> None:
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    draft.take_file(SAMPLE)
    background.finish()
    told = Counter(draft.picture_changed)
    for shape in ("16:9", "1:1", "9:16"):
        draft.set_recipe(Recipe(frame=Frame(shape)))
    assert told.count == 3
    background.settle()
    # The last one, alone.
    assert len(background.waiting) == 1
    background.finish()
    prepared = draft.picture.prepared
    assert prepared is not None
    assert prepared.facts.width * 30 == prepared.facts.height * 17


def test_an_earlier_recipe_that_comes_late_is_dropped(make_draft: MakeDraft, shelf: Shelf) -> None:
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    draft.take_file(SAMPLE)
    background.finish()
    draft.set_recipe(Recipe(frame=Frame("1:1")))
    background.settle()
    late = list(background.waiting)
    assert late
    background.waiting.clear()
    draft.set_recipe(Recipe(frame=Frame("16:9")))
    background.settle()
    background.waiting.extend(late)
    background.finish()
    prepared = draft.picture.prepared
    assert prepared is not None
    assert prepared.facts.width > prepared.facts.height
    assert list(shelf.kept)[-1] == prepared.sha256


def test_a_recipe_is_remembered_with_its_picture(
    draft: Draft, habits: Habits, until: Until, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 800, 600))
    draft.take_file(path)
    recipe = Recipe(ground=BLACK, frame=WIDE)
    draft.set_recipe(recipe)
    assert habits.known == {str(path): recipe}
    draft.take_file(SAMPLE)
    assert draft.recipe == Recipe()
    assert not draft.can_undo_recipe
    draft.take_file(path)
    assert draft.recipe == recipe
    # What was made another time is where this one begins.
    assert not draft.can_undo_recipe
    until(lambda: is_read(draft))
    prepared = draft.picture.prepared
    assert prepared is not None
    assert prepared.facts.width * 17 == prepared.facts.height * 30
    draft.clear_picture()
    assert draft.recipe == Recipe()
    draft.bring_back_picture()
    assert draft.recipe == recipe


def test_without_a_file_there_is_nothing_to_make(draft: Draft) -> None:
    for call in (draft.settle_frame, draft.undo_recipe, draft.redo_recipe, draft.take_saved_file):
        call()
    draft.set_frame_live(WIDE)
    assert draft.recipe == Recipe()
    draft.take_address("https://example.org/a.png")
    assert draft.framer is None
    draft.set_frame_live(WIDE)
    assert draft.recipe == Recipe()
    assert not draft.can_undo_recipe


def test_the_original_is_shown_on_wish(draft: Draft, until: Until, tmp_path: Path) -> None:
    draft.take_file(saved(tmp_path, picture("RGB", 800, 600)))
    draft.set_recipe(Recipe(frame=Frame("1:1")))
    until(lambda: is_read(draft) and draft.view is not None)
    assert draft.shown is draft.preview
    told = Counter(draft.preview_changed)
    draft.show_original(is_wanted=True)
    draft.show_original(is_wanted=True)
    assert told.count == 1
    assert draft.shown is draft.view
    # Of another picture nobody has asked for the original.
    draft.take_file(SAMPLE)
    assert not draft.shows_original


def test_an_address_that_was_looked_at(draft: Draft) -> None:
    address = "https://example.org/a.png"
    draft.take_address(address)
    draft.see_address(SeenAddress("https://example.org/b.png", VerdictCode.ADDRESS_GONE, 404))
    assert verdict_codes(draft) == [VerdictCode.ADDRESS_UNSEEN]
    draft.see_address(SeenAddress(address, VerdictCode.ADDRESS_GONE, 404))
    assert verdict_codes(draft) == [VerdictCode.ADDRESS_GONE]
    assert draft.cures() == ()


def test_how_far_it_has_come_is_told(draft: Draft, until: Until, tmp_path: Path) -> None:
    told: list[Step | None] = []

    class Ear(QObject):
        def hear(self) -> None:
            told.append(draft.step)

    ear = Ear()
    draft.step_reached.connect(ear.hear)
    draft.take_file(saved(tmp_path, noise(3000, 2600), "large.bmp"))
    draft.mend_picture()
    until(lambda: is_read(draft))
    assert told
    assert None not in told
    assert draft.step is None


def test_another_programs_saving_is_taken_when_it_is_wanted(
    draft: Draft, until: Until, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 500, 400))
    draft.take_file(path)
    draft.set_prompt("Same prompt.")
    until(lambda: is_read(draft) and draft.view is not None)
    before = draft.picture.prepared
    replaced(path, 600)
    until(lambda: draft.picture.is_saved_anew)
    # What was shown is still what is sent.
    assert draft.picture.prepared is before
    assert draft.reasons() == ()
    assert draft.preview is not None
    assert draft.preview.width() == 500
    draft.take_saved_file()
    until(lambda: is_read(draft))
    assert not draft.picture.is_saved_anew
    assert draft.picture.prepared is not None
    assert draft.picture.prepared.facts.width == 600
    assert draft.prompt == "Same prompt."
    # From now on without asking.
    draft.take_saved_files(always=True)
    replaced(path, 700)
    until(lambda: is_read(draft) and draft.picture.prepared.facts.width == 700)  # type: ignore[union-attr]


def test_always_also_takes_what_was_saved_just_now(
    draft: Draft, until: Until, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 500, 400))
    draft.take_file(path)
    until(lambda: is_read(draft))
    replaced(path, 600)
    until(lambda: draft.picture.is_saved_anew)
    draft.take_saved_files(always=True)
    assert draft.always_takes_saved_file
    until(lambda: is_read(draft) and draft.picture.prepared.facts.width == 600)  # type: ignore[union-attr]


def test_a_new_recipe_is_for_the_file_as_it_was_saved(
    draft: Draft, until: Until, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 500, 400))
    draft.take_file(path)
    until(lambda: is_read(draft))
    replaced(path, 900)
    until(lambda: draft.picture.is_saved_anew)
    draft.set_recipe(Recipe(frame=Frame("1:1")))
    until(lambda: is_read(draft))
    assert not draft.picture.is_saved_anew
    assert draft.picture.facts is not None
    assert draft.picture.facts.width == 900
    assert draft.recipe.frame == Frame("1:1")


def test_a_recipe_of_another_model_is_left_out(
    draft: Draft, habits: Habits, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 500, 400))
    habits.keep_recipe(str(path), Recipe(mended=True, frame=Frame("5:4")))
    draft.take_file(path)
    assert draft.recipe == Recipe(mended=True)


def replaced(path: Path, width: int) -> None:
    new = path.with_name("new.png")
    picture("RGB", width, 400).save(new)
    new.replace(path)
