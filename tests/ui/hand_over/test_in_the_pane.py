"""The key, pressed in the real watch pane."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget

from dreamina_desktop.core.job import JobState
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.hand_over.hand_over import HandOver
from dreamina_desktop.ui.hand_over.hand_over_bar import HandOverBar
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.hand_over.desk import BEST, FRAMES, Remembered, use

type Watch = tuple[WatchPane, Canvas, HandOverBar]


@pytest.fixture
def watch(
    draft: Draft,
    clip: Path,
    tmp_path: Path,
    theme: Theme,
    icons: Icons,
    words: Phrasebook,
    show: Show,
    until: Until,
) -> Iterator[Watch]:
    """The pane with the made clip, its stage having the focus, and the bar."""
    frames, side = FrameSource(2**26), SideThreads()
    pane = WatchPane(frames, side, words, theme, icons, autoplay=False)
    bar = HandOverBar(pane, theme, icons)
    canvas = pane.findChild(Canvas, "player")
    assert canvas is not None

    def stage() -> QWidget:
        return pane.stage or canvas

    hand_over = HandOver(draft, Remembered(), side, tmp_path / "kept", bar, stage, pane)
    pane.use_frame_wanted.connect(hand_over.use_frame)
    show(pane, 400, 620)
    viewed = use(clip, 0).viewed
    landed = replace(viewed.clip, size=1, sha256="a" * 64)
    pane.show_job(replace(viewed.job, state=JobState.DONE, clips=(landed,)))
    until(lambda: pane.playback.position.count == FRAMES)
    canvas.setFocus()
    yield pane, canvas, bar
    pane.playback.pause()
    side.close()
    frames.close()


def press(key: Qt.Key) -> None:
    """For whoever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def has_focus_in(bar: HandOverBar) -> Callable[[], bool]:
    row = bar.findChild(QListView, "handOverFrames")
    assert row is not None
    return row.hasFocus


def test_the_key_takes_the_best_at_the_end(watch: Watch, draft: Draft, until: Until) -> None:
    pane, canvas, bar = watch
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_U)
    until(has_focus_in(bar))
    assert draft.origin == FrameOrigin("job", 1, BEST)
    assert bar.parent() is canvas
    # The player has its keys meanwhile.
    press(Qt.Key.Key_Comma)
    assert pane.playback.position.index == FRAMES - 2
    press(Qt.Key.Key_Left)
    assert pane.playback.position.index == FRAMES - 2
    press(Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert canvas.hasFocus()
    press(Qt.Key.Key_Left)
    assert pane.playback.position.index == FRAMES - 3


def test_the_key_takes_what_is_seen_before(watch: Watch, draft: Draft, until: Until) -> None:
    pane, _, bar = watch
    pane.playback.seek(5)
    press(Qt.Key.Key_U)
    until(has_focus_in(bar))
    assert draft.origin == FrameOrigin("job", 1, 5)
    # The key again, from within the bar, is about what is seen by now.
    press(Qt.Key.Key_Period)
    press(Qt.Key.Key_U)
    until(lambda: draft.origin == FrameOrigin("job", 1, 6))
