from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notice_bar import NoticeBar
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.theme import LIGHT, Theme
from dreamina_desktop.ui.window_fittings import WindowFittings
from tests.ui.conftest import Show, Until


def said(
    topic: str, tone: NoticeTone = NoticeTone.INFO, seconds: float | None = None
) -> PostedNotice:
    return PostedNotice(topic, Notice(f"About {topic}.", tone), seconds=seconds)


def test_the_gravest_is_in_front_and_of_equals_the_oldest(application: QApplication) -> None:
    notices = Notices()
    for posted in (
        said("hint"),
        said("slow", NoticeTone.WARNING),
        said("disk", NoticeTone.BAD),
        said("key", NoticeTone.BAD),
    ):
        notices.post(posted)
    seen = []
    while notices.current is not None:
        seen.append(notices.current.topic)
        notices.dismiss()
    assert seen == ["disk", "key", "slow", "hint"]


def test_a_passing_one_is_in_front_and_goes_by_itself(
    application: QApplication, until: Until
) -> None:
    notices = Notices()
    notices.post(said("disk", NoticeTone.BAD))
    notices.post(said("undo", seconds=0.05))
    assert notices.current.topic == "undo"
    assert notices.waiting == 1
    until(lambda: notices.current.topic == "disk")
    QTest.qWait(100)
    assert notices.current.topic == "disk"


def test_a_newer_one_of_the_same_topic_takes_its_place(application: QApplication) -> None:
    notices = Notices()
    notices.post(said("key", NoticeTone.BAD))
    again = PostedNotice("key", Notice("Another."))
    notices.post(again)
    assert (notices.current, notices.waiting) == (again, 0)
    notices.withdraw("key")
    assert notices.current is None
    notices.withdraw("key")


def test_whoever_reads_has_time(application: QApplication, until: Until) -> None:
    notices = Notices()
    notices.post(said("undo", seconds=0.05))
    notices.hold()
    QTest.qWait(120)
    assert notices.current is not None
    notices.let_go()
    until(lambda: notices.current is None)
    notices.let_go()


def part[T: QWidget](bar: NoticeBar, kind: type[T], name: str) -> T:
    found = bar.findChild(kind, name)
    assert found is not None, name
    return found


def a_bar(show: Show, theme: Theme, icons: Icons) -> tuple[NoticeBar, Notices, QWidget]:
    window = QWidget()
    notices = Notices(window)
    bar = NoticeBar(notices, theme, icons, window)
    bar.setGeometry(10, 10, 500, 220)
    show(window, 520, 260)
    return bar, notices, window


def test_sentence_advice_button_and_details(show: Show, theme: Theme, icons: Icons) -> None:
    bar, notices, _ = a_bar(show, theme, icons)
    assert bar.isHidden()
    chosen: list[PostedNotice] = []
    bar.action_chosen.connect(chosen.append)
    notice = Notice("The disk is full.", NoticeTone.BAD, "Free some space.", "disk, ENOSPC")
    posted = PostedNotice("disk", notice, NoticeDeed.RETRY_WORK, "Try again")
    notices.post(posted)
    assert bar.isVisible()
    assert part(bar, QLabel, "noticeText").text() == "The disk is full."
    assert part(bar, QLabel, "noticeAdvice").text() == "Free some space."
    assert bar.accessibleDescription() == "The disk is full. Free some space."
    details = part(bar, QPlainTextEdit, "noticeDetails")
    assert not details.isVisible()
    fold = part(bar, QPushButton, "noticeDetailsButton")
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert details.isVisible()
    assert details.toPlainText() == "disk, ENOSPC"
    QTest.mouseClick(part(bar, QPushButton, "copyNoticeButton"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "disk, ENOSPC"
    action = part(bar, QPushButton, "noticeActionButton")
    assert (action.text(), action.accessibleName()) == ("Try again", "Try again")
    action.setFocus()
    QTest.keyClick(action, Qt.Key.Key_Space)
    assert chosen == [posted]
    assert bar.isHidden()


def test_esc_dismisses_and_the_next_comes(show: Show, theme: Theme, icons: Icons) -> None:
    bar, notices, window = a_bar(show, theme, icons)
    notices.post(said("hint"))
    notices.post(said("key", NoticeTone.BAD))
    dismiss = part(bar, QWidget, "dismissNoticeButton")
    dismiss.setFocus()
    QTest.keyClick(dismiss, Qt.Key.Key_Escape)
    assert notices.current.topic == "hint"
    assert not part(bar, QPushButton, "noticeActionButton").isVisible()
    QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    # The focus does not jump to whatever stands next in the window.
    assert window.focusWidget() is window


def test_each_tone_has_an_icon_and_words(show: Show, theme: Theme, icons: Icons) -> None:
    bar, notices, _ = a_bar(show, theme, icons)
    names = set()
    for tone in NoticeTone:
        notices.post(PostedNotice("one", Notice("x", tone)))
        assert bar.property("tone") == tone.value
        icon = next(label for label in bar.findChildren(QLabel) if not label.pixmap().isNull())
        names.add(icon.accessibleName())
    assert len(names) == len(NoticeTone)
    bar.set_theme(LIGHT, Icons(LIGHT))


def test_the_bar_is_as_high_as_the_present_notice_wants(
    show: Show, theme: Theme, icons: Icons
) -> None:
    window = MainWindow(is_practice=False)
    notices = Notices(window)
    bar = WindowFittings(window, notices, theme, icons).notice_bar
    show(window)
    short = PostedNotice("short", Notice("Said in a word."))
    long = PostedNotice(
        "long",
        Notice("Many words are needed. " * 20, NoticeTone.BAD, "Do this and that. " * 9, "why"),
        NoticeDeed.UNDO,
        "Undo",
    )
    notices.post(short)
    wanted = bar.height()
    for _ in range(2):
        notices.post(long)
        assert bar.height() > 2 * wanted
        text = part(bar, QLabel, "noticeText")
        assert text.height() >= text.heightForWidth(text.width())
        # The short one has waited behind it.
        notices.dismiss()
        assert part(bar, QLabel, "noticeText").text() == "Said in a word."
        assert bar.height() == wanted
