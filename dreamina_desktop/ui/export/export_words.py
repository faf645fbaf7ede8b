"""What exports say: sizes, seams, and what came in the way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from dreamina_desktop.core.errors import DreaminaError, OutputFileError
from dreamina_desktop.core.export_errors import ClipUnreadableError
from dreamina_desktop.core.export_result import Exported, Joined, Loop, SizeRange
from dreamina_desktop.words import Phrasebook

_KILO, _TENS = 1000, 10
_LONGEST_NAME = 48


class ExportWords(QObject):
    """Puts results into sentences."""

    def __init__(self, words: Phrasebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def error(self, error: DreaminaError) -> str:
        """What happened, and what to do about it."""
        if isinstance(error, ClipUnreadableError) and _stems_from(error, FileNotFoundError):
            return self.tr("The clip's file is not there any more. Bring it back, and try again.")
        if isinstance(error, OutputFileError) and _stems_from(error, NotADirectoryError):
            return self.tr("The folder is not there. Bring it back, or choose another one.")
        said = self._words.error(error)
        text = said.text
        if isinstance(error, OutputFileError | ClipUnreadableError):
            # Its folder stands in the dialog already, and a line can hold it.
            text = text.replace(error.detail, _short(Path(error.detail)))
        # Where a sentence ends in a name, it has no full stop of its own.
        stop = "" if text.endswith((".", "!", "?")) else "."
        return f"{text}{stop} {said.action}".strip()

    def expected(self, size: SizeRange) -> str:
        """How large the file will be."""
        low, high = self.size(size.low), self.size(size.high)
        if low == high:
            return self.tr("About {0}").format(high)
        number, unit = low.split(maxsplit=1)
        if high.endswith(unit):
            low = number
        return self.tr("About {0} to {1}").format(low, high)

    def made(self, made: Exported | Joined) -> str:
        """It is there."""
        return self._joined(made) if isinstance(made, Joined) else self._exported(made)

    def loop(self, loop: Loop) -> str:
        """The in and the out point, and what is seen of the jump between them."""
        if loop.is_seamless:
            said = self.tr("Frames {0} to {1}: the seam is hardly visible.")
        elif loop.seam <= 2 * loop.usual + 1:
            said = self.tr("Frames {0} to {1}: the seam is a little visible.")
        else:
            said = self.tr("Frames {0} to {1}: the seam is clearly visible.")
        return said.format(loop.first + 1, loop.last + 1)

    def _exported(self, made: Exported) -> str:
        said = self.tr("{0} is there: {1} frames, {2} × {3} pixels, {4}.")
        text = said.format(
            _short(made.path), made.frames, made.width, made.height, self.size(made.bytes)
        )
        return f"{text} {self.tr('Copied without any loss.')}" if made.copied else text

    def _joined(self, made: Joined) -> str:
        said = self.tr("{0} is there: {1} frames, {2}.")
        text = said.format(_short(made.path), made.frames, self.size(made.bytes))
        if made.left_out == 1:
            return f"{text} {self.tr('One frame that stood twice at a joint was left out.')}"
        if made.left_out:
            left = self.tr("{0} frames that stood twice at joints were left out.")
            return f"{text} {left.format(made.left_out)}"
        return f"{text} {self.tr('No frame stood twice at a joint.')}"

    def size(self, size: int) -> str:
        """Bytes for people, as file managers count them."""
        units = (self.tr("kB"), self.tr("MB"), self.tr("GB"))
        count = max(size / _KILO, 0.1)
        for unit in units[:-1]:
            # As it is shown: 999.7 would be 1000.
            if count < _KILO - 0.5:
                return f"{count:.1f} {unit}" if count < _TENS else f"{count:.0f} {unit}"
            count /= _KILO
        return f"{count:.1f} {units[-1]}"


def _short(path: Path) -> str:
    """The name, so that a line can hold it."""
    name = path.name
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half:]}"


def _stems_from(error: BaseException, kind: type[OSError]) -> bool:
    cause = error.__cause__
    return cause is not None and (isinstance(cause, kind) or _stems_from(cause, kind))
