"""Find the comments in Python code, and tell which give a reason."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_REASON = regex(
    r"\b(?:because|since|so that|so (?=\w+ \w+)|otherwise|or else|avoids|prevents|"
    r"to (?:avoid|keep|prevent|stop|make sure)|only (?:if|when|here))\b",
    re.IGNORECASE,
)
# `needs values` ends a label; `weights need the suffix .h5` and `keeps the end alive` tell an effect.
_EFFECT = regex(
    r"(?:\A|(?<=[\w)\]`'\"][ \n]))(?:needs|must|ensures|keeps|lets|saves)(?:\s+\S+){2}|"
    r"(?<=[\w)\]`'\"][ \n])(?:need|would|avoid|prevent)(?:\s+\S+){2}",
    re.IGNORECASE,
)
# `the graph drops this operation` tells an effect; `drops the last batch` says what the line does.
_CLAUSE_OF_EFFECT = regex(
    r"(?!(?:then|next|now|here|finally|first)\b)[\w.`()]+(?: [\w.`()]+){0,5} (?:fuses?|leads? to|drops?"
    r"|ignores?|clears?|groups?|overwrites?|replaces?|skips?|loses?|breaks?|fails?|blocks?|resets?|hides?"
    r"|has no effect|have no effect|is not part of|are not part of|stays?|wins?|copies|shares?"
    r"|allocates?|recomputes?|retraces?|traces|rounds?|overflows?|waits? for|runs? only)\b(?:\s+\S+){2,}",
    re.IGNORECASE,
)
# `This inserts a copy into the graph` tells what its line brings about.
_THIS_DOES = regex(
    r"This (?:adds|allows|blocks|causes|copies|disables|enables|folds|forces|freezes|frees|fuses|hides"
    r"|inserts|limits|locks|registers|replaces|shares|stops|triggers|turns|wraps)\b(?:\s+\S+){2,}"
)
_INSIDE = regex(r"\(([^()]+)\)\Z")
# `built without a head` is a label; `without the cast, the product overflows` is a reason.
_CONTRAST = regex(r"\b(?:without|instead of|rather than|before)\b", re.IGNORECASE)
# `Without dropout: the plain model` names what follows.
_LABELLED_CONTRAST = regex(
    r"(?:with|without|instead of|rather than|before)(?: [\w.()]+){1,3}:", re.IGNORECASE
)
_CLAUSE = regex(r"[,;:]\s")
_SENTENCE_WORDS = 7
"""Words from which a comment with a contrast is a sentence."""
_NUMBERED = regex(r"\d+[.)] ")
_CAPITAL = regex(r"[A-Z][a-z]|A ")
_LABEL = regex(r"[A-Z][\w-]*(?: [\w-]+){0,3}:\s")
_LABEL_WORDS = 5
"""The most words of a comment that only labels; a longer one may go on with a name."""
_LEADS_ON = regex(
    r"(?:[,:;=+(-]|\b(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|as|is|are|than|that|its?|not|when|if"
    r"|because|since|so|but|under|into|per))\Z",
    re.IGNORECASE,
)
"""Ends a line whose sentence goes on below it."""


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
    if "#" not in source:
        return
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


def joined_comments(source: str) -> Iterator[CodeComment]:
    """Yield the comments; one that goes on over several lines comes as one, at its first line."""
    waiting: CodeComment | None = None
    for comment in code_comments(source):
        if waiting and _goes_on(waiting, comment):
            waiting = CodeComment(
                waiting.line, waiting.column, f"{waiting.text}\n{comment.text}", trailing=False
            )
            continue
        if waiting:
            yield waiting
        waiting = comment
    if waiting:
        yield waiting


def reason_comments(source: str) -> Iterator[CodeComment]:
    """Yield the comments that say why; a comment of several lines comes as one, at its first line."""
    return (comment for comment in joined_comments(source) if gives_reason(comment.text))


def _goes_on(comment: CodeComment, below: CodeComment) -> bool:
    """Tell whether a comment on the next line goes on with what the one above it says."""
    is_next = below.line == comment.line + comment.text.count("\n") + 1
    if comment.trailing or below.trailing or not is_next:
        return False
    above = comment.text.rpartition("\n")[2]
    return not (_NUMBERED.match(below.text) or _begins_anew(above, below.text))


def _begins_anew(above: str, below: str) -> bool:
    """Tell whether a line of comments begins with another thing than the line above it says."""
    is_capital = _CAPITAL.match(below) or (_NUMBERED.match(above) and below[:1].isupper())
    if not is_capital or _LEADS_ON.search(above):
        return False
    if _NUMBERED.match(above):
        return True
    is_short = len(above.split()) <= _LABEL_WORDS
    return is_short or bool(_LABEL.match(below)) or above.endswith((")", "]", "'", '"'))


def gives_reason(words: str) -> bool:
    """Tell whether a comment says why its line is there, or what it brings about; others only label it."""
    if _REASON.search(words) or _EFFECT.search(words) or _tells_effect(words):
        return True
    if _LABELLED_CONTRAST.match(words):
        return False
    whole = len(words.split()) >= _SENTENCE_WORDS or bool(_CLAUSE.search(words))
    return whole and bool(_CONTRAST.search(words))


def _tells_effect(words: str) -> bool:
    """Tell whether a comment is a clause of effect, or ends in one: `Warm up (a first call traces)`."""
    inside = _INSIDE.search(words)
    clauses = (words, *([inside[1]] if inside else []))
    return bool(_THIS_DOES.match(words)) or any(_CLAUSE_OF_EFFECT.match(each) for each in clauses)


def strip_comments(source: str) -> str:
    """Return the code without comments, and without the lines that held nothing else."""
    lines = source.split("\n")
    for comment in list(code_comments(source))[::-1]:
        lines[comment.line] = lines[comment.line][: comment.column].rstrip()
        if not comment.trailing:
            del lines[comment.line]
    return "\n".join(lines).strip("\n")
