"""``frame``, ``export`` and ``join`` as typed, and what they leave on the disk."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import sys
from contextlib import AbstractContextManager, closing
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from dreamina_desktop.cli import run
from dreamina_desktop.cli.export_commands import ExportCommands
from dreamina_desktop.composition import Profile
from dreamina_desktop.video.export_webp import WebpWriter
from dreamina_desktop.words import Phrasebook
from tests.cli.console import Console, Said
from tests.video.films import make_film, moving, psnr, read


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_film(tmp_path / "clip.mp4", moving(12))


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Typed:
    return Typed(capsys, tmp_path / "profile")


class Typed:
    """A terminal, without a server: of a file no command needs one."""

    def __init__(self, capsys: pytest.CaptureFixture[str], profile: Path) -> None:
        self.profile = profile
        self._capsys = capsys

    def __call__(self, command: str, *words: object) -> Said:
        self._capsys.readouterr()
        try:
            code = run([command, "--data-dir", str(self.profile), *map(str, words)])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = self._capsys.readouterr()
        return Said(int(code), out, err)


class TestFrame:
    def test_the_frame_is_counted_from_1(self, typed: Typed, clip: Path, tmp_path: Path) -> None:
        output = tmp_path / "frame.png"
        said = typed("frame", clip, 12, "--output", output, "--json")
        assert (said.code, said.err) == (0, "")
        assert said.json == {
            "job_id": None,
            "clip": str(clip),
            "frame": 12,
            "output": str(output),
            "width": 96,
            "height": 64,
            "bytes": output.stat().st_size,
            "error": None,
        }
        found = cv2.imread(str(output)).astype(np.uint8)
        likeness = [psnr(found, frame) for frame in read(clip).frames]
        assert max(likeness) == likeness[11]
        assert not typed.profile.exists()

    def test_in_words(self, typed: Typed, clip: Path, tmp_path: Path) -> None:
        said = typed("frame", clip, 1, "--output", tmp_path / "frame.PNG")
        assert said.out.startswith(f"Written: {tmp_path / 'frame.PNG'}\n96 × 64 pixels, ")

    @pytest.mark.parametrize("number", [0, 13, -1])
    def test_no_such_frame(self, typed: Typed, clip: Path, tmp_path: Path, number: int) -> None:
        said = typed("frame", clip, number, "--output", tmp_path / "frame.png", "--json")
        assert said.code == 2
        assert said.json["error"]["code"] == "frame_missing"
        assert set(said.json) == {
            "job_id", "clip", "frame", "output", "width", "height", "bytes", "error",
        }  # fmt: skip
        assert f"no frames {number}: they are counted from 1 to 12." in said.err
        assert not (tmp_path / "frame.png").exists()


class TestExport:
    @pytest.mark.parametrize("name", ["a.mp4", "a.gif", "a.webp"])
    def test_a_part_of_a_clip(self, typed: Typed, clip: Path, tmp_path: Path, name: str) -> None:
        output = tmp_path / name
        said = typed("export", clip, "--to", output, "--in", 3, "--out", 8, "--size", 48, "--json")
        assert (said.code, said.err) == (0, "")
        assert said.json == {
            "job_id": None,
            "clip": str(clip),
            "in": 3,
            "out": 8,
            "format": output.suffix[1:],
            "output": str(output),
            "frames": 6,
            "width": 48,
            "height": 32,
            "bytes": output.stat().st_size,
            "copied": False,
            "error": None,
        }
        if output.suffix == ".mp4":
            assert len(read(output).frames) == 6
        else:
            with Image.open(output) as image:
                assert (getattr(image, "n_frames", 1), image.size) == (6, (48, 32))

    def test_a_whole_clip_in_words(self, typed: Typed, clip: Path, tmp_path: Path) -> None:
        said = typed("export", clip, "--to", tmp_path / "a.mp4")
        assert "12 frames, 96 × 64 pixels" in said.out
        assert "without any loss" in said.out
        assert (tmp_path / "a.mp4").read_bytes() == clip.read_bytes()

    def test_a_folder_of_pictures(self, typed: Typed, clip: Path, tmp_path: Path) -> None:
        said = typed("export", clip, "--to", f"{tmp_path / 'frames'}/", "--out", 2, "--json")
        assert (said.code, said.json["format"]) == (0, "png")
        names = sorted(path.name for path in (tmp_path / "frames").iterdir())
        assert names == ["frame_00001.png", "frame_00002.png"]

    def test_a_live_line_on_a_terminal(
        self, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        commands = ExportCommands(_no_profile, Phrasebook(), as_json=True)
        commands.export(str(clip), str(tmp_path / "a.webp"), 11, None, None)
        assert "frame 1 of 2\r\x1b[Kframe 2 of 2" in terminal.getvalue()
        assert terminal.getvalue().endswith("\r\x1b[K")

    def test_interrupted_it_leaves_nothing_behind(
        self, typed: Typed, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = sorted(tmp_path.iterdir())
        add = WebpWriter.add

        def interrupted(self: WebpWriter, picture: VideoFrame, time: Fraction) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            add(self, picture, time)

        monkeypatch.setattr(WebpWriter, "add", interrupted)
        said = typed("export", clip, "--to", tmp_path / "a.webp", "--json")
        assert (said.code, said.json["error"]["code"]) == (6, "export_cancelled")
        assert sorted(tmp_path.iterdir()) == before


class TestJoin:
    def test_clips_in_order(self, typed: Typed, clip: Path, tmp_path: Path) -> None:
        second = make_film(tmp_path / "second.mp4", moving(20)[11:])
        output = tmp_path / "film.mp4"
        said = typed("join", clip, second, "--output", output, "--json")
        assert (said.code, said.err) == (0, "")
        assert said.json == {
            "clips": [
                {"job_id": None, "clip": str(clip)},
                {"job_id": None, "clip": str(second)},
            ],
            "output": str(output),
            "frames": 20,
            "left_out": 1,
            "width": 96,
            "height": 64,
            "bytes": output.stat().st_size,
            "error": None,
        }
        assert len(read(output).frames) == 20

    def test_in_words(self, typed: Typed, clip: Path, tmp_path: Path) -> None:
        said = typed("join", clip, clip, "--output", tmp_path / "film.mp4")
        assert "24 frames, 96 × 64 pixels" in said.out
        assert "stood twice: 0" in said.out


class TestRefused:
    @pytest.mark.parametrize(
        ("command", "flag", "name"),
        [
            ("frame", "--output", "a.png"),
            ("export", "--to", "a.gif"),
            ("join", "--output", "a.mp4"),
        ],
    )
    def test_never_over_another_file(
        self, typed: Typed, clip: Path, tmp_path: Path, command: str, flag: str, name: str
    ) -> None:
        words = [clip, 1] if command == "frame" else [clip]
        output = tmp_path / name
        output.write_bytes(b"mine")
        said = typed(command, *words, flag, output, "--json")
        assert (said.code, said.json["error"]["code"]) == (2, "output_taken")
        assert f"left as it is: {output}" in said.err
        assert output.read_bytes() == b"mine"

    @pytest.mark.parametrize(
        ("command", "flag", "name"),
        [
            ("frame", "--output", "a.jpg"),
            ("export", "--to", "a.avi"),
            ("join", "--output", "a.gif"),
        ],
    )
    def test_names_that_do_not_say_what_they_should(
        self, typed: Typed, clip: Path, tmp_path: Path, command: str, flag: str, name: str
    ) -> None:
        words = [clip, 1] if command == "frame" else [clip]
        said = typed(command, *words, flag, tmp_path / name, "--json")
        assert (said.code, said.json["error"]["code"]) == (2, "output_kind")

    def test_what_is_no_clip(self, typed: Typed, tmp_path: Path) -> None:
        text = tmp_path / "words.mp4"
        text.write_text("words")
        for name, code in (
            (text, "clip_unreadable"),
            (tmp_path / "none.mp4", "clip_missing"),
            ("none.mp4", "clip_missing"),
            ("", "clip_missing"),
            (tmp_path / ("x" * 300), "clip_missing"),
        ):
            said = typed("export", name, "--to", tmp_path / "a.gif", "--json")
            assert (said.code, said.json["error"]["code"]) == (2, code)
            assert said.err.count("\n") == 1
        assert not typed.profile.exists()
        for name in ("0123", "x" * 300):
            said = typed("export", name, "--to", tmp_path / "a.gif", "--json")
            assert (said.code, said.json["error"]["code"]) == (2, "clip_missing")


def test_a_job_names_its_clip(console: Console, tmp_path: Path) -> None:
    job = console.generate().json
    output = tmp_path / "frame.png"
    said = console.type("frame", job["job_id"][:-1], "121", "--output", str(output), "--json")
    assert (said.code, said.json["job_id"], said.json["clip"]) == (0, job["job_id"], job["file"])
    found = cv2.imread(str(output)).astype(np.uint8)
    likeness = [psnr(found, frame) for frame in read(Path(job["file"])).frames]
    assert likeness[120] > 33
    assert likeness[120] > max(likeness) - 0.1
    assert likeness[0] < 20
    said = console.type("frame", job["job_id"], "122", "--output", f"{output}.png")
    assert "counted from 1 to 121" in said.err
    # As if it had been made from its own fourth frame.
    make_film(Path(job["file"]), moving(6))
    with closing(sqlite3.connect(console.database, autocommit=True)) as database:
        database.execute("UPDATE jobs SET origin_job = id, origin_ordinal = 0, origin_frame = 3")
    film = str(tmp_path / "film.mp4")
    said = console.type("join", job["job_id"], job["job_id"], "--output", film, "--json")
    assert (said.code, said.json["frames"], said.json["left_out"]) == (0, 4 + 5, 1)
    Path(job["file"]).unlink()
    said = console.type("export", job["job_id"], "--to", str(tmp_path / "a.mp4"), "--json")
    assert (said.code, said.json["error"]["code"]) == (2, "clip_not_made")
    assert job["job_id"] in said.err


def _no_profile() -> AbstractContextManager[Profile]:
    raise AssertionError("no profile is needed")
