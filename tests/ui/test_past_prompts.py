from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.prompt_editor import PromptEditor
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.past_prompts import PastPrompts
from dreamina_desktop.ui.ports import JobReader
from dreamina_desktop.ui.theme import Theme
from tests.ui.conftest import Show
from tests.ui.drafts import SlowBackground
from tests.ui.watch.stage import job_of


class _Reader:
    """``ports.JobReader``, as far as it is asked here: the latest job only."""

    def page(self, limit: int) -> tuple[object, ...]:
        assert limit > 1
        return (job_of(),)


def test_a_prompt_that_gave_way_comes_back(
    draft: Draft, spec: ModelSpec, theme: Theme, show: Show
) -> None:
    background = SlowBackground()
    prompts = PastPrompts(cast("JobReader", _Reader()), background)
    prompts.read()
    editor = PromptEditor(draft, spec, prompts, theme)
    show(editor)
    QTest.keyClicks(editor, "Mine")
    prompts.remember(draft.prompt)
    draft.set_prompt("Another")
    # What was sent is read later, but is older.
    background.step()
    QTest.keyClick(editor, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert draft.prompt == "Mine"
    QTest.keyClick(editor, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert draft.prompt == "Steam <rises> & drifts"
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert draft.prompt == "Another"
