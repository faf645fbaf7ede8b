"""Looks sentences up, has them translated, and fills them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.errors import (
    DiskError,
    DreaminaError,
    InputRefusedError,
    KeyringError,
    OutputFileError,
    OutputFolderError,
    PictureMissingError,
)
from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.core.keyring_trouble import trouble_of
from dreamina_desktop.core.verdict import Cure, Verdict, VerdictCode
from dreamina_desktop.words.change_words import CHANGE_WORDS, GROUND_NAMES, told
from dreamina_desktop.words.doubt_words import DOUBT, DOUBT_ACTION, DOUBT_CAUSES
from dreamina_desktop.words.error_words import ERROR_WORDS, UNFORESEEN
from dreamina_desktop.words.export_words import EXPORT_WORDS, fields_of
from dreamina_desktop.words.hosting_words import HOSTING_WORDS
from dreamina_desktop.words.keyring_words import KEYRING_WORDS
from dreamina_desktop.words.marking import CONTEXT
from dreamina_desktop.words.state_words import STATE_WORDS
from dreamina_desktop.words.verdict_words import CURE_WORDS, PICTURE_TROUBLE_WORDS, VERDICT_WORDS

_PLACE = "{0}"
"""Where a sentence that names a folder has it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said about an error: one human sentence, one action, details to fold open."""

    text: str
    action: str = ""
    details: str = ""


def untranslated(context: str, text: str) -> str:
    """The translator of the command line: English as written."""
    del context
    return text


class Phrasebook:
    """All sentences, in one language. ``translate(context, text)`` is Qt's or ``untranslated``."""

    def __init__(self, translate: Callable[[str, str], str] = untranslated) -> None:
        self._translate = translate

    def say(self, text: str, *fields: object) -> str:
        """A marked literal, translated and then filled in with ``{0}``, ``{1}``, …"""
        translated = self._translate(CONTEXT, text)
        return translated.format(*fields) if fields else translated

    def error(self, error: DreaminaError) -> Sentence:
        """What to say about an error."""
        if isinstance(error, InputRefusedError):
            sentence = self.job_error(JobError(error.code))
            # Both sides may break a limit about which the provider has one sentence.
            said = dict.fromkeys(self.verdict(v) for v in error.verdicts)
            return Sentence(" ".join(said), sentence.action)
        if isinstance(error, KeyringError):
            return self._keyring(error)
        if isinstance(error, PictureMissingError):
            _, action = ERROR_WORDS[error.code]
            why = self.say(PICTURE_TROUBLE_WORDS[error.trouble])
            return Sentence(why, self.say(action), str(error))
        if error.code in EXPORT_WORDS:
            text, action = EXPORT_WORDS[error.code]
            return Sentence(self.say(text, *fields_of(error)), self.say(action), str(error))
        if isinstance(error, OutputFileError | OutputFolderError):
            return self._sentence(error.code, error.detail, str(error))
        where = error.folder if isinstance(error, DiskError) else ""
        return self._sentence(error.code, where or error.provider_message, str(error))

    def job_error(self, error: JobError) -> Sentence:
        """What to say about why a job stands where it stands."""
        return self._sentence(error.code, error.message, error.message)

    def job(self, job: Job) -> Sentence | None:
        """What to say about where a job stands; None where nothing is wrong.

        Whatever put a job in doubt, what matters is that it may be running and be charged.
        """
        if job.state is not JobState.UNKNOWN:
            return None if job.error is None else self.job_error(job.error)
        why = "" if job.error is None else self._cause(job.error)
        return Sentence(self.say(DOUBT), self.say(DOUBT_ACTION), why)

    def verdict(self, verdict: Verdict) -> str:
        """The provider's own words where it has some, else ours."""
        if verdict.message:
            return verdict.message
        words = VERDICT_WORDS[verdict.code]
        if verdict.code is VerdictCode.PICTURE_MISSING:
            words = PICTURE_TROUBLE_WORDS.get(str(verdict.measured), words)
        text = self._translate(CONTEXT, words)
        return text.format(measured=verdict.measured, limit=verdict.limit)

    def cure(self, cure: Cure) -> str:
        """What to do about a verdict; "" for nothing."""
        words = CURE_WORDS[cure]
        return self._translate(CONTEXT, words) if words else ""

    def change(self, change: Change) -> str:
        """What was done to a picture, step by step."""
        before, after = (told(change, value) for value in (change.before, change.after))
        if change.kind is ChangeKind.FLATTENED and after in GROUND_NAMES:
            after = self.say(GROUND_NAMES[after])
        return self.say(CHANGE_WORDS[change.kind], before, after)

    def state(self, state: JobState) -> str:
        """A state's name for people."""
        return self._translate(CONTEXT, STATE_WORDS[state])

    def unforeseen(self) -> Sentence:
        """What to say about a bug."""
        return self._sentence("", "", "")

    def _cause(self, error: JobError) -> str:
        """Why a job is in doubt, without what the doubt means."""
        cause = DOUBT_CAUSES.get(error.code)
        if cause is None:
            return self.job_error(error).text
        return _quoting(self.say(cause), error.message)

    def _keyring(self, error: KeyringError) -> Sentence:
        trouble = trouble_of(error.detail)
        if trouble is None:
            return self._sentence(error.code, "", str(error))
        text, action = KEYRING_WORDS[trouble]
        return Sentence(self.say(text), self.say(action), str(error))

    def _sentence(self, code: str, provider_message: str, details: str) -> Sentence:
        text, action = ERROR_WORDS.get(code) or HOSTING_WORDS.get(code, UNFORESEEN)
        text = self._translate(CONTEXT, text)
        is_filled = _PLACE in text
        said = text.format(provider_message) if is_filled else _quoting(text, provider_message)
        return Sentence(said, self._translate(CONTEXT, action), details)


def _quoting(text: str, message: str) -> str:
    return f"{text} “{message}”" if message else text
