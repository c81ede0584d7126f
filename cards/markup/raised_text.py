"""Raised and lowered text as Unicode, so that `2<sup>10</sup>` never reads 210."""

from __future__ import annotations

from cards.regex import regex

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyz",  # noqa: RUF001 - a minus sign
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvx",  # noqa: RUF001 - a minus sign
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
)
_ORDINAL = regex(r"(?:st|nd|rd|th)\Z")
_PLAIN = regex(r"\w+\Z")


def raised(text: str, before: str) -> str:
    """Return text that stands raised behind `before`: `¹⁰`, else `^...`; an ordinal's letters stay."""
    if _ORDINAL.match(text) and before[-1:].isdigit():
        return text
    return _set(text, before, _RAISED, "^")


def lowered(text: str, before: str) -> str:
    """Return text that stands lowered behind `before`: `₂`, else `_...`."""
    return _set(text, before, _LOWERED, "_")


def _set(text: str, before: str, letters: dict[int, int], sign: str) -> str:
    # A footnote's mark or small print behind a space raises nothing.
    if not text.strip() or not (before[-1:].isalnum() or before[-1:] in {")", "]", "}", "`"}):
        return text
    if all(ord(letter) in letters for letter in text):
        return text.translate(letters)
    return f"{sign}{text}" if _PLAIN.match(text) else f"{sign}({text})"
