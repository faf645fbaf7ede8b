"""What speaks for a frame as the next picture, and what against it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.video.handover import RankedFrame

_NEARLY_SHARPEST, _LESS_SHARP = 0.85, 0.5
# Mean differences of 0.1, 0.7 and 2.4 levels of 255: see ``RankedFrame``.
_STILL, _ALMOST_STILL, _MOVES_LITTLE = 0.95, 0.75, 0.45


class CandidateWords(QObject):
    """Frames are counted from 1 here."""

    def name(self, candidate: Candidate) -> str:
        """Which frame it is."""
        if candidate.is_seen:
            return self.tr("Frame {0}, the frame you see").format(candidate.index + 1)
        return self.tr("Frame {0}").format(candidate.index + 1)

    def reason(self, candidate: Candidate, ranked: int) -> str:
        """One line about it, for people; ``ranked`` is the number of last frames."""
        name, rank = self.name(candidate), candidate.rank
        if rank is None:
            return name
        sharpness, stillness = self._sharpness(rank, ranked), self._stillness(rank)
        is_good = rank.sharpness >= _NEARLY_SHARPEST, rank.stillness >= _ALMOST_STILL
        if is_good[0] is is_good[1]:
            return self.tr("{0}: {1}, and {2}").format(name, sharpness, stillness)
        return self.tr("{0}: {1}, but {2}").format(name, sharpness, stillness)

    def _sharpness(self, rank: RankedFrame, ranked: int) -> str:
        if rank.sharpness == 1:
            return self.tr("sharpest of the last {0}").format(ranked)
        if rank.sharpness >= _NEARLY_SHARPEST:
            return self.tr("almost as sharp as the sharpest")
        if rank.sharpness >= _LESS_SHARP:
            return self.tr("less sharp")
        return self.tr("blurred")

    def _stillness(self, rank: RankedFrame) -> str:
        if rank.stillness >= _STILL:
            return self.tr("quite still")
        if rank.stillness >= _ALMOST_STILL:
            return self.tr("almost still")
        if rank.stillness >= _MOVES_LITTLE:
            return self.tr("moving a little")
        return self.tr("moving")
