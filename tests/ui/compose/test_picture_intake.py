"""One picture goes to the draft, the others wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.incoming_picture import (
    IncomingAddress,
    IncomingData,
    IncomingFile,
    IncomingFiles,
    IncomingImage,
)
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.notice import Notice
from tests.ui.compose.drops import an_image, mime
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE, Counter, Recents, SlowBackground


@pytest.fixture
def row(tmp_path: Path) -> tuple[Path, ...]:
    paths = tuple(tmp_path / "in" / f"{number}.png" for number in range(4))
    paths[0].parent.mkdir()
    for path in paths:
        path.write_bytes(SAMPLE.read_bytes())
    return paths


def test_one_picture_is_there_at_once(intake: PictureIntake, draft: Draft) -> None:
    intake.take(IncomingFile(SAMPLE))
    assert draft.picture.source == str(SAMPLE)
    assert draft.picture.facts is not None
    assert intake.row == ()


def test_a_folder_is_the_pictures_in_it(
    intake: PictureIntake, draft: Draft, row: tuple[Path, ...], until: Until
) -> None:
    changed = Counter(intake.row_changed)
    intake.take(IncomingFile(row[0].parent))
    until(lambda: bool(intake.row))
    assert intake.row == row
    assert draft.picture.source == str(row[0])
    assert changed.count == 1


def test_what_comes_later_joins_the_row(
    intake: PictureIntake, draft: Draft, row: tuple[Path, ...], until: Until
) -> None:
    intake.take(IncomingFiles(row[:2]))
    until(lambda: len(intake.row) == 2)
    intake.take(IncomingFile(row[3]))
    assert intake.row == (row[0], row[1], row[3])
    intake.take(IncomingFiles((row[0], row[2])))
    until(lambda: len(intake.row) == 4)
    assert intake.row == (row[1], row[3], row[0], row[2])
    assert draft.picture.source == str(row[0])


def test_choosing_and_taking_out(
    intake: PictureIntake, draft: Draft, row: tuple[Path, ...], until: Until
) -> None:
    intake.take(IncomingFiles(row))
    until(lambda: bool(intake.row))
    intake.choose(row[3])
    intake.remove(row[0])
    assert draft.picture.source == str(row[3])
    # The one in use gives way to its neighbour.
    intake.remove(row[3])
    assert draft.picture.source == str(row[2])
    assert intake.row == (row[1], row[2])
    intake.remove(row[0])
    assert intake.row == (row[1], row[2])
    intake.remove(row[2])
    assert (intake.row, draft.picture.source) == ((), str(row[1]))
    intake.take(IncomingFiles(row))
    until(lambda: bool(intake.row))
    intake.clear_row()
    assert (intake.row, draft.picture.source) == ((), str(row[0]))


def test_bytes_become_a_file_as_they_are(
    intake: PictureIntake, draft: Draft, until: Until, tmp_path: Path
) -> None:
    intake.take(IncomingData(SAMPLE.read_bytes()))
    until(lambda: draft.picture.is_there)
    kept = Path(draft.picture.source)
    assert kept.read_bytes() == SAMPLE.read_bytes()
    assert kept.name == "pasted.png"
    assert kept.is_relative_to(tmp_path / "copies")
    assert draft.picture.facts is not None
    assert draft.picture.facts.format == "PNG"


def test_a_pasted_png_is_kept_byte_for_byte(pane: ComposePane, draft: Draft, until: Until) -> None:
    data = mime("https://example.org/page", image=an_image())
    data.setData("image/png", SAMPLE.read_bytes())
    QGuiApplication.clipboard().setMimeData(data)
    assert pane.paste_picture()
    until(lambda: bool(draft.picture.source))
    QGuiApplication.clipboard().clear()
    assert Path(draft.picture.source).read_bytes() == SAMPLE.read_bytes()


def test_a_full_disk_is_told(
    draft: Draft, recents: Recents, tmp_path: Path, application: object
) -> None:
    slow = SlowBackground()
    (tmp_path / "file").write_bytes(b"")
    intake = PictureIntake(draft, recents, slow, tmp_path / "file")
    raised = Counter(intake.notice_raised)
    intake.take(IncomingData(b"text"))
    slow.step()
    assert isinstance(raised.last, Notice)
    assert not draft.picture.is_there


def test_what_is_found_too_late_is_dropped(
    draft: Draft, recents: Recents, row: tuple[Path, ...], tmp_path: Path
) -> None:
    slow = SlowBackground()
    intake = PictureIntake(draft, recents, slow, tmp_path / "copies")
    intake.take(IncomingFiles(row))
    intake.take(IncomingFile(SAMPLE))
    slow.step()
    assert intake.row == ()
    assert draft.picture.source == str(SAMPLE)


def test_addresses_and_pixels(
    intake: PictureIntake, draft: Draft, recents: Recents, until: Until
) -> None:
    intake.take(IncomingAddress("https://example.org/a.png"))
    assert draft.picture.is_address
    assert recents.known == ["https://example.org/a.png"]
    intake.take(IncomingImage(an_image()))
    until(lambda: bool(draft.picture.source))
    assert not draft.picture.is_address
