"""Cards about a part of a block that is too long to be shown: one print, with the statements it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.atomize.code import is_too_long, predict_draft, refuse_output
from cards.atomize.needed_statements import ShownCode, slice_at
from cards.atomize.question_context import NoCard
from cards.python.comments import strip_comments
from cards.python.effects import printing_names
from cards.python.reads import called_names
from cards.python.syntax import DEFINITIONS, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.code import ShownSnippet
    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.exercise.measurement import PrintedStatement
    from cards.program.snippet import Snippet

MAX_SLICES = 2
"""The most prints of one block that are asked for."""


class _Slice(NamedTuple):
    """A print that may be asked for, with what it builds on."""

    printed: PrintedStatement
    code: ShownCode


def slice_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the cards of a block too long to be shown: a print and what it builds on -> what it prints."""
    if not is_too_long(shown.snippet, context):
        return []
    slices = [found for each in shown.prints if (found := _slice_of(each, shown, context))]
    best = sorted(slices, key=_telling, reverse=True)[:MAX_SLICES]
    return [_slice_card(each, shown, context) for each in slices if each in best]


def sliced_lines(snippet: Snippet, context: QuestionContext) -> tuple[int, ...]:
    """Return the lines of a block's prints that could be asked for, where the block itself is too long."""
    tree = tree_of(snippet.source)
    if tree is None or not is_too_long(snippet, context) or snippet.directives.no_output:
        return ()
    others = [tree_of(other.source) for other in context.question.snippets]
    prints = printing_names([node for other in others for node in (other.body if other else ())])
    lines = [
        node.lineno for node in tree.body if not isinstance(node, DEFINITIONS) and called_names(node) & prints
    ]
    return tuple(line for line in lines if _can_be_asked(slice_at(snippet, line, context)))


def _can_be_asked(code: ShownCode | NoCard) -> bool:
    """Tell whether a print may be asked for: it builds on more than imports, and all of that is shown."""
    return (
        isinstance(code, ShownCode)
        and not code.missing
        and any(not each.startswith(("import ", "from ")) for each in code.needed)
    )


def _slice_of(printed: PrintedStatement, shown: ShownSnippet, context: QuestionContext) -> _Slice | None:
    code = slice_at(shown.snippet, printed.line, context)
    if isinstance(code, NoCard) or refuse_output(printed.text) or not _can_be_asked(code):
        return None
    return _Slice(printed, code)


def _telling(found: _Slice) -> tuple[bool, int, int]:
    """Return how telling a print is: its output stands not in its code, which has many statements."""
    is_new = not all(word in found.code.source for word in found.printed.text.split())
    return is_new, len(found.code.needed), found.printed.line


def _slice_card(found: _Slice, shown: ShownSnippet, context: QuestionContext) -> CardOrReason:
    cue = " ".join(strip_comments(found.code.part).split())
    return predict_draft(cue, found.code, found.printed.text, shown, context)
