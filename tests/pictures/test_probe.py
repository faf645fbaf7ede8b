"""Facts of files: by content, upright, from the header, and of what is no picture."""

from __future__ import annotations

import errno
import io
import os
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.pictures import picture_file
from dreamina_desktop.pictures.probe import probe, probe_bytes
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.pictures import samples
from tests.pictures.decode_to_end import decode_to_end


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "picture.txt"


def other(name: str, **options: object) -> bytes:
    data = io.BytesIO()
    samples.picture().save(data, name, **options)  # type: ignore[arg-type]
    return data.getvalue()


class TestHeader:
    def test_formats_are_judged_by_content(self, file: Path) -> None:
        for data, name in (
            (samples.jpeg(), "JPEG"),
            (samples.png(), "PNG"),
            (other("WEBP"), "WEBP"),
            (other("GIF"), "GIF"),
            (other("TIFF"), "TIFF"),
            (other("BMP"), "BMP"),
            (other("AVIF"), "AVIF"),
            (other("JPEG2000"), "JPEG2000"),
        ):
            file.write_bytes(data)
            assert probe(file) == PictureFacts(name, 48, 32, len(data))

    def test_sample(self) -> None:
        path = resource(SAMPLE_PICTURE)
        assert probe(path) == PictureFacts("PNG", 600, 400, path.stat().st_size)

    def test_pillow_cannot_read_it_but_it_has_a_name(self) -> None:
        heic = b"\0\0\0\x18ftypheic" + bytes(50)
        assert probe_bytes(heic) == PictureFacts("HEIF", 0, 0, len(heic))

    def test_signature_and_nothing_behind_it(self) -> None:
        assert probe_bytes(b"GIF89a") == PictureFacts("GIF", 0, 0, 6)

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_size_is_upright(self, orientation: int) -> None:
        size = (48, 32) if orientation < 5 else (32, 48)
        last = samples.with_chunks(
            samples.png(), samples.chunk(b"eXIf", samples.exif(orientation)), before=b"IEND"
        )
        block = Image.Exif()
        block[0x0112] = orientation
        for data in (
            samples.jpeg_turned(orientation),
            samples.png_turned(orientation),
            last,
            other("WEBP", exif=block),
        ):
            facts = probe_bytes(data)
            assert (facts.width, facts.height) == size

    def test_orientation_behind_the_pixels_has_to_be_a_whole_chunk(self) -> None:
        late = samples.chunk(b"eXIf", samples.exif(6))
        for word, width in ((late, 32), (late[:-1] + b"?", 48), (b"\0\0\0\5prVteXIf?????", 48)):
            assert (
                probe_bytes(samples.with_chunks(samples.png(), word, before=b"IEND")).width == width
            )

    def test_strange_orientation_of_another_format(self) -> None:
        block = Image.Exif()
        block[0x0112] = 9
        assert probe_bytes(other("WEBP", exif=block)).width == 48

    def test_phone_picture_with_further_ones_behind_it_is_a_jpeg(self) -> None:
        data = io.BytesIO()
        first, second = samples.picture(), samples.picture("RGB", 24, 16)
        first.save(data, "MPO", save_all=True, append_images=[second])
        facts = probe_bytes(data.getvalue())
        assert (facts.format, facts.width) == ("JPEG", 48)

    @pytest.mark.parametrize(
        "data",
        [b"", b"\0", b"hello, I am a text\n" * 50, b"<html></html>", bytes(5000), b"BM is short"],
    )
    def test_no_picture(self, data: bytes) -> None:
        assert probe_bytes(data) == PictureFacts("", 0, 0, len(data))

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"\xff\xd8\xff", "JPEG"),
            (samples.jpeg()[:100], "JPEG"),
            (b"\xff\xd8\xff\xd9", "JPEG"),
            (b"\xff\xd8\xff" + bytes(70_000), "JPEG"),
            (b"\xff\xd8" + samples.segment(0xC0, b"\x08"), "JPEG"),
            (b"\xff\xd8\xff\xd8\xff\xd8\0\0", "JPEG"),
            (b"\xff\xd8" + samples.segment(0xE0, b"") * 10_001, "JPEG"),
            (samples.png()[:20], "PNG"),
            (samples.PNG_SIGNATURE + samples.chunk(b"IDAT", bytes(20)), "PNG"),
            (samples.raw_png(0, 8, 8, 0, b""), "PNG"),
        ],
    )
    def test_damaged_header(self, data: bytes, name: str) -> None:
        assert probe_bytes(data) == PictureFacts(name, 0, 0, len(data), decoded=False)

    def test_stray_bytes_between_segments_do_not_hide_the_size(self) -> None:
        data = samples.jpeg()
        stray = samples.with_segments(data, b"stray", b"\xff\x00\xff\x01\xff\xff\xff")
        assert probe_bytes(stray).width == 48

    def test_sizes_beyond_any_decoder_are_told(self) -> None:
        huge_png = samples.raw_png(2**31 - 1, 60_000, 8, 2, b"")
        assert probe_bytes(huge_png).width == 2**31 - 1
        frame = samples.segment(0xC0, struct.pack(">BHHB", 8, 65_000, 65_001, 3) + bytes(9))
        scan = samples.segment(0xDA, bytes(10))
        facts = probe_bytes(b"\xff\xd8" + frame + scan)
        assert (facts.width, facts.height, facts.decoded) == (65_001, 65_000, None)
        gif = b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(30)
        assert probe_bytes(gif).format == "GIF"
        # Between Pillow's warning and its error.
        bmp = bytearray(other("BMP"))
        bmp[18:26] = struct.pack("<ii", 10_000, 10_000)
        assert probe_bytes(bytes(bmp)).width == 10_000

    def test_only_the_beginning_is_read(self, file: Path) -> None:
        with file.open("wb") as sparse:
            sparse.write(samples.jpeg())
            sparse.truncate(2**33)
        assert probe(file) == PictureFacts("JPEG", 48, 32, 2**33)


