"""The table of what differs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QToolButton

from tests.ui.compare.clips_to_compare import (
    viewed,
)
from tests.ui.compare.conftest import NewStage
from tests.ui.conftest import Until

type Two = tuple[Path, Path]


def test_the_table_says_what_differs(new_stage: NewStage, plain: Two, until: Until) -> None:
    stage = new_stage(700, 800)
    a = viewed(plain[0], 3)
    b = viewed(plain[1], 3, seed=815, prompt="the sun rises over calm waves <slowly>")
    stage.compare(a, b)
    table = stage.findChild(QTextEdit, "compareDifferences")
    assert table.isVisible()
    text = table.toPlainText()
    assert "the −moon +sun rises over calm waves +<slowly>" in text
    assert "4711" in text
    assert "815" in text
    assert "The same in both: length, picture, model, cost, finished" in text
    html = table.toHtml()
    assert "line-through" in html
    assert "underline" in html
    assert b.job.spec is not None
    other = replace(b.job, spec=replace(b.job.spec, picture=replace(b.job.picture, sha256="c")))
    stage.compare(replace(a, job=replace(a.job, spec=None)), replace(b, job=other))
    assert "not known" in table.toPlainText()


def test_the_table_folds(new_stage: NewStage, plain: Two) -> None:
    stage = new_stage(480, 400)
    stage.compare(viewed(plain[0], 3), viewed(plain[1], 3))
    table = stage.findChild(QTextEdit, "compareDifferences")
    assert not table.isVisible(), "the pictures come first"
    QTest.keyClick(stage.canvas, Qt.Key.Key_D)
    assert table.isVisible()
    button = stage.findChild(QToolButton, "compareDifferencesButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not table.isVisible()
    stage.resize(480, 1000)
    assert not table.isVisible(), "as it was chosen"
