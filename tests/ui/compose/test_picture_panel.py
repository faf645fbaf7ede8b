"""What the picture becomes, what is wrong with it, and what cures that."""

from __future__ import annotations

from dataclasses import replace
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
from dreamina_desktop.ui.compose.copy_note import copy_note
from dreamina_desktop.ui.compose.measured import megabytes
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
from tests.ui.drafts import SAMPLE, Counter, Recents

LEFT = Qt.MouseButton.LeftButton


def test_what_is_wrong_is_said_with_value_and_limit(
    pane: ComposePane, draft: Draft, tmp_path: Path
) -> None:
    draft.take_file(saved(tmp_path, picture("L", 5000, 1300), "a.webp"))
    assert rows(pane) == [
        "Upload JPEG or PNG only. (this file is WebP)",
        "Maximum resolution is 4096x4096. (5\u202f000\u00a0px wide, at most 4\u202f096)",
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
            "Maximum resolution is 4096x4096. ({}, at most 4\u202f096)",
            "5\u202f000\u00a0×\u00a04\u202f500\u00a0px",
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
    draft.take_file(webp)
    draft.fix_picture()
    until(lambda: seen(draft))
    # The copy can be made again.
    assert draft.picture.source not in recents.known
    assert recents.known[0] == str(webp)


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


@pytest.mark.parametrize(
    ("image", "name", "done"),
    [
        (picture("RGB", 500, 400), "a.webp", "converted to JPEG"),
        (picture("L", 320, 400), "a.png", "enlarged to 321\u00a0×\u00a0401"),
        (picture("L", 1300, 400), "a.png", "cropped to 1199\u00a0×\u00a0400"),
        (picture("L", 900, 250), "a.png", "cropped and enlarged to 962\u00a0×\u00a0321"),
        (picture("L", 4200, 2100), "a.png", "scaled down to 4096\u00a0×\u00a02048"),
    ],
)
def test_a_copy_in_use_is_told(
    pane: ComposePane,
    draft: Draft,
    until: Until,
    tmp_path: Path,
    image: Image.Image,
    name: str,
    done: str,
) -> None:
    note = pane.picture_panel.copy_note
    path = saved(tmp_path, image, name)
    draft.take_file(path)
    assert not note.isVisible()
    draft.fix_picture()
    until(lambda: seen(draft))
    assert note.isVisible()
    assert note.item(0).text() == f"A copy is sent: {done}; your file stays as it is."
    # It is known of the copy, not only of the moment.
    copy = Path(draft.picture.source)
    draft.take_file(path)
    assert not note.isVisible()
    draft.take_file(copy)
    assert note.isVisible()


def test_what_a_copy_may_be() -> None:
    png, jpeg = PictureFacts("PNG", 900, 600, 6_000_000), PictureFacts("JPEG", 900, 600, 900_000)
    assert "compressed to 4.5\u00a0MB;" in copy_note(png, replace(png, bytes=4_500_000))
    assert copy_note(png, png) == "A copy is sent; your file stays as it is."
    small = replace(jpeg, width=450, height=200)
    assert ": cropped and scaled down to 450\u00a0×\u00a0200, converted to JPEG;" in copy_note(
        png, small
    )
    unknown = replace(png, format="HEIF", width=0, height=0)
    assert ": converted to JPEG;" in copy_note(unknown, jpeg)


def test_megabytes_are_told_apart() -> None:
    assert megabytes(10_895_360, 4_700_000) == ("10.9\u00a0MB", "4.7\u00a0MB")
    assert megabytes(4_700_001, 4_700_000) == ("4.700001\u00a0MB", "4.700000\u00a0MB")
    assert megabytes(4_700_000, 4_700_000) == ("4.7\u00a0MB", "4.7\u00a0MB")
    assert megabytes(1_000) == ("0.001\u00a0MB",)


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
