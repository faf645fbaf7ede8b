"""A card selected to its first painted frame, and one step to its frame once all is decoded.

    python -m benchmarks.playback

A practice clip at the model's full size, under several names so that each selection is the first.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

import av

from benchmarks.figures import load, ms, share, verdict, where
from benchmarks.real_window import RealWindow, new_application, real_window, settle, until
from benchmarks.sample_rows import FRAMES, fill, make_clips
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.play_position import PlayPosition

CLIPS = 8
STEPS = 200
MOST_TO_FIRST = 0.150
MOST_A_STEP = 0.016


def main() -> None:
    print(where())
    application = new_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = make_clips(folder / "files", CLIPS, 1.0)
        with av.open(str(clips[0])) as container:
            stream = container.streams.video[0]
            size = stream.width, stream.height
        ids = fill(folder, CLIPS, clips, size)
        with real_window(application, folder) as window:
            firsts, bare, steps, shown = measure(window, clips, ids)
    clip = f"{size[0]}x{size[1]}x{FRAMES}, shown at {shown}"
    first, floor = median(firsts), median(bare)
    print(f"a card selected to its first painted frame, median of {len(firsts)}; {clip}; {load()}")
    print(f"  PyAV opens the file and decodes and scales one frame: {ms(floor)}")
    print(f"  the window: {ms(first)}; longest {ms(max(firsts))}")
    print(f"  ratio {first / floor:.1f}; goal {ms(MOST_TO_FIRST)}: {verdict(first, MOST_TO_FIRST)}")
    p95, repaint = share(steps, 95), median(steps)
    print(f"one step, {len(steps)} of them, all decoded; {load()}")
    print(f"  p95 {ms(p95)}, median {ms(repaint)}, longest {ms(max(steps))}")
    print(f"  goal p95 {ms(MOST_A_STEP)}: {verdict(p95, MOST_A_STEP)}")


def measure(
    window: RealWindow, clips: list[Path], ids: list[str]
) -> tuple[list[float], list[float], list[float], str]:
    """Seconds to the first frame, to that of bare PyAV, of each step; and the size shown."""
    furniture = window.furniture
    canvas = window.part(Canvas, "player")
    painted: list[int] = []
    canvas.frame_painted.connect(lambda told: painted.append(told.index))
    firsts, bare = [], []
    shown = (0, 0)
    for job_id, clip in zip(ids, clips, strict=True):
        furniture.watch.show_nothing()
        settle()
        painted.clear()
        began = time.perf_counter()
        furniture.library.choose(job_id)
        until(lambda: bool(painted))
        firsts.append(time.perf_counter() - began)
        furniture.watch.playback.pause()
        shown = shown_size(canvas)
        # The rest of the clip is decoded before anything else is measured.
        settle()
        bare.append(decode_one(clip, shown))
    step_all(window, painted)
    return firsts[1:], bare[1:], step_all(window, painted), f"{shown[0]}x{shown[1]}"


def shown_size(canvas: Canvas) -> tuple[int, int]:
    """Pixels of the clip on the canvas, in the clip's own shape of 4:3."""
    ratio = canvas.devicePixelRatioF()
    width, height = canvas.width() * ratio, canvas.height() * ratio
    wide = min(width, height * 4 / 3)
    return round(wide), round(wide * 3 / 4)


def decode_one(clip: Path, size: tuple[int, int]) -> float:
    """Seconds for one frame without any window."""
    began = time.perf_counter()
    with av.open(str(clip)) as container:
        frame = next(container.decode(video=0))
        frame.reformat(width=size[0], height=size[1], format="bgra")
    return time.perf_counter() - began


def step_all(window: RealWindow, painted: list[int]) -> list[float]:
    """Seconds of each step from the call to its painted frame; the last clip, round and round."""
    playback = window.furniture.watch.playback
    playback.pause()
    times = []
    for _ in range(STEPS):
        position: PlayPosition = playback.position
        if position.index >= position.count - 1:
            playback.go_to_start()
            until(lambda: painted[-1] == 0)
        painted.clear()
        wanted = playback.position.index + 1
        began = time.perf_counter()
        playback.step_forward()
        until(lambda wanted=wanted: painted[-1:] == [wanted])  # type: ignore[misc]
        times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    main()
