"""Whether a text is Markdown already or a page that was flattened, and what says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.document.fence_info import fence_info_of
from cards.python.syntax import tree_of
from cards.recover.markdown.fenced_lines import fenced_blocks, lines_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = regex(r"\s{0,3}(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?#{1,6}[ \t]+\S")
# Bullets and numbers at the margin survive in pages that lost everything else.
_MARK = regex(
    r"!?\[[^\]\n]+\]\([^)\n]+\)|\*\*[^*\s][^*\n]*\*\*|__[^_\s][^_\n]*__|(?<!`)`[^`\n]+`(?!`)"
    r"|^[ \t]{2,}(?:[-*+]|\d{1,3}[.)])[ \t]+\S|^[*+][ \t]+\S|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+"
    r"|^>|</?(?:details|summary|br|img)\b|^(?:={3,}|-{3,})$"
)
# One of these is enough.
_PLAIN_MARK = regex(
    r"\s{0,3}(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?#{2,6}[ \t]+\S|\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$"
    r"|\s*[-*+] \[[ xX]\] |\s*<(?:details|summary)\b|.*\[[^\]\n]+\]\(https?://"
)
_VALUE = r"\S*[\w\])]?[(\[{'\"].*"
_STATEMENT = regex(
    r"import [\w.]+(?: as \w+)?|from [\w.]+ import .+|(?:async )?def \w+\(.*|class \w+(?:\(.*\))?:"
    r"|for \w[\w, ]* in .+:|while .+:|(?:el)?if .+:|with .+:|try:|except\b.*:|else:|finally:"
    rf"|@[a-z_][\w.]*(?:\(.*\))?|return\b.*|[a-z_][\w.]*(?:\[[^\]]*\])? ?[-+*/]?= ?{_VALUE}"
    r"|[a-z_][\w.]*\(.*\)|>>> .*"
)
_FEWEST_MARKS = 3
_MOST_BARE_LINES = 2
"""Lines of code that Markdown may have outside every fence: slips, and formulas that look like code."""


@dataclass(frozen=True, slots=True)
class MarkdownEvidence:
    """What a text shows of being Markdown, or of having lost its markup."""

    fences: int
    """Fences that are closed."""
    open_fences: int
    is_plainly_marked: bool
    """There is a fence, a heading below the first level, a rule of a table, or another clear mark."""
    headings: int
    marks: int
    """Lines with a link, emphasis, code, a list's mark, a table's rule or a tag, outside of fences."""
    fenced_lines: int
    """Lines inside of fences."""
    bare_lines: int
    """Lines of code at the margin, outside of fences."""
    indented: int
    """Blocks of code in fences that have their indentation."""
    flattened: int
    """Those that need some and have none."""

    @property
    def is_markdown(self) -> bool:
        """Whether the text is to be left alone, as Markdown."""
        return self.has_markup and not self.lost_indentation and not self.lost_fences

    @property
    def has_markup(self) -> bool:
        """Whether there are marks of Markdown at all."""
        return self.is_plainly_marked or self.headings + self.marks >= _FEWEST_MARKS

    @property
    def lost_indentation(self) -> bool:
        """Whether more code has lost its indentation, or its end, than has it; one block may be a slip."""
        lost = self.flattened + self.open_fences
        return self.flattened > 0 and lost > max(1, self.indented)

    @property
    def lost_fences(self) -> bool:
        """Whether more code stands outside of fences than inside."""
        return self.bare_lines > max(_MOST_BARE_LINES, self.fenced_lines)

    @property
    def why(self) -> str:
        """What says which of the two it is, as a phrase."""
        if self.lost_indentation:
            return f"code in fences has lost its indentation ({self.flattened} of its blocks)"
        if self.lost_fences:
            return f"{self.bare_lines} lines of code stand outside every fence"
        if not self.has_markup:
            return "it has no marks of Markdown"
        found = (
            ("fences that close", self.fences),
            ("headings", self.headings),
            ("other lines with marks", self.marks),
        )
        return ", ".join(f"{what}: {number}" for what, number in found if number)


def markdown_evidence(text: str) -> MarkdownEvidence:
    """Return what a text shows of being Markdown; comments say nothing."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text.removeprefix("\ufeff"))
    lines, _ = lines_of(text)
    blocks = fenced_blocks(lines)
    inside = {place for block in blocks for place in range(block.opened, block.closed + block.is_closed)}
    outside = [line for place, line in enumerate(lines) if place not in inside]
    indented = flattened = 0
    for block in blocks:
        if fence_info_of(block.info).language in {"python", "py", "python3", ""}:
            is_flat = _is_flattened(lines[block.opened + 1 : block.closed])
            flattened += is_flat is True
            indented += is_flat is False
    return MarkdownEvidence(
        fences=sum(block.is_closed for block in blocks),
        open_fences=sum(not block.is_closed for block in blocks),
        is_plainly_marked=bool(blocks) or any(map(_PLAIN_MARK.match, outside)),
        headings=sum(bool(_HEADING.match(line)) for line in outside),
        marks=sum(bool(_MARK.search(line)) for line in outside),
        fenced_lines=sum(block.closed - block.opened - 1 for block in blocks),
        bare_lines=sum(bool(_STATEMENT.fullmatch(line.rstrip())) for line in outside),
        indented=indented,
        flattened=flattened,
    )


def _is_flattened(code: Sequence[str]) -> bool | None:
    """Tell whether code that needs indentation has none; None where it needs none."""
    written = [line for line in code if line.strip()]
    opens = [place for place, line in enumerate(written[:-1]) if line.rstrip().endswith(":")]
    if not opens or not all(_STATEMENT.fullmatch(written[place].strip()) for place in opens[:1]):
        return None
    margins = {len(line) - len(line.lstrip()) for line in written}
    return len(margins) == 1 and tree_of("\n".join(line.strip() for line in written)) is None