class TestMissing:
    @pytest.mark.parametrize(
        ("name", "trouble"),
        [
            ("nowhere.png", PictureTrouble.GONE),
            ("x" * 5000, PictureTrouble.GONE),
            ("file/a.png", PictureTrouble.GONE),
            ("nul\0byte", PictureTrouble.GONE),
            ("folder", PictureTrouble.FOLDER),
        ],
    )
    def test_not_there(self, tmp_path: Path, name: str, trouble: PictureTrouble) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "file").touch()
        path = tmp_path / name
        with pytest.raises(PictureMissingError) as caught:
            probe(path)
        assert caught.value.detail == str(path)
        assert caught.value.trouble is trouble

    @pytest.mark.parametrize(
        ("number", "trouble"),
        [
            (errno.EACCES, PictureTrouble.NO_ACCESS),
            (errno.EPERM, PictureTrouble.NO_ACCESS),
            (errno.EIO, PictureTrouble.UNREAD),
            (errno.ENXIO, PictureTrouble.NO_FILE),
            (errno.EISDIR, PictureTrouble.FOLDER),
        ],
    )
    def test_what_the_system_says(
        self, file: Path, monkeypatch: pytest.MonkeyPatch, number: int, trouble: PictureTrouble
    ) -> None:
        def refuse(*_: object) -> int:
            raise OSError(number, os.strerror(number))

        file.touch()
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(os, "open", refuse)
            with pytest.raises(PictureMissingError) as caught:
                probe(file)
        assert caught.value.trouble is trouble

    @pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
    def test_fifo_and_device_do_not_block(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "fifo")
        for path in (tmp_path / "fifo", Path("/dev/zero"), Path("/dev/tty")):
            with pytest.raises(PictureMissingError) as caught:
                probe(path)
            # Not every process has a terminal to open.
            assert caught.value.trouble is PictureTrouble.NO_FILE

    @pytest.mark.skipif(sys.platform != "linux", reason="needs a file that cannot be read")
    def test_file_that_opens_but_cannot_be_read(self) -> None:
        # A process's memory at address 0 is a regular file to stat, and never readable.
        path = Path("/proc/self/mem")
        with pytest.raises(PictureMissingError) as caught:
            probe(path)
        assert caught.value.trouble is PictureTrouble.UNREAD
        with pytest.raises(PictureMissingError):
            decode_to_end(PictureFacts("PNG", 5, 5, 5), path)


