"""The look that is chosen, for everybody who shows or changes it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.ui.compare.compare_look import CompareLook, CompareMode

# Twice a second each: below three flashes a second nobody's brain takes harm (WCAG 2.3.1).
_BLINK_MILLISECONDS = 500


class LookChoice(QObject):
    """Every change is told by ``look_changed``. ``blinks`` False honours reduced motion."""

    look_changed = Signal(object)

    def __init__(self, *, blinks: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = CompareLook(blinks=blinks)
        self._least = self._most = 0
        self._is_resting = True
        self._timer = QTimer(self)
        self._timer.setInterval(_BLINK_MILLISECONDS)
        self._timer.timeout.connect(self._on_blink)

    @property
    def look(self) -> CompareLook:
        """What is chosen now."""
        return self._look

    @property
    def is_blinking(self) -> bool:
        """Whether it changes by itself now."""
        return self._timer.isActive()

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """Nobody looks: nothing needs to blink."""
        self._is_resting = is_resting
        self._mind_timer()

    def choose(self, look: CompareLook) -> None:
        """Look at them so from now on."""
        if look != self._look:
            self._look = look
            self._mind_timer()
            self.look_changed.emit(look)

    def set_mode(self, mode: CompareMode) -> None:
        """Choose the way to look; blinking begins with A."""
        self.choose(replace(self._look, mode=mode, shows_b=False))

    def wipe(self) -> None:
        """A on one side of a divider, B on the other."""
        self.set_mode(CompareMode.WIPE)

    def side_by_side(self) -> None:
        """Both whole."""
        self.set_mode(CompareMode.SIDE_BY_SIDE)

    def overlay(self) -> None:
        """B laid over A."""
        self.set_mode(CompareMode.OVERLAY)

    def difference(self) -> None:
        """What is not the same."""
        self.set_mode(CompareMode.DIFFERENCE)

    def blink(self) -> None:
        """A and B by turns."""
        self.set_mode(CompareMode.BLINK)

    def turn(self) -> None:
        """A and B one above the other, or left and right."""
        self.choose(replace(self._look, is_stacked=not self._look.is_stacked))

    def raise_amount(self) -> None:
        """The Up key: a divider that lies goes up with it."""
        self._nudge(1)

    def lower_amount(self) -> None:
        """The Down key."""
        self._nudge(-1)

    def slip_forward(self) -> None:
        """B one frame on against A."""
        self.set_offset(self._look.offset + 1)

    def slip_back(self) -> None:
        """B one frame back against A."""
        self.set_offset(self._look.offset - 1)

    def set_offset(self, frames: int) -> None:
        """B so many frames after A, or as many as it can be."""
        offset = min(max(self._least, frames), self._most)
        self.choose(replace(self._look, offset=offset))

    def set_reach(self, least: int, most: int) -> None:
        """How far B may be offset: so that some frame of both is seen together."""
        self._least, self._most = least, most
        self.set_offset(self._look.offset)

    def show_other(self) -> None:
        """Blink once by hand, whatever the way to look was."""
        look = self._look
        if look.mode is CompareMode.BLINK:
            self.choose(replace(look, shows_b=not look.shows_b))
        else:
            self.choose(replace(look, mode=CompareMode.BLINK, shows_b=True))
        self._mind_timer()

    def toggle_blinking(self) -> None:
        """Whether it blinks by itself."""
        self.choose(replace(self._look, blinks=not self._look.blinks))

    def _nudge(self, steps: int) -> None:
        look = self._look
        lies = look.mode is CompareMode.WIPE and look.is_stacked
        self.choose(look.nudged(-steps if lies else steps))

    def _mind_timer(self) -> None:
        look = self._look
        if look.mode is not CompareMode.BLINK or not look.blinks or self._is_resting:
            self._timer.stop()
        else:
            # Begun anew at every change: who has just switched by hand is given the whole time.
            self._timer.start()

    def _on_blink(self) -> None:
        self.choose(replace(self._look, shows_b=not self._look.shows_b))
