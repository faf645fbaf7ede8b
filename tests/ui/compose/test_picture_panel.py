"""What the picture becomes, what is wrong with it, and what cures that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.recipe import BLACK, Recipe
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.measured import megabytes
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.compose.verdict_rows import picture_rows, verdict_row
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.notice import Notice
from dreamina_desktop.words import Phrasebook
from tests.core.specs import changed_spec
from tests.pictures.samples import noise, picture
from tests.ui.compose.conftest import ShowPane
from tests.ui.compose.drops import an_image
from tests.ui.compose.seen_pane import rows, saved, seen
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE, Counter, Habits, Recents

LEFT = Qt.MouseButton.LeftButton


def test_what_is_wrong_is_said_with_value_and_limit(
    pane: ComposePane, draft: Draft, tmp_path: Path
) -> None:
    draft.take_file(saved(tmp_path, picture("L", 5000, 1300), "a.webp"))
    assert rows(pane) == [
        "Upload JPEG or PNG only. (this file is WebP)",
        "Maximum resolution is 4096x4096. (5000\u00a0px wide, at most 4096)",
        "The ratio of long side to short side must be within 3:1. (ratio 3.8462, limit 3)",
    ]
    draft.take_file(saved(tmp_path, noise(1300, 1300), "a.png", compress_level=0))
    (row,) = rows(pane)
    assert row == "File size must be less than 4.7 MB. (5.1\u00a0MB, limit 4.7\u00a0MB)"
    draft.take_file(saved(tmp_path, picture("L", 320, 400), "b.png"))
    # The rule refuses its limit itself.
    row = "The shortest side must be at least 320 pixels. (320\u00a0px {}, at least 321)"
    assert rows(pane) == [row.format("wide")]
    draft.take_file(saved(tmp_path, picture("L", 400, 320), "c.png"))
    assert rows(pane) == [row.format("high")]


@pytest.mark.parametrize(
    ("width", "height", "row", "size"),
    [
        (
            100,
            90,
            "The shortest side must be at least 320 pixels. ({}, at least 321)",
            "100\u00a0×\u00a090\u00a0px",
        ),
        (
            5000,
            4500,
            "Maximum resolution is 4096x4096. ({}, at most 4096)",
            "5000\u00a0×\u00a04500\u00a0px",
        ),
    ],
)
def test_a_sentence_about_both_sides_is_said_once(
    pane: ComposePane, draft: Draft, tmp_path: Path, width: int, height: int, row: str, size: str
) -> None:
    draft.take_file(saved(tmp_path, picture("L", width, height), "a.png"))
    assert rows(pane) == [row.format(size)]
    assert len(draft.picture_verdicts()) == 2
    assert pane.generate_bar.reason_lines().count("The picture is refused.") == 1


def test_sides_that_have_to_reach_different_numbers_stay_apart() -> None:
    def change(document: Any) -> None:
        rules = document["input_schema"]["properties"]["image_urls"]["validations"]
        (high,) = (rule for rule in rules if rule["validation_rule"] == "height_pixels>")
        high["validation_rule"] = "height_pixels>="

    spec = changed_spec(change)
    found = judge_picture(PictureFacts("PNG", 100, 90, 1000), spec)
    texts = [row.text for row in picture_rows(found, spec, Phrasebook(), is_final=True)]
    message = "The shortest side must be at least 320 pixels."
    assert texts == [
        f"{message} (100\u00a0px wide, at least 321)",
        f"{message} (90\u00a0px high, at least 320)",
    ]


def test_verdict_rows_without_a_picture() -> None:
    words = Phrasebook()
    measured = Verdict(VerdictCode.SEED_OUT_OF_RANGE, Severity.WARNING, "", 5, 4)
    assert "(" not in verdict_row(measured, words).text
    odd = Verdict(VerdictCode.PICTURE_BYTES, Severity.REFUSED, "Too many.", 1.5, None)
    assert verdict_row(odd, words).text == "Too many."


def test_a_text_named_like_a_picture_is_told_apart(
    pane: ComposePane, draft: Draft, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.png"
    notes.write_text("Steam rises.", encoding="utf-8")
    draft.take_file(notes)
    assert rows(pane) == ["Upload JPEG or PNG only. (no picture was found in this file)"]
    assert pane.picture_panel.picture_caption.text() == "notes.png"
    assert not pane.picture_panel.caption.isVisible()


def test_name_and_size_of_the_picture(
    show_pane: ShowPane, draft: Draft, recents: Recents, tmp_path: Path
) -> None:
    pane = show_pane(420, 660)
    caption = pane.picture_panel.picture_caption
    assert not caption.isVisible()
    draft.take_file(saved(tmp_path, picture("L", 600, 400), "coffee.png"))
    assert caption.isVisible()
    assert caption.text() == "coffee.png · 600 × 400"
    assert caption.toolTip() == str(tmp_path / "coffee.png")
    assert pane.picture_panel.caption.shape_label.text() == "Clip: 4:3 · 1664 × 1248"
    name = f"first{'-and-on' * 20}-last.png"
    draft.take_file(saved(tmp_path, picture("L", 600, 400), name))
    pane.resize(280, 660)
    QApplication.processEvents()
    text = caption.text()
    assert text.startswith("first")
    assert "…" in text
    assert text.endswith("last.png · 600 × 400")
    assert caption.fontMetrics().horizontalAdvance(text) <= caption.width()
    assert caption.accessibleDescription() == f"{name} · 600 × 400"
    # The address stands in its own field.
    draft.take_address("https://example.org/a.png")
    assert not caption.isVisible()


def test_every_way_in_makes_a_picture_recent(
    pane: ComposePane, draft: Draft, recents: Recents, until: Until, tmp_path: Path
) -> None:
    # As the command line, a job's settings and a captured frame do.
    webp = saved(tmp_path, picture("RGB", 500, 400), "cat.webp")
    draft.take_file(SAMPLE)
    draft.take_file(webp)
    draft.take_file(tmp_path / "nowhere.png")
    assert recents.known == [str(webp), str(SAMPLE)]
    draft.take_image(an_image())
    until(lambda: seen(draft))
    assert recents.known == [draft.picture.source, str(webp), str(SAMPLE)]


def test_long_messages_wrap_and_nothing_is_cut(
    show_pane: ShowPane, draft: Draft, tmp_path: Path
) -> None:
    pane = show_pane(280, 700)
    draft.take_file(saved(tmp_path, picture("L", 5000, 1300), "a.webp"))
    QApplication.processEvents()
    verdicts = pane.picture_panel.verdicts
    line = verdicts.fontMetrics().height()
    assert verdicts.height() >= 5 * line
    last = verdicts.visualItemRect(verdicts.item(verdicts.count() - 1))
    assert last.bottom() <= verdicts.viewport().height()
    narrow = verdicts.height()
    pane.resize(420, 700)
    QApplication.processEvents()
    assert verdicts.height() < narrow


def test_fixing(pane: ComposePane, draft: Draft, until: Until, tmp_path: Path) -> None:
    card, button = pane.picture_panel.card, pane.picture_panel.fix_button
    assert not button.isVisible()
    path = saved(tmp_path, picture("RGB", 1600, 400), "cat.webp")
    draft.take_file(path)
    until(lambda: seen(draft))
    assert button.text() == "Fix: convert, crop"
    # It would be refused: nothing is sent.
    assert not card.caption.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not button.isVisible()
    assert rows(pane) == []
    assert card.caption.label.text() == "Being made ready…"
    until(lambda: seen(draft))
    assert rows(pane) == ["The model takes this picture."]
    assert draft.picture.source == str(path)
    assert card.caption.label.text().startswith("Sent: 1199\u00a0×\u00a0400 · ")
    assert card.caption.label.text().endswith(" · JPEG")
    assert card.file_note.text().startswith("Your file would not fit: 1600\u00a0×\u00a0400")
    assert "Upload JPEG or PNG only. (this file is WebP)" in card.file_note.toolTip()
    changes = card.changes
    assert changes.fold_button.text() == "3 changes"
    assert not changes.rows.isVisible()
    changes.fold_button.click()
    assert texts(changes.rows) == [
        "Cropped: 1600\u00a0×\u00a0400 to 1199\u00a0×\u00a0400",
        "Converted: WebP to JPEG",
        "JPEG quality 95",
    ]
    # All of it is undone together.
    changes.undo_button.click()
    until(lambda: seen(draft) or draft.picture.prepared is not None)
    assert button.isVisible()
    assert not changes.isVisible()
    assert draft.recipe == Recipe()


def test_what_cannot_be_fixed_says_why(
    pane: ComposePane,
    draft: Draft,
    until: Until,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = pane.picture_panel.card.file_note
    for place in ("draft_picture", "compose.file_note"):
        monkeypatch.setattr(f"dreamina_desktop.ui.{place}.MOST_PIXELS_DECODED", 5_000_000)
    draft.take_file(saved(tmp_path, picture("L", 5000, 1200), "large.png"))
    until(lambda: not draft.picture.is_being_read)
    assert note.text() == (
        "It cannot be mended here: of its 6 million pixels at most 5 million can be opened."
    )
    broken = tmp_path / "broken.webp"
    broken.write_bytes(saved(tmp_path, picture("RGB", 500, 400), "cat.webp").read_bytes()[:60])
    draft.take_file(broken)
    until(lambda: draft.picture.is_unseen and not draft.picture.is_being_read)
    assert note.text() == "It cannot be mended here: this file cannot be decoded."
    assert not pane.picture_panel.fix_button.isVisible()
    draft.take_file(SAMPLE)
    assert not note.isVisible()


def test_the_original_and_what_is_sent_are_compared(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    button = pane.picture_panel.card.caption.compare_button
    draft.take_file(saved(tmp_path, picture("RGB", 500, 400), "plain.png"))
    until(lambda: seen(draft) and draft.view is not None)
    # There is no difference to be seen.
    assert not button.isVisible()
    draft.take_file(saved(tmp_path, picture("RGBA", 500, 400), "clear.png"))
    until(lambda: seen(draft) and draft.view is not None)
    assert button.text() == "Original"
    QTest.mouseClick(button, LEFT)
    assert draft.shows_original
    assert button.text() == "As sent"
    QTest.mouseClick(button, LEFT)
    assert not draft.shows_original


def test_the_colour_behind_transparency(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    card = pane.picture_panel.card
    draft.take_file(saved(tmp_path, picture("RGB", 500, 400), "plain.png"))
    until(lambda: seen(draft))
    assert not card.ground.isVisible()
    draft.take_file(saved(tmp_path, Image.new("RGBA", (500, 400)), "clear.png"))
    until(lambda: seen(draft))
    assert card.ground.isVisible()
    # One line needs no fold above it.
    assert texts(card.changes.rows) == ["Transparency laid on white"]
    assert not card.changes.fold_button.isVisible()
    menu = card.ground.button.menu()
    (black,) = (action for action in menu.actions() if action.text() == "Black")
    black.trigger()
    assert draft.recipe.ground == BLACK
    until(lambda: seen(draft))
    assert draft.preview is not None
    assert draft.preview.pixelColor(3, 3).lightness() == 0
    assert texts(card.changes.rows) == ["Transparency laid on black"]
    (other,) = (action for action in menu.actions() if action.text() == "Other…")
    other.trigger()
    dialog = pane.findChild(QColorDialog, "groundColourButtonDialog")
    assert dialog is not None
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    assert draft.recipe.ground == "#123456"
    assert card.ground.button.accessibleDescription() == "#123456"
    until(lambda: seen(draft))


def test_a_file_that_another_program_saved(
    show_pane: ShowPane, draft: Draft, habits: Habits, until: Until, tmp_path: Path
) -> None:
    pane = show_pane(420, 660)
    row = pane.picture_panel.card.saved_anew
    path = saved(tmp_path, picture("RGB", 500, 400), "a.png")
    draft.take_file(path)
    until(lambda: seen(draft))
    assert not row.isVisible()
    saved(tmp_path, picture("RGB", 600, 400), "a.png")
    until(lambda: draft.picture.is_saved_anew)
    assert row.isVisible()
    pane.resize(280, 660)
    QApplication.processEvents()
    assert row.always_check.y() > row.take_button.y()
    QTest.mouseClick(row.take_button, LEFT)
    until(lambda: seen(draft))
    assert not row.isVisible()
    assert draft.picture.facts is not None
    assert draft.picture.facts.width == 600
    saved(tmp_path, picture("RGB", 700, 400), "a.png")
    until(lambda: draft.picture.is_saved_anew)
    row.always_check.click()
    until(lambda: seen(draft) and draft.picture.sent.width == 700)  # type: ignore[union-attr]
    assert habits.takes_saved_files


def texts(view: VerdictList) -> list[str]:
    return [view.item(place).text() for place in range(view.count())]


def test_megabytes_are_told_apart() -> None:
    assert megabytes(10_895_360, 4_700_000) == ("10.9\u00a0MB", "4.7\u00a0MB")
    assert megabytes(4_700_001, 4_700_000) == ("4.700001\u00a0MB", "4.700000\u00a0MB")
    assert megabytes(4_700_000, 4_700_000) == ("4.7\u00a0MB", "4.7\u00a0MB")
    assert megabytes(1_000) == ("0.001\u00a0MB",)


def test_what_a_fix_would_do(pane: ComposePane, draft: Draft, tmp_path: Path) -> None:
    button = pane.picture_panel.fix_button
    for image, name, words in (
        (picture("L", 4100, 2000), "a.png", "scale down"),
        (picture("L", 320, 400), "b.png", "enlarge"),
        (picture("L", 1300, 400), "c.png", "crop"),
        (picture("L", 1300, 400), "d.webp", "convert, crop"),
        (picture("L", 1300, 300), "e.webp", "convert, crop, …"),
    ):
        draft.take_file(saved(tmp_path, image, name))
        assert button.text() == f"Fix: {words}"
    assert "convert, crop, enlarge" in button.accessibleName()
    draft.take_file(saved(tmp_path, noise(1300, 1300), "a.png", compress_level=0))
    assert button.text() == "Fix: save bytes"


def test_a_copy_that_cannot_be_kept_is_told(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    (tmp_path / "copies").write_bytes(b"in the way")
    told = Counter(pane.notice_raised)
    draft.take_image(an_image())
    until(lambda: told.count == 1)
    assert isinstance(told.last, Notice)
    assert "disk" in told.last.text


def test_the_address_is_folded_away_until_wanted(pane: ComposePane, draft: Draft) -> None:
    row = pane.picture_panel.address_row
    assert not row.edit.isVisible()
    row.fold_button.setFocus()
    QTest.keyClick(row.fold_button, Qt.Key.Key_Space)
    assert row.edit.isVisible()
    assert row.edit.hasFocus()
    QTest.keyClicks(row.edit, "http://example.org/a.png")
    assert rows(pane) == ["The address must begin with https://."]
    row.edit.selectAll()
    QTest.keyClicks(row.edit, "https://example.org/a.png")
    assert draft.picture.source == "https://example.org/a.png"
    draft.take_file(SAMPLE)
    assert row.edit.text() == ""
    QTest.mouseClick(row.fold_button, LEFT, pos=QPoint(10, 8))
    assert not row.edit.isVisible()


@pytest.mark.parametrize(
    ("width", "height", "long", "short"),
    [
        (600, 400, "11 % cut off at the sides", "11 % cut off"),
        (400, 600, "11 % cut off at top and bottom", "11 % cut off"),
        (1664, 1248, "nothing is cut off", "nothing is cut off"),
        (1920, 1080, "under 1 % cut off at the sides", "under 1 % cut off"),
    ],
)
def test_what_is_lost(
    show_pane: ShowPane,
    draft: Draft,
    tmp_path: Path,
    width: int,
    height: int,
    long: str,
    short: str,
) -> None:
    pane = show_pane(420, 660)
    draft.take_file(saved(tmp_path, Image.new("L", (width, height)), "a.png"))
    label = pane.picture_panel.caption.lost_label
    QApplication.processEvents()
    assert label.text() == long
    pane.resize(280, 660)
    QApplication.processEvents()
    assert label.text() in (short, long)
    assert label.toolTip() == long
    shown = label.fontMetrics().horizontalAdvance(label.text())
    assert shown <= label.width()
