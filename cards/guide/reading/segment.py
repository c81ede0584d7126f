"""A guide's text cut at its headings into segments that can be parsed one by one.

Parsed alone, a segment gives what it gives within the whole text, as long as it leaves no code block and no
comment open; parsing one that does gives a problem. A text in which a line may change how a line far away
is parsed is one segment.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

# Link reference definitions count everywhere; these kinds of raw HTML, and hidden lines, go on through
# blank lines and headings.
_NEEDS_WHOLE_TEXT = regex(
    r"^[ \t>*+\-\d.)]*(?:\[(?:[^\[\]\\\n]|\\[\s\S]|\n(?!\n))*\]:"
    r"|<(?:script|pre|style|textarea|\?|![A-Za-z\[])|%%[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
# Each line is looked at where it begins, behind the line feed; only a comment may begin anywhere.
# A heading whose mark says that it stands within a `<details>`, or ends one (`form`), is no place to cut.
_BOUNDARY = regex(
    r"\n(?:(?P<heading>(?<=\n\n)(?=\#{1,6}[ \t](?![ \t]*[\ufdd1\ufdd2])))"
    r"|[ \t>*+\-\d.)]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>.*))|(?P<comment><!--|-->)",
    re.MULTILINE,
)


class Segment(NamedTuple):
    """Lines that can be parsed alone."""

    lines_before: int
    """How many lines stand before them."""
    text: str

    @property
    def digest(self) -> str:
        """The digest of the lines' text, wherever they stand."""
        return digest_of(self.text)


def digest_of(*values: object) -> str:
    """Return a digest of texts, numbers and tuples of them."""
    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def segments(text: str) -> Iterator[Segment]:
    """Yield the segments of a text without front matter, in order; together they are the text."""
    start, line = 0, 0
    for end in (*_segment_starts(text), len(text)):
        yield Segment(line, text[start:end])
        line += text.count("\n", start, end)
        start = end


def _segment_starts(text: str) -> Iterator[int]:
    """Yield where headings begin that stand below a blank line, in no code block and in no comment."""
    if _NEEDS_WHOLE_TEXT.search(text):
        return
    fence, in_comment = "", False
    for boundary in _BOUNDARY.finditer(f"\n{text}"):
        if boundary["fence"] and not in_comment:
            if not fence:
                fence = boundary["fence"]
            elif boundary["fence"].startswith(fence) and not boundary["info"].strip():
                fence = ""
        elif fence:
            continue
        elif boundary["comment"]:
            in_comment = boundary["comment"] == "<!--"
        elif not in_comment:
            yield boundary.start()
