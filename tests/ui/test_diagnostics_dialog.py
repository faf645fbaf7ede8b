"""Help → Diagnostics, in the real window and with a desk that cannot look."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from dreamina_desktop.ui.diagnostics_dialog import DiagnosticsDialog
from tests.practice_server import PracticeServer
from tests.ui.window_desk import OpenDesk, WindowDesk

LEFT = Qt.MouseButton.LeftButton


def opened(person: WindowDesk) -> DiagnosticsDialog:
    person.open()
    action = person.window.findChild(QAction, "diagnosticsAction")
    assert action is not None
    action.trigger()
    dialog = person.find(DiagnosticsDialog, "diagnosticsDialog")
    person.until(lambda: bool(dialog.text))
    return dialog


def button(dialog: DiagnosticsDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None, name
    return found


def answer(dialog: DiagnosticsDialog) -> str:
    label = dialog.findChild(QLabel, "diagnosticsAnswer")
    assert label is not None
    return label.text()


def test_it_says_what_is_there_and_nothing_is_sent(
    practice: PracticeServer, person: WindowDesk
) -> None:
    dialog = opened(person)
    assert "Versions" in dialog.text
    assert "RUNCOMFY_API_TOKEN" in dialog.text
    assert practice.key not in dialog.text
    asked = [request for request in practice.requests() if not request.had_key]
    assert asked == []
    for name in ("checkConnectionButton", "copyDiagnosticsButton", "saveDiagnosticsButton"):
        assert button(dialog, name).accessibleName()


def test_the_connection_is_checked_copied_and_saved(person: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(person)
    QTest.mouseClick(button(dialog, "checkConnectionButton"), LEFT)
    person.until(lambda: "Connection check" in dialog.text)
    assert answer(dialog) == "The connection is good."
    QTest.mouseClick(button(dialog, "copyDiagnosticsButton"), LEFT)
    assert QApplication.clipboard().text() == dialog.text
    QTest.mouseClick(button(dialog, "saveDiagnosticsButton"), LEFT)
    files = dialog.findChild(QFileDialog, "saveDiagnosticsDialog")
    assert files is not None
    target = tmp_path / "found.txt"
    files.selectFile(str(target))
    files.accept()
    person.until(lambda: str(target) in answer(dialog))
    assert target.read_text("utf-8") == dialog.text


def test_a_folder_that_takes_no_file_is_said(person: WindowDesk, tmp_path: Path) -> None:
    dialog = opened(person)
    QTest.mouseClick(button(dialog, "saveDiagnosticsButton"), LEFT)
    files = dialog.findChild(QFileDialog, "saveDiagnosticsDialog")
    assert files is not None
    files.fileSelected.emit(str(tmp_path / "nowhere" / "found.txt"))
    files.reject()
    person.until(lambda: "could not be saved" in answer(dialog))


def test_a_connection_that_is_not_good(practice: PracticeServer, person: WindowDesk) -> None:
    dialog = opened(person)
    practice.trouble({"on": "price", "times": None, "do": {"status": 503, "raw": "No."}})
    QTest.mouseClick(button(dialog, "checkConnectionButton"), LEFT)
    person.until(lambda: "not good" in answer(dialog))
    assert button(dialog, "checkConnectionButton").isEnabled()
    practice.trouble()


def test_practice_mode_has_nobody_to_ask(desk: OpenDesk) -> None:
    dialog = opened(desk(None, practice=True))
    check = button(dialog, "checkConnectionButton")
    assert not check.isEnabled()
    assert "Practice mode" in check.toolTip()
