from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.export_errors import ClipUnreadableError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.draft import DraftSnapshot
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE, SlowBackground
from tests.ui.hand_over.desk import BEST, FRAMES, SPEC, OpenDesk, use


def pixels(path: str) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("L")


def differ(one: Image.Image, other: Image.Image) -> float:
    """The mean difference in levels."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / len(one.tobytes())


def test_the_best_of_the_last_frames_is_taken(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    assert desk.draft.origin == FrameOrigin("job", 1, BEST)
    source = Path(desk.draft.picture.source)
    assert source.name == f"cup_4711 frame {BEST + 1:04}.png"
    assert source.is_relative_to(desk.copies)
    assert desk.reason == f"Frame {BEST + 1}: sharpest of the last 12, and quite still"
    assert desk.row.currentIndex().data() == str(BEST + 1)
    assert desk.errors.count == 0


def test_the_one_on_the_stage_stands_first_then_the_best(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, 10))
    until(desk.is_settled)
    labels = desk.labels()
    assert labels[:2] == ["11", str(BEST + 1)]
    assert sorted(labels, key=int) == [str(number) for number in range(9, 21)]


def test_a_frame_before_the_last_ones_is_taken_itself(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    assert desk.draft.origin == FrameOrigin("job", 1, 3)
    assert desk.labels()[:2] == ["4", str(BEST + 1)]
    assert len(desk.labels()) == 13
    assert desk.reason == "Frame 4, the frame you see"


def test_each_frame_is_the_right_one(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    # The made clip runs by four pixels a frame.
    desk = open_desk()
    found = {}
    for index in (3, 4):
        desk.hand_over.use_frame(use(clip, index))
        until(lambda index=index: desk.draft.origin == FrameOrigin("job", 1, index))
        found[index] = pixels(desk.draft.picture.source)
    width, height = found[3].size
    assert (width, height) == (160, 96)
    moved = found[3].crop((4, 0, width, height))
    assert differ(moved, found[4].crop((0, 0, width - 4, height))) < 3
    assert differ(found[3], found[4]) > 10


def test_the_length_of_the_clip_may_not_be_known(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, 3, frames=None))
    until(desk.is_settled)
    assert desk.draft.origin == FrameOrigin("job", 1, 3)


def test_prompt_and_length_are_the_clips_and_the_seed_is_new(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.draft.set_prompt("Something else")
    desk.draft.set_frames(121)
    desk.draft.set_seed_text("99")
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    draft = desk.draft
    assert (draft.prompt, draft.frames, draft.seed) == (SPEC.prompt, SPEC.frames, None)
    # What was typed before can be had again.
    assert desk.remembered.prompts == ["Something else"]


@pytest.mark.parametrize("typed", ["", " \n", SPEC.prompt])
def test_what_was_not_typed_is_not_remembered(
    open_desk: OpenDesk, clip: Path, until: Until, typed: str
) -> None:
    desk = open_desk()
    desk.draft.set_prompt(typed)
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    assert desk.remembered.prompts == []


def test_a_clip_made_elsewhere_leaves_the_prompt(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.draft.set_prompt("Mine")
    desk.draft.set_frames(121)
    desk.hand_over.use_frame(use(clip, 3, spec=None))
    until(desk.is_settled)
    assert (desk.draft.prompt, desk.draft.frames) == ("Mine", 121)


def test_another_picture_ends_it(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, 3))
    until(desk.is_settled)
    desk.draft.take_file(SAMPLE)
    assert desk.bar.isHidden()
    assert desk.draft.origin is None


def test_a_picture_taken_meanwhile_stays(open_desk: OpenDesk, clip: Path) -> None:
    slow = SlowBackground()
    desk = open_desk(background=slow)
    for steps in (0, 1):
        desk.hand_over.use_frame(use(clip, FRAMES - 1))
        for _ in range(steps):
            slow.step()
        desk.draft.take_address(f"https://pictures.example/{steps}.png")
        while slow.waiting:
            slow.step()
        assert desk.draft.picture.source == f"https://pictures.example/{steps}.png"
        assert desk.draft.origin is None
        assert desk.bar.isHidden()


def test_the_same_picture_chosen_again_meanwhile_stays(open_desk: OpenDesk, clip: Path) -> None:
    slow = SlowBackground()
    desk = open_desk(background=slow)
    desk.draft.take_file(SAMPLE)
    slow.finish()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    desk.draft.take_file(SAMPLE)
    slow.finish()
    assert desk.draft.picture.source == str(SAMPLE)
    assert desk.draft.origin is None
    assert desk.bar.isHidden()


def test_put_away_before_it_is_found_it_is_taken_all_the_same(
    open_desk: OpenDesk, clip: Path
) -> None:
    slow = SlowBackground()
    desk = open_desk(background=slow)
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    assert desk.reason.startswith("Taking")
    assert not desk.button("undoHandOverButton").isVisible()
    desk.hand_over.dismiss()
    while slow.waiting:
        slow.step()
    assert desk.draft.origin == FrameOrigin("job", 1, BEST)
    assert desk.bar.isHidden()
    assert desk.stage.hasFocus()


def test_the_key_again_begins_anew(open_desk: OpenDesk, clip: Path) -> None:
    slow = SlowBackground()
    desk = open_desk(background=slow)
    desk.hand_over.use_frame(use(clip, 3))
    desk.hand_over.use_frame(use(clip, 5))
    while slow.waiting:
        slow.step()
    assert desk.draft.origin == FrameOrigin("job", 1, 5)
    assert desk.labels()[0] == "6"


def test_a_broken_clip_leaves_the_draft(open_desk: OpenDesk, tmp_path: Path, until: Until) -> None:
    desk = open_desk()
    desk.draft.set_prompt("Mine")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no clip")
    for index in (3, FRAMES - 1):
        before = desk.errors.count
        desk.hand_over.use_frame(use(broken, index))
        until(lambda before=before: desk.errors.count > before)
        assert isinstance(desk.errors.last, ClipUnreadableError)
        assert desk.bar.isHidden()
    assert desk.draft.snapshot() == DraftSnapshot("", "Mine", 121, "")
    # And it can be tried again.
    assert desk.errors.count == 2


def test_a_sound_frame_of_a_clip_with_a_broken_end(
    open_desk: OpenDesk, clip: Path, tmp_path: Path, until: Until
) -> None:
    data = bytearray(clip.read_bytes())
    start, end = data.index(b"mdat"), data.index(b"moov")
    hollow = start + 3 * (end - start) // 4
    data[hollow : end - 8] = bytes(end - 8 - hollow)
    spoiled = tmp_path / "spoiled.mp4"
    spoiled.write_bytes(data)
    desk = open_desk()
    desk.hand_over.use_frame(use(spoiled, 2))
    until(lambda: desk.draft.origin is not None)
    until(lambda: desk.hint.endswith("another."))
    assert desk.labels() == ["3"]
    assert desk.errors.count == 0


def test_a_full_disk_is_told(open_desk: OpenDesk, clip: Path, until: Until) -> None:
    desk = open_desk()
    desk.copies.write_bytes(b"a file where the folder should be")
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(lambda: desk.errors.count == 1)
    assert isinstance(desk.errors.last, DiskError)
    assert desk.bar.isHidden()
    assert not desk.draft.picture.is_there


def test_a_disk_that_fills_leaves_what_was_taken(
    open_desk: OpenDesk, clip: Path, until: Until
) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(clip, FRAMES - 1))
    until(desk.is_settled)
    desk.copies.rename(desk.copies.with_name("elsewhere"))
    desk.copies.write_bytes(b"")
    desk.click(0)
    until(lambda: desk.errors.count == 1)
    assert desk.draft.origin == FrameOrigin("job", 1, BEST)
    assert not desk.bar.isHidden()


def test_a_picture_in_place_of_a_clip_is_a_file_already(open_desk: OpenDesk, until: Until) -> None:
    desk = open_desk()
    desk.hand_over.use_frame(use(SAMPLE, 0, frames=0, kind=ClipKind.IMAGE))
    until(lambda: desk.draft.origin is not None)
    assert desk.draft.origin == FrameOrigin("job", 1, 0)
    assert desk.draft.picture.source == str(SAMPLE)
    assert desk.labels() == ["1"]


def test_a_broken_picture_is_told(open_desk: OpenDesk, tmp_path: Path, until: Until) -> None:
    desk = open_desk()
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    desk.hand_over.use_frame(use(broken, 0, frames=0, kind=ClipKind.IMAGE))
    until(lambda: desk.errors.count == 1)
    assert isinstance(desk.errors.last, ClipUnreadableError)
    assert desk.bar.isHidden()


def test_a_long_name_keeps_the_frames_number(
    open_desk: OpenDesk, clip: Path, tmp_path: Path, until: Until
) -> None:
    long = tmp_path / f"{'cup ' * 30}.mp4"
    long.write_bytes(clip.read_bytes())
    desk = open_desk()
    desk.hand_over.use_frame(use(long, 3))
    until(desk.is_settled)
    assert Path(desk.draft.picture.source).name.endswith("cup frame 0004.png")
