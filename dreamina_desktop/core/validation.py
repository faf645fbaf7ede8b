"""All rules on the inputs at once: picture facts, address, prompt, seed and frames → verdicts.

What the API's page says may refuse; what is only known from elsewhere may warn.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from urllib.parse import urlsplit

from dreamina_desktop.core.model_spec import Measure, ModelSpec, PictureRule
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.verdict import Cure, Severity, Verdict, VerdictCode

_BROKEN_RULE = {
    (Measure.FILE_SIZE_MB, True): (VerdictCode.PICTURE_BYTES, Cure.RECOMPRESS),
    (Measure.FILE_SIZE_MB, False): (VerdictCode.PICTURE_BYTES, Cure.CHOOSE_PICTURE),
    (Measure.WIDTH_PIXELS, True): (VerdictCode.PICTURE_TOO_WIDE, Cure.SHRINK),
    (Measure.WIDTH_PIXELS, False): (VerdictCode.PICTURE_TOO_NARROW, Cure.ENLARGE),
    (Measure.HEIGHT_PIXELS, True): (VerdictCode.PICTURE_TOO_TALL, Cure.SHRINK),
    (Measure.HEIGHT_PIXELS, False): (VerdictCode.PICTURE_TOO_LOW, Cure.ENLARGE),
    (Measure.ASPECT_RATIO, True): (VerdictCode.PICTURE_RATIO_WIDE, Cure.CROP),
    (Measure.ASPECT_RATIO, False): (VerdictCode.PICTURE_RATIO_TALL, Cure.CROP),
}


def judge_picture(facts: PictureFacts, spec: ModelSpec) -> tuple[Verdict, ...]:
    """Every finding about a picture file; a single ``PICTURE_FITS`` when there is none."""
    if not facts.bytes:
        return (Verdict(VerdictCode.PICTURE_EMPTY, Severity.REFUSED, cure=Cure.REPAIR),)
    found = []
    if facts.format not in spec.picture_formats:
        found.append(
            Verdict(
                VerdictCode.PICTURE_FORMAT,
                Severity.REFUSED,
                spec.picture_format_message,
                facts.format or None,
                "/".join(spec.picture_formats),
                Cure.CONVERT if facts.format else Cure.CHOOSE_PICTURE,
            )
        )
    elif facts.decoded is False:
        found.append(Verdict(VerdictCode.PICTURE_UNREADABLE, Severity.REFUSED, cure=Cure.REPAIR))
    for rule in spec.picture_rules:
        verdict = _judge_rule(rule, facts, spec)
        if verdict is not None:
            found.append(verdict)
    return tuple(found) or (Verdict(VerdictCode.PICTURE_FITS, Severity.FITS),)


def judge_missing(trouble: PictureTrouble) -> tuple[Verdict, ...]:
    """The finding about a picture file that cannot be opened."""
    return (
        Verdict(
            VerdictCode.PICTURE_MISSING,
            Severity.REFUSED,
            measured=trouble.value,
            cure=Cure.CHOOSE_PICTURE,
        ),
    )


def nearest_taken(verdict: Verdict, spec: ModelSpec) -> int:
    """The whole number next to the limit of a broken rule on pixels that the rule lets pass.

    A rule may refuse its limit itself; this is what a picture has to reach. Raises ValueError for
    a verdict that does not come from such a rule.
    """
    for rule in spec.picture_rules:
        is_upper = rule.comparison.is_upper
        code, _ = _BROKEN_RULE[rule.measure, is_upper]
        if (
            rule.measure in (Measure.WIDTH_PIXELS, Measure.HEIGHT_PIXELS)
            and code is verdict.code
            and int(rule.limit) == verdict.limit
        ):
            edge = floor(rule.limit) if is_upper else ceil(rule.limit)
            if rule.comparison.holds(Fraction(edge), rule.limit):
                return edge
            return edge - 1 if is_upper else edge + 1
    raise ValueError(verdict.code.value)


def judge_address(address: str) -> tuple[Verdict, ...]:
    """Findings about a public address given instead of a file: HTTPS only, and unseen."""
    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, parts.hostname
    except ValueError:
        scheme, host = "", None
    if scheme != "https" or not host:
        return (
            Verdict(
                VerdictCode.ADDRESS_NOT_HTTPS,
                Severity.REFUSED,
                measured=scheme or None,
                limit="https",
                cure=Cure.USE_HTTPS,
            ),
        )
    # Nobody here has seen the picture: the provider's server fetches and judges it.
    return (Verdict(VerdictCode.ADDRESS_UNSEEN, Severity.WARNING, cure=Cure.LOOK_YOURSELF),)


def judge_prompt(prompt: str, spec: ModelSpec) -> tuple[Verdict, ...]:
    """The finding about a prompt; its length counts Unicode code points."""
    length = len(prompt)
    if not prompt.strip():
        return (
            Verdict(
                VerdictCode.PROMPT_BLANK,
                Severity.REFUSED,
                measured=length,
                limit=spec.prompt_limit,
                cure=Cure.WRITE,
            ),
        )
    if any("\ud800" <= character <= "\udfff" for character in prompt):
        # Half a character, from bytes that were no text: it cannot travel as JSON.
        return (Verdict(VerdictCode.PROMPT_NOT_TEXT, Severity.REFUSED, cure=Cure.WRITE),)
    code, severity, limit, cure = (
        VerdictCode.PROMPT_FITS,
        Severity.FITS,
        spec.prompt_limit,
        Cure.NONE,
    )
    if length > spec.prompt_limit:
        code, severity, cure = VerdictCode.PROMPT_TOO_LONG, Severity.REFUSED, Cure.SHORTEN
    elif length > spec.prompt_recommended:
        code, severity = VerdictCode.PROMPT_OVER_RECOMMENDED, Severity.WARNING
        limit, cure = spec.prompt_recommended, Cure.SHORTEN
    return (Verdict(code, severity, measured=length, limit=limit, cure=cure),)


def judge_seed(seed: int | None, spec: ModelSpec) -> tuple[Verdict, ...]:
    """The finding about a seed; None stands for an empty field."""
    if seed is None or spec.seed_lowest <= seed <= spec.seed_highest:
        return (Verdict(VerdictCode.SEED_FITS, Severity.FITS, measured=seed),)
    limit = spec.seed_lowest if seed < spec.seed_lowest else spec.seed_highest
    # The range is not on the API's page, so it may warn but not refuse.
    return (
        Verdict(
            VerdictCode.SEED_OUT_OF_RANGE,
            Severity.WARNING,
            measured=seed,
            limit=limit,
            cure=Cure.CHANGE_SEED,
        ),
    )


def judge_frames(frames: int, spec: ModelSpec) -> tuple[Verdict, ...]:
    """The finding about the number of frames."""
    if frames in spec.frames_offered:
        return (Verdict(VerdictCode.FRAMES_FIT, Severity.FITS, measured=frames),)
    return (
        Verdict(
            VerdictCode.FRAMES_NOT_OFFERED,
            Severity.REFUSED,
            measured=frames,
            limit="/".join(str(count) for count in spec.frames_offered),
            cure=Cure.CHANGE_FRAMES,
        ),
    )


def _judge_rule(rule: PictureRule, facts: PictureFacts, spec: ModelSpec) -> Verdict | None:
    exact, shown, limit = _measure(rule, facts, spec)
    if exact is None or rule.comparison.holds(exact, rule.limit):
        return None
    code, cure = _BROKEN_RULE[rule.measure, rule.comparison.is_upper]
    return Verdict(code, Severity.REFUSED, rule.message, shown, limit, cure)


def _measure(
    rule: PictureRule, facts: PictureFacts, spec: ModelSpec
) -> tuple[Fraction | None, float | None, float]:
    """The exact value a rule looks at, and value and limit as people read them."""
    if rule.measure is Measure.FILE_SIZE_MB:
        limit = rule.limit * spec.bytes_per_megabyte
        shown_limit = int(limit) if limit.denominator == 1 else float(limit)
        return Fraction(facts.bytes, spec.bytes_per_megabyte), facts.bytes, shown_limit
    if facts.width <= 0 or facts.height <= 0:
        return None, None, float(rule.limit)
    if rule.measure is Measure.ASPECT_RATIO:
        exact = Fraction(facts.width, facts.height)
        return exact, round(float(exact), 4), float(rule.limit)
    pixels = facts.width if rule.measure is Measure.WIDTH_PIXELS else facts.height
    return Fraction(pixels), pixels, int(rule.limit)
