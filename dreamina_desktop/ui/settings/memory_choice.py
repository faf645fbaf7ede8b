"""How much memory the frames of clips may take."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.drop_down import DropDown
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import Theme

_OFFERED = (512, 1024, 2048, 4096)


class MemoryChoice(DropDown):
    """The first entry is this computer's own measure."""

    def __init__(
        self,
        chosen: int | None,
        automatic: int,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        """Both in MB; ``chosen`` is None for ``automatic``."""
        super().__init__(theme, icons, parent)
        self.setObjectName("memoryChoice")
        self.setAccessibleName(self.tr("Memory for frames"))
        self.setToolTip(self.tr("More keeps more clips ready at once"))
        self.addItem(self.tr("Automatic ({0})").format(self._size(automatic)), None)
        # Someone may have written another size into the settings by hand.
        for size in sorted({*_OFFERED, chosen or automatic} - {0 if chosen else automatic}):
            self.addItem(self._size(size), size)
        if chosen is not None:
            self.setCurrentIndex(self.findData(chosen))

    @property
    def chosen(self) -> int | None:
        """MB, None for automatic."""
        size = self.currentData()
        return size if isinstance(size, int) else None

    def _size(self, size: int) -> str:
        if size % 1024 == 0:
            return self.tr("{0} GB").format(size // 1024)
        return self.tr("{0} MB").format(size)
