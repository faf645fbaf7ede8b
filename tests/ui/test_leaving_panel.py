"""What leaves this computer, told of the draft as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from dreamina_desktop.core.settings import BucketPlace, Settings, Travel
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.leaving_list import Destination, leaving_sections
from dreamina_desktop.ui.leaving_panel import LeavingPanel
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.words.diagnosis_words import as_text
from tests.ui.conftest import Show, Until, dispose
from tests.ui.drafts import SAMPLE, is_read

PROVIDER = Destination("https://api.example.com", "bytedance/model", 24)
BUCKET = BucketPlace(
    "https://s3.example.com", "eu-1", "pictures", "clips/in", 48, deletes_afterwards=True
)

type OpenPanel = Callable[[], LeavingPanel]


def told(draft: Draft, settings: Settings | None = None, to: Destination = PROVIDER) -> str:
    return as_text(tuple(leaving_sections(draft, settings or Settings(), to)))


@pytest.fixture
def read_draft(draft: Draft, until: Until) -> Draft:
    """With the sample picture, read to its end, and a prompt."""
    draft.take_file(SAMPLE)
    draft.set_prompt("Steam rises")
    until(lambda: is_read(draft))
    return draft


@pytest.fixture
def preferences(application: object) -> Iterator[Preferences]:
    side = SideThreads()
    made = Preferences(Settings(), lambda _: None, side)
    yield made
    side.close()
    made.deleteLater()


@pytest.fixture
def open_panel(draft: Draft, preferences: Preferences, show: Show) -> OpenPanel:
    window = QWidget()
    show(window, 400, 300)

    def make() -> LeavingPanel:
        panel = LeavingPanel(draft, preferences, PROVIDER, window)
        panel.show()
        assert QTest.qWaitForWindowExposed(panel)
        return panel

    return make


def test_an_empty_draft_says_what_is_missing(draft: Draft) -> None:
    text = told(draft)
    assert "To the provider, https://api.example.com" in text
    assert "Prompt: none yet" in text
    assert "Picture: none yet" in text
    assert "Seed: drawn at the click" in text


def test_a_picture_inside_the_request_is_told_by_its_bytes(read_draft: Draft) -> None:
    read_draft.set_seed_text("7")
    text, prepared = told(read_draft), read_draft.picture.prepared
    assert prepared is not None
    assert "Prompt: Steam rises\n" in text
    assert "Its length: 11 characters" in text
    assert "Seed: 7" in text
    assert "Frames: 121, about 5 s" in text
    assert f"SHA-256: {prepared.sha256}" in text
    assert "Inside the request: " in text
    assert "in a header, to https://api.example.com only" in text
    leaving, _, staying = text.partition("What stays here")
    assert SAMPLE.name not in leaving
    assert str(SAMPLE.parent) not in leaving
    assert SAMPLE.name in staying
    assert "Metadata: " in staying


def test_takes_are_as_many_requests(read_draft: Draft) -> None:
    read_draft.set_takes(3)
    assert "Requests: 3, which differ in their seeds alone" in told(read_draft)
    assert "Seed: drawn at the click for each" in told(read_draft)
    read_draft.set_seed_text("7")
    assert "Seed: 7 for the first, drawn at the click for the others" in told(read_draft)
    by_bucket = told(read_draft, Settings(travel=Travel.BUCKET, bucket=BUCKET))
    assert "How often: 3 times, once for each take" in by_bucket
    read_draft.set_takes(1)
    assert "Requests" not in told(read_draft)
    assert "Seed: 7\n" in told(read_draft)


def test_a_picture_that_is_still_being_made_says_so(draft: Draft) -> None:
    draft.take_file(SAMPLE)
    assert "still being made" in told(draft)


def test_by_bucket_the_provider_gets_an_address_only(read_draft: Draft) -> None:
    text = told(read_draft, Settings(travel=Travel.BUCKET, bucket=BUCKET))
    provider, _, bucket = text.partition("To your bucket “pictures” at https://s3.example.com")
    assert "valid for 48 hours; not the picture" in provider
    assert "SHA-256" not in provider
    assert "SHA-256" in bucket
    assert "Name: clips/in/32 random letters" in bucket
    assert "deleted there once" in bucket
    plain = Settings(travel=Travel.BUCKET, bucket=BucketPlace(bucket="mine", folder=""))
    text = told(read_draft, plain)
    assert "at Amazon S3" in text
    assert "Name: 32 random" in text
    assert "It stays there" in text


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://example.com/a.png", "example.com"), ("https://[bad/a.png", "https://[bad/a.png")],
)
def test_an_address_leaves_as_typed(draft: Draft, address: str, host: str) -> None:
    draft.take_address(address)
    text = told(draft, Settings(travel=Travel.BUCKET, bucket=BUCKET))
    assert f"The address as typed, {address}; not the picture" in text
    assert f"To {host}\n" in text
    assert "Name of the file" not in text
    assert "your bucket" not in text


def test_in_practice_mode_nothing_leaves(read_draft: Draft) -> None:
    practice = replace(PROVIDER, origin="", is_practice=True)
    text = told(read_draft, Settings(travel=Travel.BUCKET, bucket=BUCKET), practice)
    assert "To the practice server, which is on this computer" in text
    assert "None of yours" in text
    assert "bucket" not in text


def test_the_panel_follows_draft_and_settings(
    open_panel: OpenPanel, draft: Draft, preferences: Preferences, until: Until
) -> None:
    panel = open_panel()
    draft.set_prompt("Waves")
    until(lambda: "Prompt: Waves" in panel.text)
    labels = [label.text() for label in panel.findChildren(QLabel)]
    assert "Waves" in labels
    draft.take_file(SAMPLE)
    preferences.change(replace(preferences.current, travel=Travel.BUCKET, bucket=BUCKET))
    until(lambda: "SHA-256" in panel.text)
    assert "To your bucket" in panel.text


def test_it_can_be_copied_and_closed_by_key(open_panel: OpenPanel) -> None:
    panel = open_panel()
    gone: list[bool] = []
    panel.destroyed.connect(lambda: gone.append(True))
    copy = panel.findChild(QPushButton, "copyLeavingButton")
    assert copy is not None
    copy.setFocus()
    QTest.keyClick(copy, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == panel.text
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    dispose()
    assert gone == [True]
