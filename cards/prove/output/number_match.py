"""Tells how a stated number stands to a captured one: the same, rounded, or another."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.prove.output.output_token import TokenKind

if TYPE_CHECKING:
    from cards.prove.output.output_token import OutputToken

_DIGITS_OF_DOUBLE = 16
"""From so many digits on Python printed a double as it is."""
_HIDING_DIGITS = 4
"""Zeros or nines behind the last place that is written, so that nobody sees that it was rounded."""
_EXACT = Context(prec=60, Emin=-99_999, Emax=99_999, traps=[])


class NumberMatch(Enum):
    """How a stated token stands to a captured one."""

    SAME = auto()
    """The same text, or the beginning of it where an ellipsis follows."""
    ROUNDED = auto()
    """The captured number, correctly rounded to the places that are written."""
    FEWER_ZEROS = auto()
    """The same number in the same notation, with fewer zeros at its end."""
    LOOKS_EXACT = auto()
    """The captured number rounded to what looks like all of it: 0.3 for 0.30000000000000004."""
    OTHER_NOTATION = auto()
    """The same or a rounded number, one with an exponent and the other without."""
    ANOTHER = auto()
    """Another number, or no number at all."""


def match_numbers(stated: OutputToken, captured: OutputToken) -> NumberMatch:
    """Return how a stated token stands to a captured one; what is no number is the same or another.

    A number with more places than were printed is another one, and so is zero for what is not zero.
    """
    if stated.text == captured.text or (stated.is_cut and captured.text.startswith(stated.text)):
        return NumberMatch.SAME
    if not stated.kind is captured.kind is TokenKind.NUMBER or stated.is_whole or captured.is_whole:
        return NumberMatch.ANOTHER
    if _sign_and_unit(stated.text) != _sign_and_unit(captured.text):
        return NumberMatch.ANOTHER
    with localcontext(_EXACT):
        return _match_decimals(stated.text.lower().rstrip("j"), captured.text.lower().rstrip("j"))


def _match_decimals(stated: str, captured: str) -> NumberMatch:
    places, captured_places = _places(stated), _places(captured)
    wanted, found = Decimal(stated), Decimal(captured)
    is_zero_for_other = not wanted and found
    # A half may go either way, as Python, numpy and people differ there.
    is_rounded = abs(wanted - found) <= Decimal((0, (5,), -places - 1))
    has_no_fraction = stated.endswith(".") != captured.endswith(".") and wanted == found
    if is_zero_for_other or places > captured_places or not is_rounded or has_no_fraction:
        return NumberMatch.ANOTHER
    if ("e" in stated) != ("e" in captured):
        return NumberMatch.OTHER_NOTATION
    if wanted != found:
        is_full = len(found.as_tuple().digits) >= _DIGITS_OF_DOUBLE
        is_near = abs(wanted - found) < Decimal((0, (1,), -places - _HIDING_DIGITS))
        is_hidden = is_near and stated == repr(float(stated))
        return NumberMatch.LOOKS_EXACT if is_full and is_hidden else NumberMatch.ROUNDED
    return NumberMatch.FEWER_ZEROS if places < captured_places else NumberMatch.OTHER_NOTATION


def _places(number: str) -> int:
    """Return how many decimal places are written; fewer than none where an exponent says so."""
    mantissa, _, exponent = number.partition("e")
    return len(mantissa.partition(".")[2]) - int(exponent or 0)


def _sign_and_unit(number: str) -> tuple[str, bool]:
    return number[0] if number[0] in "+-" else "", number.endswith("j")
