"""The draft's picture: judged at once, read behind the scenes, cured, and what is in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.verdict import Severity, VerdictCode
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.ui.draft import Draft, DraftSnapshot
from dreamina_desktop.ui.picture_reading import CopyKept
from dreamina_desktop.ui.reasons import ReasonCode, Remedy
from tests.pictures.samples import jpeg, jpeg_turned, noise, picture
from tests.ui.conftest import Until
from tests.ui.drafts import (
    SAMPLE,
    Counter,
    HomeWork,
    MakeDraft,
    SlowBackground,
    codes,
    is_read,
    remedies,
    verdict_codes,
)


def test_an_empty_draft(draft: Draft, spec: ModelSpec) -> None:
    assert codes(draft) == [ReasonCode.NO_PICTURE, ReasonCode.NO_PROMPT]
    assert remedies(draft) == [Remedy.CHOOSE_PICTURE, Remedy.WRITE_PROMPT]
    assert draft.frames == spec.frames_default
    assert draft.seed is None
    assert draft.framing is None
    assert draft.picture_verdicts() == ()
    assert draft.snapshot() == DraftSnapshot("", "", spec.frames_default, "")
    with pytest.raises(RuntimeError):
        draft.request()


def test_a_file_is_judged_at_once_and_then_read(
    draft: Draft, spec: ModelSpec, until: Until
) -> None:
    told = Counter(draft.picture_changed)
    draft.take_file(SAMPLE)
    # Before a single event was processed.
    assert told.count == 1
    assert verdict_codes(draft) == [VerdictCode.PICTURE_FITS]
    assert draft.framing is not None
    assert draft.framing.output.shape == "4:3"
    assert codes(draft) == [ReasonCode.PICTURE_BEING_READ, ReasonCode.NO_PROMPT]
    assert remedies(draft)[0] is Remedy.WAIT
    until(lambda: is_read(draft) and draft.preview is not None)
    draft.set_prompt("Steam rises.")
    assert draft.reasons() == ()
    request = draft.request()
    assert request.source == str(SAMPLE)
    assert request.picture == PillowPreparer(spec).prepare(SAMPLE)
    assert (request.prompt, request.frames, request.seed) == ("Steam rises.", 121, None)


def test_what_is_shown_is_what_is_sent(make_draft: MakeDraft, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    picture("RGB", 400, 400).save(path)
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    draft.take_file(path)
    background.step()
    background.settle()
    look, prepare = background.waiting[:2]
    Image.new("RGB", (500, 400), (0, 255, 0)).save(path)
    background.waiting[:] = [prepare, look]
    background.finish()
    assert draft.picture.sent is not None
    assert draft.picture.sent.width == 500
    assert draft.preview is not None
    assert draft.preview.width() == 500
    assert draft.preview.pixelColor(1, 1).green() == 255


def test_the_preview_is_upright_and_bounded(draft: Draft, until: Until, tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    path.write_bytes(jpeg_turned(6, picture("RGB", 4000, 2000)))
    draft.take_file(path)
    until(lambda: draft.preview is not None and is_read(draft))
    assert draft.preview is not None
    assert (draft.preview.width(), draft.preview.height()) == (800, 1600)
    assert draft.picture.prepared is not None
    assert (draft.picture.prepared.facts.width, draft.picture.prepared.facts.height) == (2000, 4000)


def test_a_slow_drive_does_not_hold_up(make_draft: MakeDraft) -> None:
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    told = Counter(draft.picture_changed)
    draft.take_file(SAMPLE)
    assert (told.count, draft.picture.facts) == (1, None)
    assert codes(draft)[0] is ReasonCode.PICTURE_BEING_READ
    assert draft.snapshot().source == str(SAMPLE)
    background.step()
    assert verdict_codes(draft) == [VerdictCode.PICTURE_FITS]
    background.finish()
    assert draft.picture.prepared is not None


def test_what_comes_of_an_earlier_picture_is_dropped(make_draft: MakeDraft, tmp_path: Path) -> None:
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    other = tmp_path / "other.jpg"
    other.write_bytes(jpeg(noise(400, 330)))
    for path in (SAMPLE, tmp_path / "nowhere", SAMPLE, other):
        draft.take_file(path)
        background.step()
        background.settle()
    background.finish()
    assert draft.picture.source == str(other)
    assert draft.picture.facts is not None
    assert draft.picture.facts.width == 400
    assert draft.preview is not None
    assert draft.preview.width() == 400


def test_a_file_that_is_not_there(draft: Draft, tmp_path: Path) -> None:
    draft.take_file(tmp_path / "nowhere.png")
    assert verdict_codes(draft) == [VerdictCode.PICTURE_MISSING]
    assert (codes(draft)[0], remedies(draft)[0]) == (
        ReasonCode.PICTURE_REFUSED,
        Remedy.CHOOSE_PICTURE,
    )
    assert draft.framing is None
    assert draft.cures() == ()


def test_a_file_that_goes_while_it_is_read(make_draft: MakeDraft, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    picture("RGB", 400, 400).save(path)
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    draft.take_file(path)
    background.step()
    path.unlink()
    background.finish()
    assert draft.picture.is_missing
    assert verdict_codes(draft) == [VerdictCode.PICTURE_MISSING]


def test_a_folder_and_a_pipe_are_no_pictures(draft: Draft, tmp_path: Path) -> None:
    draft.take_file(tmp_path)
    assert draft.picture.is_missing
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        draft.take_file(tmp_path / "pipe")
        assert draft.picture.is_missing


def test_a_damaged_picture_is_found_out(draft: Draft, until: Until, tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    path.write_bytes(jpeg(noise(400, 400))[:20_000])
    draft.take_file(path)
    assert verdict_codes(draft) == [VerdictCode.PICTURE_FITS]
    until(lambda: is_read(draft))
    assert verdict_codes(draft) == [VerdictCode.PICTURE_UNREADABLE]
    assert remedies(draft)[0] is Remedy.CHOOSE_PICTURE


def test_addresses(draft: Draft) -> None:
    draft.take_address("  http://example.org/a.png ")
    assert draft.picture.source == "http://example.org/a.png"
    assert verdict_codes(draft) == [VerdictCode.ADDRESS_NOT_HTTPS]
    assert remedies(draft)[0] is Remedy.MEND_ADDRESS
    draft.take_address("https://example.org/a.png")
    assert draft.picture_verdicts()[0].severity is Severity.WARNING
    draft.set_prompt("x")
    request = draft.request()
    assert (request.source, request.picture) == ("https://example.org/a.png", None)
    told = Counter(draft.picture_changed)
    draft.take_address("https://example.org/a.png ")
    assert told.count == 0


def test_an_address_taken_back_brings_the_file_back(draft: Draft, until: Until) -> None:
    draft.take_file(SAMPLE)
    until(lambda: is_read(draft))
    for text in ("h", "ht", ""):
        draft.take_address(text)
    assert draft.picture.source == str(SAMPLE)
    draft.take_address("https://example.org/a.png")
    draft.clear_picture()
    draft.take_address("")
    assert not draft.picture.is_there
    draft.take_address("h")
    draft.take_address("")
    assert not draft.picture.is_there


def test_clearing_drops_what_is_under_way(make_draft: MakeDraft) -> None:
    background = SlowBackground()
    draft = make_draft(background=background, work=HomeWork())
    draft.take_file(SAMPLE)
    background.step()
    draft.clear_picture()
    background.finish()
    assert (draft.picture.is_there, draft.preview) == (False, None)


def test_a_pasted_picture_becomes_a_file(draft: Draft, until: Until) -> None:
    image = QImage(500, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    draft.take_image(image)
    assert codes(draft)[0] is ReasonCode.PICTURE_BEING_READ
    until(lambda: draft.picture.prepared is not None)
    path = Path(draft.picture.source)
    assert path.name == "pasted.png"
    assert QImage(str(path)) == image


def test_a_disk_that_refuses_the_pasted_picture_brings_back_the_one_before(
    draft: Draft, until: Until, tmp_path: Path
) -> None:
    (tmp_path / "copies").write_bytes(b"in the way")
    failed = Counter(draft.copy_failed)
    image = QImage(500, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    draft.take_image(image)
    until(lambda: failed.count == 1)
    assert not draft.picture.is_there
    draft.take_file(SAMPLE)
    draft.take_image(image)
    assert draft.snapshot().source == str(SAMPLE)
    until(lambda: failed.count == 2)
    assert isinstance(failed.last, CopyKept)
    assert failed.last.path is None
    assert draft.picture.source == str(SAMPLE)
