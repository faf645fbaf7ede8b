"""What the style sheet makes of Qt's own widgets, looked at in their pixels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.style_sheet import style_sheet
from dreamina_desktop.ui.theme import DARK, LIGHT, Theme, palette_of
from tests.ui.conftest import Show

LOOKS = [
    (QPushButton, ""), (QPushButton, "primary"), (QPushButton, "quiet"), (QPushButton, "segment"),
    (QToolButton, ""), (QToolButton, "quiet"), (QToolButton, "toggle"),
]  # fmt: skip


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def worn(application: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    """The theme that the application wears."""
    theme: Theme = request.param
    application.setPalette(palette_of(theme))
    application.setStyleSheet(style_sheet(theme))
    yield theme
    application.setPalette(palette_of(DARK))
    application.setStyleSheet(style_sheet(DARK))


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


@pytest.mark.parametrize(("kind", "look"), LOOKS)
def test_the_ring_is_the_only_mark_of_the_focus(
    show: Show, worn: Theme, kind: type[QAbstractButton], look: str
) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    before, button = QLineEdit(), kind()
    button.setProperty("look", look)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setFixedSize(100, 40)
    column.addWidget(before)
    column.addWidget(button)
    show(window, 200, 120)
    window.activateWindow()
    before.setFocus()
    plain = button.grab().toImage()
    # Qt draws its own mark only where the focus came by key.
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert button.hasFocus()
    focused = button.grab().toImage()
    inside = focused.rect().adjusted(5, 5, -5, -5)
    assert len(colours(focused, inside)) == 1
    ring = QColor(worn.text if look == "primary" else worn.accent).name()
    assert ring in colours(focused, focused.rect())
    assert focused != plain


def test_the_header_of_a_list_can_be_read(show: Show, worn: Theme) -> None:
    tree = QTreeView()
    model = QStandardItemModel(0, 2, tree)
    model.setHorizontalHeaderLabels(["Name", ""])
    tree.setModel(model)
    show(tree, 400, 200)
    header = tree.header()
    image = header.grab().toImage()
    ground = QColor(worn.raised)
    # In the second section, where nothing is written.
    assert image.pixelColor(header.sectionPosition(1) + 8, header.height() // 2) == ground
    written = colours(image, QRect(0, 0, header.sectionSize(0), header.height()))
    light = [QColor(name).lightnessF() for name in written]
    assert max(light) - min(light) > 0.5
