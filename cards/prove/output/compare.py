"""Compares a guide's stated output with what the code printed, and what two runs of the code printed.

A stated output is what was printed, its numbers rounded as the author chose; `...` stands for anything.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from cards.prove.output.number_match import NumberMatch, match_numbers
from cards.prove.output.output_token import (
    OutputToken,
    TokenKind,
    output_tokens,
    visible_text,
    without_padding,
    without_spaces,
    without_volatile_parts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

TOLERANCE = 1e-3
"""Relative and absolute difference allowed between the numbers of two runs."""

RELATIVE_NOISE = 1e-6
"""Of the largest number in sight; in single precision the order of a sum makes about so much."""

_TokensAgree: TypeAlias = "Callable[[OutputToken, OutputToken], bool]"
_Pairs: TypeAlias = "list[tuple[OutputToken, OutputToken]]"

_ALIKE = frozenset({NumberMatch.SAME})
_ROUNDED = _ALIKE | {NumberMatch.ROUNDED, NumberMatch.FEWER_ZEROS}
_PRECISE = _ROUNDED | {NumberMatch.LOOKS_EXACT, NumberMatch.OTHER_NOTATION}


def agree(stated: str, captured: str, tolerance: float | None = None) -> bool:
    """Whether captured output is what is stated: to the precision that is written, or within a tolerance."""
    wanted, found = without_volatile_parts(stated), without_volatile_parts(captured)
    if wanted == found or _tokens_alike(wanted, found) or _is_rounding(wanted, found, _PRECISE):
        return True
    if tolerance is None:
        return False
    is_precise, within = _is_one_of(_PRECISE), _within(tolerance, tolerance)
    pairs = _align(_relaxed(wanted), _relaxed(found), lambda *pair: is_precise(*pair) or within(*pair))
    return pairs is not None


def is_rounding(stated: str, captured: str) -> bool:
    """Whether a stated text is the captured one but for rounded numbers, `...`, addresses and timings."""
    wanted, found = without_volatile_parts(stated), without_volatile_parts(captured)
    return wanted == found or _tokens_alike(wanted, found) or _is_rounding(wanted, found, _ROUNDED)


def text_to_show(stated: str, captured: str) -> str:
    """Return the captured text, its numbers rounded as in the stated text where that is all that differs."""
    wanted, found = visible_text(stated), visible_text(captured)
    return stated if not has_ellipsis(stated) and _is_rounding(wanted, found, _ROUNDED) else captured


def has_ellipsis(text: str) -> bool:
    """Whether something is left open in a stated text, or an array was printed in part."""
    return any(token.kind is TokenKind.ANYTHING for token in output_tokens(text))


def has_volatile_parts(text: str) -> bool:
    """Whether a text has addresses or timings, which are others in each run."""
    return without_volatile_parts(text) != visible_text(text)


def agree_as_runs(one: str, other: str, tolerance: float | None = None) -> bool:
    """Whether two runs printed alike: numbers within a tolerance, whatever the spacing.

    A small number does not agree with zero, but beside far larger numbers it does: the order in which numbers
    are added makes that difference.
    """
    wanted, found = (without_spaces(output_tokens(without_volatile_parts(text))) for text in (one, other))
    if tolerance is not None:
        within = _within(tolerance, tolerance)
    else:
        numbers = (token.number for token in wanted)
        within = _within(TOLERANCE, noise_level(number for number in numbers if number is not None))
    # Here dots are what was printed.
    return one == other or (
        len(wanted) == len(found) and all(within(*pair) for pair in zip(wanted, found, strict=True))
    )


def prints_alike(one: str, other: str) -> bool:
    """Whether two outputs are the same text, addresses and times apart."""
    return without_volatile_parts(one) == without_volatile_parts(other)


def noise_level(numbers: Iterable[float]) -> float:
    """Return the difference that summing such numbers in another order can make."""
    return RELATIVE_NOISE * max((abs(number) for number in numbers if math.isfinite(number)), default=0.0)


def differ_only_in_numbers(claim: str, shown: str) -> bool:
    """Whether two texts contain numbers and are alike in everything else but spaces."""
    wanted, found = (without_spaces(output_tokens(without_volatile_parts(text))) for text in (claim, shown))
    return (
        len(wanted) == len(found)
        and any(token.kind is TokenKind.NUMBER for token in wanted)
        and all(
            one.text == other.text or one.kind is other.kind is TokenKind.NUMBER
            for one, other in zip(wanted, found, strict=True)
        )
    )


def _tokens_alike(wanted: str, found: str) -> bool:
    """Tell whether every token is the same, an ellipsis standing for any."""
    return _align(output_tokens(wanted), output_tokens(found), _is_one_of(_ALIKE)) is not None


def _is_rounding(wanted: str, found: str, allowed: frozenset[NumberMatch]) -> bool:
    """Tell whether the texts differ in numbers that are rounded, and in nothing else.

    Fewer zeros at the end of a number are another text (2.1 for 2.10), unless others beside it are rounded.
    """
    pairs = _align(_relaxed(wanted), _relaxed(found), _is_one_of(allowed))
    matches = {match_numbers(*pair) for pair in pairs or ()}
    if NumberMatch.FEWER_ZEROS in matches:
        return NumberMatch.ROUNDED in matches
    return bool(matches - _ALIKE)


def _relaxed(text: str) -> list[OutputToken]:
    return without_padding(output_tokens(text))


def _is_one_of(allowed: frozenset[NumberMatch]) -> _TokensAgree:
    return lambda wanted, found: match_numbers(wanted, found) in allowed


def _within(relative: float, absolute: float) -> _TokensAgree:
    def agree_within(wanted: OutputToken, found: OutputToken) -> bool:
        if wanted.text == found.text:
            return True
        one, other = wanted.number, found.number
        # Whole numbers are counts and shapes, which are right or wrong.
        if one is None or other is None or (wanted.is_whole and found.is_whole):
            return False
        return math.isclose(one, other, rel_tol=0.0, abs_tol=absolute + relative * abs(other))

    return agree_within


def _align(wanted: list[OutputToken], found: list[OutputToken], agrees: _TokensAgree) -> _Pairs | None:
    """Return the pairs of tokens that stand for each other; None where the texts do not agree.

    What an ellipsis stands for is in no pair: any tokens, or none, with the spaces around it.
    """
    first, *rest = _segments(wanted)
    pairs = _pairs(first, found[: len(first)] if rest else found, agrees)
    position = len(first)
    for place, segment in enumerate(rest):
        if pairs is None:
            return None
        if place == len(rest) - 1:
            end = len(found) - len(segment)
            more = _pairs(segment, found[end:], agrees) if end >= position else None
        else:
            more, position = _first_match(segment, found, position, agrees)
        pairs = None if more is None else pairs + more
    return pairs


def _first_match(
    segment: Sequence[OutputToken], found: Sequence[OutputToken], position: int, agrees: _TokensAgree
) -> tuple[_Pairs | None, int]:
    """Return the pairs of the first place from `position` on where a segment agrees, and where it ends."""
    for start in range(position, len(found) - len(segment) + 1):
        if (pairs := _pairs(segment, found[start : start + len(segment)], agrees)) is not None:
            return pairs, start + len(segment)
    return None, position


def _segments(tokens: list[OutputToken]) -> list[list[OutputToken]]:
    """Return what stands between the ellipses."""
    segments: list[list[OutputToken]] = [[]]
    for token in tokens:
        if token.kind is TokenKind.ANYTHING:
            segments.append([])
        else:
            segments[-1].append(token)
    last = len(segments) - 1
    return [
        _without_outer_spaces(segment, start=place > 0, end=place < last)
        for place, segment in enumerate(segments)
    ]


def _without_outer_spaces(segment: list[OutputToken], *, start: bool, end: bool) -> list[OutputToken]:
    spaces = {TokenKind.SPACE, TokenKind.INDENT, TokenKind.LINE}
    first, last = 0, len(segment)
    while start and first < last and segment[first].kind in spaces:
        first += 1
    while end and first < last and segment[last - 1].kind in spaces:
        last -= 1
    return segment[first:last]


def _pairs(
    wanted: Sequence[OutputToken], found: Sequence[OutputToken], agrees: _TokensAgree
) -> _Pairs | None:
    """Return the tokens side by side; None where they are not as many, or two of them do not agree."""
    if len(wanted) != len(found):
        return None
    pairs = list(zip(wanted, found, strict=True))
    return pairs if all(agrees(*pair) for pair in pairs) else None
