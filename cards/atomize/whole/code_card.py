"""The card that asks for code: the question in front, the code behind."""

from __future__ import annotations

import ast
import re
from itertools import zip_longest
from textwrap import dedent
from typing import TYPE_CHECKING

from cards.atomize.whole.asked_whole import NOT_RUN, AskedWhole, shown_snippet, snippets_of
from cards.atomize.whole.point import only_sends
from cards.card.kind import CardKind
from cards.guide.block import Code, Prose
from cards.guide.decoration import asks
from cards.guide.element import PYTHON_LANGUAGES
from cards.guide.text import plain_text
from cards.language.natural_language import COLONS
from cards.language.word_count import count_words
from cards.python.comments import strip_comments
from cards.python.syntax import nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.sides import Side
    from cards.guide.answer.code_answer import CodeAnswer
    from cards.guide.block import Block
    from cards.guide.guide import Question

MAX_ANSWER_LINES = 12
"""Lines of code on a back; of longer code its core stands there."""
CUE = "code"
_MOST_LABEL_WORDS = 8
_MIN_LEAD_WORDS = 4
_CUT = "..."
_ECHO = regex(r"^print\(repr\((.+)\)\)$", re.MULTILINE)
"""What a session shows is printed by its script; an answer has what was typed."""
_CREDIT = regex(
    r"\s*(?:#|//|--|/\*)\s*(?:(?:authors?|credits?|written|solution|contributed|created|by)\b(?: by)?\s*[:@]"
    r"|(?:written|contributed|created) by\b|thanks\b|(?:source|from|see|via)\s*:?\s*<?https?://|<?https?://)",
    re.IGNORECASE,
)
_NOTEBOOK_LINE = regex(r"\s*# notebook: [%!]")
"""A line of a notebook that no program has; its script keeps it as a comment."""
_CREDIT_GOES_ON = regex(r"\s*#\s*(?:&|and\b)")
_COMMENT_STARTS = ("#", "//", "--", "/*", "*", "<!--", "REM ")


def code_card(question: Question, answer: CodeAnswer) -> AskedWhole | None:
    """Return the card question -> code; None where no code of the answer may be shown."""
    shown = [
        code for code in answer.code if code.language not in PYTHON_LANGUAGES or _is_shown(question, code)
    ]
    # What is run, or is no Python, is a better answer than what the guide says not to run.
    usable = [code for code in shown if not _is_excused(question, code)] or shown
    if not usable:
        return None
    main_language = _main_block(usable)[0].language
    others = [code for code in usable if code.language != main_language]
    usable = [code for code in usable if code.language == main_language]
    total = sum(_line_count(code) for code in usable)
    main = usable if total <= MAX_ANSWER_LINES else _main_block(usable)
    is_cut = total > MAX_ANSWER_LINES and _line_count(main[0]) > MAX_ANSWER_LINES
    below = [*(code for code in usable if is_cut or code not in main), *others]
    is_python = main[0].language in PYTHON_LANGUAGES
    is_run = bool(snippets_of(question, main))
    leads = _leads(question, answer)
    return AskedWhole(
        CardKind.CODE if is_python else CardKind.COMMAND,
        CUE,
        (Prose(question.wording), *leads, *answer.given),
        (*_back(answer, main, leads, is_cut=is_cut), *(() if is_run else (NOT_RUN,))),
        tuple(
            Code(block.source, block.language) if isinstance(block, Code) else block
            for block in (*below, *answer.others)
        ),
        tuple(dict.fromkeys(snippets_of(question, (*main, *below)))),
        main[0].span,
    )


def _leads(question: Question, answer: CodeAnswer) -> tuple[Prose, ...]:
    """Return what leads into the code below a heading that does not ask: `To install it, type:`."""
    first = answer.blocks[0]
    says_more = isinstance(first, Prose) and count_words(plain_text(first.inline)) >= _MIN_LEAD_WORDS
    is_bare = not (answer.is_asked_for or asks(question.title) or answer.given)
    leads_in = isinstance(first, Prose) and plain_text(first.inline).endswith(COLONS)
    return (first,) if isinstance(first, Prose) and is_bare and says_more and leads_in else ()


