"""What can go wrong with a file made from clips. The clips themselves are never touched."""

from __future__ import annotations

from dreamina_desktop.core.errors import DreaminaError, OutputFileError


class ExportError(DreaminaError):
    """No file was made, and nothing is left of it; ``detail`` is what a person named."""

    code = "export"


class ClipMissingError(ExportError):
    """There is no such clip: neither a file nor a job of that name."""

    code = "clip_missing"


class ClipNotMadeError(ExportError):
    """The job has no clip on this computer (yet); ``detail`` is its id."""

    code = "clip_not_made"


class ClipUnreadableError(ExportError):
    """The file is no clip, is damaged, or is in a form that cannot be decoded."""

    code = "clip_unreadable"


class FrameMissingError(ExportError):
    """The clip has no such frame, or the out point is before the in point.

    ``detail`` says which, counted from 1; ``count`` is how many frames there are.
    """

    code = "frame_missing"

    def __init__(self, detail: str, count: int) -> None:
        super().__init__(detail)
        self.count = count


class ExportSizeError(ExportError):
    """The width, or the height that comes with it, is not within ``SMALLEST`` to ``LARGEST``."""

    code = "export_size"


class ExportCancelledError(ExportError):
    """The user wanted it no longer."""

    code = "export_cancelled"


class OutputTakenError(OutputFileError):
    """There is a file of that name, which is never written over."""

    code = "output_taken"


class OutputKindError(OutputFileError):
    """The name does not say what kind of file is wanted, or one that this cannot be."""

    code = "output_kind"


class OutputFullError(OutputFileError):
    """There is no room for the file."""

    code = "output_full"


class TemplateError(DreaminaError):
    """A template of file names with a field that is not known, or with a bracket left open.

    ``detail`` is the field, or the template.
    """

    code = "file_template"
