"""What the program's exit code says. The numbers are a contract."""

from __future__ import annotations

from enum import IntEnum

from dreamina_desktop.core.error_codes import NOT_SENT_CODES
from dreamina_desktop.core.errors import (
    ApiAddressError,
    DreaminaError,
    InputRefusedError,
    KeyMissingError,
    KeyRefusedError,
    NoSuchJobError,
    NotSentError,
    OutputFileError,
    OutputFolderError,
    PictureMissingError,
    TooFastError,
    WireError,
)
from dreamina_desktop.core.export_errors import ExportCancelledError, ExportError
from dreamina_desktop.core.job import Hold, Job, JobState


class ExitCode(IntEnum):
    """0 only when the file is there (for ``check``: when it can be sent)."""

    DONE = 0
    BUG = 1
    INPUT = 2
    KEY = 3
    PROVIDER = 4
    NETWORK = 5
    RESUMABLE = 6


_HELD = {
    Hold.KEY: ExitCode.KEY,
    Hold.BALANCE: ExitCode.PROVIDER,
    Hold.CONFIRM: ExitCode.RESUMABLE,
}
_NETWORK_ERRORS = NOT_SENT_CODES | {TooFastError.code}


def error_code(error: DreaminaError) -> ExitCode:
    """The code for what ended a command."""
    match error:
        case InputRefusedError() | PictureMissingError() | NoSuchJobError() | ApiAddressError():
            return ExitCode.INPUT
        case OutputFileError() | OutputFolderError():
            return ExitCode.INPUT
        case ExportCancelledError():
            return ExitCode.RESUMABLE
        case ExportError():
            return ExitCode.INPUT
        case KeyMissingError() | KeyRefusedError():
            return ExitCode.KEY
        case NotSentError():
            return ExitCode.NETWORK
        case WireError():
            return ExitCode.PROVIDER
        case _:
            return ExitCode.RESUMABLE


def exit_code(job: Job, *, key_refused: bool) -> ExitCode:
    """The code for a job as it stands when the command ends."""
    match job.state:
        case JobState.DONE:
            return ExitCode.DONE
        case JobState.FAILED | JobState.REJECTED | JobState.CANCELLED:
            return ExitCode.PROVIDER
        case JobState.PREPARED if job.hold is not None:
            return _HELD[job.hold]
        case JobState.PREPARED if job.error is not None and job.error.code == "picture_missing":
            return ExitCode.INPUT
        case JobState.PREPARED if job.error is not None and job.error.code in _NETWORK_ERRORS:
            return ExitCode.NETWORK
        case JobState.UNKNOWN:
            return ExitCode.RESUMABLE
        case _:
            return ExitCode.KEY if key_refused else ExitCode.RESUMABLE