class TestDecodeToEnd:
    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_whole_png(self, file: Path, mode: str) -> None:
        file.write_bytes(samples.png(samples.picture(mode)))
        assert decode_to_end(probe(file), file).decoded is True

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    @pytest.mark.parametrize("progressive", [False, True])
    @pytest.mark.parametrize("sampling", [0, 1, 2])
    def test_whole_jpeg(self, mode: str, sampling: int, progressive: bool) -> None:
        for size in ((48, 32), (49, 33), (1, 1), (9, 200)):
            image = samples.picture(mode, *size)
            data = samples.jpeg(image, progressive=progressive, subsampling=sampling)
            assert decode_to_end(probe_bytes(data), data).decoded is True

    def test_jpeg_with_restarts(self) -> None:
        data = samples.jpeg(samples.noise(64, 64), restart_marker_blocks=2)
        assert decode_to_end(probe_bytes(data), data).decoded is True

    def test_interlaced_png(self) -> None:
        # Pillow writes none, so the seven passes of a 5 × 3 picture are written out here.
        passes = ((1, 1), (1, 1), (2, 0), (1, 1), (3, 1), (2, 2), (5, 1))
        rows = b"".join((b"\0" + bytes(columns)) * count for columns, count in passes)
        data = samples.raw_png(5, 3, 8, 0, rows, interlace=1)
        assert decode_to_end(probe_bytes(data), data).decoded is True
        short = samples.raw_png(5, 3, 8, 0, rows[:-1], interlace=1)
        assert decode_to_end(probe_bytes(short), short).decoded is False

    @pytest.mark.parametrize("progressive", [False, True])
    def test_truncated_jpeg_with_or_without_an_end_marker(self, progressive: bool) -> None:
        data = samples.jpeg(samples.noise(96, 80), progressive=progressive, subsampling=0)
        for cut in (len(data) - 3, len(data) - 40, len(data) // 2):
            for damaged in (data[:cut], data[:cut].rstrip(b"\xff") + b"\xff\xd9"):
                if cut == len(data) - 3 and damaged.endswith(b"\xff\xd9"):
                    continue  # its last byte may be padding alone
                facts = decode_to_end(probe_bytes(damaged), damaged)
                assert facts.decoded is False, (cut, len(damaged))

    def test_damaged_png(self) -> None:
        data = samples.png(samples.noise(64, 64))
        flipped = bytearray(data)
        flipped[len(data) // 2] ^= 0x10
        row = b"\0" + bytes(64)
        for damaged in (
            data[:-200],
            data[:-12],
            data[:-8] + b"XXXX" + data[-4:],
            bytes(flipped),
            data[:-13] + b"\0" + data[-12:],
            samples.raw_png(64, 64, 8, 0, row * 63),
            samples.raw_png(64, 64, 8, 0, row * 64)[:-30] + samples.chunk(b"IEND"),
            samples.raw_png(64, 64, 8, 7, row * 64),
            samples.raw_png(64, 64, 3, 0, row * 64),
            samples.with_chunks(data, samples.chunk(b"CgBI", bytes(4))),
            samples.with_chunks(data, samples.chunk(b"IDAT", b"no zlib")),
        ):
            facts = decode_to_end(PictureFacts("PNG", 64, 64, len(damaged)), damaged)
            assert facts.decoded is False

    def test_pixel_data_far_too_long_is_not_inflated_to_its_end(self) -> None:
        bomb = samples.raw_png(8, 8, 8, 0, bytes(2**26))
        assert decode_to_end(probe_bytes(bomb), bomb).decoded is False
        little = samples.raw_png(8, 8, 8, 0, bytes(9 * 8 + 5))
        assert decode_to_end(probe_bytes(little), little).decoded is True

    def test_jpeg_that_would_keep_a_decoder_busy(self) -> None:
        data = samples.jpeg(progressive=True)
        scan = data[data.rindex(b"\xff\xda") : -2]
        busy = data[:-2] + scan * 100 + b"\xff\xd9"
        assert decode_to_end(probe_bytes(busy), busy).decoded is False

    def test_coding_that_pillow_does_not_know(self) -> None:
        data = samples.jpeg().replace(b"\xff\xc0", b"\xff\xcb", 1)
        assert decode_to_end(probe_bytes(data), data).decoded is False

    def test_colour_chunks_that_only_pillow_gives_up_on(self) -> None:
        data = samples.with_chunks(
            samples.png(), samples.chunk(b"gAMA", b"\1"), samples.chunk(b"iCCP", b"x\0\0garbage")
        )
        assert decode_to_end(probe_bytes(data), data).decoded is True

    def test_what_is_not_decoded(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for facts in (
            PictureFacts("WEBP", 5, 5, 5),
            PictureFacts("", 0, 0, 5),
            PictureFacts("PNG", 0, 0, 5, decoded=False),
            PictureFacts("PNG", 12_001, 10_000, 5),
            PictureFacts("PNG", 5, 5, 500_000_001),
        ):
            assert decode_to_end(facts, b"never looked at") == facts
        # It has grown since its header was read.
        monkeypatch.setattr(picture_file, "MOST_BYTES_READ", 100)
        file.write_bytes(samples.png())
        assert decode_to_end(PictureFacts("PNG", 5, 5, 90), file).decoded is None

    def test_gone_since(self, file: Path) -> None:
        with pytest.raises(PictureMissingError):
            decode_to_end(PictureFacts("PNG", 5, 5, 5), file)


SEEDS = (
    samples.jpeg(),
    samples.jpeg(progressive=True),
    samples.jpeg_turned(6),
    samples.png(),
    samples.png_turned(8, samples.picture("P")),
    samples.png(samples.picture("I;16")),
    other("WEBP"),
    other("TIFF"),
    other("GIF"),
    other("BMP"),
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    st.integers(0, 3000),
)
def test_no_file_gets_past_without_facts(
    seed: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[place % len(data)] = value
    data = data[:length] if length > 500 else data
    facts = probe_bytes(bytes(data))
    settled = decode_to_end(facts, bytes(data))
    assert settled.bytes == len(data)
    if not changes and len(data) == len(seed):
        assert settled.decoded is not False
    if len(data) < len(seed) and settled.format in ("JPEG", "PNG"):
        assert settled.decoded is False
