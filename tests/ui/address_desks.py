"""A desk for public addresses that answers what a test says."""

from __future__ import annotations

from dataclasses import dataclass, field

from dreamina_desktop.core.picture import PictureFacts, PictureView
from dreamina_desktop.core.seen_address import SeenAddress

BOAT = "https://example.com/boat.png"
FITTING = PictureFacts("PNG", 1600, 1200, 2_000_000, decoded=True)


def seen_boat(address: str = BOAT, *, facts: PictureFacts = FITTING) -> SeenAddress:
    """A small view stands for the picture."""
    view = PictureView(4, 3, has_alpha=False, pixels=bytes(36))
    return SeenAddress(address, None, 200, facts, "image/png", view=view)


@dataclass
class AddressDeskOfOne:
    """Whatever is asked of is ``answers`` by address, else the boat."""

    answers: dict[str, SeenAddress] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def look(self, address: str, longest: int) -> SeenAddress:
        assert longest >= 1000
        self.asked.append(address)
        return self.answers.get(address, seen_boat(address))
