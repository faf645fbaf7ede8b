"""The card that floats over the panes with what has to be said."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.focus_leaving import leave
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.notice import NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.return_key import SPENDS
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_ICONS = {NoticeTone.INFO: "info", NoticeTone.WARNING: "warning", NoticeTone.BAD: "refused"}
_ICON = 20
_LINE = 28
_DETAILS_LINES = 6
SETTLED = 600
"""Milliseconds that a notice stands before its button may spend: a second click meant the first."""


class NoticeBar(QFrame):
    """Shows ``Notices.current``; hidden while there is none."""

    action_chosen = Signal(object)
    """Carries the ``PostedNotice`` whose button was pressed; ``deed`` is what the button does."""
    height_changed = Signal()

    def __init__(
        self, notices: Notices, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._shown: PostedNotice | None = None
        self._since = QElapsedTimer()
        self.setObjectName("noticeBar")
        self.setAccessibleName(self.tr("Notice"))
        self.setProperty("look", "notice")
        self._icon_label = QLabel(self)
        self._text = self._label("noticeText")
        self._advice = self._label("noticeAdvice", look="hint")
        self._details = QPlainTextEdit(self)
        self._action = QPushButton(self)
        self._other = QPushButton(self)
        self._fold = QPushButton(self)
        self._copy = QPushButton(self.tr("Copy"), self)
        self._dismiss = QToolButton(self)
        self._name_controls()
        self._arrange()
        self._fold.toggled.connect(self._on_folded)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._action.clicked.connect(self._on_action_clicked)
        self._other.clicked.connect(self._on_other_clicked)
        self._dismiss.clicked.connect(notices.dismiss)
        notices.current_changed.connect(self._on_current_changed)
        self.set_theme(theme, icons)
        self.hide()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._theme, self._icons = theme, icons
        self._dismiss.setIcon(icons.icon("clear"))
        self._copy.setIcon(icons.icon("copy"))
        self._on_folded()
        self._show_icon()

    # ---- building --------------------------------------------------------------------------

    def _label(self, name: str, look: str = "") -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if look:
            label.setProperty("look", look)
        return label

    def _name_controls(self) -> None:
        self._action.setObjectName("noticeActionButton")
        self._action.setAccessibleName(self.tr("What helps"))
        self._other.setObjectName("noticeOtherButton")
        self._other.setAccessibleName(self.tr("What helps too"))
        self._fold.setObjectName("noticeDetailsButton")
        self._fold.setAccessibleName(self.tr("Details"))
        self._fold.setCheckable(True)
        self._fold.setProperty("look", "quiet")
        self._copy.setObjectName("copyNoticeButton")
        self._copy.setAccessibleName(self.tr("Copy the details"))
        self._copy.setToolTip(self.tr("Copy the details"))
        self._copy.setProperty("look", "quiet")
        self._dismiss.setObjectName("dismissNoticeButton")
        self._dismiss.setAccessibleName(self.tr("Dismiss the notice"))
        self._dismiss.setToolTip(self.tr("Dismiss (Esc)"))
        self._dismiss.setProperty("look", "quiet")
        self._dismiss.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._details.setObjectName("noticeDetails")
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)

    def _arrange(self) -> None:
        self._details.setFixedHeight(
            self._details.fontMetrics().lineSpacing() * _DETAILS_LINES + 2 * GAP
        )
        self._text.setMinimumHeight(_LINE)
        self._icon_label.setFixedHeight(_LINE)
        self._dismiss.setIconSize(QSize(16, 16))
        self._dismiss.setFixedSize(_LINE, _LINE)
        self._buttons = QWidget(self)
        self._button_row = QHBoxLayout(self._buttons)
        self._button_row.setContentsMargins(0, GAP, 0, TIGHT)
        self._button_row.setSpacing(TIGHT)
        for button in (self._action, self._other, self._fold, self._copy):
            self._button_row.addWidget(button)
        self._button_row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        for part in (self._text, self._advice, self._buttons, self._details):
            words.addWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GAP + TIGHT, GAP, GAP, GAP)
        self._row.setSpacing(GAP + TIGHT)
        self._row.addWidget(self._icon_label, 0, top)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._dismiss, 0, top)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _place_action(self, *, is_short: bool) -> None:
        """A notice of one sentence has its button on the same line."""
        if is_short:
            beside = self._row.indexOf(self._dismiss)
            self._row.insertWidget(beside, self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._button_row.insertWidget(0, self._action)

    # ---- showing ---------------------------------------------------------------------------

    def _on_current_changed(self) -> None:
        posted = self._notices.current
        if posted == self._shown:
            return
        self._shown = posted
        self._since.start()
        if posted is None:
            self._give_focus_back()
            self.hide()
            return
        notice = posted.notice
        self.setProperty("tone", notice.tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(notice.text)
        self._advice.setText(notice.action)
        self._advice.setVisible(bool(notice.action))
        self._action.setText(posted.label)
        self._action.setAccessibleName(posted.label)
        self._action.setToolTip(notice.action or posted.label)
        self._details.setPlainText(notice.details)
        self._fold.setVisible(bool(notice.details))
        self._fold.setChecked(False)
        self._on_folded()
        self._other.setText(posted.other_label)
        self._other.setAccessibleName(posted.other_label)
        self._other.setToolTip(posted.other_label)
        self._other.setVisible(posted.other is not None)
        is_short = not notice.action and not notice.details and posted.other is None
        self._place_action(is_short=is_short)
        self._action.setVisible(posted.deed is not None)
        self._action.setProperty(SPENDS, posted.deed is NoticeDeed.SEND_WAITING)
        self._buttons.setVisible(bool(notice.details) or (posted.deed is not None and not is_short))
        self.setAccessibleDescription(f"{notice.text} {notice.action}".strip())
        self._show_icon()
        self.show()
        self.raise_()
        self._tell_height()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _show_icon(self) -> None:
        if self._shown is None:
            return
        tone = self._shown.notice.tone
        colour = {
            NoticeTone.INFO: self._theme.accent,
            NoticeTone.WARNING: self._theme.warning,
            NoticeTone.BAD: self._theme.bad,
        }[tone]
        name = {
            NoticeTone.INFO: self.tr("Hint"),
            NoticeTone.WARNING: self.tr("Warning"),
            NoticeTone.BAD: self.tr("Error"),
        }[tone]
        ratio = self.devicePixelRatioF()
        self._icon_label.setPixmap(self._icons.pixmap(_ICONS[tone], _ICON, ratio, colour))
        self._icon_label.setAccessibleName(name)
        self._icon_label.setToolTip(name)

    def _on_folded(self) -> None:
        is_open = self._fold.isChecked()
        self._details.setVisible(is_open)
        self._copy.setVisible(is_open)
        self._fold.setText(self.tr("Hide details") if is_open else self.tr("Details"))
        self._fold.setToolTip(self.tr("What is behind it, to be copied"))
        self._fold.setIcon(self._icons.icon("unfold" if is_open else "fold"))
        if is_open:
            self._notices.hold()
        self._tell_height()

    def _tell_height(self) -> None:
        # A layout within a layout remembers the height of the text before until it is asked so.
        self._row.activate()
        self.height_changed.emit()

    def _give_focus_back(self) -> None:
        """Before the control with the focus vanishes: Qt would pass it to whatever comes next."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            leave(focus)

    # ---- slots and events ------------------------------------------------------------------

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())

    def _on_action_clicked(self) -> None:
        posted = self._shown
        # Buttons of one notice after the other are in the same place.
        is_early = not self._since.hasExpired(max(SETTLED, QApplication.doubleClickInterval()))
        if posted is not None and not (is_early and posted.deed is NoticeDeed.SEND_WAITING):
            self._notices.dismiss()
            self.action_chosen.emit(posted)

    def _on_other_clicked(self) -> None:
        posted = self._shown
        if posted is not None:
            self._notices.dismiss()
            self.action_chosen.emit(replace(posted, deed=posted.other, label=posted.other_label))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self._notices.dismiss()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        # Whoever points at it means to read or to press it.
        self._notices.hold()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        if not self._fold.isChecked():
            self._notices.let_go()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._tell_height()
