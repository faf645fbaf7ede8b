from __future__ import annotations

from dreamina_desktop.core.keyring_trouble import KeyringTrouble, trouble_of


def test_the_trouble_that_a_detail_begins_with() -> None:
    assert trouble_of("not_safe, some.module.Keyring") is KeyringTrouble.NOT_SAFE
    assert trouble_of("no_text") is KeyringTrouble.NO_TEXT
    assert trouble_of("environment") is None
    assert trouble_of("") is None
