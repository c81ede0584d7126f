"""Compares a guide's stated output with what the code printed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

TOLERANCE = 1e-3
"""Relative and absolute difference allowed between numbers, where the author names no other."""

RELATIVE_NOISE = 1e-6
"""Of the largest number in sight; in single precision the order of a sum makes about so much."""

_TIMING = re.compile(r"\b\d+(?:\.\d+)?\s?(?:[mµun]?s|sec|seconds|minutes)(?:/(?:step|epoch|sample))?\b")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b|\bid=\d{6,}\b")
_TOKEN = re.compile(
    r"(?P<anything>\.\.\.|…)"
    r"|(?P<number>(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?(?![\w]))"
    r"|(?P<word>\w+)|(?P<mark>[^\w\s])"
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    number: float | None = None
    is_whole: bool = False


class _Tolerance(NamedTuple):
    relative: float
    absolute: float


_ANYTHING = _Token("...")


def agree(stated: str, captured: str, tolerance: float | None = None) -> bool:
    """Whether output agrees with a stated text: numbers within a tolerance, `...` anything, no spacing."""
    return _agree(stated, captured, TOLERANCE if tolerance is None else tolerance)


def agree_as_runs(one: str, other: str, tolerance: float | None = None) -> bool:
    """Whether two runs printed alike: compared by `agree`, but a small number does not agree with zero.

    Beside far larger numbers it does: the order in which numbers are added makes that difference.
    """
    if tolerance is not None:
        return _agree(one, other, tolerance)
    numbers = [token.number for token in _tokens(_without_volatile_parts(one)) if token.number is not None]
    return _agree(one, other, TOLERANCE, noise_level(numbers))


def prints_alike(one: str, other: str) -> bool:
    """Whether two outputs are the same text, addresses and times apart."""
    return _without_volatile_parts(one) == _without_volatile_parts(other)


def noise_level(numbers: Iterable[float]) -> float:
    """Return the difference that summing such numbers in another order can make."""
    return RELATIVE_NOISE * max((abs(number) for number in numbers if math.isfinite(number)), default=0.0)


def _agree(stated: str, captured: str, relative: float, absolute: float | None = None) -> bool:
    wanted, found = _without_volatile_parts(stated), _without_volatile_parts(captured)
    if wanted == found:
        return True
    limits = _Tolerance(relative, relative if absolute is None else absolute)
    tokens = _tokens(found)
    segments: list[list[_Token]] = [[]]
    for token in _tokens(wanted):
        if token is _ANYTHING:
            segments.append([])
        else:
            segments[-1].append(token)
    # numpy and TensorFlow print "..." themselves for long arrays; it then stands for itself too.
    return _segments_match(segments, tokens, limits)


def _segments_match(segments: list[list[_Token]], tokens: list[_Token], allowed: _Tolerance) -> bool:
    first, *rest = segments
    if not rest:
        return _tokens_agree(first, tokens, allowed)
    if not _tokens_agree(first, tokens[: len(first)], allowed):
        return False
    position = len(first)
    *middle, last = rest
    for segment in middle:
        while not _tokens_agree(segment, tokens[position : position + len(segment)], allowed):
            position += 1
            if position + len(segment) > len(tokens):
                return False
        position += len(segment)
    end = len(tokens) - len(last)
    return end >= position and _tokens_agree(last, tokens[end:], allowed)


def _tokens_agree(wanted: list[_Token], found: list[_Token], allowed: _Tolerance) -> bool:
    return len(wanted) == len(found) and all(
        _token_agrees(one, other, allowed) for one, other in zip(wanted, found, strict=True)
    )


def _token_agrees(wanted: _Token, found: _Token, allowed: _Tolerance) -> bool:
    if wanted.text == found.text:
        return True
    if wanted.number is None or found.number is None:
        return False
    # Whole numbers are counts and shapes, which are right or wrong.
    if wanted.is_whole and found.is_whole:
        return wanted.number == found.number
    return math.isclose(
        wanted.number,
        found.number,
        rel_tol=0.0,
        abs_tol=allowed.absolute + allowed.relative * abs(found.number),
    )


def _without_volatile_parts(text: str) -> str:
    text = _ADDRESS.sub("0x", text)
    text = _TIMING.sub("0s", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        if match["anything"]:
            tokens.append(_ANYTHING)
        elif match["number"]:
            whole = not any(mark in match["number"] for mark in ".eE")
            tokens.append(_Token(match["number"], float(match["number"]), whole))
        else:
            tokens.append(_Token(match[0]))
    return tokens


def differ_only_in_numbers(claim: str, shown: str) -> bool:
    """Whether two texts contain numbers and are alike in everything else."""
    wanted, found = _tokens(_without_volatile_parts(claim)), _tokens(_without_volatile_parts(shown))
    return (
        len(wanted) == len(found)
        and any(token.number is not None for token in wanted)
        and all(
            one.text == other.text or (one.number is not None and other.number is not None)
            for one, other in zip(wanted, found, strict=True)
        )
    )


def agree_when_rounded(claim: str, shown: str) -> bool:
    """Whether two texts are alike once each number is rounded to as many places as the claim has."""
    wanted, found = _tokens(_without_volatile_parts(claim)), _tokens(_without_volatile_parts(shown))
    return len(wanted) == len(found) and all(
        one.text == other.text or _rounded_alike(one, other) for one, other in zip(wanted, found, strict=True)
    )


def _rounded_alike(wanted: _Token, found: _Token) -> bool:
    if wanted.number is None or found.number is None or (wanted.is_whole and found.is_whole):
        return False
    mantissa, _, exponent = wanted.text.lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return abs(wanted.number - found.number) <= 0.5 * 10.0**-places * (1 + 1e-9)
