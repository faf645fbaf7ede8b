"""How pictures travel, as a person sets it up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from dreamina_desktop.core.errors import DiskError, KeyringError
from dreamina_desktop.core.settings import BucketPlace, Travel
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.moments import local_minute
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.settings.bucket_kinds import HINTS, BucketKind, kind_of
from dreamina_desktop.ui.settings.settings_dialog import SettingsDialog
from dreamina_desktop.ui.theme import LIGHT
from tests.ui.conftest import Until, dispose
from tests.ui.drafts import Counter
from tests.ui.settings.conftest import Open
from tests.ui.settings.controls import control
from tests.ui.settings.hosting_desks import GOOD, HostingDeskOfOne


def click(dialog: QWidget, name: str) -> None:
    QTest.mouseClick(control(dialog, QPushButton, name), Qt.MouseButton.LeftButton)


def type_into(dialog: QWidget, name: str, text: str) -> None:
    edit = control(dialog, QLineEdit, name)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def type_keys(dialog: QWidget, secret: str = GOOD.secret_access_key) -> None:
    type_into(dialog, "bucketKeyIdEdit", GOOD.access_key_id)
    type_into(dialog, "bucketSecretEdit", secret)


def said(dialog: QWidget, name: str = "bucketAnswer") -> str:
    return control(dialog, QLabel, name).text()


def steps(dialog: QWidget) -> list[str]:
    rows = control(dialog, QListWidget, "bucketSteps")
    return [rows.item(row).text() for row in range(rows.count())]


@pytest.fixture
def dialog(open_dialog: Open) -> SettingsDialog:
    """Open, with the user's own bucket chosen and named."""
    made = open_dialog()
    control(made, QRadioButton, "bucketButton").click()
    type_into(made, "bucketNameEdit", "pictures")
    return made


def test_inside_the_request_is_usual_and_the_bucket_is_out_of_sight(
    open_dialog: Open, preferences: Preferences
) -> None:
    dialog = open_dialog()
    assert control(dialog, QRadioButton, "inlineButton").isChecked()
    assert not control(dialog, QLineEdit, "bucketNameEdit").isVisible()
    button = control(dialog, QRadioButton, "bucketButton")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert preferences.current.travel is Travel.BUCKET
    assert control(dialog, QLineEdit, "bucketNameEdit").isVisible()
    control(dialog, QRadioButton, "inlineButton").click()
    assert preferences.current.travel is Travel.INLINE


def test_every_field_is_kept_as_it_is_typed(
    dialog: SettingsDialog, preferences: Preferences
) -> None:
    type_into(dialog, "bucketEndpointEdit", " https://s3.example.com ")
    type_into(dialog, "bucketRegionEdit", "eu-1")
    type_into(dialog, "bucketFolderEdit", "a/b")
    control(dialog, QSpinBox, "bucketHoursSpin").setValue(168)
    control(dialog, QCheckBox, "bucketDeleteCheck").click()
    assert preferences.current.bucket == BucketPlace(
        "https://s3.example.com", "eu-1", "pictures", "a/b", 168, deletes_afterwards=True
    )


def test_hours_end_at_seven_days(dialog: SettingsDialog) -> None:
    spin = control(dialog, QSpinBox, "bucketHoursSpin")
    assert (spin.minimum(), spin.maximum(), spin.value()) == (1, 168, 24)


def test_a_service_fills_in_its_endpoint_and_marks_what_to_replace(
    dialog: SettingsDialog, preferences: Preferences
) -> None:
    kind = control(dialog, QComboBox, "bucketKind")
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Down)
    edit = control(dialog, QLineEdit, "bucketEndpointEdit")
    assert edit.selectedText() == "ACCOUNT_ID"
    QTest.keyClicks(edit, "cafe")
    assert preferences.current.bucket.endpoint == "https://cafe.r2.cloudflarestorage.com"
    assert control(dialog, QLineEdit, "bucketRegionEdit").placeholderText() == "auto"
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Up)
    assert preferences.current.bucket.endpoint == ""


def test_the_service_follows_an_endpoint_that_is_typed(dialog: SettingsDialog) -> None:
    kind = control(dialog, QComboBox, "bucketKind")
    type_into(dialog, "bucketEndpointEdit", "https://me.r2.cloudflarestorage.com")
    control(dialog, QLineEdit, "bucketRegionEdit").setFocus()
    assert kind.currentData() == BucketKind.R2.value
    assert control(dialog, QLineEdit, "bucketRegionEdit").placeholderText() == "auto"
    # Somebody who empties it has not gone back to Amazon yet.
    type_into(dialog, "bucketEndpointEdit", "x")
    QTest.keyClick(control(dialog, QLineEdit, "bucketEndpointEdit"), Qt.Key.Key_Backspace)
    control(dialog, QLineEdit, "bucketRegionEdit").setFocus()
    assert kind.currentData() == BucketKind.R2.value


@pytest.mark.parametrize("kind", list(BucketKind))
def test_patterns_are_known_again(kind: BucketKind) -> None:
    hints = HINTS[kind]
    assert kind_of(hints.pattern) is kind
    assert hints.blank in hints.pattern


