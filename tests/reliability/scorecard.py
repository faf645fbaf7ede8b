"""The scorecard: every promise, and when it counts as kept. Its tests carry the row's number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """One row: what is promised, and what shows that it is kept."""

    row: int
    promise: str
    passes_when: str


SCORECARD = (
    Promise(1, "A paid job is never lost", "0 accepted without its id here or UNKNOWN"),
    Promise(2, "Nothing is submitted twice", "0 attempts with more than one accepted POST"),
    Promise(3, "Every crash point is safe", "all checkpoints under all fault plans"),
    Promise(4, "No bad path through the states", "0 breaks"),
    Promise(5, "The intent is on disk before the POST", "all traces"),
    Promise(6, "Failures are classified right", "all faults on the wire"),
    Promise(
        7,
        "Results are fetched before they expire",
        "download begins at most 11 s after completion; 0 expired while running",
    ),
    Promise(
        8,
        "Polite",
        "never earlier than asked; at most 2 requests a second in all; one request finds out "
        "that a key is refused",
    ),
    Promise(9, "Sleep and clock jumps", "each asked at most 15 s after waking; 0 false failures"),
    Promise(10, "Bad networks do no harm", "0 changes of state; 0 bytes of the key off its origin"),
    Promise(11, "A file that is there is whole", "sha256 equal, or no file"),
    Promise(12, "A full disk is a pause", "0 crashes; goes on"),
    Promise(13, "Names are safe", "0 escapes, reserved names or overwrites"),
    Promise(14, "The key goes to the API only", "0 elsewhere, 0 over http except loopback"),
    Promise(15, "No secret is written", "0 hits in any encoding"),
    Promise(16, "Keyring trouble is survivable", "GUI gap below 100 ms; nothing in plain text"),
    Promise(17, "Hostile pictures", "0 crashes or hangs; a verdict for each; 0 GPS sent"),
    Promise(18, "What was shown is what is sent", "hashes equal"),
    Promise(19, "A damaged database is recoverable", "always starts; all ids recovered"),
    Promise(20, "Migrations are safe", "old or new, never mixed"),
    Promise(21, "One writer", "never 2; restart within 1 s"),
    Promise(22, "The tests can fail", "all seeded faults caught"),
)
