"""Read what words below code say that it prints: ``This prints `3`.`` and ``Output: 3``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.text import Style, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.text import Inline

_SAYS_OUTPUT = regex(
    r"\W*(?:(?:this|it|that|the (?:above |last )?(?:code|snippet|program|example|block|line|call|script))"
    r"\s+(?:will |would |then )?(?:prints?|outputs?)|(?:the )?(?:output|prints)\s*:)\W*",
    re.IGNORECASE,
)
"""What stands before the code that is the output."""
_ENDS = regex(
    r"\s*(?:\Z|[.,;!]|[-\u2013\u2014(]|(?:because|since|as|so|not|instead|rather)\b)", re.IGNORECASE
)
"""What stands behind it where that is all of the output."""
_LABELLED = regex(
    r"\W*(?:the )?(?:output|prints)\s*:[*_]*[ \t]+"
    r"(?P<said>-?\d+(?:\.\d+)?|True|False|None|\[[^\n]*\]|\{[^\n]*\}|'[^\n]*'|\"[^\n]*\")\s*",
    re.IGNORECASE,
)
"""A label and a value on its line, without the style of code."""


def told_output(inline: Inline) -> str:
    """Return what words say that the code above them prints; empty where they do not say it in one piece."""
    first = next((place for place, run in enumerate(inline) if run.style is Style.CODE), None)
    if first is None:
        labelled = _LABELLED.fullmatch(plain_text(inline))
        return labelled["said"] if labelled else ""
    before, behind = plain_text(inline[:first]), plain_text(inline[first + 1 :])
    return inline[first].text if _SAYS_OUTPUT.fullmatch(before) and _ENDS.match(behind) else ""
