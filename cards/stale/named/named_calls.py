"""Find the calls that a question's words name although they are gone: prose, tables, comments in code."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple, assert_never

from cards.guide.block import (
    Block,
    Code,
    FollowUp,
    Item,
    Listing,
    Other,
    Picture,
    Prose,
    Subheading,
    Table,
    words_of,
)
from cards.guide.text import plain_text
from cards.program.snippet import KerasFlavour
from cards.python.comments import code_comments
from cards.python.syntax import tree_of
from cards.stale.said_gone import speaks_of_old
from cards.stale.words_search import gone_calls_in_words, names_a_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cards.guide.guide import Question
    from cards.span import Span
    from cards.stale.api_change import ApiChange


class NamedGone(NamedTuple):
    """A place where a guide names what is gone as if it were there."""

    path: str
    line: int
    """The first line of what names it, unless `exact_lines` has found the one."""
    change: ApiChange
    last: int = 0
    """The last line of what names it."""

    @property
    def sentence(self) -> str:
        """For the author: what is named, and what to write or say."""
        return (
            f"`{self.change.old}` is gone, and nothing here says so. {self.change.advice} "
            "Or say that it is gone."
        )


def gone_calls_named(question: Question) -> tuple[NamedGone, ...]:
    """Return where the words of a question name calls that are gone, in the order of their lines."""
    found: list[NamedGone] = []
    above = f"{question.section}\n{question.title}"
    intro = ""
    answer = "\n".join(words_of(each) for each in question.blocks if not isinstance(each, Picture | Other))
    title = list(gone_calls_in_words(question.title, question.section))
    if title and not speaks_of_old(answer):
        found += [NamedGone(question.span.path, question.span.first, call.change) for call in title]
    if not (found or names_a_call(answer)):
        return ()
    unjudged = {
        snippet.span.first
        for snippet in question.snippets
        if snippet.is_old
        or snippet.directives.raises
        or snippet.directives.no_run
        or snippet.directives.skip
        or snippet.directives.keras is KerasFlavour.KERAS_2
    }
    for block in question.blocks:
        if isinstance(block, Code) and block.span.first in unjudged:
            continue
        for words, around, span in _units(block, f"{above}\n{intro}"):
            found += [
                NamedGone(span.path, span.first + call.line, call.change, span.last)
                for call in gone_calls_in_words(words, around)
            ]
        # What leads a list, a table or code in speaks of it too.
        intro = plain_text(block.inline) if isinstance(block, Prose | Subheading) else ""
    return tuple(sorted(found, key=lambda one: one.line))


def exact_lines(found: Iterable[NamedGone], text: str) -> tuple[NamedGone, ...]:
    """Return the places with the lines of the guide's text in which the names stand."""
    lines = text.split("\n")
    exact = []
    for one in found:
        name = re.split(r"\W", one.change.old.rstrip("="))[-1]
        named = (line for line in range(one.line, one.last + 1) if name in lines[line - 1])
        exact.append(one._replace(line=next(named, one.line)))
    return tuple(exact)


def _units(block: Block, around: str) -> Iterator[tuple[str, str, Span]]:
    """Yield the pieces of a block's words, each with what stands around it and its place."""
    match block:
        case Prose() | Subheading():
            yield plain_text(block.inline), around, block.span
        case Listing():
            for item in block.items:
                yield from _item_units(item, around)
        case Table():
            header = " | ".join(map(plain_text, block.header))
            yield header, around, block.span
            for row in block.rows:
                cells = [plain_text(cell) for cell in row.cells]
                for cell in cells:
                    yield cell, f"{around}\n{header}\n{' | '.join(cells)}", row.span
        case FollowUp():
            asked, answer = plain_text(block.asked), plain_text(block.answer)
            yield asked, f"{around}\n{answer}", block.span
            yield answer, f"{around}\n{asked}", block.span
        case Code():
            if block.language in {"python", "py", "python3"}:
                yield from _comment_units(block, around)
        case Picture() | Other():
            pass
        case _:
            assert_never(block)


def _item_units(item: Item, around: str) -> Iterator[tuple[str, str, Span]]:
    words = plain_text(item.inline)
    yield words, around, item.span
    for inner in item.items:
        yield from _item_units(inner, f"{around}\n{words}")


def _comment_units(code: Code, around: str) -> Iterator[tuple[str, str, Span]]:
    comments = list(code_comments(code.source))
    together = "\n".join(comment.text for comment in comments)
    for comment in comments:
        yield comment.text, f"{around}\n{together}", _line_of(code.span, comment.line)
    tree = tree_of(code.source)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            docstring = ast.get_docstring(node, clean=False)
            if docstring:
                yield docstring, f"{around}\n{together}", _line_of(code.span, node.body[0].lineno - 1)


def _line_of(span: Span, line: int) -> Span:
    """Return the place of a line, from 0, within code."""
    return type(span)(span.path, span.first + line, span.first + line)