def test_the_secret_is_kept_in_the_keyring_and_shown_nowhere(
    dialog: SettingsDialog, hosting_desk: HostingDeskOfOne, until: Until
) -> None:
    secret = control(dialog, QLineEdit, "bucketSecretEdit")
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    keep = control(dialog, QPushButton, "keepBucketKeysButton")
    assert not keep.isEnabled()
    assert "first" in keep.toolTip()
    mended = Counter(dialog.hosting_changed)
    type_keys(dialog)
    click(dialog, "keepBucketKeysButton")
    until(lambda: "Saved" in said(dialog))
    assert hosting_desk.kept == {"pictures": GOOD}
    assert secret.text() == ""
    until(lambda: "keyring" in secret.placeholderText())
    assert mended.count == 1
    assert not secret.isUndoAvailable()
    click(dialog, "forgetBucketKeysButton")
    until(lambda: not hosting_desk.kept)
    until(lambda: not secret.placeholderText())


def test_a_test_with_typed_keys_says_each_step(dialog: SettingsDialog, until: Until) -> None:
    type_keys(dialog)
    click(dialog, "testBucketButton")
    until(lambda: said(dialog) == "It works.")
    assert len(steps(dialog)) == 5
    # To be pressed again, for whoever works by keyboard.
    assert control(dialog, QPushButton, "testBucketButton").hasFocus()
    type_into(dialog, "bucketNameEdit", "others")
    assert not said(dialog)
    assert not steps(dialog)


def test_a_bucket_that_refuses_the_keys(dialog: SettingsDialog, until: Until) -> None:
    type_keys(dialog, "wrong")
    click(dialog, "testBucketButton")
    until(lambda: "cannot travel" in said(dialog))
    assert len(steps(dialog)) == 2
    assert "refused the keys" in steps(dialog)[1]


def test_a_public_bucket_works_with_a_warning(
    dialog: SettingsDialog, hosting_desk: HostingDeskOfOne, until: Until
) -> None:
    hosting_desk.is_public = True
    type_keys(dialog)
    click(dialog, "testBucketButton")
    until(lambda: "look at this" in said(dialog))
    assert "private" in steps(dialog)[3]


def test_kept_keys_are_tested_too_and_their_loss_is_told(
    open_dialog: Open,
    preferences: Preferences,
    hosting_desk: HostingDeskOfOne,
    until: Until,
) -> None:
    hosting_desk.kept["pictures"] = GOOD
    dialog = open_dialog()
    control(dialog, QRadioButton, "bucketButton").click()
    button = control(dialog, QPushButton, "testBucketButton")
    assert "Name the bucket" in button.toolTip()
    type_into(dialog, "bucketNameEdit", "pictures")
    until(button.isEnabled)
    hosting_desk.kept.clear()
    click(dialog, "testBucketButton")
    until(lambda: "Type the key id" in said(dialog))
    assert hosting_desk.asked[-1].bucket == preferences.current.bucket.bucket


def test_a_keyring_in_trouble_offers_this_session(
    dialog: SettingsDialog, hosting_desk: HostingDeskOfOne, until: Until
) -> None:
    hosting_desk.keyring = KeyringError("no_answer")
    type_keys(dialog)
    click(dialog, "keepBucketKeysButton")
    session = control(dialog, QPushButton, "sessionBucketButton")
    until(session.isVisible)
    assert control(dialog, QLineEdit, "bucketSecretEdit").text() == GOOD.secret_access_key
    click(dialog, "sessionBucketButton")
    until(lambda: hosting_desk.kept == {"pictures": GOOD})


def test_while_asked_nothing_else_can_be_and_esc_waits_for_the_answer(
    dialog: SettingsDialog, hosting_desk: HostingDeskOfOne, until: Until
) -> None:
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    hosting_desk.answering.clear()
    type_keys(dialog)
    click(dialog, "testBucketButton")
    assert control(dialog, QPushButton, "keepBucketKeysButton").toolTip() == "Wait for the answer."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dispose()
    assert not gone
    hosting_desk.answering.set()

    def is_gone() -> bool:
        dispose()
        return gone == [True]

    until(is_gone)


def test_pictures_inside_the_request_cannot_be_tried_for_free(
    open_dialog: Open, hosting_desk: HostingDeskOfOne, until: Until
) -> None:
    dialog = open_dialog()
    click(dialog, "testInlineButton")
    until(lambda: "None of your takes" in said(dialog, "inlineAnswer"))
    assert "costs money" in said(dialog, "inlineAnswer")
    hosting_desk.last = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    click(dialog, "testInlineButton")
    until(
        lambda: (
            local_minute(datetime(2026, 3, 1, 12, 0, tzinfo=UTC)) in said(dialog, "inlineAnswer")
        )
    )
    hosting_desk.disk = DiskError("database")
    click(dialog, "testInlineButton")
    until(lambda: "disk" in said(dialog, "inlineAnswer").lower())


def test_a_public_address_is_given_in_the_compose_pane(open_dialog: Open) -> None:
    dialog = open_dialog()
    asked = Counter(dialog.address_requested)
    click(dialog, "publicAddressButton")
    assert asked.count == 1
    assert not dialog.isVisible()


def test_it_is_brought_into_sight_where_it_is_needed(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.resize(dialog.width(), 300)
    dialog.show_hosting()
    assert dialog.focusWidget() is control(dialog, QRadioButton, "inlineButton")
    dialog.set_theme(LIGHT, Icons(LIGHT))


def test_practice_mode_has_nothing_to_choose(open_dialog: Open) -> None:
    dialog = open_dialog(practice=True)
    assert dialog.findChild(QWidget, "hostingChoice") is None
    dialog.show_hosting()
