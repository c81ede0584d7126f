"""Classify lines with a Viterbi pass over pattern scores, numbering and open brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.recover.page.line_score import score_line
from cards.recover.page.page import LineKind
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.page.line_score import KindScores

QUESTION, HEADING, PROSE, LIST, TABLE, PYTHON, SHELL, PLAIN = LineKind
_KINDS = tuple(LineKind)

_TRANSITION_SCORES: dict[tuple[LineKind, LineKind], float] = {
    (PYTHON, PYTHON): 1.6,
    (PLAIN, PLAIN): 1.8,
    (SHELL, SHELL): 1.4,
    (PYTHON, PLAIN): -2.5,
    (PLAIN, PYTHON): -2.5,
    (PYTHON, SHELL): -1.5,
    (SHELL, PYTHON): -1.5,
    (SHELL, PLAIN): -3.0,
    (PLAIN, SHELL): -3.0,
    (LIST, LIST): 0.8,
    (TABLE, TABLE): 1.0,
    (QUESTION, QUESTION): -1.0,
    (HEADING, HEADING): -0.6,
    (PROSE, PROSE): 0.1,
    (HEADING, PROSE): 0.4,
    (QUESTION, PROSE): 0.6,
    (PROSE, LIST): 0.3,
    (HEADING, LIST): 0.2,
    (LIST, PROSE): -0.1,
    (PYTHON, QUESTION): 0.5,
    (PYTHON, HEADING): 0.0,
}
_INTO_CODE = -1.2
_OUT_OF_CODE = -0.8
_OPEN_BRACKET = 7.0
"""How much it speaks for Python that a bracket or a string of a Python line is still open."""
_LONGEST_OPEN = 60
"""Lines that a bracket may stay open."""
_NEXT_IN_SEQUENCE = 5.0


def kinds_of(texts: Sequence[str], known: Sequence[LineKind | None] | None = None) -> list[LineKind]:
    """Return the kind of each line; `known` fixes those that the page itself declares."""
    if not texts:
        return []
    scores = [score_line(text) for text in texts]
    _score_numbering(texts, scores)
    _score_open_brackets(texts, scores)
    _score_neighbours(texts, scores)
    for line, kind in enumerate(known or ()):
        if kind is not None:
            scores[line] = {other: 0.0 if other is kind else -1000.0 for other in LineKind}
    return _align_comments(texts, _best_path(scores), known)


def _align_comments(
    texts: Sequence[str], kinds: list[LineKind], known: Sequence[LineKind | None] | None
) -> list[LineKind]:
    """Give comments above code the kind of that code: shell has the same ones as Python."""
    for line in range(len(texts) - 2, -1, -1):
        free = known is None or known[line] is None
        if free and texts[line].startswith("# ") and {kinds[line], kinds[line + 1]} == {PYTHON, SHELL}:
            kinds[line] = kinds[line + 1]
    return kinds


def _transition_score(before: LineKind, after: LineKind) -> float:
    if (before, after) in _TRANSITION_SCORES:
        return _TRANSITION_SCORES[before, after]
    if before.is_code:
        return _OUT_OF_CODE
    return _INTO_CODE if after.is_code else 0.0


_TRANSITIONS = {(a, b): _transition_score(a, b) for a in LineKind for b in LineKind}


def _best_path(scores: list[KindScores]) -> list[LineKind]:
    best = dict(scores[0])
    came: list[dict[LineKind, LineKind]] = []
    for here in scores[1:]:
        back: dict[LineKind, LineKind] = {}
        now: KindScores = {}
        for kind in _KINDS:
            before = max(_KINDS, key=lambda other: best[other] + _TRANSITIONS[other, kind])
            back[kind] = before
            now[kind] = best[before] + _TRANSITIONS[before, kind] + here[kind]
        came.append(back)
        best = now
    kind = max(_KINDS, key=lambda other: best[other])
    path = [kind]
    for back in reversed(came):
        kind = back[kind]
        path.append(kind)
    return path[::-1]


_NUMBERED = regex(r"(?P<q>Q(?:uestion)?\s*)?(?P<number>\d{1,3})\s*[.:)]\s+\S", re.IGNORECASE)


def _score_numbering(texts: Sequence[str], scores: list[KindScores]) -> None:
    """Numbers that count up through the whole page number its questions; others number steps."""
    numbered = [
        (line, int(match["number"]), bool(match["q"]))
        for line, text in enumerate(texts)
        if (match := _NUMBERED.match(text))
    ]
    if any(with_q for _, _, with_q in numbered):
        for line, _, with_q in numbered:
            if not with_q:
                scores[line][QUESTION] -= 3.0
        return
    chain = _question_numbering(
        [(line, number, _looks_like_question(texts[line])) for line, number, _ in numbered]
    )
    asking = sum(_looks_like_question(texts[line]) for line in chain)
    if len(chain) >= 3 and asking >= len(chain) / 2:
        inside = set(chain)
        for line, _, _ in numbered:
            scores[line][QUESTION] += _NEXT_IN_SEQUENCE if line in inside else -2.0
    else:
        for line, _, _ in numbered:
            if not texts[line].endswith("?"):
                scores[line][QUESTION] -= 2.0
                scores[line][LIST] += 3.0


_QUESTION_START = regex(
    r"\d+\s*[.:)]\s+(?:What|How|Why|When|Where|Which|Who|Can|Could|Is|Are|Do|Does|Did|Should|Explain|Describe|"
    r"Discuss|Define|Name|List|Give|Implement|Compare|Compute|Calculate|Solve|Show|Demonstrate|Design|Write|"
    r"Provide|Outline|Illustrate|Tell|Find|Build|Create|Detail|Identify|Mention|State|Use|Walk)\b"
)


def _looks_like_question(text: str) -> bool:
    return text.endswith("?") or bool(_QUESTION_START.match(text))


def _question_numbering(numbered: list[tuple[int, int, bool]]) -> list[int]:
    """Return the lines whose numbers count up by one through the page and that ask the most."""
    best: dict[int, tuple[float, list[int]]] = {}
    for line, number, asks in numbered:
        length, lines = best.get(number - 1, (0.0, []))
        counts = asks and not (lines and line - lines[-1] < 2)
        found = (length + (1.0 if counts else 0.05), [*lines, line])
        if number not in best or found[0] > best[number][0]:
            best[number] = found
    return max(best.values(), key=lambda chain: chain[0])[1] if best else []


_TRIPLE_QUOTE = regex(r"\"\"\"|'''")
_QUOTED = regex(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|#.*$")
_ENDS_CODE = regex(r"^(?:Q\s*\d+\s*[.:)]|Q\s*:|\|.*\|$)")


def _score_open_brackets(texts: Sequence[str], scores: list[KindScores]) -> None:
    line = 0
    while line < len(texts):
        if scores[line][PYTHON] >= 2.0 and scores[line][PYTHON] > scores[line][PLAIN] - 1:
            last = _closing_line(texts, line)
            for inside in range(line + 1, last + 1):
                scores[inside][PYTHON] += _OPEN_BRACKET
            if last > line:
                scores[line][PYTHON] += 1.0
            line = max(line, last)
        line += 1


def _closing_line(texts: Sequence[str], first: int) -> int:
    """Return the line where what `first` opens is closed; `first` itself if nothing is, or never."""
    depth = 0
    quote = ""
    for line in range(first, min(len(texts), first + _LONGEST_OPEN)):
        if line > first and _ENDS_CODE.match(texts[line]):
            return first
        balance, quote = _line_balance(texts[line], quote)
        depth += balance
        if depth < 0:
            return first
        if depth == 0 and not quote:
            return line
    return first


def _line_balance(text: str, quote: str) -> tuple[int, str]:
    """Return how many more brackets a line opens than it closes, and the triple quote open behind it.

    `quote` is the triple quote that is open before the line; empty for none.
    """
    balance = 0
    while True:
        if quote:
            end = text.find(quote)
            if end < 0:
                return balance, quote
            text = text[end + 3 :]
        match = _TRIPLE_QUOTE.search(text)
        comment = _comment_start(text)
        if match is None or (0 <= comment < match.start()):
            return balance + _bracket_balance(text), ""
        balance += _bracket_balance(text[: match.start()])
        quote, text = match[0], text[match.end() :]


def _comment_start(text: str) -> int:
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", lambda match: "_" * len(match[0]), text)
    return bare.find("#")


def _bracket_balance(text: str) -> int:
    bare = _QUOTED.sub("", text)
    return sum(bare.count(mark) for mark in "([{") - sum(bare.count(mark) for mark in ")]}")


def _score_neighbours(texts: Sequence[str], scores: list[KindScores]) -> None:
    """A colon at the end announces; a backslash goes on; sections stand above questions."""
    for line in range(1, len(texts)):
        if (
            scores[line][QUESTION] > 8
            and " " in texts[line - 1]
            and not re.search(r"[=()\[\]{}#]", texts[line - 1])
        ):
            scores[line - 1][HEADING] += 1.0
        before = texts[line - 1]
        if before.endswith(" \\"):
            kind = SHELL if scores[line - 1][SHELL] > scores[line - 1][PYTHON] else PYTHON
            scores[line][kind] += 4.0
        if re.search(r"\b(?:Python|[Cc]ode|[Ii]mplementation|[Ee]xample)\b.*:$", before):
            for kind in (PYTHON, PLAIN):
                scores[line][kind] += 1.0
        if re.search(r"\b(?:[Oo]utput|[Rr]esult)s?\b.*:$", before):
            scores[line][PLAIN] += 2.0
