"""How pictures travel, in the real window: a person's bucket, addresses, and what leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QRadioButton, QToolButton

from dreamina_desktop.app.address_counter import AddressCounter
from dreamina_desktop.app.hosting_counter import HostingCounter
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.bucket_finding import StepOutcome
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError
from dreamina_desktop.core.job import JobState
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.core.verdict import VerdictCode
from dreamina_desktop.pictures.picture_process import PictureProcess
from dreamina_desktop.ui.actions import Deed
from dreamina_desktop.ui.hosting_desk import TypedKeys
from tests.hosting.s3_server import KEY_ID, SECRET, S3Server
from tests.pictures.samples import exif, jpeg, picture
from tests.store.fake_keyrings import MemoryKeyring, posing
from tests.store.sample_jobs import prepared
from tests.ui.window_desk import WindowDesk

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TYPED = TypedKeys(KEY_ID, SECRET)


@contextmanager
def serving(data: bytes, media_type: str) -> Iterator[str]:
    """A server on loopback that gives this to whoever asks."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/boat"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    """A keyring that keeps what it is given, for one test."""
    before = keyring.core._keyring_backend
    backend = posing(MemoryKeyring)
    keyring.set_keyring(backend)
    yield backend
    keyring.core._keyring_backend = before


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = Profile(Options(data_dir=tmp_path / "profile", api_url="http://127.0.0.1:9"), {})
    made.open()
    yield made
    made.close()


# ---- public addresses ----------------------------------------------------------------------


def test_an_address_is_judged_and_shown_as_the_file_lies_there(
    picture_process: PictureProcess,
) -> None:
    counter = AddressCounter(picture_process, is_api_here=True)
    data = jpeg(picture(width=600, height=400), exif=b"Exif\0\0" + exif(6))
    with serving(data, "image/jpeg") as address:
        seen = counter.look(address, 100)
    assert seen.fault is None
    assert seen.facts is not None
    assert (seen.facts.format, seen.facts.width, seen.facts.height) == ("JPEG", 400, 600)
    assert (seen.facts.bytes, seen.facts.decoded) == (len(data), True)
    assert seen.media_type == "image/jpeg"
    assert seen.has_place
    assert seen.view is not None
    assert max(seen.view.width, seen.view.height) == 100


def test_what_is_no_picture_is_no_picture(picture_process: PictureProcess) -> None:
    counter = AddressCounter(picture_process, is_api_here=True)
    with serving(b"hello", "text/plain") as address:
        seen = counter.look(address, 100)
    assert seen.facts is not None
    assert seen.facts.format == ""
    assert seen.view is None


def test_this_computer_is_not_looked_at_for_an_api_elsewhere(
    picture_process: PictureProcess,
) -> None:
    counter = AddressCounter(picture_process, is_api_here=False)
    with serving(b"hello", "text/plain") as address:
        assert counter.look(address, 100).fault is VerdictCode.ADDRESS_PRIVATE


# ---- the bucket ----------------------------------------------------------------------------


def test_a_bucket_is_tried_with_typed_and_with_kept_keys(
    profile: Profile, memory: MemoryKeyring
) -> None:
    counter = HostingCounter(profile)
    with S3Server() as server:
        assert not counter.look(server.place).are_kept
        with pytest.raises(BucketKeysMissingError):
            counter.test(server.place, TypedKeys())
        typed = counter.test(server.place, TYPED)
        assert not memory.kept
        counter.keep(server.place, TYPED)
        assert counter.look(server.place).are_kept
        kept = counter.test(server.place, TypedKeys())
        assert server.objects() == []
        counter.forget(server.place)
    assert not memory.kept
    # This computer's own bucket is one that no provider reaches; all else is well.
    for findings in (typed, kept):
        assert [one.outcome for one in findings] == [
            StepOutcome.WARNED,
            *[StepOutcome.PASSED] * 4,
        ]


def test_without_a_keyring_keys_last_until_the_end(profile: Profile) -> None:
    counter, place = HostingCounter(profile), BucketPlace(bucket="paintings")
    assert counter.look(place).trouble is not None
    with pytest.raises(KeyringError):
        counter.keep(place, TYPED)
    counter.use_for_session(place, TYPED)
    assert counter.look(place).are_kept


def test_half_a_bucket_has_no_keys(profile: Profile, memory: MemoryKeyring) -> None:
    del memory
    assert not HostingCounter(profile).look(BucketPlace(bucket="x")).are_kept


def test_the_last_picture_inside_a_request_is_found(profile: Profile) -> None:
    counter = HostingCounter(profile)
    assert counter.last_inline() is None
    unsent = replace(prepared("job-2", minutes=2), realm=profile.realm)
    profile.repository.add(unsent)
    assert counter.last_inline() is None
    sent = replace(
        prepared("job-1"),
        realm=profile.realm,
        state=JobState.QUEUED,
        request_id="request-1",
        submitted=NOW,
    )
    profile.repository.add(sent)
    assert counter.last_inline() == NOW


# ---- in the window -------------------------------------------------------------------------


def test_what_leaves_is_shown_beside_generate_and_from_the_menu(person: WindowDesk) -> None:
    session = person.open()
    QTest.mouseClick(person.find(QToolButton, "leavingButton"), Qt.MouseButton.LeftButton)
    panel = person.find(QDialog, "leavingPanel")
    assert panel.isVisible()
    assert person.server is not None
    heading = f"To the provider, {person.server.url}"
    assert heading in [label.text() for label in panel.findChildren(QLabel)]
    assert session.room is not None
    session.room.fittings.actions.of(Deed.LEAVING).trigger()
    assert person.window.findChildren(QDialog, "leavingPanel") == [panel]
    panel.close()


def test_from_the_settings_to_the_field_of_an_address(person: WindowDesk) -> None:
    session = person.open()
    assert session.room is not None
    session.room.fittings.actions.of(Deed.SETTINGS).trigger()
    dialog = person.find(QDialog, "settingsDialog")
    assert person.find(QRadioButton, "inlineButton").isVisible()
    person.find(QPushButton, "publicAddressButton").click()
    assert not dialog.isVisible()
    assert person.find(QLineEdit, "imageUrlEdit").isVisible()


def test_a_notice_leads_to_the_bucket(person: WindowDesk) -> None:
    session = person.open()
    assert session.furniture is not None
    session.furniture.notice_deeds.bucket_requested.emit()
    dialog = person.find(QDialog, "settingsDialog")
    assert dialog.focusWidget().objectName() == "inlineButton"
    dialog.close()
