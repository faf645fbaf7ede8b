"""What a person has set, and what is kept for them from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.export_order import ExportKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.recipe import Recipe


class Travel(StrEnum):
    """How a local picture reaches the provider. Values are kept: in settings and with each job."""

    INLINE = "inline"
    """Inside the request itself."""
    BUCKET = "bucket"
    """In the user's own bucket, under a pre-signed address."""


LONGEST_HOURS = 168
"""Seven days: no S3 service signs an address for longer."""


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """The user's own S3-compatible bucket; its keys are in the keyring.

    ``endpoint`` is the service's address without the bucket, "" for AWS itself. ``hours`` is how
    long a pre-signed address lives: 1 to 168, which is the longest that signatures may.
    """

    endpoint: str = ""
    region: str = ""
    bucket: str = ""
    folder: str = "dreamina-desktop"
    hours: int = 24
    deletes_afterwards: bool = False


@dataclass(frozen=True, slots=True)
class KeptRecipe:
    """What was last made of one picture; ``source`` is its absolute path."""

    source: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The request being composed. ``source`` is a path or an address, "" for none.

    ``takes`` is 0 where nobody has said how many; ``origin`` is the frame that the picture was.
    """

    source: str = ""
    prompt: str = ""
    frames: int = 0
    seed_text: str = ""
    takes: int = 0
    origin: FrameOrigin | None = None


@dataclass(frozen=True, slots=True)
class ExportHabits:
    """How clips were exported last. ``width`` in pixels is None for the clip's own.

    ``template`` is that of file names, "" for the usual one. The purpose follows from kind and
    width: see ``core.export_purpose``.
    """

    kind: ExportKind = ExportKind.MP4
    width: int | None = None
    template: str = ""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """``geometry`` is the window's own text for it, "" for none.

    ``widths`` are those of the panes in pixels, ``folded`` the names of those that are away.
    """

    geometry: str = ""
    widths: tuple[int, ...] = ()
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """``output_folder`` is None for the platform's place; ``submitted_at_once`` is at least 1.

    ``theme`` is "desktop", "light" or "dark". ``memory_budget_mb`` is what the frames of clips may
    take, None for a share of this computer's memory. ``welcomed`` says that the first run is over.
    """

    output_folder: str | None = None
    submitted_at_once: int = 4
    theme: str = "desktop"
    silence_notifications: bool = False
    memory_budget_mb: int | None = None
    welcomed: bool = False
    window: WindowPlace = WindowPlace()
    recent_pictures: tuple[str, ...] = ()
    draft: KeptDraft = KeptDraft()
    travel: Travel = Travel.INLINE
    bucket: BucketPlace = BucketPlace()
    takes_saved_files: bool = False
    """Whether a picture saved anew by another program is taken without asking."""
    recipes: tuple[KeptRecipe, ...] = ()
    """The latest first."""
    exports: ExportHabits = ExportHabits()
