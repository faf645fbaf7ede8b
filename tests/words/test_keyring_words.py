from __future__ import annotations

from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.keyring_trouble import KeyringTrouble
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.keyring_words import KEYRING_WORDS


def test_each_trouble_has_a_sentence_of_its_own() -> None:
    said = [Phrasebook().error(KeyringError(f"{one}, a.b.C")) for one in KeyringTrouble]
    assert len({sentence.text for sentence in said}) == len(KeyringTrouble) == len(KEYRING_WORDS)
    for sentence in said:
        assert "eyring" in sentence.text
        assert sentence.action
        assert sentence.details.endswith("a.b.C")


def test_an_unknown_trouble_is_told_too() -> None:
    assert "keyring cannot be used" in Phrasebook().error(KeyringError("else")).text
