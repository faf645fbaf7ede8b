"""What the library pane is given."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.ports import Clock
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.ports import Background, FolderOpener, JobBin, JobReader, MarkKeeper
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class LibraryNeeds:
    """``rows`` runs everything that reads or writes the store, in order; ``files`` the rest.

    ``generations_page`` is the provider's page that lists requests.
    """

    reader: JobReader
    job_bin: JobBin
    marks: MarkKeeper
    commands: Commands
    rows: Background
    files: Background
    thumbnails: Thumbnails
    opener: FolderOpener
    clock: Clock
    words: Phrasebook
    spec: ModelSpec
    generations_page: str
