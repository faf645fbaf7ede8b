"""Clips whose packets cannot be taken over, though their key frames would allow it."""

from __future__ import annotations

from pathlib import Path

from dreamina_desktop.core.export_order import ExportKind, ExportOrder
from dreamina_desktop.core.export_result import Exported
from dreamina_desktop.video.export_clip import ClipExport
from tests.video.films import Film, bgr, make_film, moving, psnr, read

KEYS = {"crf": "8", "preset": "veryfast", "sc_threshold": "0", "g": "6", "bf": "0"}
B_FRAMES = {**KEYS, "bf": "2", "x264-params": "b-adapt=0:open-gop=0"}
SHOTS = moving(18)


def with_a_standstill(path: Path, options: dict[str, str], times: tuple[int, ...]) -> Path:
    """A clip at whose first change of rhythm two packets are to be decoded at one time."""
    make_film(path, SHOTS[: len(times)], Film(options=options, times=times))
    data = bytearray(path.read_bytes())
    second = data.index(b"stts") + 4 + 4 + 4 + 8
    data[second + 4 : second + 8] = bytes(4)
    path.write_bytes(data)
    return path


def export(clip: Path, target: Path, first: int, last: int | None = None) -> Exported:
    return ClipExport(clip, ExportOrder(ExportKind.MP4, first, last)).run(target)


def test_two_packets_of_one_time_do_not_move_the_cut(tmp_path: Path) -> None:
    # Frame 4 comes at the time of frame 3, whose place it does not take.
    times = (0, 40, 80, 120, 170, 210, 250, 290, 330, 370, 410, 450)
    clip = with_a_standstill(tmp_path / "clip.mp4", KEYS, times)
    made = export(clip, tmp_path / "a.mp4", 6, 9)
    assert (made.copied, made.frames) == (False, 4)
    found = read(made.path).frames
    for frame, number in zip(found, range(7, 11), strict=True):
        likeness = [psnr(frame, bgr(shot)) for shot in SHOTS]
        assert likeness.index(max(likeness)) == number


def test_packets_that_no_mp4_takes_are_encoded_anew(tmp_path: Path) -> None:
    times = (*range(0, 360, 40), *range(332, 680, 40))
    clip = with_a_standstill(tmp_path / "clip.mp4", B_FRAMES, times)
    made = export(clip, tmp_path / "a.mp4", 6)
    assert (made.copied, made.frames) == (False, 12)
    for frame, original in zip(read(made.path).frames, read(clip).frames[6:], strict=True):
        assert psnr(frame, original) >= 40
