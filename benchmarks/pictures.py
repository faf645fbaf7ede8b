"""Pictures through the warm, limited process against the same decoder called in this one.

python -m benchmarks.pictures
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PIL import Image

from benchmarks.figures import load, ms, verdict, where
from dreamina_desktop.core.model_spec import parse_model_spec
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import VerdictCode
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.pictures.looking import look
from dreamina_desktop.pictures.picture_process import PictureProcess, usual_command
from dreamina_desktop.pictures.probe import probe
from dreamina_desktop.resources import SAMPLE_PICTURE, model_file, resource

LONGEST = 1600
MOST_RATIO = 1.2
MOST_MENDING = 3.0
MENDED = Recipe(mended=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    print(where())
    with (
        tempfile.TemporaryDirectory() as name,
        closing(PictureProcess(usual_command(model_file()))) as process,
    ):
        files = make(Path(name))
        for what in ("4096x4096 JPEG", "4096x4096 PNG", "100 megapixels JPEG"):
            preview(process, what, files[what], rounds)
        mending(process, files["8000x8000 PNG"], rounds)


def make(folder: Path) -> dict[str, Path]:
    """Neither flat nor pure noise: as a painting or a photograph packs."""
    files = {}
    for what, side in (("4096x4096", 4096), ("8000x8000", 8000), ("100 megapixels", 10000)):
        smooth = Image.radial_gradient("L").resize((side, side))
        grain = Image.effect_noise((side, side), 9)
        picture = Image.merge("RGB", (smooth, grain, Image.blend(smooth, grain, 0.5)))
        for name, options in (("JPEG", {"quality": 92}), ("PNG", {"compress_level": 3})):
            if (what, name) in (("8000x8000", "JPEG"), ("100 megapixels", "PNG")):
                continue
            path = folder / f"{side}.{name.lower()}"
            picture.save(path, name, **options)
            files[f"{what} {name}"] = path
    return files


def preview(process: PictureProcess, what: str, path: Path, rounds: int) -> None:
    """By turns, so that others' work is in both figures alike; the first turn loads code."""
    here: list[float] = []
    there: list[float] = []
    for turn in range(rounds + 1):
        for figures, make_view in (
            (here, lambda: look(path, LONGEST)),
            (there, lambda: process.look(path, LONGEST)),
        ):
            took = timed(make_view)
            if turn:
                figures.append(took)
    floor, figure = statistics.median(here), statistics.median(there)
    print(f"preview of a {what} at {LONGEST} pixels, median of {rounds}; {load()}")
    print(f"  decoded in this process: {ms(floor)}")
    print(f"  through the picture process: {ms(figure)}, {figure / floor:.2f} times: ", end="")
    print(verdict(figure / floor, MOST_RATIO))


def mending(process: PictureProcess, path: Path, rounds: int) -> None:
    took, told = [], list[Step]()
    spec = parse_model_spec(model_file().read_text("utf-8"))
    for _ in range(rounds):
        told.clear()
        began = time.perf_counter()
        prepared = process.prepare(path, MENDED, LONGEST, told.append)
        took.append(time.perf_counter() - began)
        assert [one.code for one in judge_picture(prepared.facts, spec)] == [
            VerdictCode.PICTURE_FITS
        ]
    figure = statistics.median(took)
    print(f"mend of an 8000x8000 PNG of {path.stat().st_size / 1e6:.0f} MB; {load()}")
    made = prepared.facts
    size = f"{made.width}x{made.height} {made.format} of {made.bytes / 1e6:.1f} MB"
    print(f"  to a {size}, median of {rounds}: {ms(figure)}: {verdict(figure, MOST_MENDING)}")
    print(f"  steps told: {', '.join(told)}")
    print(f"  header facts: {ms(statistics.median(timed(lambda: probe(path)) for _ in range(9)))}")
    gone = [cancelled_after(process, path, wait) for wait in (0.1, 0.5, 1.0)]
    print(f"  given up while it lasts: back after at most {ms(max(gone))}")
    first = timed(lambda: process.look(resource(SAMPLE_PICTURE), LONGEST))
    print(f"  first answer of the new child: {ms(first)}")


def cancelled_after(process: PictureProcess, path: Path, seconds: float) -> float:
    """From the wish to the caller's return."""
    process.warm_up()
    wish = threading.Event()
    wished: list[float] = []

    def give_up() -> None:
        wished.append(time.perf_counter())
        wish.set()

    timer = threading.Timer(seconds, give_up)
    timer.start()
    try:
        process.prepare(path, MENDED, cancelled=wish.is_set)
    except PreparationCancelledError:
        return time.perf_counter() - wished[0]
    finally:
        timer.join()
    raise AssertionError("it was done before it was cancelled")


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
