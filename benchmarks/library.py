"""A library of many cards: its first page on the screen, against a small one and bare SQLite.

python -m benchmarks.library [--rows N]
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.figures import load, ms, verdict, where
from benchmarks.real_window import RealWindow, new_application, real_window, rest, until
from benchmarks.sample_rows import fill, make_clips
from dreamina_desktop.ui.library.library_model import PAGE, LibraryModel
from dreamina_desktop.ui.library.library_view import LibraryView

ROUNDS = 7
FEW = 20
MOST = 0.200


class PaintWatch(QObject):
    """Knows when a widget was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    print(where())
    application = new_application()
    with tempfile.TemporaryDirectory() as name:
        clips = make_clips(Path(name) / "files", 24, 0.1)
        few, _, _ = measure(application, Path(name) / "few", FEW, clips)
        many, bare, ready = measure(application, Path(name) / "many", rows, clips)
    figure = median(many)
    print(f"first page of a library, median of {ROUNDS}, from reading to painted; {load()}")
    print(f"  SQLite alone, {PAGE} rows: {ms(bare)}")
    print(f"  {FEW} cards: {ms(median(few))}")
    print(f"  {rows} cards: {ms(figure)}; longest {ms(max(many))}; the first reading {ms(ready)}")
    print(f"  ratio to SQLite alone {figure / bare:.1f}, to {FEW} cards ", end="")
    print(f"{figure / median(few):.1f}; goal {ms(MOST)}: {verdict(figure, MOST)}")


def measure(
    application: QApplication, folder: Path, rows: int, clips: list[Path]
) -> tuple[list[float], float, float]:
    """Seconds of each reading, of SQLite alone, and of the first reading of all."""
    fill(folder, rows, clips, (166, 124))
    with real_window(application, folder) as window:
        view = window.part(LibraryView, "libraryView")
        model = view.model()
        assert isinstance(model, LibraryModel)
        rest(2.0)
        times = [read(window, view, model, rows) for _ in range(ROUNDS + 1)]
        bare = median(read_bare(folder) for _ in range(ROUNDS))
    return times[1:], bare, times[0]


def read(window: RealWindow, view: LibraryView, model: LibraryModel, rows: int) -> float:
    """From the call until the view has been painted with its new rows."""
    watch = PaintWatch()
    came: list[int] = []
    painted_before: list[int] = []

    def on_read() -> None:
        came.append(model.rowCount())
        painted_before.append(watch.count)

    view.viewport().installEventFilter(watch)
    model.list_read.connect(on_read)
    began = time.perf_counter()
    window.furniture.library.read()
    until(lambda: bool(came) and watch.count > painted_before[0])
    seconds = time.perf_counter() - began
    model.list_read.disconnect(on_read)
    view.viewport().removeEventFilter(watch)
    assert came == [min(rows, PAGE)]
    rest(0.3)
    return seconds


def read_bare(folder: Path) -> float:
    """The rows of one page and their clips, as tuples."""
    file = folder / "practice" / "dreamina.sqlite"
    began = time.perf_counter()
    connection = sqlite3.connect(file)
    found = connection.execute(
        "SELECT * FROM jobs WHERE deleted IS NULL ORDER BY created DESC, id DESC LIMIT ?", (PAGE,)
    ).fetchall()
    for row in found:
        connection.execute("SELECT * FROM clips WHERE job_id = ?", (row[0],)).fetchall()
    connection.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
