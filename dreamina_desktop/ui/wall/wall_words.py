"""What the wall says about its takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.library.card_words import Tone
from dreamina_desktop.ui.wall.take import Take
from dreamina_desktop.ui.watch.frame_source import ClipBroke
from dreamina_desktop.ui.watch.stage_words import StageWords
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class Standing:
    """Why a tile shows no clip: a drawing, a few words, and a time that runs or ""."""

    icon: str
    text: str
    clock: str = ""
    hint: str = ""
    tone: Tone = Tone.QUIET


class WallWords(QObject):
    """Puts takes into words. States read as on the stage of the player."""

    def __init__(self, words: Phrasebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = StageWords(words, self)

    def seeds(self, take: Take) -> tuple[str, ...]:
        """With which seed, longest wording first; nothing where that is not known."""
        if take.seed is None:
            return ()
        return self.tr("seed {0}").format(take.seed), str(take.seed)

    def mark(self, mark: Mark) -> str:
        """What was thought of it; "" for nothing."""
        return {
            Mark.NONE: "",
            Mark.STARRED: self.tr("Starred"),
            Mark.REJECTED: self.tr("Rejected"),
        }[mark]

    def standing(self, take: Take, now: datetime) -> Standing:
        """Why there is no clip, or none yet."""
        said = self._stage.standing(take.job, now)
        return Standing(said.icon, said.text, said.clock, said.hint, said.tone)

    def breakage(self, broke: ClipBroke) -> Standing:
        """The clip cannot be shown."""
        said = self._stage.breakage(broke)
        return Standing(said.icon, said.text, tone=said.tone)

    def joining(self) -> Standing:
        """The clip is there, but not yet decoded."""
        return Standing("clip", self.tr("Getting ready"), tone=Tone.ACTIVE)

    def waiting(self, hundredths: int) -> str:
        """All takes wait for each other."""
        return self.tr("Getting the takes ready, {0} %").format(hundredths)

    def keys(self) -> str:
        """What the keys do, for assistive tools."""
        return self.tr(
            "1 to 9 show one alone, arrows move, S stars, X rejects, "
            "R loads the settings, Enter opens, Escape leaves"
        )

    def spoken(self, number: int, take: Take, standing: Standing | None) -> str:
        """The tile in one line, for assistive tools."""
        parts = [self.tr("Take {0}").format(number), *self.seeds(take)[:1], self.mark(take.mark)]
        if standing is not None:
            parts.append(standing.text)
        return ", ".join(part for part in parts if part)
