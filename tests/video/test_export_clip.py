"""Exported files, read back by readers that did not write them."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.reformatter import Interpolation
from PIL import Image, ImageSequence
from PIL.GifImagePlugin import GifImageFile
from PIL.WebPImagePlugin import WebPImageFile
from PySide6.QtGui import QImageReader

from dreamina_desktop.core.export_errors import (
    OutputTakenError,
)
from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder
from dreamina_desktop.core.export_result import Exported
from dreamina_desktop.video.export_clip import ClipExport
from tests.video.films import (
    Film,
    bgr,
    grey,
    make_film,
    moving,
    noise,
    psnr,
    read,
)

X264 = {"crf": "8", "preset": "veryfast", "sc_threshold": "0"}
KEYS = {**X264, "g": "6", "bf": "0"}
B_FRAMES = {**X264, "g": "999", "bf": "3", "x264-params": "b-adapt=0:open-gop=0"}
OPEN = {**X264, "g": "8", "bf": "3", "x264-params": "b-adapt=0:open-gop=1"}
BT709 = (1, 1, 1, 1)
CAREFUL = (
    Interpolation.LANCZOS
    | Interpolation.ACCURATE_RND
    | Interpolation.FULL_CHR_H_INT
    | Interpolation.FULL_CHR_H_INP
)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the clips of all these tests."""
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def keyed(media: Path) -> Path:
    """24 frames, every sixth of them a key frame."""
    return make_film(media / "keyed.mp4", moving(24), Film(options=KEYS))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


def export(
    clip: Path,
    target: Path,
    kind: ExportKind = ExportKind.MP4,
    first: int | None = None,
    last: int | None = None,
    width: int | None = None,
) -> Exported:
    return ClipExport(clip, ExportOrder(kind, first, last, width)).run(target)


