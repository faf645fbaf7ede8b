from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from dreamina_desktop.app.window_program import run_window
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.core.job import JobState
from dreamina_desktop.store.doorbell import Ring, ring
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.conftest import Until
from tests.ui.window_desk import OpenDesk, WindowDesk
from tests.ui.workplaces import SAMPLE

# Every control of the design that is not marked as later, by the page that it is on.
CONTROLS = [
    "composePane", "watchPane", "libraryPane", "imageDrop", "chooseImageButton",
    "clearImageButton", "fixImageButton", "imageUrlEdit", "imageVerdicts", "promptEdit",
    "promptMeter", "framesChoice", "frames121Button", "frames241Button", "seedEdit",
    "randomSeedButton", "lastSeedButton", "generateButton", "generateReasons", "player",
    "playButton", "previousFrameButton", "nextFrameButton", "positionSlider", "frameLabel",
    "loopButton", "fullScreenButton", "clipDetails", "librarySearch", "libraryFilter",
    "libraryView", "loadSettingsButton", "cancelJobButton", "retryJobButton", "resolveJobButton",
    "balanceLabel", "spendLabel", "connectionLabel", "noticeBar", "noticeActionButton",
]  # fmt: skip
IN_SETTINGS = ["apiKeyEdit", "checkKeyButton", "outputFolderEdit", "themeChoice"]


def compose(desk: WindowDesk, prompt: str = "Steam rises from the cup.") -> None:
    """Drop the sample picture and type a prompt, as a person does."""
    desk.drop(SAMPLE)
    editor = desk.find(QPlainTextEdit, "promptEdit")
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor, prompt)
    button = desk.find(QPushButton, "generateButton")
    desk.until(button.isEnabled)


def generate(desk: WindowDesk) -> None:
    editor = desk.find(QPlainTextEdit, "promptEdit")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_drop_type_generate_watch(desk: OpenDesk, practice: PracticeServer, until: Until) -> None:
    person = desk(practice)
    session = person.open()
    compose(person)
    until(lambda: "$0.40" in person.find(QPushButton, "generateButton").text())
    generate(person)
    until(lambda: any(job.state is JobState.DONE for job in person.jobs()))
    # It was the only thing to watch, so it plays.
    playback = session.furniture.watch.playback
    until(lambda: playback.position.is_playing)
    label = person.find(QLabel, "frameLabel")
    until(lambda: label.text().split()[0].endswith("/121"))
    (job,) = person.jobs()
    assert job.spec.prompt == "Steam rises from the cup."
    assert Path(job.file or "").parent == Path(job.folder or "")
    until(lambda: person.find(QLabel, "spendLabel").text().endswith("$0.40"))
    # The draft stays for the next take, and its picture is among the recent ones.
    assert person.find(QPlainTextEdit, "promptEdit").toPlainText() == "Steam rises from the cup."
    assert session.furniture.recents.sources() == (str(SAMPLE),)


