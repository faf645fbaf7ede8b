"""``key set``, ``key check``, ``key forget``."""

from __future__ import annotations

import asyncio
import getpass
import sys

from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import KeyMissingError
from dreamina_desktop.store.key_sources import KeySource
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text


def set_key(profile: Profile, words: Phrasebook) -> ExitCode:
    """Keep a key that is typed unseen or piped in; it is never an argument. Raises KeyringError."""
    if sys.stdin.isatty():
        typed = getpass.getpass(words.say(text.ENTER_KEY))
    else:
        typed = sys.stdin.readline()
    try:
        key = profile.key_sources.take(typed)
    except KeyMissingError:
        sys.stderr.write(words.say(text.KEY_EMPTY) + "\n")
        return ExitCode.INPUT
    profile.key_sources.keep(key)
    # Whose key was refused goes on with this one.
    profile.ring()
    sys.stderr.write(words.say(text.KEY_KEPT) + "\n")
    return ExitCode.DONE


def forget_key(profile: Profile, words: Phrasebook) -> ExitCode:
    """Remove the key from the keyring; one in the environment is not ours to remove."""
    profile.key_sources.forget()
    sys.stderr.write(words.say(text.KEY_FORGOTTEN) + "\n")
    return ExitCode.DONE


def check_key(profile: Profile, words: Phrasebook) -> ExitCode:
    """Say where the key comes from, and ask the provider for a price: free, and needs a key.

    Raises KeyMissingError, KeyringError and WireError kinds.
    """
    profile.key_sources.text()
    found = profile.key_sources.look()
    if found.source is KeySource.ENVIRONMENT:
        sys.stdout.write(words.say(text.KEY_SOURCE_ENVIRONMENT, found.variable) + "\n")
    else:
        sys.stdout.write(words.say(text.KEY_SOURCE_KEYRING) + "\n")
    sys.stdout.flush()
    asyncio.run(_ask_price(profile))
    sys.stdout.write(words.say(text.KEY_GOOD) + "\n")
    return ExitCode.DONE


async def _ask_price(profile: Profile) -> None:
    async with profile.wire() as wire:
        await wire.api.price(profile.spec.model_id)


DEEDS = {"set": set_key, "check": check_key, "forget": forget_key}
