"""Everything that a person reads is found by Qt's translation tool."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import dreamina_desktop
from dreamina_desktop.words import command_line_words, diagnosis_words, doubt_words, export_words
from dreamina_desktop.words.error_words import ERROR_WORDS
from dreamina_desktop.words.export_words import EXPORT_WORDS
from dreamina_desktop.words.hosting_words import HOSTING_WORDS, OUTCOME_WORDS, STEP_TITLES
from dreamina_desktop.words.state_words import STATE_WORDS
from dreamina_desktop.words.verdict_words import (
    CURE_WORDS,
    PICTURE_TROUBLE_WORDS,
    VERDICT_WORDS,
)

PACKAGE = Path(dreamina_desktop.__file__).parent
TOOL = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The sentences of each context."""
    assert TOOL is not None
    found = tmp_path_factory.mktemp("words") / "all.ts"
    files = [
        str(path) for room in ("ui", "app", "words") for path in PACKAGE.rglob(f"{room}/**/*.py")
    ]
    subprocess.run([TOOL, *files, "-ts", str(found)], check=True, capture_output=True)
    contexts: dict[str, set[str]] = {}
    for context in ET.parse(found).iter("context"):  # noqa: S314 - Qt's own, just made
        name = context.findtext("name") or ""
        sources = {source.text or "" for source in context.iter("source")}
        contexts.setdefault(name, set()).update(sources)
    return contexts


def test_the_sentences_about_errors_verdicts_and_states(collected: dict[str, set[str]]) -> None:
    words = {
        text
        for table in (ERROR_WORDS, HOSTING_WORDS, EXPORT_WORDS)
        for pair in table.values()
        for text in pair
    }
    for table in (VERDICT_WORDS, CURE_WORDS, STATE_WORDS, STEP_TITLES, OUTCOME_WORDS):
        words.update(table.values())
    words.update(PICTURE_TROUBLE_WORDS.values())
    for module in (command_line_words, diagnosis_words, doubt_words, export_words):
        words.update(
            text for name, text in vars(module).items() if name.isupper() and type(text) is str
        )
    for told in (diagnosis_words.FACT_WORDS, diagnosis_words.STEP_WORDS, diagnosis_words.KEY_WORDS):
        words.update(told.values())
    assert words - {""} <= collected["words"]


@pytest.mark.parametrize("context", ["WatchKeys", "MainWindow", "Actions", "GenerateBar"])
def test_the_labels_of_the_window(collected: dict[str, set[str]], context: str) -> None:
    assert collected[context]
