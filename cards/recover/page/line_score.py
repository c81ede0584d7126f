"""Score a single line for each kind by patterns, words and syntax, with weights set by hand.

The weights are set by hand: read them as log odds. The neighbours have their say in line_kind.py.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cards.recover.page.page import LineKind
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

KindScores: TypeAlias = dict[LineKind, float]

QUESTION, HEADING, PROSE, LIST, TABLE, PYTHON, SHELL, PLAIN = LineKind


@dataclass(frozen=True, slots=True)
class LinePattern:
    """A pattern, and what it adds to the score of each kind."""

    pattern: re.Pattern[str]
    weights: Mapping[LineKind, float]


def _pattern(pattern: str, weights: Mapping[LineKind, float]) -> LinePattern:
    return LinePattern(re.compile(pattern), weights)


_NO_CODE = {PYTHON: -3.0, SHELL: -3.0, PLAIN: -3.0}

LINE_PATTERNS = (
    # Text.
    _pattern(r"^(?:Q\s*\d+\s*[.:)]|Question\s+\d+\b|Q\s*:)\s*\S", {QUESTION: 14, **_NO_CODE}),
    _pattern(
        r"^\d{1,3}[.)]\s+\S", {QUESTION: 2.0, LIST: 1.0, HEADING: 0.5, PYTHON: -3, SHELL: -3, PLAIN: -0.5}
    ),
    _pattern(r"[?\uff1f\u061f]$", {QUESTION: 1.0, HEADING: 0.5, PROSE: 0.5, **_NO_CODE}),
    _pattern(r"^A\s*:\s", {PROSE: 5, **_NO_CODE}),
    _pattern(r"^(?:FAQs?|Frequently Asked Questions)\b[^.]*$", {HEADING: 8, PYTHON: -4}),
    _pattern(r"\([Qq]uestions?\s+\d+\s*[-\u2013]\s*\d+\)$", {HEADING: 8, **_NO_CODE}),
    _pattern(r"^(?:EASY|MEDIUM|HARD|BASIC|ADVANCED|Easy|Medium|Hard)\b\s*:", {HEADING: 3, **_NO_CODE}),
    _pattern(r"^[-*•‣◦·–+]\s+\S", {LIST: 6, PROSE: -2, HEADING: -3}),  # noqa: RUF001 - bullets people use
    _pattern(r"^[-*•‣◦·+]\s*$", {LIST: 1, PLAIN: 1}),
    _pattern(r"^\|.*\|$", {TABLE: 9, **_NO_CODE}),
    _pattern(r"[a-z]{2,}[.!:]$", {PROSE: 1.2, HEADING: -1.2}),
    _pattern(r"^(?:[Hh]ere (?:is|are)|[Bb]elow|[Tt]he following|[Ii]n (?:this|the above))\b", {PROSE: 2.5}),
    _pattern(
        r"\b(?:is|are|was|the|of|that|which|with|you|can|this|it's|to)\b(?!\s*[=(])",
        {PROSE: 0.6, PYTHON: -0.5},
    ),
    _pattern(
        r"^(?:[\w-]+ ){0,3}(?:Example|Implementation|Usage|Explanation|Benefits|Advantages|Disadvantages|"
        r"Limitations|Considerations|Complexity|Features|Overview|Definition|Output|Conclusion)s?\b[^.]{0,40}$",
        {HEADING: 1.5},
    ),
    _pattern(r"(?<![\"'\w])\\(?:[a-z]{2,}\b|[A-Z]\w+)|(?: &|^)=.*\\\\$", {PROSE: 9, **_NO_CODE}),  # TeX
    _pattern(r"^<img\b|^\S+\?alt=", {PROSE: 6, **_NO_CODE}),
    # Python.
    _pattern(r"^(?:import [\w.]+(?: as \w+)?(?:, ?[\w.]+)*|from [\w.]+ import .+)(?:\s+#.*)?$", {PYTHON: 9}),
    _pattern(r"^(?:async )?def \w+\s*\(|^class \w+\s*(?:\([^)]*\))?:", {PYTHON: 9}),
    _pattern(r"^(?:if|for|while|with|elif|except|match|case)\b.*:(?:\s*#.*)?$", {PYTHON: 5}),
    _pattern(r"^(?:else|try|finally|except)\s*:(?:\s*#.*)?$", {PYTHON: 9}),
    _pattern(r"^(?:return|raise|yield|del|assert|global|nonlocal|await)\b", {PYTHON: 3.5, PLAIN: 1.0}),
    _pattern(r"^(?:pass|break|continue|return)$", {PYTHON: 5, PLAIN: 1.0}),
    _pattern(r"^@\w[\w.]*(?:\(.*)?$", {PYTHON: 5, PLAIN: 1.0}),
    _pattern(r"^#(?!#)(?: |[A-Za-z!])", {PYTHON: 5, SHELL: 3.5, PLAIN: 1, HEADING: -2, PROSE: -2}),
    _pattern(r"^>>> |^\.\.\. \S", {PYTHON: 8}),
    _pattern(
        r"^[A-Za-z_][\w.]*(?:\[[^\]]*\])*(?:\s*,\s*\*?[A-Za-z_][\w.\[\]]*)*\s*(?:[-+*/%|&^@]|//|\*\*|>>|<<)?=\s*[^=\s]",
        {PYTHON: 5, PLAIN: 1.5},
    ),
    _pattern(r"^[A-Za-z_]\w*\s*:\s*[A-Za-z_][\w.\[\], |]*\s*=\s*\S", {PYTHON: 5}),
    _pattern(r"^[A-Za-z_][\w.]*(?:\[[^\]]*\])?\(.*\)?,?(?:\s*#.*)?$", {PYTHON: 3, PLAIN: 1}),
    _pattern(r"^print\(", {PYTHON: 4}),
    _pattern(
        r"^[)\]}]+[,:;)\]}]*(?:\.\w+\(.*)?(?:\s*#.*)?$", {PYTHON: 4, PLAIN: 3.5, HEADING: -3, PROSE: -3}
    ),
    _pattern(r"^['\"][^'\"]*['\"]\s*:\s*\S", {PYTHON: 4, PLAIN: 1}),
    _pattern(r"^['\"].*['\"],?$", {PYTHON: 2.0, PLAIN: 0.5}),
    _pattern(r"^[\[(].*[\])],?$", {PYTHON: 2, PLAIN: 2}),
    _pattern(r"^\.\w+\(", {PYTHON: 5}),
    _pattern(r"^[a-z_]\w*=[^=\s].*,?$", {PYTHON: 3, SHELL: 0.5}),
    _pattern(r"[(\[{,\\]$", {PYTHON: 1.5, PLAIN: 1, HEADING: -2}),
    _pattern(r"^(?:r|f|b)?(?:\"\"\"|''')|(?:\"\"\"|''')$", {PYTHON: 6}),
    _pattern(r"^(?:if|elif|while) .*(?:==|!=|<=|>=|\bnot\b|\bin\b|\bis\b|\.)", {PYTHON: 1.5}),
    _pattern(r"\bself\.|\w+\.\w+\(|\w\[\w+\]|\w+\(\w*\)| == | != |\*\*|\w+_\w+", {PYTHON: 1.2, PLAIN: 0.6}),
    # Other languages.
    _pattern(r"[;{](?:\s*(?://|/\*).*)?$", {PLAIN: 3.5, PYTHON: -1}),
    _pattern(r";(?:\s*(?://|/\*).*)?$", {PLAIN: 3, PYTHON: -3, PROSE: -1}),
    _pattern(r"^\}(?:\s*(?:else|catch|finally|while)\b.*)?;?$", {PLAIN: 2}),
    _pattern(r"\)\s*(?:const\s*)?(?:throws \w+\s*)?\{$", {PLAIN: 4, PYTHON: -4}),
    _pattern(r"^(?://|/\*|\*/|\* @)", {PLAIN: 6, PYTHON: -3}),
    _pattern(
        r"^(?:public|private|protected|static|final|abstract|virtual|void|int|double|bool|boolean|char|String|"
        r"const|let|var|function|struct|interface|using|namespace|template|package|#include|std::|enum|new|"
        r"export|cout|System\.out)\b(?!.*[.!?]$)",
        {PLAIN: 4, PYTHON: -2},
    ),
    _pattern(r"^#include\b|\bstd::|\bcout\s*<<|^(?:public|private|protected):$", {PLAIN: 6, PYTHON: -4}),
    _pattern(r"^(?:class|interface|struct|enum) \w+.*\{$|^(?:class|def) \w+$", {PLAIN: 5, PYTHON: -4}),
    _pattern(r"^(?:function|procedure|algorithm|begin|end|var|then|endif|else)\b(?:[^.]*:)?$", {PLAIN: 3}),
    _pattern(
        r"^(?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|JOIN|GROUP BY|ORDER BY)\b.*[^.]$", {PLAIN: 4}
    ),
    _pattern(r"^<[/\w!][^>]*>", {PLAIN: 3}),
    # Output and drawings.
    _pattern(r"^[-+0-9.\s\[\],eE()]+$", {PLAIN: 3, HEADING: -1, PYTHON: 0.5, PROSE: -1}),
    _pattern(
        r"^\[+\s*-?[\d.]+(?:\s+-?[\d.]+)+\s*\]*$|^-?\d[\d.]*(?:\s+-?\d[\d.]*)+$", {PLAIN: 3, PYTHON: -1}
    ),
    _pattern(r"(?:->|→|=>|-->).*(?:->|→|=>|-->)", {PLAIN: 2.5, PROSE: 1.0}),
    _pattern(r"[┌┐└┘├┤│─▼▲]|^[-+|=_/\\ ]{3,}$", {PLAIN: 5, PYTHON: -3}),
    # Shell.
    _pattern(r"^\$ \S", {SHELL: 9}),
    _pattern(
        r"^(?:sudo |%|!)?(?:pip3?|apt(?:-get)?|conda|docker|git|curl|wget|npm|npx|uv|brew|kubectl|gcloud|aws|"
        r"tensorboard|saved_model_cli|bazel|python3?|chmod|mkdir|source|echo|ls|cd|export|virtualenv)\s+"
        r"(?:-{1,2}\w|[\w./~:=$-]+(?:\s|$))(?!.*[a-z]\.$)",
        {SHELL: 5, PYTHON: -1},
    ),
    _pattern(r"^-{1,2}[A-Za-z][\w-]*(?:[ =]\S.*)?$", {SHELL: 5, LIST: -4}),
    _pattern(r"^-[A-Za-z] \S.*\\?$", {SHELL: 4, LIST: -4}),
    _pattern(r" \\$", {SHELL: 3, PYTHON: 1.5}),
)

_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "vs",
        "vs.",
        "via",
        "with",
        "without",
    ]
)
_QUOTED_OR_COMMENT = regex(r"\"[^\"]*\"|'[^']*'|`[^`]*`|#.*")
# Cyrillic, Hebrew, Arabic, and what lies beyond; Python could name things so, and hardly ever does.
_LETTER_OF_PROSE = regex(r"(?=[^\W\d_])[\u0400-\U0003ffff]")
_WORD = regex(r"[(\"'“]?[^\W\d_](?:[^\W\d_]|['’-])*[)\"'”]?[.,;:!?]?\Z")  # noqa: RUF001 - quotes people type


def score_line(text: str) -> KindScores:
    """Return how much the line alone speaks for each kind."""
    scores: KindScores = dict.fromkeys(LineKind, 0.0)
    if not text:
        return scores
    scores[QUESTION] = -4.0
    scores[LIST] = -3.0
    scores[TABLE] = -4.0
    scores[SHELL] = -2.0
    scores[PLAIN] = -2.0
    for clue in LINE_PATTERNS:
        if clue.pattern.search(text):
            for kind, weight in clue.weights.items():
                scores[kind] += weight
    _score_words(text, scores)
    if _LETTER_OF_PROSE.search(_QUOTED_OR_COMMENT.sub("", text)):
        scores[PROSE] += 3.0
        scores[PYTHON] -= 6.0
    else:
        _score_syntax(text, scores)
    return scores


def _score_words(text: str, scores: KindScores) -> None:
    words = text.split()
    plain = sum(bool(_WORD.match(word)) for word in words) / max(1, len(words))
    many = len(words)
    scores[PROSE] += 3.0 * (plain - 0.6) + min(many, 20) * 0.12 - 0.8
    if many >= 7 and plain > 0.75:
        for kind in (PYTHON, SHELL, PLAIN):
            scores[kind] -= 2.5
    if many > 12:
        scores[HEADING] -= 0.35 * (many - 12)
    large = [word for word in words if word.lower() not in _FUNCTION_WORDS and word[0].isalpha()]
    titled = len(large) > 1 and all(word[0].isupper() for word in large)
    if titled and many <= 12 and not text.endswith((".", ",", ";")):
        scores[HEADING] += 3.0
        scores[PYTHON] -= 1.5
        scores[PLAIN] -= 1.0
    if text[0].isupper() or text[0].isdigit():
        short = many <= 10 and not text.endswith((".", ",", ";", ":"))
        scores[HEADING] += 2.4 * plain if short else 0.0
        scores[PROSE] += 0.6 if many > 3 else 0.0
    else:
        scores[HEADING] -= 1.5


def _score_syntax(text: str, scores: KindScores) -> None:
    """Let Python's own grammar speak where the line is a statement that does something."""
    if len(text) > 400 or text[0] in "-#|":
        return
    source = text
    if text.startswith("@"):
        source = f"{text}\ndef f(): pass"
    elif re.match(r"(?:elif|else)\b", text):
        source = f"if x: pass\n{text} pass"
    elif re.match(r"(?:except|finally)\b", text):
        source = f"try: pass\n{text} pass"
    elif re.search(r":\s*(?:#.*)?$", text):
        source = f"{text.partition(' #')[0]} pass"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    if not tree.body:
        return
    match tree.body[0]:
        case ast.AnnAssign(value=None):
            pass  # `Note: this` reads as an annotation
        case ast.Expr(value=ast.Call()):
            scores[PYTHON] += 2.5
        case ast.Expr(
            value=ast.Constant() | ast.Tuple() | ast.Name() | ast.Compare() | ast.BinOp() | ast.List()
        ):
            scores[PYTHON] += 0.3 if text[0].isupper() else 0.8
        case ast.Expr():
            scores[PYTHON] += 1.0
        case _:
            scores[PYTHON] += 3.0
