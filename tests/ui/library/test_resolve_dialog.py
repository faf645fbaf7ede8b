"""The dialog about a request in doubt: nothing costs money by accident."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.resolve_dialog import RequestAbsent, RequestFound, ResolveDialog
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show
from tests.ui.library.rows import a_job

PAGE = "https://provider.example/generations"
DOUBTFUL = replace(a_job(1, JobState.UNKNOWN), error=JobError("answer_lost"))

type Open = Callable[[Job], ResolveDialog]


class Heard:
    def __init__(self, dialog: ResolveDialog) -> None:
        self.found: list[RequestFound] = []
        self.absent: list[RequestAbsent] = []
        dialog.request_found.connect(self.found.append)
        dialog.request_absent.connect(self.absent.append)


@pytest.fixture
def open_dialog(words: Phrasebook, icons: Icons, show: Show) -> Open:
    window = show(QWidget(), 600, 600)

    def open_one(job: Job) -> ResolveDialog:
        dialog = ResolveDialog(
            job, words=words, icons=icons, cost="$0.40", generations_page=PAGE, parent=window
        )
        dialog.open()
        assert QTest.qWaitForWindowExposed(dialog)
        dialog.activateWindow()
        return dialog

    return open_one


def button(dialog: ResolveDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def request_id(dialog: ResolveDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit, "requestIdEdit")
    assert isinstance(found, QLineEdit)
    return found


def test_it_says_what_happened_and_what_each_choice_means(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "answer to the request was lost" in said
    assert "steam rises" in said
    assert "1001" in said
    assert "pay twice" in said
    assert button(dialog, "sendAgainButton").text() == "Send again · $0.40"


def test_a_pasted_id_is_followed_by_enter(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    assert QApplication.focusWidget() is request_id(dialog)
    QApplication.clipboard().setText("  0d9f-request \n")
    QTest.keyClick(request_id(dialog), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(request_id(dialog), Qt.Key.Key_Return)
    assert heard.found == [RequestFound(DOUBTFUL.id, "0d9f-request")]
    assert heard.absent == []
    assert not dialog.isVisible()


def test_enter_alone_does_nothing(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    adopt = button(dialog, "adoptButton")
    assert not adopt.isEnabled()
    assert adopt.toolTip() == "Paste the request id first."
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    QTest.keyClicks(request_id(dialog), "two words")
    assert not adopt.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert (heard.found, heard.absent) == ([], [])
    assert dialog.isVisible()


def test_sending_again_takes_its_own_button(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    send = button(dialog, "sendAgainButton")
    assert "costs money" in send.toolTip()
    send.setFocus()
    # Enter never sends; Space presses the button that has the focus.
    QTest.keyClick(send, Qt.Key.Key_Return)
    assert heard.absent == []
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert heard.absent == [RequestAbsent(DOUBTFUL.id)]
    assert not dialog.isVisible()


@pytest.mark.parametrize("way", ["escape", "button"])
def test_deciding_later_decides_nothing(open_dialog: Open, way: str) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    if way == "escape":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        later = button(dialog, "resolveLaterButton")
        QTest.mouseClick(later, Qt.MouseButton.LeftButton)
    assert (heard.found, heard.absent) == ([], [])
    assert not dialog.isVisible()


def test_the_providers_page_is_opened(open_dialog: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = open_dialog(DOUBTFUL)
    QTest.mouseClick(button(dialog, "openGenerationsButton"), Qt.MouseButton.LeftButton)
    assert opened == [QUrl(PAGE)]
    assert dialog.isVisible()


def test_everything_has_a_name_and_is_reached_by_tab(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    QTest.keyClicks(request_id(dialog), "0d9f")
    reached = set()
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName()
        assert focused.toolTip()
        reached.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert reached == {
        "openGenerationsButton",
        "requestIdEdit",
        "adoptButton",
        "sendAgainButton",
        "resolveLaterButton",
    }


def test_a_long_prompt_is_shortened_and_none_is_fine(open_dialog: Open) -> None:
    dialog = open_dialog(replace(DOUBTFUL, error=None, spec=None))
    assert not any("“" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
    dialog = open_dialog(replace(a_job(1, JobState.UNKNOWN, "steam " * 100)))
    excerpts = [label.text() for label in dialog.findChildren(QLabel) if "“" in label.text()]
    assert len(excerpts) == 1
    assert len(excerpts[0]) < 180
    assert "…”" in excerpts[0]
