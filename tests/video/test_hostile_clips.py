"""Two hundred files that mean no good: each gives a typed error or honest frames, in bounds.

They are looked at in processes of their own, in batches, so that a crash of FFmpeg is seen.
"""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video import clip_file
from dreamina_desktop.video.clip import PyAvClipCheck
from dreamina_desktop.video.clip_file import ClipFile
from tests.video.clips import make_clip
from tests.video.hostile_files import MUTATIONS, honest_files, hostile_files

ROOT = Path(__file__).parents[2]
BATCHES = 2
# After so long a batch hangs; it needs two seconds.
PATIENCE = 240
# Of one process from first to last; without limits it would be thousands.
MOST_MB = 300
LINE = re.compile(
    r"(?P<name>\d{3}-\w+|honest-\S+) (?P<facts>frames \d+ \d+x\d+|broken [\w ]+)"
    r" / (?P<look>frames \d+|broken [\w ]+) / (?P<mb>\d+)"
)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return honest_files(tmp_path_factory.mktemp("honest"))


def judged(folder: Path) -> list[re.Match[str]]:
    """What a process of its own says of all files in a folder."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.video.hostile_child", str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=ROOT
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, (done.returncode, lines[-1:], done.stderr[-2000:])
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    assert len(found) == len(list(folder.iterdir()))
    return [match for match in found if match]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_file_gives_a_typed_error_or_frames(
    honest: dict[str, bytes], tmp_path: Path, batch: int
) -> None:
    files = list(hostile_files(honest))
    assert len(files) == len({data for _, data in files}) == MUTATIONS
    folder = tmp_path / "clips"
    folder.mkdir()
    for name, data in (*files[batch::BATCHES], *((f"honest-{n}", d) for n, d in honest.items())):
        (folder / name).write_bytes(data)
    found = judged(folder)
    for match in found:
        if match["name"].startswith("honest"):
            assert (match["facts"], match["look"]) == ("frames 16 64x48", "frames 16")
        if "huge" in match["name"]:
            assert match["look"] in ("broken decoding", "broken too large"), match[0]
    # Both ends are met: files that are all there still, and those that are not.
    broken = sum(match["look"].startswith("broken") for match in found)
    assert len(found) / 5 < broken < len(found) * 4 / 5
    assert max(int(match["mb"]) for match in found) < MOST_MB


def refusal(path: Path) -> str:
    with pytest.raises(ClipBrokenError) as caught:
        ClipFile(path)
    return caught.value.detail


def test_more_frames_than_any_clip_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_clip(tmp_path / "clip.mp4", 24)
    monkeypatch.setattr(clip_file, "MOST_FRAMES", 24)
    assert PyAvClipCheck().facts(path).frames == 24
    monkeypatch.setattr(clip_file, "MOST_FRAMES", 23)
    assert refusal(path) == "too many frames"


def test_larger_than_any_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_clip(tmp_path / "clip.mp4", 2)
    monkeypatch.setattr(clip_file, "MOST_PIXELS", 160 * 96)
    ClipFile(path).close()
    monkeypatch.setattr(clip_file, "MOST_PIXELS", 160 * 96 - 1)
    assert refusal(path) == "too large"


def test_codec_that_nobody_knows(honest: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "clip.webm"
    path.write_bytes(honest["vp9.webm"].replace(b"V_VP9", b"V_XYZ"))
    assert refusal(path) == "no video"


def test_a_rate_that_no_clock_follows_is_none(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mp4", 12)
    data = bytearray(path.read_bytes())
    scale = data.index(b"mdhd") + 16
    ticks = int.from_bytes(data[scale : scale + 4], "big")
    for times, expected in ((1, 24.0), (40, 960.0), (50, 0.0)):
        data[scale : scale + 4] = (times * ticks).to_bytes(4, "big")
        path.write_bytes(data)
        with closing(ClipFile(path)) as clip:
            assert clip.frames_per_second == expected