def _back(answer: CodeAnswer, main: list[Code], above: Side, *, is_cut: bool) -> Side:
    """Return the code with the words beside it, without words that lead into code which is not there."""
    side: list[Block] = []
    for place, (block, following) in enumerate(zip_longest(answer.blocks, answer.blocks[1:])):
        if isinstance(block, Code) and block in main:
            shown = core_of(block) if is_cut else _without_credit(dedent(block.source))
            side.append(Code(_ECHO.sub(r"\1", shown), block.language))
        elif isinstance(block, Prose) and not only_sends(plain_text(block.inline)):
            leads = plain_text(block.inline).endswith(":") or (place > 0 and _is_label(block))
            if block not in above and (not leads or following in main):
                side.append(block)
    return tuple(side)


def _is_label(prose: Prose) -> bool:
    """Tell whether words between two blocks of code say what the next one does: `With a dictionary`."""
    words = plain_text(prose.inline)
    return not words.endswith((".", "!", "?")) and len(words.split()) <= _MOST_LABEL_WORDS


def _without_credit(source: str) -> str:
    """Return code without the comments that name who wrote it, where it was found, or what a notebook did."""
    lines = source.split("\n")
    kept = [
        line
        for place, line in enumerate(lines)
        if not (
            _CREDIT.match(line)
            or _NOTEBOOK_LINE.match(line)
            or (place and _CREDIT_GOES_ON.match(line) and _CREDIT.match(lines[place - 1]))
        )
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n") if len(kept) < len(lines) else source


def core_of(code: Code) -> str:
    """Return the lines of long code that say most: without imports and comments, cut where still too long."""
    source = _without_imports(code.source) if code.language in PYTHON_LANGUAGES else code.source
    source = _first_function(source) if code.language in PYTHON_LANGUAGES else source
    lines = [line for line in source.split("\n") if line.strip() and not _is_comment(line, code)]
    if len(lines) > MAX_ANSWER_LINES:
        kept = lines[: MAX_ANSWER_LINES - 1]
        indent = lines[len(kept)][: len(lines[len(kept)]) - len(lines[len(kept)].lstrip())]
        lines = [*kept, f"{indent}{_CUT}"]
    return "\n".join(lines)


def _main_block(usable: list[Code]) -> list[Code]:
    """Return the block to ask for: the first that does more than import."""
    named = [code for code in usable if code.language] or usable
    return [next((code for code in named if not _only_imports(code)), named[0])]


def _only_imports(code: Code) -> bool:
    tree = tree_of(code.source) if code.language in PYTHON_LANGUAGES else None
    return tree is not None and all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)


def _without_imports(source: str) -> str:
    """Return Python without its comments, docstrings and imports."""
    source = strip_comments(source)
    tree = tree_of(source)
    if tree is None:
        return source
    dropped = {
        line for node in _left_out(tree) for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return "\n".join(line for number, line in enumerate(source.split("\n"), 1) if number not in dropped)


def _first_function(source: str) -> str:
    """Return the first of several functions that each do what is asked; all of another program."""
    tree = tree_of(source)
    if tree is None or not all(isinstance(node, ast.FunctionDef) for node in tree.body):
        return source
    names = {re.sub(r"_?\d+\Z", "", node.name) for node in tree.body if isinstance(node, ast.FunctionDef)}
    first = tree.body[0]
    lines = source.split("\n")[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines) if len(names) == 1 else source


def _left_out(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in nodes_in(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef | ast.Module):
            first = node.body[0] if len(node.body) > 1 else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                yield first


def _is_comment(line: str, code: Code) -> bool:
    return code.language not in PYTHON_LANGUAGES and line.strip().startswith(_COMMENT_STARTS)


def _line_count(code: Code) -> int:
    return code.source.count("\n") + 1


def _is_excused(question: Question, code: Code) -> bool:
    snippet = shown_snippet(question, code)
    return snippet is not None and snippet.directives.is_excused


def _is_shown(question: Question, code: Code) -> bool:
    """Tell whether Python may stand on a card: it is meant to hold, or the guide says why it is not run."""
    snippet = shown_snippet(question, code)
    if snippet is None:
        return False
    is_sound = tree_of(code.source) is not None
    return snippet.directives.is_meant_to_hold or (snippet.directives.is_excused and is_sound)
