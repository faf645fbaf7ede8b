"""Commands make pictures ready as the window does: in a process that may do little else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from dreamina_desktop.core.ports import PicturePreparer
from dreamina_desktop.pictures.picture_process import PictureProcess, usual_command
from dreamina_desktop.resources import model_file


@contextmanager
def limited_preparer() -> Iterator[PicturePreparer]:
    """That process ends with the block."""
    with closing(PictureProcess(usual_command(model_file()))) as process:
        yield process
