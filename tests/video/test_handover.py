from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.frame import Frame
from dreamina_desktop.video.handover import RankedFrame, rank_last_frames
from tests.video.shots import HEIGHT, WIDTH, make_shots, shot, texture


def of(ranked: tuple[RankedFrame, ...], index: int) -> RankedFrame:
    return next(frame for frame in ranked if frame.index == index)


def indices(ranked: tuple[RankedFrame, ...]) -> list[int]:
    return [frame.index for frame in ranked]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs, is blurred, stands sharp at 15 and 16, runs on and ends blurred: 20 frames."""
    running = [shot(moved=4 * number) for number in range(12)]
    blurred = [shot(moved=50, blur=2.0)] * 3
    still = [shot(moved=50)] * 3
    after = [shot(moved=60), shot(moved=60, blur=2.0)]
    folder = tmp_path_factory.mktemp("mixed")
    return make_shots(folder / "clip.mp4", [*running, *blurred, *still, *after])


def test_the_sharp_and_still_frame_is_the_best(mixed: Path) -> None:
    ranked = rank_last_frames(mixed)
    assert sorted(indices(ranked)) == list(range(8, 20))
    # Of the three that stand, only the middle one has the same on both sides.
    assert ranked[0].index == 16
    assert ranked[0].sharpness > 0.9
    assert ranked[0].stillness > 0.8
    for blurred in (12, 13, 14, 19):
        assert of(ranked, blurred).sharpness < 0.3
        assert blurred in indices(ranked)[-4:]
    # As sharp, but running.
    assert of(ranked, 9).sharpness > 0.8
    assert of(ranked, 9).stillness < 0.3
    assert of(ranked, 9).score < ranked[0].score


def test_the_best_comes_first(mixed: Path) -> None:
    ranked = rank_last_frames(mixed)
    assert [f.score for f in ranked] == sorted((f.score for f in ranked), reverse=True)
    for frame in ranked:
        assert 0 <= frame.sharpness <= 1
        assert 0 < frame.stillness <= 1
        assert 0 <= frame.score <= 1
    assert max(frame.sharpness for frame in ranked) == 1


def test_the_same_clip_is_ranked_the_same(mixed: Path) -> None:
    assert rank_last_frames(mixed) == rank_last_frames(mixed)


def test_of_equals_the_later_one_loses_least(tmp_path: Path) -> None:
    clip = make_shots(tmp_path / "still.mp4", [shot()] * 6)
    assert indices(rank_last_frames(clip)) == [5, 4, 3, 2, 1, 0]


def test_frames_without_any_edge_are_all_the_same(tmp_path: Path) -> None:
    grey = Image.new("L", (WIDTH, HEIGHT), 90)
    ranked = rank_last_frames(make_shots(tmp_path / "grey.mp4", [grey] * 4))
    assert indices(ranked) == [3, 2, 1, 0]
    assert {frame.sharpness for frame in ranked} == {1.0}


def test_the_frame_before_the_last_ones_counts_as_a_neighbour(tmp_path: Path) -> None:
    # Frame 3 differs wildly from frame 2, which is not ranked itself.
    other = shot(of=texture(seed=2))
    clip = make_shots(tmp_path / "cut.mp4", [other, other, other, shot(), shot(), shot(), shot()])
    ranked = rank_last_frames(clip, count=4)
    assert sorted(indices(ranked)) == [3, 4, 5, 6]
    assert of(ranked, 3).stillness < 0.3
    assert of(ranked, 4).stillness > 0.8


@pytest.mark.parametrize(("frames", "count", "wanted"), [(1, 12, 1), (5, 12, 5), (5, 2, 2)])
def test_a_short_clip_has_fewer(tmp_path: Path, frames: int, count: int, wanted: int) -> None:
    clip = make_shots(tmp_path / "short.mp4", [shot(moved=3 * n) for n in range(frames)])
    ranked = rank_last_frames(clip, count)
    assert sorted(indices(ranked)) == list(range(frames - wanted, frames))


@pytest.mark.parametrize("size", [(2, 2), (150, 34), (24, 98)])
def test_a_clip_of_an_odd_size(tmp_path: Path, size: tuple[int, int]) -> None:
    flat = [Image.new("L", size, grey) for grey in (20, 200)]
    ranked = rank_last_frames(make_shots(tmp_path / "flat.mp4", flat))
    assert indices(ranked) == [1, 0]


def test_each_of_the_last_is_shown_once_and_small(tmp_path: Path) -> None:
    wide = Image.new("L", (1200, 300), 128)
    clip = make_shots(tmp_path / "wide.mp4", [wide] * 4)
    seen: list[Frame] = []
    rank_last_frames(clip, count=3, seen=seen.append)
    assert [(frame.index, frame.width, frame.height) for frame in seen] == [
        (1, 960, 240),
        (2, 960, 240),
        (3, 960, 240),
    ]


def test_it_can_be_stopped(mixed: Path) -> None:
    asked = 0

    def soon() -> bool:
        nonlocal asked
        asked += 1
        return asked == 2

    seen: list[Frame] = []
    assert rank_last_frames(mixed, cancelled=soon, seen=seen.append) == ()
    assert asked == 2
    assert not seen


def test_no_frames_are_no_question(mixed: Path) -> None:
    with pytest.raises(ValueError, match="0"):
        rank_last_frames(mixed, count=0)


def test_a_file_that_is_no_clip(tmp_path: Path) -> None:
    path = tmp_path / "no.mp4"
    with pytest.raises(ClipBrokenError):
        rank_last_frames(path)
    path.write_bytes(b"no clip at all")
    with pytest.raises(ClipBrokenError):
        rank_last_frames(path)


def test_mutated_clips_are_ranked_or_refused(mixed: Path, tmp_path: Path) -> None:
    whole = mixed.read_bytes()
    chance = random.Random(6)
    refused = 0
    for number in range(24):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 8, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if number % 3 == 0:
            del data[chance.randrange(len(data)) :]
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(data)
        try:
            ranked = rank_last_frames(path)
        except ClipBrokenError:
            refused += 1
        else:
            assert 1 <= len(set(indices(ranked))) == len(ranked) <= 12
    assert 0 < refused < 24


def test_a_clip_whose_end_cannot_be_decoded(tmp_path: Path, mixed: Path) -> None:
    # The index behind tells of all frames; the pictures themselves are gone.
    data = bytearray(mixed.read_bytes())
    start, end = data.index(b"mdat"), data.index(b"moov")
    hollow = range(start + (end - start) // 8, end - 8)
    data[hollow.start : hollow.stop] = bytes(len(hollow))
    path = tmp_path / "hollow.mp4"
    path.write_bytes(data)
    with pytest.raises(ClipBrokenError):
        rank_last_frames(path)
