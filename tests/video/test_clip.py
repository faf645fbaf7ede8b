"""Whether a file is a whole clip or picture: facts of real ones, and every way to be broken."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import ClipBrokenError, DiskError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.video.clip import PyAvClipCheck
from tests.video.clips import make_clip


def facts(path: Path) -> ClipFacts:
    return PyAvClipCheck().facts(path)


def broken(path: Path) -> str:
    with pytest.raises(ClipBrokenError) as caught:
        facts(path)
    return caught.value.detail


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4")


def picture(name: str) -> bytes:
    file = io.BytesIO()
    Image.radial_gradient("L").resize((90, 60)).convert("RGB").save(file, name)
    return file.getvalue()


class TestVideo:
    @pytest.mark.parametrize("frames", [1, 2, 121, 241])
    def test_mp4(self, tmp_path: Path, frames: int) -> None:
        path = make_clip(tmp_path / "clip.mp4", frames)
        assert facts(path) == ClipFacts(ClipKind.VIDEO, 160, 96, frames, 24.0)

    def test_name_says_nothing(self, clip: Path, tmp_path: Path) -> None:
        path = tmp_path / ".job-0 ä%d.part"
        path.write_bytes(clip.read_bytes())
        assert facts(path).frames == 24

    def test_index_in_front_sound_and_fragments(self, tmp_path: Path) -> None:
        path = make_clip(tmp_path / "a.mp4", sound=True)
        assert facts(path) == ClipFacts(ClipKind.VIDEO, 160, 96, 24, 24.0)
        for flags in ("faststart", "frag_keyframe+empty_moov+default_base_moof"):
            remuxed = tmp_path / "b.mp4"
            with (
                av.open(str(path)) as source,
                av.open(str(remuxed), "w", options={"movflags": flags}) as target,
            ):
                stream = target.add_stream_from_template(source.streams.video[0])
                for packet in source.demux(source.streams.video[0]):
                    if packet.dts is not None:
                        packet.stream = stream
                        target.mux(packet)
            assert facts(remuxed).frames == 24

    @pytest.mark.parametrize(
        ("name", "codec"), [("a.webm", "libvpx"), ("a.mkv", "libx264"), ("a.avi", "mpeg4")]
    )
    def test_other_containers(self, tmp_path: Path, name: str, codec: str) -> None:
        path = make_clip(tmp_path / name, codec=codec, options={})
        assert facts(path) == ClipFacts(ClipKind.VIDEO, 160, 96, 24, 24.0)


class TestPicture:
    @pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
    def test_whole_and_cut(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / "picture"
        data = picture(name)
        path.write_bytes(data)
        assert facts(path) == ClipFacts(ClipKind.IMAGE, 90, 60, 0, 0.0)
        for length in (20, len(data) // 2, len(data) - 14):
            path.write_bytes(data[:length])
            assert broken(path).startswith("picture: ")

    def test_png_with_a_flipped_bit(self, tmp_path: Path) -> None:
        data = bytearray(picture("PNG"))
        data[-14] ^= 1
        (tmp_path / "picture").write_bytes(data)
        assert broken(tmp_path / "picture").startswith("picture: ")

    def test_size_of_a_bomb(self, tmp_path: Path) -> None:
        data = bytearray(picture("PNG"))
        data[16:24] = (60_000).to_bytes(4, "big") * 2
        (tmp_path / "picture").write_bytes(data)
        assert broken(tmp_path / "picture").startswith("picture: ")


class TestBroken:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"<!doctype html><html><body>Sign in</body></html>",
            b'{"error": "expired"}',
            b"\x1a\x45\xdf\xa3 no matroska",
            b"#EXTM3U\n#EXTINF:10,\nclip.mp4\n",
            b"ffconcat version 1.0\nfile clip.mp4\n",
            b"GIF89a" + bytes(40),
            bytes(4096),
        ],
    )
    def test_no_clip_at_all(self, clip: Path, data: bytes) -> None:
        path = clip.with_name("other")
        path.write_bytes(data)
        assert broken(path) == "no clip"

    def test_not_there(self, tmp_path: Path) -> None:
        """The disk's fault: what was downloaded is not thrown away for it."""
        for path in (tmp_path / "nowhere", tmp_path):
            with pytest.raises(DiskError) as caught:
                PyAvClipCheck().facts(path)
            assert caught.value.folder == str(path.parent)

    def test_sound_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "sound.mp4"
        with av.open(str(path), "w") as container:
            track = container.add_stream("aac", rate=48_000)
            silence = av.AudioFrame("fltp", "stereo", 1024)
            silence.sample_rate = 48_000
            for plane in silence.planes:
                plane.update(bytes(plane.buffer_size))
            container.mux(track.encode(silence))
            container.mux(track.encode())
        assert broken(path) == "no video"

    def test_every_truncation_of_an_mp4(self, clip: Path) -> None:
        data = clip.read_bytes()
        path = clip.with_name("cut.mp4")
        for length in range(16, len(data), 97):
            path.write_bytes(data[:length])
            assert broken(path)

    def test_zeros_where_the_frames_were(self, clip: Path) -> None:
        data = clip.read_bytes()
        start = data.index(b"mdat") + 4
        length = int.from_bytes(data[start - 8 : start - 4], "big") - 8
        path = clip.with_name("zeros.mp4")
        path.write_bytes(data[:start] + bytes(length) + data[start + length :])
        assert broken(path)

    def test_last_frame_missing(self, clip: Path) -> None:
        data = clip.read_bytes()
        start = data.index(b"mdat") + 4
        length = int.from_bytes(data[start - 8 : start - 4], "big") - 8
        path = clip.with_name("tail.mp4")
        middle = start + length // 3
        path.write_bytes(data[:middle] + bytes(start + length - middle) + data[start + length :])
        assert broken(path)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
def test_mutated_clips_are_judged(clip: Path, changes: list[tuple[int, int]]) -> None:
    data = bytearray(clip.read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    path = clip.with_name("mutated.mp4")
    path.write_bytes(data)
    try:
        found = facts(path)
    except ClipBrokenError:
        return
    assert found.frames > 0
