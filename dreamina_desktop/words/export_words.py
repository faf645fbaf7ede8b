"""What is said about files made from clips: errors, and the command line's own lines."""

from __future__ import annotations

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.export_errors import FrameMissingError
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

# code: (what happened, what to do about it); {0} is the error's detail, {1} the clip's frames
EXPORT_WORDS: dict[str, tuple[str, str]] = {
    "export": (
        QT_TRANSLATE_NOOP("words", "Nothing was exported: {0}"),
        QT_TRANSLATE_NOOP("words", "Try again."),
    ),
    "clip_missing": (
        QT_TRANSLATE_NOOP("words", "There is no clip “{0}”: neither a file nor a job."),
        QT_TRANSLATE_NOOP(
            "words", "Give a file, or a job's id; list jobs with: dreamina-desktop jobs"
        ),
    ),
    "clip_not_made": (
        QT_TRANSLATE_NOOP("words", "Job {0} has no clip on this computer."),
        QT_TRANSLATE_NOOP("words", "See how it stands with: dreamina-desktop jobs"),
    ),
    "clip_unreadable": (
        QT_TRANSLATE_NOOP("words", "This is no clip, or it is damaged: {0}"),
        QT_TRANSLATE_NOOP("words", "Choose another file."),
    ),
    "frame_missing": (
        QT_TRANSLATE_NOOP("words", "The clip has no frames {0}: they are counted from 1 to {1}."),
        QT_TRANSLATE_NOOP("words", "Choose frames between these, the in point first."),
    ),
    "export_size": (
        QT_TRANSLATE_NOOP("words", "It cannot be {0} pixels large."),
        QT_TRANSLATE_NOOP("words", "Choose a width that makes both sides 16 to 8192 pixels."),
    ),
    "export_cancelled": (
        QT_TRANSLATE_NOOP("words", "Stopped; nothing was written."),
        QT_TRANSLATE_NOOP("words", "Begin again whenever you like."),
    ),
    "output_taken": (
        QT_TRANSLATE_NOOP("words", "There is a file of that name, which is left as it is: {0}"),
        QT_TRANSLATE_NOOP("words", "Choose another name."),
    ),
    "output_kind": (
        QT_TRANSLATE_NOOP("words", "The name does not say what kind of file to make: {0}"),
        QT_TRANSLATE_NOOP("words", "Let it end as this command's help says."),
    ),
    "output_full": (
        QT_TRANSLATE_NOOP("words", "There is no room for the file: {0}"),
        QT_TRANSLATE_NOOP("words", "Free some space, or choose another folder."),
    ),
    "file_template": (
        QT_TRANSLATE_NOOP("words", "The pattern for file names has a field not known: {0}"),
        QT_TRANSLATE_NOOP("words", "Known are {date} {source} {prompt} {seed} and {frame}."),
    ),
}

EXPORT = QT_TRANSLATE_NOOP("words", "make another kind of file of a clip, or of a part of it")
EXPORT_TO = QT_TRANSLATE_NOOP(
    "words", "a new file ending in .mp4, .gif or .webp, or a new folder for PNG files"
)
EXPORT_IN = QT_TRANSLATE_NOOP("words", "the first frame wanted, counted from 1")
EXPORT_OUT = QT_TRANSLATE_NOOP("words", "the last frame wanted, counted from 1")
EXPORT_WIDTH = QT_TRANSLATE_NOOP("words", "width in pixels, instead of the clip's own")
FRAME = QT_TRANSLATE_NOOP("words", "save one frame of a clip as a picture")
FRAME_NUMBER = QT_TRANSLATE_NOOP("words", "the frame, counted from 1")
FRAME_FILE = QT_TRANSLATE_NOOP("words", "a new file ending in .png")
JOIN = QT_TRANSLATE_NOOP(
    "words",
    "join clips to one film; a frame that stands twice where one goes on from another is left out",
)
JOIN_FILE = QT_TRANSLATE_NOOP("words", "a new file ending in .mp4")
CLIP = QT_TRANSLATE_NOOP("words", "a job's id, or its unambiguous beginning, or a clip's file")

FRAMES_DONE = QT_TRANSLATE_NOOP("words", "frame {0} of {1}")
EXPORTED = QT_TRANSLATE_NOOP("words", "{0} frames, {1} × {2} pixels, {3} bytes")
COPIED = QT_TRANSLATE_NOOP("words", "Taken over from the clip without any loss.")
LEFT_OUT = QT_TRANSLATE_NOOP("words", "Frames left out since they stood twice: {0}")
STILL = QT_TRANSLATE_NOOP("words", "{0} × {1} pixels, {2} bytes")


def fields_of(error: DreaminaError) -> tuple[object, ...]:
    """What the sentence about an error is filled in with."""
    if isinstance(error, FrameMissingError):
        return error.detail, error.count
    return (error.detail,)
