"""``diagnostics``: what is worth knowing when something does not work. Without any secret."""

from __future__ import annotations

import sys
from pathlib import Path

from dreamina_desktop.cli.exit_code import ExitCode, error_code
from dreamina_desktop.cli.json_output import print_diagnosis
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.diagnostics import Diagnostics
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.diagnosis_words import as_text, check_section, sections


def diagnose(
    profile: Profile,
    words: Phrasebook,
    trouble: DreaminaError | None = None,
    *,
    check: bool,
    as_json: bool,
) -> ExitCode:
    """Print what was found; with ``check`` the provider is asked too.

    ``trouble`` is why the profile could not be opened. Raises ApiAddressError.
    """
    diagnostics = Diagnostics(profile, Path.home())
    found = diagnostics.look(trouble)
    steps = diagnostics.check() if check else ()
    if as_json:
        print_diagnosis(found, steps, words)
    else:
        shown = sections(found, words)
        checked = (check_section(steps, words),) if steps else ()
        sys.stdout.write(as_text((*shown, *checked)))
    failed = next((ended.error for ended in steps if ended.error is not None), None)
    return ExitCode.DONE if failed is None else error_code(failed)
