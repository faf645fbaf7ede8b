"""Looks at the draft's public address once it has been typed to its end."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.core.seen_address import SeenAddress
from dreamina_desktop.core.validation import judge_address
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.address_desk import AddressDesk
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.preview import LONGEST_SIDE

REST = 800
"""Milliseconds without a key until an address is taken for finished."""


class AddressLook(QObject):
    """Each address is fetched once by itself, and again when somebody asks for it.

    What comes of an address that is no longer the draft's is dropped.
    """

    look_changed = Signal()
    """It was begun, or has ended."""

    def __init__(
        self,
        draft: Draft,
        desk: AddressDesk,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._desk = desk
        self._background = background
        self._address = ""
        self._is_looking = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.look)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    @property
    def address(self) -> str:
        """The one that can be looked at; "" for none."""
        return self._address

    @property
    def is_looking(self) -> bool:
        """Whether an answer is awaited."""
        return self._is_looking

    @property
    def seen(self) -> SeenAddress | None:
        """What was found at the draft's address; None as long as nobody has looked."""
        return self._draft.picture.seen

    def look(self) -> None:
        """Fetch it now, if there is one."""
        self._rest.stop()
        if self._address and not self._is_looking:
            self._is_looking = True
            self._background.run(
                partial(self._desk.look, self._address, LONGEST_SIDE), self._on_looked
            )
            self.look_changed.emit()

    def _on_picture_changed(self) -> None:
        picture = self._draft.picture
        address = picture.source if picture.is_address else ""
        if address and judge_address(address)[0].severity is Severity.REFUSED:
            address = ""
        if address == self._address:
            return
        self._address, self._is_looking = address, False
        if address and picture.seen is None:
            self._rest.start()
        else:
            self._rest.stop()
        self.look_changed.emit()

    def _on_looked(self, outcome: Outcome[SeenAddress]) -> None:
        seen = outcome.get()
        if seen.address == self._address:
            self._is_looking = False
            self._draft.see_address(seen)
            self.look_changed.emit()
