"""A second way to compute a formula: from the text that explains it, by a reader of its own."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections.abc import Callable

_SCALES = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "%": 1e-2}
_TOKEN = re.compile(r"\s*(\[[\w.]+\]|\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z_][\w.]*|[-+×/(),><]|%)")
_SIZES_ON_SALE = [2, 4, 8, 12] + [size * 2**power for power in range(20) for size in (16, 24)]


def scale_of(unit: str) -> float:
    """Base units in one unit, such as MB/connection."""
    above, _, below = unit.partition("/")
    return _SCALES.get(above, 1) / _SCALES.get(below, 1)


@dataclasses.dataclass
class Amount:
    base: float
    unit: str = ""


def amount(value: float, unit: str) -> Amount:
    return Amount(value * scale_of(unit), unit)


def compute(text: str, named: Callable[[str], Amount], curve: Callable[[str, Amount], Amount]) -> float:
    """The value of a formula in base units."""
    return _Reader(text, named, curve).read().base


class _Reader:
    def __init__(self, text: str, named: Callable[[str], Amount], curve: Callable[[str, Amount], Amount]) -> None:
        self.named, self.curve, self.text = named, curve, text
        self.tokens: list[str] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found, f"{text!r} at {at}"
            self.tokens.append(found[1])
            at = found.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        assert token and (not wanted or token == wanted), f"{self.text!r}: {token!r}, not {wanted!r}"
        self.at += 1
        return token

    def read(self) -> Amount:
        value = self.comparison()
        assert not self.peek(), self.text
        return value

    def comparison(self) -> Amount:
        left = self.sum()
        if self.peek() in (">", "<"):
            greater = self.take() == ">"
            right = self.sum()
            return Amount(float(left.base > right.base if greater else left.base < right.base))
        return left

    def sum(self) -> Amount:
        value = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            value = Amount(value.base + sign * self.product().base, value.unit)
        if self.peek() == "in":
            self.take()
            value = Amount(value.base, self.take())
        return value

    def product(self) -> Amount:
        value = self.operand()
        while self.peek() in ("×", "/"):
            by = self.take()
            other = self.operand().base
            value = Amount(value.base * other if by == "×" else value.base / other)
        return value

    def operand(self) -> Amount:
        token = self.take()
        if token == "(":
            value = self.comparison()
            self.take(")")
            return value
        if token[0].isdigit():
            return self.number(float(token))
        if token == "curve":
            figure = self.take()[1:-1]
            return self.curve(figure, self.arguments()[0])
        if self.peek() == "(":
            return self.function(token, self.arguments())
        return self.named(token.strip("[]"))

    def number(self, value: float) -> Amount:
        unit = ""
        if re.fullmatch(r"%|[A-Za-z_]\w*", self.peek()) and self.peek() != "in":
            unit = self.take()
            after = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
            if self.peek() == "/" and re.fullmatch(r"[a-z]+", after):
                self.take()
                unit += "/" + self.take()
        return amount(value, unit)

    def arguments(self) -> list[Amount]:
        self.take("(")
        values = [self.comparison()]
        while self.peek() == ",":
            self.take()
            values.append(self.comparison())
        self.take(")")
        return values

    def function(self, name: str, of: list[Amount]) -> Amount:
        if name == "if":
            return of[1] if of[0].base else of[2]
        if name in ("max", "min"):
            return (max if name == "max" else min)(of, key=lambda each: each.base)
        (value,) = of
        scale = scale_of(value.unit)
        if name == "ceil":
            return Amount(math.ceil(round(value.base / scale, 9)) * scale, value.unit)
        if name == "floor":
            return Amount(math.floor(round(value.base / scale, 9)) * scale, value.unit)
        assert name == "size_on_sale", name
        return Amount(next(size for size in _SIZES_ON_SALE if size >= value.base / scale) * scale, value.unit)


def on_curve(points: list[tuple[float, float]], x: float) -> float:
    """Linear between the points, level before the first, the last slope goes on behind the last."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if x <= x1 or (x1, y1) == points[-1]:
            return y0 + (y1 - y0) / (x1 - x0) * (x - x0)
    raise AssertionError(points)
