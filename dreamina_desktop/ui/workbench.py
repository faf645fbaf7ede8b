"""The three panes side by side: as wide as they were left, and each can be folded away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from dreamina_desktop.ui.theme import GAP


class PaneName(StrEnum):
    """From left to right; the values are the panes' objectNames."""

    COMPOSE = "composePane"
    WATCH = "watchPane"
    LIBRARY = "libraryPane"


# Least width in pixels; what is left over goes to the clip.
_LEAST = {PaneName.COMPOSE: 280, PaneName.WATCH: 356, PaneName.LIBRARY: 180}
# The library's usual width holds one, two or three cards in a row, from this much room on.
_COMPOSE_NARROWEST, _COMPOSE_WIDEST = 300, 420
_LIBRARY_USUAL = ((1700, 502), (1160, 340), (0, 264))
_AT_MOST_ASIDE = 0.36


@dataclass(frozen=True, slots=True)
class Placement:
    """``widths`` of all three in pixels as somebody has chosen them, 0 for a pane nobody moved.

    Those, and all of them where it is empty, follow the window's size.
    """

    widths: tuple[int, ...] = ()
    folded: frozenset[PaneName] = frozenset()


class Workbench(QWidget):
    """At least one pane is always there."""

    placement_changed = Signal()

    def __init__(
        self, compose: QWidget, watch: QWidget, library: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workbench")
        self._panes = {
            PaneName.COMPOSE: compose,
            PaneName.WATCH: watch,
            PaneName.LIBRARY: library,
        }
        self._folded: frozenset[PaneName] = frozenset()
        self._chosen: dict[PaneName, int] = {}
        self._is_placed = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("panes")
        self._splitter.setHandleWidth(GAP)
        self._splitter.setChildrenCollapsible(False)
        for name, pane in self._panes.items():
            pane.setMinimumWidth(_LEAST[name])
            self._splitter.addWidget(pane)
            is_stage = name is PaneName.WATCH
            self._splitter.setStretchFactor(self._splitter.indexOf(pane), 1 if is_stage else 0)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)

    @property
    def placement(self) -> Placement:
        """How the panes stand."""
        widths = tuple(self._chosen.get(name, 0) for name in PaneName)
        return Placement(widths if any(widths) else (), self._folded)

    def place(self, placement: Placement) -> None:
        """Let them stand so; what makes no sense is left out."""
        if len(placement.widths) == len(PaneName):
            pairs = zip(PaneName, placement.widths, strict=True)
            self._chosen = {name: width for name, width in pairs if width > 0}
        folded = placement.folded
        self._folded = folded if len(folded) < len(PaneName) else frozenset()
        self._apply()
        self.placement_changed.emit()

    def fold(self, name: PaneName, *, is_folded: bool) -> None:
        """Fold a pane away, or bring it back. The last one stays."""
        changed = self._folded | {name} if is_folded else self._folded - {name}
        if len(changed) < len(PaneName) and changed != self._folded:
            self._folded = changed
            self._apply()
        self.placement_changed.emit()

    def is_folded(self, name: PaneName) -> bool:
        """Whether a pane is away."""
        return name in self._folded

    def pane(self, name: PaneName) -> QWidget:
        """One of the panes."""
        return self._panes[name]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._is_placed:
            self._is_placed = True
            self._apply()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._apply()

    def _apply(self) -> None:
        for name, pane in self._panes.items():
            pane.setVisible(name not in self._folded)
        room = self.width() - (len(PaneName) - 1 - len(self._folded)) * GAP
        aside = round(room * _AT_MOST_ASIDE)
        compose, library = _usual(room)
        compose = self._chosen.get(PaneName.COMPOSE, compose)
        library = self._chosen.get(PaneName.LIBRARY, library)
        watch_folded = PaneName.WATCH in self._folded
        if not watch_folded:
            compose, library = min(compose, aside), min(library, aside)
        sizes = {PaneName.COMPOSE: compose, PaneName.LIBRARY: library}
        taken = sum(width for name, width in sizes.items() if name not in self._folded)
        sizes[PaneName.WATCH] = max(_LEAST[PaneName.WATCH], room - taken)
        self._splitter.setSizes(
            [0 if name in self._folded else max(_LEAST[name], sizes[name]) for name in PaneName]
        )

    def _on_splitter_moved(self, position: int, handle: int) -> None:
        del position
        compose, watch, library = PaneName
        if watch in self._folded:
            moved = {compose, library}
        else:
            # What the clip gives or takes follows from its neighbours.
            moved = {compose if handle == 1 else library}
        widths = dict(zip(PaneName, self._splitter.sizes(), strict=True))
        self._chosen |= {name: widths[name] for name in moved - self._folded}
        self.placement_changed.emit()


def _usual(room: int) -> tuple[int, int]:
    """Of the compose pane and of the library."""
    compose = min(max(_COMPOSE_NARROWEST, room // 4), _COMPOSE_WIDEST)
    return compose, next(width for least, width in _LIBRARY_USUAL if room >= least)
