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
from dreamina_desktop.ui.theme import Theme
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
def open_dialog(words: Phrasebook, theme: Theme, icons: Icons, show: Show) -> Open:
    window = show(QWidget(), 600, 600)

    def open_one(job: Job) -> ResolveDialog:
        dialog = ResolveDialog(
            job,
            words=words,
            theme=theme,
            icons=icons,
            cost="$0.40",
            generations_page=PAGE,
            parent=window,
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


def test_it_says_what_happened_and_what_each_choice_means(
    open_dialog: Open, words: Phrasebook
) -> None:
    dialog = open_dialog(DOUBTFUL)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert (
        "We do not know whether the provider accepted this. It may be running and may be charged. "
        "We will not send it again unless you say so." in said
    )
    assert "The answer to the request was lost." in said
    # What that means is said once.
    assert words.job_error(JobError("answer_lost")).text not in said
    assert "steam rises" in said
    assert "1001" in said
    assert "pay twice" in said
    assert button(dialog, "sendAgainButton").text() == "It is not there: send again…"
    assert button(dialog, "confirmSendAgainButton").text() == "Send again · $0.40"
    assert not button(dialog, "confirmSendAgainButton").isVisible()


def test_the_balance_is_shown_where_it_is_known(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    shown = dialog.findChild(QLabel, "balanceEvidence")
    assert isinstance(shown, QLabel)
    assert not shown.isVisible()
    dialog.show_evidence("Balance before: $24.20 (10:02)")
    assert shown.isVisible()
    assert shown.text() == "Balance before: $24.20 (10:02)"


def test_a_pasted_id_is_followed_by_enter(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    assert QApplication.focusWidget() is request_id(dialog)
    QApplication.clipboard().setText("  0d9f-request \n")
    QTest.keyClick(request_id(dialog), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(request_id(dialog), Qt.Key.Key_Return)
    assert heard.found == [RequestFound(DOUBTFUL.id, "0d9f-request")]
    assert heard.absent == []
    # It stays until the provider has answered, and takes nothing else meanwhile.
    answer = dialog.findChild(QLabel, "requestIdAnswer")
    assert isinstance(answer, QLabel)
    assert answer.text() == "Asking the provider…"
    assert not button(dialog, "adoptButton").isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert len(heard.found) == 1
    dialog.refuse("There is no such request.")
    assert answer.text() == "There is no such request."
    assert QApplication.focusWidget() is request_id(dialog)
    QTest.keyClicks(request_id(dialog), "another")
    assert answer.text() == ""
    QTest.keyClick(request_id(dialog), Qt.Key.Key_Return)
    assert heard.found[-1] == RequestFound(DOUBTFUL.id, "another")


def test_enter_alone_does_nothing(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    adopt = button(dialog, "adoptButton")
    assert not adopt.isEnabled()
    assert adopt.toolTip() == "Paste the request id first."
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    QTest.keyClicks(request_id(dialog), "two words")
    assert not adopt.isEnabled()
    assert adopt.toolTip() == "A request id has no spaces in it."
    assert any(label.text() == adopt.toolTip() for label in dialog.findChildren(QLabel))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert (heard.found, heard.absent) == ([], [])
    assert dialog.isVisible()


def test_sending_again_asks_once_more_and_names_the_price(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    send, confirm = button(dialog, "sendAgainButton"), button(dialog, "confirmSendAgainButton")
    send.setFocus()
    # Space presses the button that has the focus; a second press takes it all back.
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert confirm.isVisible()
    keep = QApplication.focusWidget()
    assert keep is button(dialog, "keepInDoubtButton")
    QTest.keyClick(keep, Qt.Key.Key_Space)
    assert not confirm.isVisible()
    assert QApplication.focusWidget() is send
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert any("$0.40" in label.text() for label in dialog.findChildren(QLabel))
    assert "costs money" in confirm.toolTip()
    confirm.setFocus()
    # Enter never sends.
    QTest.keyClick(confirm, Qt.Key.Key_Return)
    assert heard.absent == []
    QTest.keyClick(confirm, Qt.Key.Key_Space)
    assert heard.absent == [RequestAbsent(DOUBTFUL.id)]
    assert not dialog.isVisible()


def test_enter_on_a_button_presses_that_one(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    heard = Heard(dialog)
    QTest.keyClicks(request_id(dialog), "a-request")
    send, keep = button(dialog, "sendAgainButton"), button(dialog, "keepInDoubtButton")
    QTest.keyClick(send, Qt.Key.Key_Return)
    assert keep.isVisible()
    QTest.keyClick(keep, Qt.Key.Key_Return)
    assert send.isVisible()
    QTest.keyClick(button(dialog, "resolveLaterButton"), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    # The id that stands there was not asked about in passing.
    assert (heard.found, heard.absent) == ([], [])


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


def test_it_grows_with_what_appears_in_it(open_dialog: Open) -> None:
    dialog = open_dialog(DOUBTFUL)
    dialog.show_evidence("Balance before: not known; afterwards: $23.80 (10:03). " * 3)
    dialog.refuse("The provider does not know this request.")
    QTest.mouseClick(button(dialog, "sendAgainButton"), Qt.MouseButton.LeftButton)
    QTest.qWait(0)
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
