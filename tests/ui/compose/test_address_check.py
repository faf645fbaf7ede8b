"""A public address is looked at once it stands still, and never in anybody's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.seen_address import SeenAddress
from dreamina_desktop.core.verdict import VerdictCode
from dreamina_desktop.ui import address_look
from dreamina_desktop.ui.address_look import AddressLook
from dreamina_desktop.ui.compose.address_check import AddressCheck
from dreamina_desktop.ui.compose.address_row import AddressRow
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.reasons import ReasonCode
from dreamina_desktop.ui.theme import LIGHT, Theme
from tests.ui.address_desks import BOAT, AddressDeskOfOne, seen_boat
from tests.ui.conftest import Show
from tests.ui.drafts import SlowBackground, codes, verdict_codes

OTHER = "https://example.com/other.png"


class Seen:
    """The row of an address with its check, over a desk that answers when told to."""

    def __init__(self, draft: Draft, theme: Theme, icons: Icons, show: Show) -> None:
        self.draft = draft
        self.desk = AddressDeskOfOne()
        self.background = SlowBackground()
        self.row = AddressRow(draft, theme, icons)
        self.look = AddressLook(draft, self.desk, self.background, self.row)
        self.check = AddressCheck(self.look, theme, icons)
        self.row.put_below(self.check)
        show(self.row, 360, 120)

    def type(self, text: str) -> None:
        self.row.open_edit()
        self.row.edit.selectAll()
        QTest.keyClicks(self.row.edit, text)

    def rest(self) -> None:
        """Nobody types for a while."""
        QTest.qWait(address_look.REST * 3)

    @property
    def said(self) -> str:
        label = self.check.findChild(QLabel, "addressAnswer")
        assert label is not None
        return label.text()


@pytest.fixture
def seen(
    draft: Draft, theme: Theme, icons: Icons, show: Show, monkeypatch: pytest.MonkeyPatch
) -> Seen:
    monkeypatch.setattr(address_look, "REST", 20)
    return Seen(draft, theme, icons, show)


def test_an_address_is_looked_at_once_when_it_stands_still(seen: Seen) -> None:
    assert not seen.check.isVisible()
    seen.type(BOAT)
    assert seen.check.isVisible()
    seen.rest()
    assert len(seen.background.waiting) == 1
    assert "Looking" in seen.said
    assert not seen.check.button.isEnabled()
    seen.background.step()
    assert seen.desk.asked == [BOAT]
    assert seen.said.startswith("image/png · 2.0")
    assert verdict_codes(seen.draft) == [VerdictCode.PICTURE_FITS]
    assert seen.draft.preview is not None
    seen.rest()
    assert not seen.background.waiting
    seen.check.set_theme(LIGHT, Icons(LIGHT))


def test_the_button_looks_again(seen: Seen) -> None:
    seen.draft.take_address(BOAT)
    seen.rest()
    seen.background.step()
    seen.desk.answers[BOAT] = SeenAddress(BOAT, VerdictCode.ADDRESS_LOGIN, 403)
    QTest.mouseClick(seen.check.button, Qt.MouseButton.LeftButton)
    seen.background.step()
    assert verdict_codes(seen.draft) == [VerdictCode.ADDRESS_LOGIN]
    assert seen.said == "No picture came from there."
    assert ReasonCode.ADDRESS_REFUSED in codes(seen.draft)
    assert seen.draft.preview is None


def test_a_check_that_cannot_be_made_is_in_nobodys_way(seen: Seen) -> None:
    seen.desk.answers[BOAT] = SeenAddress(BOAT, VerdictCode.ADDRESS_UNREACHED)
    seen.draft.take_address(BOAT)
    seen.draft.set_prompt("Waves")
    assert codes(seen.draft) == []
    seen.rest()
    seen.background.step()
    assert verdict_codes(seen.draft) == [VerdictCode.ADDRESS_UNREACHED]
    assert codes(seen.draft) == []
    assert seen.draft.request().source == BOAT


def test_a_rule_of_the_provider_that_is_broken_there_refuses(seen: Seen) -> None:
    seen.desk.answers[BOAT] = seen_boat(facts=PictureFacts("PNG", 1600, 1200, 9_000_000, True))
    seen.draft.take_address(BOAT)
    seen.rest()
    seen.background.step()
    assert ReasonCode.ADDRESS_REFUSED in codes(seen.draft)
    # What lies elsewhere cannot be mended here.
    assert seen.draft.cures() == ()


def test_what_comes_of_an_earlier_address_is_dropped(seen: Seen) -> None:
    seen.draft.take_address(BOAT)
    seen.rest()
    seen.draft.take_address(OTHER)
    seen.rest()
    assert len(seen.background.waiting) == 2
    seen.background.step()
    assert seen.draft.picture.seen is None
    assert "Looking" in seen.said
    seen.background.step()
    assert seen.draft.picture.seen == seen_boat(OTHER)


def test_half_an_address_is_not_fetched(seen: Seen) -> None:
    seen.type("http://example.com/boat.png")
    seen.rest()
    assert not seen.background.waiting
    assert not seen.check.button.isEnabled()
    assert "https" in seen.check.button.toolTip()
    seen.look.look()
    assert not seen.background.waiting


def test_a_server_that_names_no_type_and_a_file_without_pixels(seen: Seen) -> None:
    facts = PictureFacts("", 0, 0, 12)
    seen.desk.answers[BOAT] = SeenAddress(BOAT, None, 200, facts, "")
    seen.draft.take_address(BOAT)
    seen.rest()
    seen.background.step()
    assert seen.said.startswith("no type said")
    assert verdict_codes(seen.draft) == [VerdictCode.PICTURE_FORMAT]


def test_it_folds_with_the_field(seen: Seen) -> None:
    seen.row.open_edit()
    assert seen.check.isVisible()
    seen.row.fold_button.click()
    assert not seen.check.isVisible()


def test_an_address_that_came_before_the_widgets_is_looked_at_too(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address_look, "REST", 20)
    draft.take_address(BOAT)
    owner = QObject()
    background = SlowBackground()
    look = AddressLook(draft, AddressDeskOfOne(), background, owner)
    QTest.qWait(60)
    assert look.is_looking
    assert look.address == BOAT
    owner.deleteLater()