class TestMp4:
    def test_a_whole_clip_is_taken_over_bit_by_bit(self, keyed: Path, place: Path) -> None:
        made = export(keyed, place / "a.mp4")
        assert made == Exported(
            place / "a.mp4",
            ExportKind.MP4,
            Cut(0, 23),
            frames=24,
            width=96,
            height=64,
            bytes=keyed.stat().st_size,
            copied=True,
        )
        assert made.path.read_bytes() == keyed.read_bytes()

    @pytest.mark.parametrize(("first", "last"), [(0, 10), (6, 11), (6, 23), (12, 12)])
    def test_a_cut_from_a_key_frame_is_taken_over_without_loss(
        self, keyed: Path, place: Path, first: int, last: int
    ) -> None:
        made = export(keyed, place / "a.mp4", first=first, last=last)
        assert made.copied
        found, source = read(made.path), read(keyed)
        assert (len(found.frames), found.rate) == (last - first + 1, 24)
        for frame, original in zip(found.frames, source.frames[first : last + 1], strict=True):
            assert np.array_equal(frame, original)

    @pytest.mark.parametrize(
        ("codec", "options"),
        [
            ("libx265", {"x265-params": "log-level=none:keyint=4:min-keyint=4:bframes=0"}),
            ("libsvtav1", {"preset": "10", "svtav1-params": "keyint=4"}),
        ],
    )
    def test_newer_codecs_too(self, place: Path, codec: str, options: dict[str, str]) -> None:
        clip = make_film(place / "clip.mp4", moving(12), Film(codec, options=options))
        made = export(clip, place / "a.mp4", first=4)
        assert (made.copied, made.frames) == (True, 8)
        # Not every OpenCV reads AV1.
        with av.open(str(clip)) as before, av.open(str(made.path)) as after:
            source = [frame.to_ndarray() for frame in before.decode(video=0)]
            found = [frame.to_ndarray() for frame in after.decode(video=0)]
            assert after.streams.video[0].average_rate == 24
        assert len(found) == 8
        assert all(np.array_equal(*pair) for pair in zip(found, source[4:], strict=True))

    @pytest.mark.parametrize(
        ("options", "first", "last"),
        [(KEYS, 3, 20), (KEYS, 5, 5), (B_FRAMES, 0, 6), (B_FRAMES, 1, 12), (OPEN, 8, 20)],
    )
    def test_any_other_cut_is_exact_to_the_frame_and_looks_the_same(
        self, media: Path, place: Path, options: dict[str, str], first: int, last: int
    ) -> None:
        clip = media / f"{sorted(options.items())!r}.mp4".replace("'", "").replace(":", "-")
        if not clip.exists():
            make_film(clip, moving(24), Film(options=options))
        made = export(clip, place / "a.mp4", first=first, last=last)
        assert (made.copied, made.frames) == (False, last - first + 1)
        found, source = read(made.path), read(clip)
        assert (len(found.frames), found.rate) == (last - first + 1, 24)
        for frame, original in zip(found.frames, source.frames[first : last + 1], strict=True):
            assert psnr(frame, original) >= 40

    def test_even_noise_looks_the_same(self, place: Path) -> None:
        clip = make_film(place / "noise.mp4", noise(6), Film(options={"crf": "4"}))
        found = read(export(clip, place / "a.mp4", first=1).path)
        for frame, original in zip(found.frames, read(clip).frames[1:], strict=True):
            assert psnr(frame, original) >= 40

    @pytest.mark.parametrize("tags", [BT709, (2, 1, 1, 1), (1, 6, 6, 6)])
    def test_the_colours_stay_tagged_as_they_were(
        self, place: Path, tags: tuple[int, int, int, int]
    ) -> None:
        clip = make_film(place / "tagged.mp4", moving(4), Film(tags=tags))
        for width in (None, 48):
            path = export(clip, place / f"{width}.mp4", first=1, width=width).path
            with av.open(str(path)) as made:
                frame = next(made.decode(video=0))
            found = (frame.color_range, frame.colorspace, frame.color_primaries, frame.color_trc)
            assert found == tags

    @pytest.mark.parametrize(("width", "space"), [(64, 6), (1280, 1)])
    def test_of_rgb_the_yuv_of_its_size_is_made(self, place: Path, width: int, space: int) -> None:
        meant = (200, 40, 60)
        plain = [np.full((64, width, 3), meant, np.uint8)] * 3
        clip = make_film(place / "rgb.mov", plain, Film("png", form="rgb24", options={}))
        path = export(clip, place / "a.mp4").path
        with av.open(str(path)) as made:
            frame = next(made.decode(video=0))
        assert (frame.color_range, frame.colorspace) == (1, space)
        for found in read(path).frames:
            assert bgr(found)[30, 30] == pytest.approx(meant, abs=3)

    def test_odd_sizes_lose_a_line_and_times_in_thousandths_are_steadied(self, place: Path) -> None:
        film = Film("libvpx-vp9", options={"crf": "10", "b:v": "0", "cpu-used": "8"})
        clip = make_film(place / "odd.webm", moving(12, 97, 65), film)
        made = export(clip, place / "a.mp4", first=2, last=10)
        assert (made.width, made.height, made.frames) == (96, 64, 9)
        found, source = read(made.path), read(clip)
        assert found.rate == 24
        for frame, original in zip(found.frames, source.frames[2:11], strict=True):
            assert psnr(grey(frame), grey(original)[:64, :96]) >= 40

    @pytest.mark.parametrize("name", ["a.avi", "a.mkv", "a.ts", "a.mov"])
    def test_other_containers_become_mp4(self, place: Path, name: str) -> None:
        clip = make_film(place / name, moving(8))
        made = export(clip, place / "made.mp4")
        # Matroska's thousandths of a second would spoil the rate.
        assert made.copied == (name != "a.mkv")
        found, source = read(made.path), read(clip)
        assert (len(found.frames), found.rate) == (8, 24)
        for frame, original in zip(found.frames, source.frames, strict=True):
            assert psnr(frame, original) >= 40
        with av.open(str(made.path)) as file:
            assert "qt" not in file.metadata["major_brand"]

    def test_frames_at_a_varying_rate_keep_their_times(self, place: Path) -> None:
        times = (0, 40, 100, 220, 260, 290, 400, 480, 510)
        clip = make_film(place / "varying.mkv", moving(9), Film(times=times))
        found = read(export(clip, place / "a.mp4", first=2, last=7).path)
        expected = [time - times[2] for time in times[2:8]]
        assert found.times == pytest.approx(expected, abs=1)

    @pytest.mark.parametrize(
        ("codec", "form"), [("libx265", "yuv420p10le"), ("libx264", "yuv444p")]
    )
    def test_other_forms_become_what_every_player_takes(
        self, place: Path, codec: str, form: str
    ) -> None:
        options = {"x265-params": "log-level=none"} if codec == "libx265" else {"crf": "8"}
        clip = make_film(place / "clip.mp4", moving(5), Film(codec, form=form, options=options))
        made = export(clip, place / "a.mp4", first=1)
        with av.open(str(made.path)) as file:
            assert next(file.decode(video=0)).format.name == "yuv420p"
        for frame, original in zip(read(made.path).frames, read(clip).frames[1:], strict=True):
            assert psnr(grey(frame), grey(original)) >= 40

    def test_another_width(self, keyed: Path, place: Path) -> None:
        made = export(keyed, place / "a.mp4", width=51)
        found = read(made.path)
        assert (made.width, made.height, made.copied) == (50, 34, False)
        small = cv2.resize(read(keyed).frames[23], (50, 34), interpolation=cv2.INTER_AREA)
        assert psnr(found.frames[23], small.astype(np.uint8)) > 28


