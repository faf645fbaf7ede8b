"""What was found when a public address was fetched once, and what that means for a take."""

from __future__ import annotations

from dataclasses import dataclass, field

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.picture import PictureFacts, PictureView
from dreamina_desktop.core.validation import judge_address, judge_picture
from dreamina_desktop.core.verdict import Cure, Severity, Verdict, VerdictCode

LARGEST_FETCHED = 50_000_000
"""Bytes. The provider's general advice for pictures at addresses; its model's own rule is
stricter, but is told better with the picture's real size."""

# The page asks for an address that is public, and needs no login: whatever is not, is refused.
_REFUSED = {
    VerdictCode.ADDRESS_NOT_HTTPS: Cure.USE_HTTPS,
    VerdictCode.ADDRESS_PRIVATE: Cure.USE_PUBLIC,
    VerdictCode.ADDRESS_LOGIN: Cure.USE_PUBLIC,
    VerdictCode.ADDRESS_GONE: Cure.USE_PUBLIC,
    VerdictCode.ADDRESS_PAGE: Cure.USE_PICTURE_ADDRESS,
    VerdictCode.ADDRESS_TOO_LARGE: Cure.CHOOSE_PICTURE,
}
_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """``fault`` is why no picture was brought, None where one was; ``status`` its HTTP status.

    ``facts`` are those of the file as it lies there, ``media_type`` what its server calls it,
    "" where it does not say; ``has_place``: the file tells where it was taken. ``view`` shows it.
    """

    address: str
    fault: VerdictCode | None = None
    status: int | None = None
    facts: PictureFacts | None = None
    media_type: str = ""
    has_place: bool = False
    view: PictureView | None = field(default=None, compare=False, repr=False)

    @property
    def verdict(self) -> Verdict | None:
        """The finding about the address itself; None where a picture was brought."""
        if self.fault is None:
            return None
        if self.fault in _REFUSED:
            limit = LARGEST_FETCHED if self.fault is VerdictCode.ADDRESS_TOO_LARGE else None
            cure = _REFUSED[self.fault]
            return Verdict(self.fault, Severity.REFUSED, measured=None, limit=limit, cure=cure)
        # Says nothing about what the provider's server will find there.
        return Verdict(self.fault, Severity.WARNING, measured=self.status, cure=Cure.LOOK_YOURSELF)


def judge_seen_address(seen: SeenAddress, spec: ModelSpec) -> tuple[Verdict, ...]:
    """Every finding about an address that was fetched.

    Only what breaks a rule of the provider's page refuses; a check that could not be made warns.
    """
    plain = judge_address(seen.address)
    if plain[0].severity is Severity.REFUSED:
        return plain
    if seen.verdict is not None:
        return (seen.verdict,)
    if seen.facts is None:
        return plain
    found = judge_picture(seen.facts, spec)
    remarks = []
    expected = _MEDIA_TYPES.get(seen.facts.format)
    if expected is not None and seen.media_type != expected:
        remarks.append(
            Verdict(
                VerdictCode.ADDRESS_TYPE,
                Severity.WARNING,
                measured=seen.media_type or "-",
                limit=expected,
                cure=Cure.USE_PICTURE_ADDRESS,
            )
        )
    if seen.has_place:
        remarks.append(Verdict(VerdictCode.ADDRESS_PLACE, Severity.WARNING))
    return (*found, *remarks)
