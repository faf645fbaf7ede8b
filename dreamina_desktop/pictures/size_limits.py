"""Which sizes of pictures the model takes: rules on sides and shape as whole numbers of pixels."""

from __future__ import annotations

from fractions import Fraction

from dreamina_desktop.core.model_spec import Measure, ModelSpec, PictureRule

type Size = tuple[int, int]

_NO_LIMIT = 2**31


class SizeLimits:
    """The rules of one model; sizes are width and height in pixels."""

    def __init__(self, spec: ModelSpec) -> None:
        self._ratios = [rule for rule in spec.picture_rules if rule.measure is Measure.ASPECT_RATIO]
        self._widest, self._narrowest = _sides(spec, Measure.WIDTH_PIXELS)
        self._tallest, self._lowest = _sides(spec, Measure.HEIGHT_PIXELS)

    def cut(self, size: Size) -> Size:
        """The largest part, as wide or as tall, that has a legal ratio of width to height."""
        width, height = size
        for rule in self._ratios:
            if rule.comparison.is_upper:
                width = min(width, int(rule.limit * height))
            else:
                height = min(height, int(width / rule.limit))
            # The edge itself may be refused: one pixel less is not.
            while width > 1 and height > 1 and not _holds(rule, width, height):
                width -= rule.comparison.is_upper
                height -= not rule.comparison.is_upper
        return width, height

    def scaled(self, size: Size) -> Size:
        """Scaled down below the largest sides, or up above the smallest; else as it is."""
        width, height = size
        down = min(Fraction(self._widest, width), Fraction(self._tallest, height), Fraction(1))
        up = max(Fraction(self._narrowest, width), Fraction(self._lowest, height), Fraction(1))
        factor = down if down < 1 else up
        return (
            min(max(round(width * factor), self._narrowest), self._widest),
            min(max(round(height * factor), self._lowest), self._tallest),
        )

    def is_legal(self, size: Size) -> bool:
        """Whether the model takes a picture of that size as it is."""
        return self.cut(size) == self.scaled(size) == size

    def is_too_large(self, size: Size) -> bool:
        """Whether a side is longer than the model takes."""
        return size[0] > self._widest or size[1] > self._tallest

    def smaller(self, size: Size, share: float) -> Size | None:
        """Both sides times ``share``; None where the model would find that too small."""
        width, height = int(size[0] * share), int(size[1] * share)
        if width < self._narrowest or height < self._lowest:
            return None
        return width, height

    def steps(self, unit: Size) -> tuple[int, int]:
        """The least and the largest whole multiple of ``unit`` within the sides.

        The first is above the second where there is none.
        """
        least = max(-(-self._narrowest // unit[0]), -(-self._lowest // unit[1]), 1)
        return least, min(self._widest // unit[0], self._tallest // unit[1])


def _holds(rule: PictureRule, width: int, height: int) -> bool:
    return rule.comparison.holds(Fraction(width, height), rule.limit)


def _sides(spec: ModelSpec, measure: Measure) -> tuple[int, int]:
    """The largest and the smallest whole number of pixels that every rule on a side passes."""
    largest, smallest = _NO_LIMIT, 1
    for rule in spec.picture_rules:
        if rule.measure is not measure:
            continue
        edge = int(rule.limit)
        nearby = range(max(edge - 2, 0), edge + 3)
        legal = [side for side in nearby if rule.comparison.holds(Fraction(side), rule.limit)]
        if rule.comparison.is_upper:
            largest = min(largest, max(legal))
        else:
            smallest = max(smallest, min(legal))
    return largest, smallest