def test_what_is_watched_goes_on_while_others_are_made(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    session = person.open()
    compose(person)
    generate(person)
    watch = session.furniture.watch
    until(lambda: watch.playback.position.is_playing)
    first = watch.shown_job_id
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    generate(person)
    until(lambda: sum(job.state is JobState.DONE for job in person.jobs()) == 2)
    QTest.qWait(100)
    assert watch.shown_job_id == first


def test_a_double_click_buys_one_clip(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    person.open()
    compose(person)
    button = person.find(QPushButton, "generateButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: any(job.state is JobState.DONE for job in person.jobs()))
    assert len(practice.accepted()) == 1


def test_quit_during_a_job_and_reopen(
    desk: OpenDesk, start_practice: PracticeStart, until: Until
) -> None:
    server = start_practice(queue_seconds=2)
    person = desk(server)
    person.open()
    compose(person, "It goes on.")
    generate(person)
    until(lambda: bool(person.jobs()) and person.jobs()[0].state is JobState.QUEUED)
    # What is under way is to be seen on its card; the title counts what is done.
    assert person.window.windowTitle() == "Dreamina Desktop"
    person.window.close()
    assert not person.window.isVisible()
    person.close()
    session = person.open()
    # What was being composed is there again.
    assert person.find(QPlainTextEdit, "promptEdit").toPlainText() == "It goes on."
    until(lambda: session.furniture.draft.picture.prepared is not None)
    until(lambda: person.jobs()[0].state is JobState.DONE)
    assert len(server.accepted()) == 1


def test_every_control_exists_with_a_name_in_words(
    desk: OpenDesk, practice: PracticeServer
) -> None:
    person = desk(practice)
    session = person.open()
    for name in CONTROLS:
        assert person.find(QWidget, name).accessibleName(), name
    assert session.window.accessibleName()
    QTest.keyClick(session.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = person.find(QWidget, "settingsDialog")
    for name in IN_SETTINGS:
        assert dialog.findChild(QWidget, name).accessibleName(), name
    dialog.close()


def test_the_keyboard_alone_reaches_every_control_that_is_there(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    session = person.open(str(SAMPLE), "A prompt.")
    until(person.find(QPushButton, "generateButton").isEnabled)
    session.window.setFocus()
    reached = set()
    for _ in range(120):
        QTest.keyClick(QApplication.focusWidget() or session.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        while focus is not None:
            reached.add(focus.objectName())
            focus = focus.parentWidget()
    wanted = {
        "imageDrop", "chooseImageButton", "clearImageButton", "promptEdit", "seedEdit",
        "randomSeedButton", "generateButton", "librarySearch", "libraryFilter", "foldComposeButton",
        "player",
    }  # fmt: skip
    assert wanted <= reached, wanted - reached


def test_a_second_start_brings_this_window_its_picture(
    desk: OpenDesk, practice: PracticeServer, until: Until, tmp_path: Path
) -> None:
    person = desk(practice)
    session = person.open()
    until(lambda: (person.profile / "window.json").exists())
    assert ring(person.profile, Ring(show=str(SAMPLE)))
    until(lambda: session.furniture.draft.picture.source == str(SAMPLE))


def test_several_pictures_are_handed_over_to_choose_from(
    desk: OpenDesk, practice: PracticeServer, until: Until, tmp_path: Path
) -> None:
    paths = tuple(str(tmp_path / f"{number}.png") for number in (3, 1, 2))
    for path in paths:
        shutil.copy(SAMPLE, path)
    person = desk(practice)
    url = practice.url
    session = person.open_wish(WindowWish(person.profile, url, picture=paths[0], more=paths[1:2]))
    until(lambda: [str(path) for path in session.furniture.intake.row] == [*paths[:2]])
    assert session.furniture.draft.picture.source == paths[0]
    until(lambda: (person.profile / "window.json").exists())
    wish = WindowWish(person.profile, url, picture=paths[2], more=paths[:1])
    assert run_window(wish, {}) == 0
    until(lambda: len(session.furniture.intake.row) == 3)
    assert session.furniture.draft.picture.source == paths[2]
    assert person.find(QWidget, "pictureStrip").isVisible()


def test_a_second_start_hands_its_prompt_over_and_undo_brings_the_typed_one_back(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    session = person.open()
    until(lambda: (person.profile / "window.json").exists())
    editor = person.find(QPlainTextEdit, "promptEdit")
    editor.setFocus()
    QTest.keyClicks(editor, "Typed.")
    wish = WindowWish(person.profile, practice.url, picture=str(SAMPLE), prompt="Handed over.")
    assert run_window(wish, {}) == 0
    until(lambda: editor.toPlainText() == "Handed over.")
    assert session.furniture.draft.prompt == "Handed over."
    assert session.furniture.draft.picture.source == str(SAMPLE)
    # The picture alone leaves the prompt as it is.
    assert run_window(replace(wish, prompt=""), {}) == 0
    until(lambda: session.furniture.draft.picture.prepared is not None)
    assert editor.toPlainText() == "Handed over."
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == "Typed."
    assert session.furniture.draft.prompt == "Typed."


def test_panes_fold_and_stand_as_they_were_left(
    desk: OpenDesk, practice: PracticeServer, until: Until
) -> None:
    person = desk(practice)
    session = person.open()
    session.window.resize(1200, 760)
    QTest.keyClick(session.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert not person.find(QWidget, "libraryPane").isVisible()
    switch = person.find(QWidget, "foldComposeButton")
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert not person.find(QWidget, "composePane").isVisible()
    # The last one stays.
    QTest.keyClick(session.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert person.find(QWidget, "watchPane").isVisible()
    person.close()
    session = person.open()
    assert person.find(QWidget, "watchPane").isVisible()
    assert not person.find(QWidget, "libraryPane").isVisible()
    # Search brings its pane back.
    QTest.keyClick(session.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert person.find(QWidget, "libraryPane").isVisible()
    assert person.find(QLineEdit, "librarySearch").hasFocus()


def test_a_pane_that_was_folded_away_comes_back_with_one_press(person: WindowDesk) -> None:
    person.open()
    library, switch = (person.find(QWidget, "libraryPane"), "foldLibraryButton")
    QTest.mouseClick(person.find(QToolButton, switch), Qt.MouseButton.LeftButton)
    assert not library.isVisible()
    person.close()
    person.open()
    library = person.find(QWidget, "libraryPane")
    person.until(lambda: not person.find(QToolButton, switch).isChecked())
    assert not library.isVisible()
    QTest.mouseClick(person.find(QToolButton, switch), Qt.MouseButton.LeftButton)
    assert library.isVisible()
