"""The memory that decoded clips take: one at full size, nine at the size of a wall's tiles.

    python -m benchmarks.frame_memory
    python -m benchmarks.frame_memory --frames 24    # a quick look

Each case runs in a process of its own, with the budget that the program would take on this
computer. The floor is what the frames themselves need as YUV 4:2:0.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import av

from benchmarks.figures import where
from dreamina_desktop.app.memory import usual_budget_mb
from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.frame_store import FrameStore, Size
from dreamina_desktop.video.libraries import load_libraries

FRAMES = 241
RATE = 24
SIZE = 1280, 720
_MB = 1024 * 1024
_PATIENCE = 300.0


@dataclass(frozen=True)
class Case:
    """So many clips at once, each shown at ``size``; ``budget_mb`` 0 is the usual one."""

    name: str
    clips: int
    size: Size
    budget_mb: int = 0


CASES = (
    Case("one clip at 1280x720", 1, (1280, 720)),
    Case("nine clips at 640x360", 9, (640, 360)),
    Case("nine clips at 640x360 with 512 MB", 9, (640, 360), 512),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="the memory of decoded clips")
    parser.add_argument("--frames", type=int, default=FRAMES)
    parser.add_argument("--case", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    found = parser.parse_args()
    if found.case is not None:
        measure(CASES[found.case], found.folder, found.frames)
        return
    print(where())
    print(f"usual budget {usual_budget_mb()} MB; clips of {found.frames} frames")
    with tempfile.TemporaryDirectory() as name:
        make_clip(Path(name) / "clip.mp4", found.frames)
        command = [sys.executable, "-m", "benchmarks.frame_memory", "--folder", name]
        command += ["--frames", str(found.frames), "--case"]
        for number in range(len(CASES)):
            subprocess.run([*command, str(number)], check=True)


def make_clip(path: Path, frames: int) -> None:
    """Grey in motion: what is in the pixels changes nothing here."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(frames):
            frame = av.VideoFrame(*SIZE, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([number % 256]) * plane.buffer_size)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def measure(case: Case, folder: Path, frames: int) -> None:
    """Fill a store as a playing wall does, and say what it took."""
    clips = [folder / f"{case.clips}-{number}.mp4" for number in range(case.clips)]
    for clip in clips:
        clip.write_bytes((folder / "clip.mp4").read_bytes())
    load_libraries()
    before = resident()
    told = Event()
    budget = (case.budget_mb or usual_budget_mb()) * _MB
    store = FrameStore(budget, lambda *_: told.set(), fail)
    began = time.perf_counter()
    while not all(store.is_filled(clip, case.size) for clip in clips):
        if time.perf_counter() - began > _PATIENCE:
            raise TimeoutError(case.name)
        shown = [store.frame(clip, 0, case.size, moving=True) for clip in clips]
        told.wait(0.02)
        told.clear()
    seconds = time.perf_counter() - began
    taken, used = resident() - before, store.used
    widths = {frame.width for frame in shown if frame is not None}
    store.close()
    floor = case.clips * frames * case.size[0] * case.size[1] * 3 // 2
    print(f"{case.name}: filled after {seconds:.1f} s")
    print(f"  frames alone {floor // _MB} MB; kept {used // _MB} MB, widths {sorted(widths)}")
    print(f"  process {taken // _MB} MB more than before; ratio to what is kept {taken / used:.2f}")


def fail(clip: Path, size: Size, error: ClipBrokenError) -> None:
    """There is no broken clip here."""
    print(clip, size, error.detail)
    os._exit(1)


def resident() -> int:
    """Bytes that the process has in memory; the most so far where only that is told."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
