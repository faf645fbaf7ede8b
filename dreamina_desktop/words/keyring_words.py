"""What is said when the keyring cannot be used: for each trouble a sentence and what to do."""

from __future__ import annotations

from dreamina_desktop.core.keyring_trouble import KeyringTrouble
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

_OTHERWISE = QT_TRANSLATE_NOOP(
    "words", "Unlock the keyring, or hand the key over in RUNCOMFY_API_TOKEN."
)

KEYRING_WORDS: dict[KeyringTrouble, tuple[str, str]] = {
    KeyringTrouble.NOT_SAFE: (
        QT_TRANSLATE_NOOP("words", "There is no keyring here that keeps a key safely."),
        QT_TRANSLATE_NOOP(
            "words", "Set up this system's own keyring, or hand the key over in RUNCOMFY_API_TOKEN."
        ),
    ),
    KeyringTrouble.NO_ANSWER: (
        QT_TRANSLATE_NOOP("words", "The keyring does not answer."),
        QT_TRANSLATE_NOOP("words", "Look for its question behind other windows, then try again."),
    ),
    KeyringTrouble.FAILED: (
        QT_TRANSLATE_NOOP("words", "The keyring refused; perhaps it is locked."),
        _OTHERWISE,
    ),
    KeyringTrouble.NOT_KEPT: (
        QT_TRANSLATE_NOOP("words", "The keyring took the key, but does not give it back."),
        _OTHERWISE,
    ),
    KeyringTrouble.NOT_FORGOTTEN: (
        QT_TRANSLATE_NOOP("words", "The keyring did not let go of the key: it is still there."),
        QT_TRANSLATE_NOOP("words", "Remove it with the keyring's own program."),
    ),
    KeyringTrouble.NO_TEXT: (
        QT_TRANSLATE_NOOP("words", "The keyring gives back something that is no key."),
        QT_TRANSLATE_NOOP("words", "Save the key anew, or remove the entry with its own program."),
    ),
}
