"""The questions of a notebook share one interpreter, as its cells do when they run from the top."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.errors import GuideError
from cards.guide.reading.parse import parse_guide
from cards.python.bindings import names_bound_in
from cards.python.syntax import tree_of
from cards.python.undefined import unresolved_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.guide import Question


def continue_questions(text: str, path: str) -> str:
    """Return the text in which a question that reads names of those before it says that it `continues`.

    That reaches back over questions that have code, as `continues` does; imports need none, as they are
    supplied. A text that is no guide stays as it is.
    """
    try:
        guide = parse_guide(text, path)
    except GuideError:
        return text
    lines = text.split("\n")
    for place in sorted(_continuing(guide.questions)):
        fence = guide.questions[place].snippets[0].span.first - 2
        if 0 <= fence < len(lines) and _takes_directive(lines, fence):
            lines[fence] += " continues"
    return "\n".join(lines)


def _continuing(questions: Sequence[Question]) -> set[int]:
    """Return the places of the questions that must run after the one before them."""
    found: set[int] = set()
    bound: list[set[str]] = []
    for place, question in enumerate(questions):
        source = "\n".join(snippet.source for snippet in (*question.preamble, *question.snippets))
        wanted = unresolved_names(source)
        bound.append({name for each in question.snippets for name in _names_made_in(each.source)})
        for start in range(place - 1, -1, -1):
            if not wanted or not questions[start].snippets:
                break
            if wanted & bound[start]:
                wanted -= bound[start]
                found |= set(range(start + 1, place + 1))
    return found


def _names_made_in(source: str) -> set[str]:
    """Return the names that code binds otherwise than by an import."""
    tree = tree_of(source)
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return set(names_bound_in(source)) - imported


def _takes_directive(lines: Sequence[str], fence: int) -> bool:
    """Tell whether a line opens a fence of Python that no comment with directives stands above."""
    above = next((line for line in reversed(lines[:fence]) if line.strip()), "")
    return lines[fence].lstrip("`~").startswith("py") and not above.rstrip().endswith("-->")
