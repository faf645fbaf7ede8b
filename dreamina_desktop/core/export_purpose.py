"""What a clip is exported for, and the order that this comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.export_order import ExportKind


class Purpose(StrEnum):
    """Values are kept in the settings."""

    SHARE = "share"
    WEB = "web"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of file and its width in pixels, None for the clip's own."""

    kind: ExportKind
    width: int | None = None


PRESETS: dict[Purpose, Preset] = {
    # Every messenger and player takes it, and a whole clip is copied without any loss.
    Purpose.SHARE: Preset(ExportKind.MP4),
    # Plays in a page by itself, at a tenth of a GIF's size.
    Purpose.WEB: Preset(ExportKind.WEBP, 640),
    # Every frame without loss, for programs that composite.
    Purpose.EDIT: Preset(ExportKind.PNG_SEQUENCE),
}
