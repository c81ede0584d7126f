"""The lines of code whose comments say what they do, each with the piece that a learner can say."""

from __future__ import annotations

import ast
import re
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.commented.asked_code import MAX_ASKED, AskedCode
from cards.atomize.commented.said_piece import (
    CommentedCode,
    SaidPiece,
    is_formula,
    said_piece,
    says_shape,
)
from cards.atomize.commented.spoken_of import (
    bodies,
    decorated_below,
    first_line,
    last_line,
    node_spoken_of,
    outcome_of,
    parts_below,
)
from cards.atomize.commented.told import sort_of_told
from cards.guide.text import BLANK
from cards.language.frame import Frame
from cards.python.comments import code_comments, gives_reason, joined_comments, strip_comments
from cards.python.syntax import expression_of, nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.python.comments import CodeComment

MOST_SHOWN_LINES = 8
"""Lines of code around what is hidden."""
_LINES_ABOVE = 2
"""Lines above a line whose comment gives only its shape."""
_LEAST_WORDS = 2
_MUCH_SAID = 4
_MOST_WORDS = 14
_WORD = regex(r"[^\W\d_]{3,}")
_NAME = regex(r"[^\W\d]\w*")
_COUNT = regex(r"(?:(?:option|phase|stage|step|part|case|method|way) )?\d+[.:)]\s+", re.IGNORECASE)
_SAYS_NOTHING = regex(
    r"(?:also|same|then|look at|see|note|e\.g|i\.e|example|usage|outputs?|results?|prints?|returns?|todo|like"
    r"|here|this|these|that|it|now|again|as above|or|and|but|typically|usually)\b"
    r"|.*(?:->|=>|\s=\s|==|\.\.\.)|[^\w\[(\"'`]",
    re.IGNORECASE,
)
_LEANS = regex(r"\b(?:it|its|this|that|these|those|them|their|above|below)\b", re.IGNORECASE)
_FORMULA = regex(r"(?<=\w):\s\S+ = .*")
"""Behind what a comment says: `Scale the rate: RATE = base * replicas`."""
_INSIDE = regex(r"(?P<label>[^():]+)(?:\((?:for \w+: )?(?P<inside>[^()]+)\)|:\s+(?P<behind>.+))\s*\Z")


class _Line(NamedTuple):
    """A comment with the piece of code that it tells of."""

    comment: CodeComment
    words: str
    """What the card shows of it."""
    piece: SaidPiece
    window: tuple[int, int]
    """The first and last line that the card shows, from 1."""
    told_above: int
    """The line above which the card shows a comment that stands on lines of its own."""


def said_lines(source: str, title: str) -> list[AskedCode]:
    """Return the lines of a block whose comments say what they do, the best of them, in their order.

    None is said by its comment or by the question's `title`.
    """
    tree = tree_of(source)
    if tree is None:
        return []
    lines = tuple(source.split("\n"))
    found = [line for comment in joined_comments(source) if (line := _line_of(comment, tree, lines, title))]
    return [_asked(line, lines) for line in _best_lines(found, lines)]


def _asked(line: _Line, lines: tuple[str, ...]) -> AskedCode:
    number, piece = line.piece.line, line.piece.text
    written = strip_comments(lines[number - 1]).strip()
    return AskedCode(Frame.SAID_LINE, line.words, _shown(line, lines), piece, written, (number, number))


def _line_of(comment: CodeComment, tree: ast.Module, lines: tuple[str, ...], title: str) -> _Line | None:
    text = _says_of_code(comment)
    if not text:
        return None
    spoken_of = node_spoken_of(comment, text, tree, lines)
    found = _line_of_node(spoken_of, comment, tree, lines, title) if spoken_of else None
    decorated = None if found else decorated_below(comment, text, tree, lines)
    return _line_of_node(decorated, comment, tree, lines, title) if decorated else found


def _line_of_node(
    node: ast.AST, comment: CodeComment, tree: ast.Module, lines: tuple[str, ...], title: str
) -> _Line | None:
    """Return what a comment says of a part of the code, with what of it is hidden; None for nothing."""
    for words in _ways_to_say(_says_of_code(comment)):
        code = CommentedCode(node, words, tree, lines, says_shape(words), comment.trailing)
        if _tells(words) and (piece := said_piece(code, title)):
            line = _line_with(piece, code, comment)
            if line and code.yields and _names_unseen(line, lines):
                code = code._replace(is_bare=True)
                piece = said_piece(code, title)
                line = _line_with(piece, code, comment) if piece else None
            return line
    return None


def _line_with(piece: SaidPiece, code: CommentedCode, comment: CodeComment) -> _Line | None:
    """Return a piece with the code around it; None where the comment does not stand at it, or shows it."""
    if not _is_right_below(piece, comment):
        return None
    is_outcome = not comment.trailing and outcome_of(parts_below(comment, code.tree, code.lines)) is code.node
    if is_formula(code.node) and not is_outcome:
        return None
    wide = _window(piece, code.tree, with_lines_above=code.yields or is_outcome)
    above = wide[0] if is_outcome else first_line(piece.node)
    ways = [_Line(comment, code.words, piece, each, above) for each in (wide, (piece.line, piece.line))]
    return next((way for way in ways if piece.text not in _shown(way, code.lines)), None)