class TestGifAndWebp:
    @pytest.mark.parametrize("kind", [ExportKind.GIF, ExportKind.WEBP])
    @pytest.mark.parametrize("width", [None, 48])
    def test_read_by_pillow_and_qt(
        self, keyed: Path, place: Path, kind: ExportKind, width: int | None
    ) -> None:
        made = export(keyed, place / f"a{kind.suffix}", kind, 2, 19, width)
        size = (width or 96, 64 if width is None else 32)
        assert (made.frames, made.width, made.height) == (18, *size)
        source = read(keyed).frames
        with Image.open(made.path) as image:
            assert isinstance(image, GifImageFile | WebPImageFile)
            assert (image.n_frames, image.size, image.info["loop"]) == (18, size, 0)
            frames, lasting = [], 0
            for shown in ImageSequence.Iterator(image):
                frames.append(bgr(np.asarray(shown.convert("RGB"))))
                lasting += shown.info["duration"]
        assert lasting == pytest.approx(18 * 1000 / 24, abs=10)
        for found, original in ((frames[0], source[2]), (frames[-1], source[19])):
            wanted = cv2.resize(original, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
            assert psnr(found, wanted) > 28
        reader = QImageReader(str(made.path))
        assert (reader.imageCount(), reader.loopCount()) == (18, -1)

    @pytest.mark.parametrize("kind", [ExportKind.GIF, ExportKind.WEBP, ExportKind.PNG_SEQUENCE])
    @pytest.mark.parametrize("tags", [BT709, (1, 6, 6, 6)])
    def test_colours_are_those_that_were_meant(
        self, place: Path, kind: ExportKind, tags: tuple[int, int, int, int]
    ) -> None:
        meant = (200, 40, 60)
        plain = [np.full((64, 64, 3), meant, np.uint8)] * 2
        clip = make_film(place / "plain.mp4", plain, Film(tags=tags))
        path = export(clip, place / f"a{kind.suffix}", kind).path
        with Image.open(path / "frame_00002.png" if path.is_dir() else path) as image:
            found = image.convert("RGB").getpixel((30, 30))
        assert found == pytest.approx(meant, abs=4)

    def test_a_gif_shows_no_more_than_fifty_frames_a_second(self, place: Path) -> None:
        clip = make_film(place / "quick.mp4", moving(30), Film(rate=60))
        made = export(clip, place / "a.gif", ExportKind.GIF)
        with Image.open(made.path) as image:
            assert isinstance(image, GifImageFile | WebPImageFile)
            assert image.n_frames == made.frames < 30
            lasting = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
        assert min(lasting) >= 20
        assert sum(lasting) == pytest.approx(500, abs=40)


class TestPngSequence:
    def test_identical_pixels_named_by_their_frames(self, keyed: Path, place: Path) -> None:
        made = export(keyed, place / "frames", ExportKind.PNG_SEQUENCE, 7, 9)
        names = sorted(path.name for path in made.path.iterdir())
        assert names == ["frame_00008.png", "frame_00009.png", "frame_00010.png"]
        assert made.bytes == sum(path.stat().st_size for path in made.path.iterdir())
        with av.open(str(keyed)) as file:
            decoded = list(file.decode(video=0))
        source = read(keyed).frames
        for name, number in zip(names, (7, 8, 9), strict=True):
            found = cv2.imread(str(made.path / name)).astype(np.uint8)
            # The same to the bit as the pixels decoded elsewhere and made RGB with the same care.
            exact = decoded[number].to_ndarray(
                format="bgr24", src_colorspace="ITU601", interpolation=CAREFUL
            )
            assert np.array_equal(found, exact)
            assert np.abs(found.astype(int) - source[number]).max() <= 12

    def test_an_empty_folder_is_filled(self, keyed: Path, place: Path) -> None:
        (place / "there").mkdir()
        export(keyed, place / "there", ExportKind.PNG_SEQUENCE, 0, 1)
        assert len(list((place / "there").iterdir())) == 2
        with pytest.raises(OutputTakenError):
            export(keyed, place / "there", ExportKind.PNG_SEQUENCE, 0, 1)
        assert list(place.iterdir()) == [place / "there"]
