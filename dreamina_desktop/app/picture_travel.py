"""What of the window is about the way of pictures to the provider."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from dreamina_desktop.app.address_counter import AddressCounter
from dreamina_desktop.app.hosting_counter import HostingCounter
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import ApiAddressError
from dreamina_desktop.ui.address_look import AddressLook
from dreamina_desktop.ui.compose.address_check import AddressCheck
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.hosting_desk import HostingDesk
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.leaving_list import Destination
from dreamina_desktop.ui.leaving_panel import LeavingPanel
from dreamina_desktop.ui.ports import Background, PictureWork
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.theme import Theme

_NOWHERE = "—"


@dataclass(frozen=True, slots=True)
class TravelParts:
    """What it works with. ``background`` is for what may hang."""

    profile: Profile
    draft: Draft
    compose: ComposePane
    preferences: Preferences
    pictures: PictureWork
    background: Background


class PictureTravel(QObject):
    """Checks public addresses, and shows what leaves this computer."""

    leaving_requested = Signal()

    def __init__(
        self, parts: TravelParts, theme: Theme, icons: Icons, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        profile = parts.profile
        self.hosting_desk: HostingDesk | None = (
            None if profile.is_practice else HostingCounter(profile)
        )
        desk = AddressCounter(parts.pictures, is_api_here=profile.realm in ("practice", "loopback"))
        look = AddressLook(parts.draft, desk, parts.background, self)
        panel = parts.compose.picture_panel
        self._check = AddressCheck(look, theme, icons, panel.address_row)
        panel.address_row.put_below(self._check)
        self._button = QToolButton(parts.compose)
        self._button.setObjectName("leavingButton")
        self._button.setAccessibleName(self.tr("What leaves this computer"))
        self._button.setToolTip(self.tr("What leaves this computer when you press Generate"))
        self._button.setProperty("look", "quiet")
        self._button.setIconSize(QSize(20, 20))
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._button.clicked.connect(self.leaving_requested)
        parts.compose.generate_bar.put_beside(self._button)
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._check.set_theme(theme, icons)
        self._button.setIcon(icons.icon("info"))

    def show_leaving(self, window: QWidget) -> None:
        """Show what leaves this computer, beside ``window``; once is enough."""
        panel = window.findChild(LeavingPanel)
        if panel is None:
            parts = self._parts
            panel = LeavingPanel(parts.draft, parts.preferences, self._destination(), window)
        panel.show()
        panel.raise_()
        panel.activateWindow()

    def type_address(self) -> None:
        """Put the cursor where a public address is typed."""
        self._parts.compose.picture_panel.address_row.open_edit()

    def _destination(self) -> Destination:
        profile = self._parts.profile
        try:
            origin = "" if profile.is_practice else profile.api_name
        except ApiAddressError:
            # Nothing can be sent there; a notice says so.
            origin = _NOWHERE
        spec = profile.spec
        return Destination(
            origin, spec.model_id, spec.frames_per_second, is_practice=profile.is_practice
        )
