"""What the stage says of a job without a clip: as its card says it, and true each second."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.card_words import TICKING, CardWords
from dreamina_desktop.ui.library.whole_second import WholeSecond
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.standing import Standing
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.watch.watch_wishes import ResolveWanted
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.watch.conftest import NewPane
from tests.ui.watch.stage import NOW, clip_of, job_of, shown, words_on


class WallClock:
    """Stands still until it is moved."""

    def __init__(self, seconds: float = 0) -> None:
        self.moment = NOW + timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def running(seconds_ago: float = 0) -> Job:
    return replace(job_of(state=JobState.RUNNING), running=NOW - timedelta(seconds=seconds_ago))


def is_ticking(pane: WatchPane) -> bool:
    standing = pane.findChild(Standing)
    assert standing is not None
    return standing.is_ticking


def test_a_running_job_shows_its_time_as_it_goes(new_pane: NewPane, until: Until) -> None:
    clock = WallClock()
    pane = new_pane(now=clock)
    pane.show_job(running(seconds_ago=82))
    assert words_on(pane) == "Being made · 1:22"
    clock.forward(1)
    until(lambda: words_on(pane) == "Being made · 1:23")
    clock.forward(3600)
    # It says so, and nothing ends by that.
    until(lambda: words_on(pane) == "Being made · 1:01:23 · longer than usual")


def test_a_queued_job_shows_its_place(new_pane: NewPane, until: Until) -> None:
    clock = WallClock(5)
    pane = new_pane(now=clock)
    job = job_of(state=JobState.QUEUED)
    pane.show_job(job)
    assert words_on(pane) == "In the queue · 0:05"
    pane.show_job(replace(job, queue_position=3))
    assert words_on(pane) == "In the queue, place 3 · 0:05"
    clock.forward(2)
    until(lambda: words_on(pane) == "In the queue, place 3 · 0:07")


@pytest.mark.parametrize("state", sorted(TICKING))
def test_it_reads_as_on_the_card(new_pane: NewPane, words: Phrasebook, state: JobState) -> None:
    clock = WallClock(71)
    pane = new_pane(now=clock)
    job = replace(job_of(state=state), queue_position=2)
    pane.show_job(job)
    card = CardWords(words).of(job, clock())
    assert words_on(pane).lower() == f"{card.states[0]} · {card.details[0]}"
    assert is_ticking(pane)


@pytest.mark.parametrize("state", sorted(set(JobState) - TICKING))
def test_other_states_have_no_time(new_pane: NewPane, state: JobState) -> None:
    pane = new_pane()
    pane.show_job(running())
    pane.show_job(job_of(state=state))
    assert "·" not in words_on(pane)
    assert not is_ticking(pane)


def test_a_job_that_rests_has_no_time(new_pane: NewPane) -> None:
    pane = new_pane()
    pane.show_job(running())
    assert is_ticking(pane)
    pane.show_job(replace(running(), resting=True, error=JobError("no_such_request")))
    assert words_on(pane) == "Stopped, needs you"
    assert "knows no such request" in words_on(pane, "stageHint")
    assert not is_ticking(pane)


def test_the_time_stops_where_there_is_something_else(
    new_pane: NewPane, clip: Path, tmp_path: Path, until: Until
) -> None:
    clock = WallClock()
    pane = new_pane(now=clock)
    pane.show_job(running())
    pane.show_nothing()
    assert not is_ticking(pane)
    pane.show_job(running())
    pane.show_job(job_of(clip_of(clip)))
    assert not is_ticking(pane)
    until(lambda: shown(pane) == 0)
    assert words_on(pane) == ""
    pane.show_job(running())
    assert is_ticking(pane)
    pane.show_job(job_of(clip_of(tmp_path / "gone.mp4"), job_id="gone"))
    until(lambda: "not there" in words_on(pane))
    assert not is_ticking(pane)


def test_what_is_folded_open_stays_open(new_pane: NewPane, until: Until) -> None:
    clock = WallClock()
    pane = new_pane(now=clock)
    # Nothing but the time changes while somebody reads.
    lost = JobError("answer_unreadable", "<html>")
    pane.show_job(replace(running(), error=lost))
    assert words_on(pane) == "Being made · 0:00"
    hint = words_on(pane, "stageHint")
    assert "no answer of the provider" in hint
    unfold = pane.findChild(QToolButton, "stageDetailsButton")
    assert unfold is not None
    assert not unfold.isVisible(), "the sentence quotes it already"
    unfold.setChecked(True)
    clock.forward(9)
    until(lambda: words_on(pane) == "Being made · 0:09")
    assert unfold.isChecked()
    assert words_on(pane, "stageHint") == hint


def test_the_running_time_is_not_spoken_each_second(new_pane: NewPane, until: Until) -> None:
    clock = WallClock()
    pane = new_pane(now=clock)
    pane.show_job(running())
    label = pane.findChild(QLabel, "stageText")
    assert label is not None
    clock.forward(4)
    until(lambda: label.text().endswith("0:04"))
    assert label.accessibleName() == "Being made"


def test_a_wish_to_cancel_while_it_is_sent_says_what_it_waits_for(new_pane: NewPane) -> None:
    pane = new_pane()
    pane.show_job(replace(job_of(state=JobState.SUBMITTING), cancel_wanted=True))
    assert words_on(pane).startswith("Being cancelled")
    assert "answer to the request comes first" in words_on(pane, "stageHint")


@pytest.mark.parametrize("code", ["answer_lost", "interrupted_submit"])
def test_doubt_is_not_said_twice(new_pane: NewPane, words: Phrasebook, code: str) -> None:
    pane = new_pane()
    job = replace(job_of(state=JobState.UNKNOWN), error=JobError(code))
    pane.show_job(job)
    notice = words.job(job)
    assert notice is not None
    assert words_on(pane) == "In doubt"
    hint = words_on(pane, "stageHint")
    button = pane.findChild(QPushButton, "stageResolveButton")
    assert button is not None
    assert button.isVisible()
    assert button.text() == button.accessibleName() == "Resolve…"
    asked: list[ResolveWanted] = []
    pane.resolve_requested.connect(asked.append)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [ResolveWanted(job.id)]
    for sentence in (notice.text, notice.action):
        assert sentence
        assert sentence not in hint
    assert len(hint) < len(notice.text)
    pane.show_job(running())
    assert not button.isVisible()
    # Whatever it was clicked for is over.
    pane.show_nothing()
    button.click()
    assert asked == [ResolveWanted(job.id)]


@pytest.mark.parametrize("code", ["not_sent", "answer_lost"])
def test_offline_it_says_that_it_goes_on_by_itself(new_pane: NewPane, code: str) -> None:
    pane = new_pane()
    pane.show_job(replace(running(), error=JobError(code, "no route")))
    hint = words_on(pane, "stageHint")
    assert "by itself when the network is back" in hint
    assert "later" not in hint
    assert "charged" not in hint


def test_card_and_stage_go_on_at_the_same_beat(application: QApplication, until: Until) -> None:
    del application
    first, second = WholeSecond(), WholeSecond()
    beats: list[tuple[str, int]] = []
    first.passed.connect(lambda: beats.append(("first", int(time.time()))))
    second.passed.connect(lambda: beats.append(("second", int(time.time()))))
    assert not first.is_active
    first.start()
    first.start()
    assert first.is_active
    until(lambda: len(beats) == 1)
    # Begun at another moment, it beats with the other one all the same.
    second.start()
    until(lambda: len(beats) >= 3)
    assert {name for name, _ in beats[1:3]} == {"first", "second"}
    assert beats[1][1] == beats[2][1]
    for beat in (first, second):
        beat.stop()
        assert not beat.is_active


def test_by_itself_it_goes_by_the_walls_clock(
    frames: FrameSource,
    background: BackgroundThread,
    words: Phrasebook,
    theme: Theme,
    icons: Icons,
    show: Show,
) -> None:
    pane = WatchPane(frames, background, words, theme, icons)
    show(pane, 520, 640)
    began = datetime.now(UTC) - timedelta(hours=100)
    pane.show_job(replace(running(), running=began))
    assert words_on(pane).startswith("Being made · 100:")
