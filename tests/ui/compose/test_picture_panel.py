"""What the picture becomes, what is wrong with it, and what cures that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode
from dreamina_desktop.ui.compose.compose_pane import ComposePane
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
from tests.ui.drafts import SAMPLE, Counter

LEFT = Qt.MouseButton.LeftButton


def test_what_is_wrong_is_said_with_value_and_limit(
    pane: ComposePane, draft: Draft, tmp_path: Path
) -> None:
    draft.take_file(saved(tmp_path, picture("L", 5000, 1300), "a.webp"))
    assert rows(pane) == [
        "Upload JPEG or PNG only. (this file: WEBP)",
        "Maximum resolution is 4096x4096. (5\u202f000 px wide, at most 4\u202f096)",
        "The ratio of long side to short side must be within 3:1. (ratio 3.8462; limit 3)",
    ]
    draft.take_file(saved(tmp_path, noise(1300, 1300), "a.png", compress_level=0))
    (row,) = rows(pane)
    assert row.startswith("File size must be less than 4.7 MB. (5\u202f0")
    assert row.endswith(" bytes; limit 4\u202f700\u202f000 bytes)")
    draft.take_file(saved(tmp_path, picture("L", 320, 400), "b.png"))
    # The rule refuses its limit itself.
    row = "The shortest side must be at least 320 pixels. (320 px {}, at least 321)"
    assert rows(pane) == [row.format("wide")]
    draft.take_file(saved(tmp_path, picture("L", 400, 320), "c.png"))
    assert rows(pane) == [row.format("high")]


@pytest.mark.parametrize(
    ("width", "height", "row"),
    [
        (100, 90, "The shortest side must be at least 320 pixels. (100 × 90 px, at least 321)"),
        (
            5000,
            4500,
            "Maximum resolution is 4096x4096. (5\u202f000 × 4\u202f500 px, at most 4\u202f096)",
        ),
    ],
)
def test_a_sentence_about_both_sides_is_said_once(
    pane: ComposePane, draft: Draft, tmp_path: Path, width: int, height: int, row: str
) -> None:
    draft.take_file(saved(tmp_path, picture("L", width, height), "a.png"))
    assert rows(pane) == [row]
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
        f"{message} (100 px wide, at least 321)",
        f"{message} (90 px high, at least 320)",
    ]


def test_verdict_rows_without_a_picture() -> None:
    words = Phrasebook()
    measured = Verdict(VerdictCode.SEED_OUT_OF_RANGE, Severity.WARNING, "", 5, 4)
    assert "(" not in verdict_row(measured, words).text.replace("(limit 4)", "")
    odd = Verdict(VerdictCode.PICTURE_BYTES, Severity.REFUSED, "Too many.", 1.5, None)
    assert verdict_row(odd, words).text == "Too many. (1.5 bytes; limit None bytes)"


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
    button = pane.picture_panel.fix_button
    assert not button.isVisible()
    draft.take_file(saved(tmp_path, picture("RGB", 500, 400), "cat.webp"))
    assert button.isVisible()
    assert button.text() == "Use a converted copy"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    until(lambda: seen(draft))
    assert not button.isVisible()
    assert rows(pane) == ["The model takes this picture."]
    assert draft.picture.source.endswith("cat.jpg")


def test_what_a_fix_would_do(pane: ComposePane, draft: Draft, tmp_path: Path) -> None:
    button = pane.picture_panel.fix_button
    for image, name, words in (
        (picture("L", 4100, 2000), "a.png", "Use a smaller copy"),
        (picture("L", 320, 400), "b.png", "Use an enlarged copy"),
        (picture("L", 1300, 400), "c.png", "Use a cropped copy"),
        (picture("L", 1300, 400), "d.webp", "Use a copy that fits"),
    ):
        draft.take_file(saved(tmp_path, image, name))
        assert button.text() == words
        assert words in button.accessibleName()
    draft.take_file(saved(tmp_path, noise(1300, 1300), "a.png", compress_level=0))
    assert button.text() == "Use a copy of fewer bytes"


def test_a_copy_that_cannot_be_kept_is_told(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    (tmp_path / "copies").write_bytes(b"in the way")
    told = Counter(pane.notice_raised)
    draft.take_image(an_image())
    until(lambda: told.count == 1)
    assert isinstance(told.last, Notice)
    assert "disk" in told.last.text


def test_a_copy_that_does_not_fit_is_told(
    pane: ComposePane, draft: Draft, until: Until, tmp_path: Path
) -> None:
    path = saved(tmp_path, picture("RGB", 500, 400), "cat.webp")
    draft.take_file(path)
    told = Counter(pane.notice_raised)
    # The header stays true, what is behind it does not.
    path.write_bytes(path.read_bytes()[:40])
    draft.fix_picture()
    until(lambda: told.count == 1)
    assert isinstance(told.last, Notice)
    assert told.last.text == "No copy of this picture would fit."


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
