"""The trouble file as the running server sees it: read again when it changes, rules counted."""

from __future__ import annotations

import random
from pathlib import Path

from dreamina_desktop.practice.chaos import ChaosDice, Strike
from dreamina_desktop.practice.trouble import CallKind, Deed, Rule, Trouble, TroubleFileError
from dreamina_desktop.practice.trouble_reader import read_trouble

type _Stamp = tuple[int, int, int]


class TroubleScript:
    """Hands out the current settings, and to each call the deed that the rules hold for it."""

    def __init__(self, path: Path | None) -> None:
        """Read ``path`` (None: no trouble at all). Raises TroubleFileError."""
        self._path = path
        self._stamp: _Stamp | None = None
        self._trouble = Trouble()
        self._counts: list[_Count] = []
        self._dice = random.Random(0)  # noqa: S311 - repeatable dice are the point
        self._chaos = ChaosDice(None)
        self.refresh()

    @property
    def trouble(self) -> Trouble:
        """The settings as last read."""
        return self._trouble

    def refresh(self) -> bool:
        """Read the file again if it changed, and say whether it did. Raises TroubleFileError."""
        if self._path is None:
            return False
        try:
            facts = self._path.stat()
            stamp = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if stamp == self._stamp:
                return False
            text = self._path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise TroubleFileError(f"{self._path}: {error}") from error
        try:
            trouble = read_trouble(text)
        except TroubleFileError as error:
            raise TroubleFileError(f"{self._path}: {error}") from error
        self._stamp = stamp
        self._trouble = trouble
        self._counts = [_Count(rule) for rule in trouble.rules]
        self._dice = random.Random(trouble.chance_seed)  # noqa: S311
        self._chaos = ChaosDice(trouble.chaos)
        return True

    def strike(self, kind: CallKind) -> Strike | None:
        """What chaos does to this call, which the rules then do not see; None when it is spared."""
        return self._chaos.strike(kind)

    def deed_for(self, kind: CallKind, prompt: str | None) -> Deed:
        """What to do about this call; an empty deed when no rule acts."""
        for count in self._counts:
            if count.matches(kind, prompt) and count.acts(self._dice):
                return count.rule.deed
        return Deed()


class _Count:
    """One rule and how often it let a call pass or acted."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._passed = 0
        self._acted = 0

    def matches(self, kind: CallKind, prompt: str | None) -> bool:
        wanted = self.rule.request
        return self.rule.on is kind and (wanted is None or wanted in (prompt or ""))

    def acts(self, dice: random.Random) -> bool:
        if self.rule.times is not None and self._acted >= self.rule.times:
            return False
        if self._passed < self.rule.skip:
            self._passed += 1
            return False
        if self.rule.chance < 1 and dice.random() >= self.rule.chance:
            return False
        self._acted += 1
        return True
