"""Formulas as authors write them: between dollars, or between brackets with backslashes."""

from __future__ import annotations

import re
from typing import NamedTuple

from cards.regex import regex

_DELIMITERS = (("$$", "$$", True), ("\\[", "\\]", True), ("$", "$", False), ("\\(", "\\)", False))
# A command, an index or power, a relation or an operation: words of a language have none.
_TEX_SIGN = regex(r"\\[A-Za-z{},;!|\\]|[_^=<>+*/|]|-")
_TWO_WORDS = regex(r"(?<![\\A-Za-z{])[A-Za-z]{3,}[,;:]?\s+[A-Za-z]{2,}(?![A-Za-z]*[({}])")
_COMMAND_WITH_WORDS = regex(r"\\(?:text|textbf|textit|mathrm|operatorname|mbox)\*?\s*\{[^{}]*\}")
_AMOUNT = regex(r"\d[\d.,]*(?:[KkMBbm]|bn)?(?:\s|/|-|–|\)|\Z)")  # noqa: RUF001 - a dash
_REACHES_OUT = regex(
    r"\\(?:href|url|html\w*|class|cssId|style|data|require|includegraphics|def|newcommand|renewcommand|let|"
    r"mmlToken|unicode|input|special)(?![A-Za-z])"
)
_WORD_AFTER = regex(r"(?:th|st|nd|rd|s)(?![A-Za-z])|\Z|[^A-Za-z0-9]")


class Formula(NamedTuple):
    """A formula in TeX."""

    tex: str
    is_display: bool
    """Whether it stands on a line of its own."""

    @property
    def is_harmless(self) -> bool:
        """Whether it only draws: it links to nothing, loads nothing and styles nothing."""
        return not _REACHES_OUT.search(self.tex)


def formula_of(written: str) -> Formula:
    """Return the formula that a text with its delimiters writes."""
    for opening, closing, is_display in _DELIMITERS:
        if written.startswith(opening) and written.endswith(closing) and len(written) > len(opening) + 1:
            return Formula(written[len(opening) : -len(closing)].strip(), is_display)
    return Formula(written, is_display=False)


def is_dollar_formula(tex: str, before: str, after: str) -> bool:
    """Tell whether what stands between two dollars is a formula, and not money or names of a shell.

    `before` is the character before the first dollar, `after` the text behind the second.
    """
    if before.isalnum() or not _WORD_AFTER.match(after) or "\n\n" in tex:
        return False
    if not _says_formula(tex):
        return False
    return not _AMOUNT.match(tex) or (
        "\\" in tex or "^" in tex or re.fullmatch(r"[\d.,\s+\-*/=<>()]+|\d+\w?", tex) is not None
    )


def is_bracket_formula(tex: str) -> bool:
    r"""Tell whether what stands in `\(...\)` is a formula, and not words in brackets that were escaped."""
    return "\n\n" not in tex and _says_formula(tex)


def _says_formula(tex: str) -> bool:
    inner = tex.strip()
    if not inner:
        return False
    bare = _COMMAND_WITH_WORDS.sub("", inner)
    if _TWO_WORDS.search(bare):
        return "\\" in bare and len(_TWO_WORDS.findall(bare)) < 2
    return bool(_TEX_SIGN.search(inner)) or len(inner.split()) == 1 or bool(re.search(r"\d", inner))
