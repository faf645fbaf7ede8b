"""Tells of bugs of ours: one dialog for all of them, beside which everything goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.crash import CrashRecorded
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.return_key import ReturnKey
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme

_WIDTH = 480
_ICON = 28
_DETAILS_LINES = 10
_LOOK_AGAIN = 250
"""Milliseconds between two looks whether the dialog in front has gone."""


class CrashDialog(QDialog):
    """Shown by ``tell``, beside the window and without taking the keys from it.

    While it is open, and behind any other dialog, further bugs are added to it.
    """

    def __init__(
        self,
        version: str,
        open_folder: Callable[[Path], None],
        theme: Theme,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._version = version
        self._open_folder = open_folder
        self._told: list[CrashRecorded] = []
        self.setObjectName("crashDialog")
        self.setAccessibleName(self.tr("Something went wrong"))
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setModal(False)
        # Whoever is typing goes on typing where they are.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._icon = QLabel(self)
        self._text = _label("crashText", self)
        self._advice = _label("crashAdvice", self, look="hint")
        self._place = _label("crashPlace", self, look="hint")
        self._fold = QToolButton(self)
        self._details = QPlainTextEdit(self)
        self._copy = DialogButton("copyReportButton", self.tr("Copy report"), self)
        self._folder = DialogButton("openReportFolderButton", self.tr("Open folder"), self)
        self._go_on = DialogButton("goOnButton", self.tr("Go on"), self)
        self._name_controls()
        self._arrange()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_LOOK_AGAIN)
        self._patience.timeout.connect(self._present)
        self._fold.toggled.connect(self._on_folded)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._folder.clicked.connect(self._on_folder_clicked)
        self._go_on.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        self.set_theme(theme, icons)

    @property
    def report(self) -> str:
        """What is copied: every bug that is told of, oldest first, without secrets."""
        heads = (f"Dreamina Desktop {self._version} · {crash.details}" for crash in self._told)
        parts = zip(heads, self._told, strict=True)
        return "\n".join(f"{head}\n{crash.report}" for head, crash in parts)

    def tell(self, crash: CrashRecorded) -> None:
        """Tell of one more; the dialog comes up if it is not there already."""
        self._told.append(crash)
        self._text.setText(self._sentence())
        self._place.setText(self.tr("Kept in {0}").format(crash.path))
        self._details.setPlainText(self.report)
        self._copy.setText(self.tr("Copy report"))
        self._fit()
        self._present()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._icons = icons
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap("warning", _ICON, ratio, theme.warning))
        self._copy.setIcon(icons.icon("copy"))
        self._folder.setIcon(icons.icon("open"))
        self._show_fold()

    # ---- building --------------------------------------------------------------------------

    def _name_controls(self) -> None:
        self._advice.setText(
            self.tr("Your jobs run on, and nothing that was made is lost.")
            + " "
            + self.tr("The report holds neither your key nor your pictures.")
        )
        self._fold.setObjectName("crashDetailsButton")
        self._fold.setAccessibleName(self.tr("Details"))
        self._fold.setText(self.tr("Details"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setCheckable(True)
        self._fold.setProperty("look", "fold")
        self._fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ReturnKey(self._fold)
        self._details.setObjectName("crashDetails")
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._copy.setToolTip(self.tr("Copy the report, to send it to whoever mends this"))
        self._folder.setToolTip(self.tr("Show the folder with the report"))
        self._go_on.setToolTip(self.tr("Close this and go on (Enter or Esc)"))
        # The one thing that a stray Enter may do: it changes nothing.
        self._go_on.setDefault(True)
        self._go_on.setProperty("look", "primary")

    def _arrange(self) -> None:
        self._details.setFixedHeight(
            self._details.fontMetrics().lineSpacing() * _DETAILS_LINES + 2 * GAP
        )
        self._details.hide()
        texts = QVBoxLayout()
        texts.setSpacing(TIGHT)
        texts.addWidget(self._text)
        texts.addWidget(self._advice)
        texts.addWidget(self._place)
        texts.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.setSpacing(ROOM)
        top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._copy)
        foot.addWidget(self._folder)
        foot.addStretch(1)
        foot.addWidget(self._go_on)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self._details)
        column.addSpacing(GAP)
        column.addLayout(foot)
        self._go_on.setFocus()

    # ---- telling ---------------------------------------------------------------------------

    def _sentence(self) -> str:
        count = len(self._told)
        if count == 1:
            return self.tr("Something went wrong that this program did not foresee.")
        text = self.tr("{0} different things went wrong that this program did not foresee.")
        return text.format(count)

    def _present(self) -> None:
        if not self._told or self.isVisible():
            return
        if QApplication.activeModalWidget() is not None:
            # Never on top of another: that one would not let it be used either.
            self._patience.start()
            return
        before = QApplication.activeWindow()
        self.show()
        if before is not None:
            # Some platforms give the keys to every new window all the same.
            before.activateWindow()
        event = QAccessibleEvent(self, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(event)

    def _on_folded(self) -> None:
        self._details.setVisible(self._fold.isChecked())
        self._show_fold()
        self._fit()

    def _fit(self) -> None:
        # Qt's own guess about texts that wrap is far too high.
        width = max(_WIDTH, self._column.minimumSize().width())
        self.setFixedSize(width, self._column.totalHeightForWidth(width))

    def _show_fold(self) -> None:
        is_open = self._fold.isChecked()
        self._fold.setIcon(self._icons.icon("unfold" if is_open else "fold"))
        self._fold.setIconSize(QSize(16, 16))
        self._fold.setToolTip(self.tr("Hide the details") if is_open else self.tr("Show details"))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self._copy.setText(self.tr("Copied"))

    def _on_folder_clicked(self) -> None:
        self._open_folder(self._told[-1].path.parent)

    def _on_finished(self) -> None:
        # What was told is on disk; the next one begins a new count.
        self._told.clear()
        self._patience.stop()
        self._fold.setChecked(False)


def _label(name: str, parent: QWidget, look: str = "") -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        label.setProperty("look", look)
    return label
