"""Find the comments in Python code, and tell which give a reason."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_REASON = re.compile(
    r"\b(?:because|since|so that|so (?=\w+ \w+)|otherwise|or else|avoids|prevents|"
    r"to (?:avoid|keep|prevent|stop|make sure)|only (?:if|when|here))\b",
    re.IGNORECASE,
)
# `needs values` ends a label; `weights need the suffix .h5` and `keeps the end alive` tell an effect.
_EFFECT = re.compile(
    r"(?:\A|(?<=[\w)\]`'\"][ \n]))(?:needs|must|ensures|keeps|lets|saves)(?:\s+\S+){2}|"
    r"(?<=[\w)\]`'\"][ \n])(?:need|would|avoid|prevent)(?:\s+\S+){2}",
    re.IGNORECASE,
)
# `the graph drops this operation` tells an effect; `drops the last batch` says what the line does.
_CLAUSE_OF_EFFECT = re.compile(
    r"(?!(?:then|next|now|here|finally|first)\b)[\w.`()]+(?: [\w.`()]+){0,5} (?:fuses?|leads? to|drops?"
    r"|ignores?|clears?|groups?|overwrites?|replaces?|skips?|loses?|breaks?|fails?|blocks?|resets?|hides?"
    r"|has no effect|have no effect|is not part of|are not part of|stays?|wins?|copies|shares?"
    r"|allocates?|recomputes?|retraces?|rounds?|overflows?|waits? for|runs? only)\b(?:\s+\S+){2,}",
    re.IGNORECASE,
)
# `built without a head` is a label; `without the cast, the product overflows` is a reason.
_CONTRAST = re.compile(r"\b(?:without|instead of|rather than|before)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s")
_SENTENCE_WORDS = 7
"""Words from which a comment with a contrast is a sentence."""


@dataclass(frozen=True, slots=True)
class CodeComment:
    """A comment in code."""

    line: int
    """0-based, within the source."""
    column: int
    text: str
    """Without `#` and the white space after it."""
    trailing: bool
    """Code stands before it on its line."""


def code_comments(source: str) -> Iterator[CodeComment]:
    """Yield the comments of Python code; none where it does not tokenise."""
    lines = source.split("\n")
    try:
        found = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in found:
        if token.type == tokenize.COMMENT:
            line, column = token.start[0] - 1, token.start[1]
            yield CodeComment(
                line, column, token.string.lstrip("#").strip(), bool(lines[line][:column].strip())
            )


def reason_comments(source: str) -> Iterator[CodeComment]:
    """Yield the comments that say why; a comment of several lines comes as one, at its first line."""
    waiting: CodeComment | None = None
    for comment in code_comments(source):
        if (
            waiting
            and not (waiting.trailing or comment.trailing)
            and comment.line == waiting.line + waiting.text.count("\n") + 1
        ):
            waiting = CodeComment(
                waiting.line, waiting.column, f"{waiting.text}\n{comment.text}", trailing=False
            )
            continue
        if waiting and gives_reason(waiting.text):
            yield waiting
        waiting = comment
    if waiting and gives_reason(waiting.text):
        yield waiting


def gives_reason(words: str) -> bool:
    """Tell whether a comment says why its line is there, or what it brings about; others only label it."""
    if _REASON.search(words) or _EFFECT.search(words) or _CLAUSE_OF_EFFECT.match(words):
        return True
    whole = len(words.split()) >= _SENTENCE_WORDS or bool(_CLAUSE.search(words))
    return whole and bool(_CONTRAST.search(words))


def strip_comments(source: str) -> str:
    """Return the code without comments, and without the lines that held nothing else."""
    lines = source.split("\n")
    for comment in list(code_comments(source))[::-1]:
        lines[comment.line] = lines[comment.line][: comment.column].rstrip()
        if not comment.trailing:
            del lines[comment.line]
    return "\n".join(lines).strip("\n")
