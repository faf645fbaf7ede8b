"""Which words of a text went and which came, between one version of it and another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word, or one sign: scripts that write without spaces are compared sign by sign.
_TOKEN = re.compile(r"\s+|[A-Za-z0-9À-ɏЀ-ӿ’'_-]+|.", re.DOTALL)


class WordChange(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words of one fate, with the space between them."""

    change: WordChange
    text: str


def word_diff(before: str, after: str) -> tuple[WordRun, ...]:
    """The runs in reading order, what was removed before what came in its place.

    Kept and removed runs together are exactly ``before``, kept and added ones ``after``.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[WordRun] = []
    removed = added = ""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        is_between = bool(removed or added) and (old_to < len(old) or new_to < len(new))
        if kind != "equal":
            removed, added = removed + gone, added + come
        elif is_between and gone.isspace():
            # A space between two changed words would tear a phrase into single words.
            removed, added = removed + gone, added + come
        else:
            runs += _changed(removed, added)
            runs.append(WordRun(WordChange.KEPT, gone))
            removed = added = ""
    runs += _changed(removed, added)
    return tuple(runs)


def _changed(removed: str, added: str) -> list[WordRun]:
    runs = (WordRun(WordChange.REMOVED, removed), WordRun(WordChange.ADDED, added))
    return [run for run in runs if run.text]
