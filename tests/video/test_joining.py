"""Films of several clips, read back by a reader that did not write them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from dreamina_desktop.core.export_errors import (
    ClipUnreadableError,
    ExportCancelledError,
    OutputTakenError,
)
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.video.film_clip import FilmClip
from dreamina_desktop.video.joining import Joining
from tests.video.films import Film, cancelled_after, make_film, moving, pattern, psnr, read


def joining(clips: list[Path]) -> Joining:
    """Of files of which nobody knows what they were made from."""
    return Joining([FilmClip(clip) for clip in clips])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


def test_the_frame_that_stands_twice_is_left_out(tmp_path: Path) -> None:
    shots = moving(90)[::3]
    first = make_film(tmp_path / "1.mp4", shots[:12])
    # A model begins with its own idea of the picture that it was given.
    second = make_film(tmp_path / "2.mp4", shots[11:20], Film(options={"crf": "26"}))
    third = make_film(tmp_path / "3.mp4", shots[24:30])
    made = joining([first, second, third]).run(tmp_path / "film.mp4")
    assert (made.frames, made.left_out) == (12 + 8 + 6, 1)
    assert (made.width, made.height) == (96, 64)
    assert made.bytes == made.path.stat().st_size
    found = read(made.path)
    originals = [*read(first).frames, *read(second).frames[1:], *read(third).frames]
    assert (len(found.frames), found.rate) == (26, 24)
    for frame, original in zip(found.frames, originals, strict=True):
        assert psnr(frame, original) >= 40


def test_every_joint_is_looked_at_and_a_clip_alone_stays_whole(tmp_path: Path) -> None:
    shots = moving(9)
    parts = [
        make_film(tmp_path / f"{first}.mp4", shots[first : first + 3]) for first in (0, 2, 4, 6)
    ]
    made = joining(parts).run(tmp_path / "film.mp4")
    assert (made.frames, made.left_out) == (9, 3)
    again = joining(parts[:1]).run(tmp_path / "alone.mp4")
    assert (again.frames, again.left_out) == (3, 0)


def test_pictures_that_are_alike_but_not_the_same_are_all_kept(tmp_path: Path) -> None:
    still = pattern(96, 64, 0)
    marked = still.copy()
    marked[20:34, 30:44] = 255 - marked[20:34, 30:44]
    clips = [
        make_film(tmp_path / "1.mp4", [still] * 3),
        make_film(tmp_path / "2.mp4", [marked] * 3),
    ]
    made = joining(clips).run(tmp_path / "film.mp4")
    assert (made.frames, made.left_out) == (6, 0)


def test_a_clip_of_one_frame_is_not_left_out(tmp_path: Path) -> None:
    clips = [
        make_film(tmp_path / "1.mp4", moving(3)),
        make_film(tmp_path / "2.mp4", moving(3)[2:]),
    ]
    assert joining(clips).run(tmp_path / "film.mp4").frames == 4


def test_parts_that_simply_follow_each_other_are_kept_whole(tmp_path: Path) -> None:
    """A frame of little motion differs as little from the next as one that was made anew."""
    x, y = np.meshgrid(np.arange(96), np.arange(64))
    soft = [np.stack([127 + 60 * np.sin((x + y + n / 2) / 20)] * 3, axis=2) for n in range(8)]
    slow = [picture.astype(np.uint8) for picture in soft]
    still = [pattern(96, 64, 0)] * 4
    for number, shots in enumerate((moving(8), slow, still)):
        clips = [
            make_film(tmp_path / f"{number}-{first}.mp4", shots[first : first + len(shots) // 2])
            for first in (0, len(shots) // 2)
        ]
        made = joining(clips).run(tmp_path / f"film-{number}.mp4")
        assert (made.frames, made.left_out) == (len(shots), 0)


class TestKnownOrigin:
    """Clips of jobs, which know the frame that they were made from."""

    def test_a_clip_ends_where_the_next_one_was_taken_from(self, tmp_path: Path) -> None:
        shots = moving(40)
        first = make_film(tmp_path / "1.mp4", shots[:16])
        # Its first frame is the model's own idea, unlike by any measure.
        second = make_film(tmp_path / "2.mp4", [255 - shots[7], *shots[8:15]])
        third = make_film(tmp_path / "3.mp4", [255 - shots[12], *shots[13:19]])
        clips = [
            FilmClip(first, "a"),
            FilmClip(second, "b", 1, FrameOrigin("a", 0, 7)),
            FilmClip(third, "c", 0, FrameOrigin("b", 1, 5)),
        ]
        told: list[tuple[int, int]] = []
        watch = ExportWatch(lambda *at: told.append(at))
        made = Joining(clips).run(tmp_path / "film.mp4", watch)
        assert (made.frames, made.left_out) == (8 + 5 + 6, 2)
        assert told == [(number, 21) for number in range(22)]
        found = read(made.path)
        originals = [
            *read(first).frames[:8],
            *read(second).frames[1:6],
            *read(third).frames[1:],
        ]
        for frame, original in zip(found.frames, originals, strict=True):
            assert psnr(frame, original) >= 40
        steady = [number * 1000 / 24 for number in range(19)]
        assert found.times == pytest.approx(steady, abs=1)

    def test_from_the_very_first_frame(self, tmp_path: Path) -> None:
        first = make_film(tmp_path / "1.mp4", moving(4))
        second = make_film(tmp_path / "2.mp4", moving(9)[5:])
        clips = [FilmClip(first, "a"), FilmClip(second, "b", 0, FrameOrigin("a", 0, 0))]
        assert Joining(clips).run(tmp_path / "film.mp4").frames == 1 + 3
        # The one between begins and ends with the same frame, and has none of its own.
        clips.append(FilmClip(second, "c", 0, FrameOrigin("b", 0, 0)))
        assert Joining(clips).run(tmp_path / "chain.mp4").frames == 1 + 3

    def test_from_another_clip_both_are_whole(self, tmp_path: Path) -> None:
        shots = moving(9)
        first = make_film(tmp_path / "1.mp4", shots[:5])
        second = make_film(tmp_path / "2.mp4", shots[4:])
        for origin in (FrameOrigin("z", 0, 2), FrameOrigin("a", 1, 2)):
            clips = [FilmClip(first, "a"), FilmClip(second, "b", 0, origin)]
            made = Joining(clips).run(tmp_path / "film.mp4", finds_name=True)
            assert (made.frames, made.left_out) == (10, 0)

    def test_where_it_tells_nothing_of_these_files_they_are_looked_at(self, tmp_path: Path) -> None:
        shots = moving(9)
        first = make_film(tmp_path / "1.mp4", shots[:5])
        second = make_film(tmp_path / "2.mp4", shots[4:])
        for before, frame in ((FilmClip(first), 2), (FilmClip(first, "a"), 5)):
            clips = [before, FilmClip(second, "b", 0, FrameOrigin("a", 0, frame))]
            made = Joining(clips).run(tmp_path / "film.mp4", finds_name=True)
            assert (made.frames, made.left_out) == (9, 1)


@pytest.mark.parametrize(
    ("size", "bars"),
    [((64, 64), (slice(None), [0, 10, 86, 95])), ((96, 32), ([0, 10, 52, 63], slice(None)))],
)
def test_another_shape_gets_bars_and_another_size_is_scaled(
    tmp_path: Path, size: tuple[int, int], bars: tuple[slice, slice]
) -> None:
    first = make_film(tmp_path / "1.mp4", moving(3))
    second = make_film(tmp_path / "2.mp4", [np.full((*size[::-1], 3), 200, np.uint8)] * 3)
    third = make_film(tmp_path / "3.mp4", [np.full((32, 48, 3), 90, np.uint8)] * 3)
    made = joining([first, second, third]).run(tmp_path / "film.mp4")
    assert (made.frames, made.left_out, made.width, made.height) == (9, 0, 96, 64)
    frames = read(made.path).frames
    assert frames[4][bars].max() <= 3
    assert frames[4][32, 48] == pytest.approx([200] * 3, abs=3)
    assert abs(frames[7].astype(int) - 90).max() <= 4


PLAIN, BT709, BT601, FULL = None, (1, 1, 1, 1), (1, 6, 6, 6), (2, 1, 1, 1)


@pytest.mark.parametrize(
    "order", [(BT709, BT601, FULL, PLAIN), (PLAIN, BT709, FULL), (FULL, PLAIN, BT601)]
)
def test_colours_of_all_become_those_of_the_first(
    tmp_path: Path, order: tuple[tuple[int, int, int, int] | None, ...]
) -> None:
    meant = np.array([60, 40, 200])
    plain = [np.full((64, 64, 3), meant[::-1], np.uint8)] * 2
    clips = [
        make_film(tmp_path / f"{number}.mp4", plain, Film(tags=tags))
        for number, tags in enumerate(order)
    ]
    frames = read(joining(clips).run(tmp_path / "film.mp4").path).frames
    assert len(frames) == 2 * len(order)
    for frame in frames:
        assert frame[30, 30] == pytest.approx(meant, abs=5)


def test_each_keeps_its_own_rate(tmp_path: Path) -> None:
    clips = [
        make_film(tmp_path / "1.mp4", moving(4)),
        make_film(tmp_path / "2.mp4", moving(40)[20:23], Film(rate=Fraction(30000, 1001))),
    ]
    times = read(joining(clips).run(tmp_path / "film.mp4").path).times
    steady = [number * 1000 / 24 for number in range(5)]
    rest = [steady[-1] + number * 1001 / 30 for number in (1, 2)]
    assert times == pytest.approx(steady + rest, abs=1)


def test_whole_or_not_at_all(tmp_path: Path, place: Path) -> None:
    good = make_film(tmp_path / "1.mp4", moving(6))
    bad = tmp_path / "2.mp4"
    bad.write_bytes(b"words")
    with pytest.raises(ClipUnreadableError) as caught:
        joining([good, bad]).run(place / "film.mp4")
    assert caught.value.detail == str(bad)
    watch = ExportWatch(is_cancelled=cancelled_after(3))
    with pytest.raises(ExportCancelledError):
        joining([good, good]).run(place / "film.mp4", watch)
    assert not list(place.iterdir())
    told: list[tuple[int, int]] = []
    joining([good, good]).run(place / "film.mp4", ExportWatch(lambda *at: told.append(at)))
    assert told == [(number, 12) for number in range(13)]
    with pytest.raises(OutputTakenError):
        joining([good]).run(place / "film.mp4")
    other = joining([good]).run(place / "film.mp4", finds_name=True)
    assert other.path.name == "film (2).mp4"


def test_no_clips_at_all() -> None:
    with pytest.raises(ValueError, match="no clips"):
        Joining([])