def _names_unseen(line: _Line, lines: tuple[str, ...]) -> bool:
    """Tell whether a hidden piece is made of names of which the card shows none."""
    hidden = expression_of(line.piece.text)
    names = {node.id for node in nodes_in(hidden) if isinstance(node, ast.Name)} if hidden else set()
    shown = set(_NAME.findall(_shown(line, lines)))
    return bool(names) and not names & shown


def says_what_is_done(comment: CodeComment) -> str:
    """Return the words of a comment that says what its code does; empty for one that says too little."""
    text = _says_of_code(comment)
    return text if text and not says_shape(text) and tells_purpose(text) else ""


def tells_purpose(words: str) -> bool:
    """Tell whether words above code say alone what it is for; not a remark, a question or a way in."""
    says_enough = _tells(words) and not _SAYS_NOTHING.match(words)
    return says_enough and not _LEANS.search(words) and not words.endswith(("?", ":", "..."))


def _says_of_code(comment: CodeComment) -> str:
    """Return the words of a comment; empty for code, a reason, and what is told beside the code."""
    text = _FORMULA.sub("", _COUNT.sub("", " ".join(comment.text.split())))
    is_code = tree_of(text) is not None and not says_shape(text)
    is_told = not comment.trailing and sort_of_told(" ".join(comment.text.split())) is not None
    return "" if is_code or is_told or gives_reason(comment.text) or _SAYS_NOTHING.match(text) else text


def _is_right_below(piece: SaidPiece, comment: CodeComment) -> bool:
    """Tell whether a piece stands beside its comment, or on the first line of what stands below it."""
    return comment.trailing or piece.line == first_line(piece.node) or piece.is_argument


def _ways_to_say(text: str) -> list[str]:
    """Return a comment, and what it says behind its label: `Dropout (drops whole channels)`."""
    found = _INSIDE.match(text)
    behind = (found["inside"] or found["behind"]) if found else ""
    return [text, behind] if behind else [text]


def _tells(words: str) -> bool:
    """Tell whether a comment says enough of a line that one can say the line."""
    if says_shape(words):
        return True
    count = len(_WORD.findall(words))
    return count >= _LEAST_WORDS and len(words.split()) <= _MOST_WORDS and not _SAYS_NOTHING.match(words)


def _window(piece: SaidPiece, tree: ast.Module, *, with_lines_above: bool) -> tuple[int, int]:
    """Return the first and last line of the widest code around a piece that a card can show."""
    widest = (piece.line, piece.line)
    if isinstance(piece.node, ast.FunctionDef):
        widest = (piece.line, max(piece.line, piece.node.lineno))
    for node in nodes_in(tree):
        if not isinstance(node, ast.stmt | ast.expr) or isinstance(
            node, ast.For | ast.While | ast.If | ast.Try
        ):
            continue
        around = (first_line(node), last_line(node))
        height = around[1] - around[0] + 1
        is_around = around[0] <= piece.line <= around[1]
        if is_around and height <= MOST_SHOWN_LINES and height > widest[1] - widest[0] + 1:
            widest = around
    if with_lines_above and widest[0] == widest[1]:
        return (_first_above(piece, tree), piece.line)
    return widest


def _first_above(piece: SaidPiece, tree: ast.Module) -> int:
    """Return the line of the second statement of one line above a piece, or of what stands there of them."""
    first = piece.line
    for body in bodies(tree):
        if piece.node in body:
            for each in reversed(body[: body.index(piece.node)][-_LINES_ABOVE:]):
                if first_line(each) != last_line(each):
                    break
                first = first_line(each)
    return first


def _weight(line: _Line) -> tuple[bool, int, int]:
    """Return what sorts the lines to ask for first: beside their code, by how much their comments say."""
    return not line.comment.trailing, -min(len(line.words.split()), _MUCH_SAID), line.comment.line


def _best_lines(found: Sequence[_Line], lines: tuple[str, ...]) -> list[_Line]:
    """Return the lines to ask for in their order: none shows what another asks, those beside code first."""
    chosen: list[_Line] = []
    for line in sorted(found, key=_weight):
        is_apart = all(
            other.piece.text not in _shown(line, lines)
            and line.piece.text not in _shown(other, lines)
            and line.words != other.words
            and line.piece.name != other.piece.name
            for other in chosen
        )
        if is_apart and len(chosen) < MAX_ASKED:
            chosen.append(line)
    return sorted(chosen, key=lambda each: each.comment.line)


def _shown(line: _Line, lines: tuple[str, ...]) -> str:
    """Return the code that a card shows: the piece hidden, no comment but the one that tells of it."""
    first, last = line.window
    comments = {each.line: each for each in code_comments("\n".join(lines))}
    shown: list[str] = []
    for place in range(first - 1, last):
        comment = comments.get(place)
        if comment and not comment.trailing:
            continue
        text = lines[place][: comment.column].rstrip() if comment else lines[place]
        if place == line.told_above - 1 and not line.comment.trailing:
            shown.append(f"{text[: len(text) - len(text.lstrip())]}# {line.words}")
        if place == line.piece.line - 1:
            text = f"{text[: line.piece.start]}{BLANK}{text[line.piece.end :]}"
            text += f"  # {line.words}" if line.comment.trailing else ""
        if text.strip():
            shown.append(text)
    return dedent("\n".join(shown))
