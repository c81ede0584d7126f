"""Code answers: what does it print, why is this line there, why does it fail; never a long program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.atomize.measured_code import best_trait, complete_card, trait_card
from cards.atomize.needed_statements import MAX_PROGRAM_LINES, runnable_source
from cards.atomize.question_context import (
    DraftOrReason,
    NoCard,
    QuestionContext,
    draft_or_reason,
    parse_backticks,
    prose_of,
    sentence_case,
    without_full_stop,
)
from cards.card.card import Draft
from cards.card.kind import CardKind
from cards.guide.block import Code
from cards.guide.text import Inline, Style, StyledText
from cards.program.snippet import SnippetRole
from cards.python.comments import code_comments, reason_comments, strip_comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.card.sides import Side
    from cards.exercise.gap import Gap
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet
    from cards.python.comments import CodeComment

MAX_OUTPUT_LINES = 4


def snippet_cards(
    topic: QuestionContext,
    snippet: Snippet,
    measured: SnippetMeasurement | None = None,
    gaps: tuple[Gap, ...] = (),
) -> list[DraftOrReason]:
    """Return the cards of a shown block and the reason where it makes none.

    What was measured when it ran makes further ones: what it prints where the guide does not say so, the
    shape of a value, and the gaps.
    """
    directives = snippet.directives
    if directives.no_run or directives.skip:
        return [f"not run: {directives.no_run or directives.skip}"]
    if directives.raises is not None:
        return [draft_or_reason(_spot_card, topic, snippet)]
    if directives.syntax_error:
        return ["meant not to parse"]
    results: list[DraftOrReason] = []
    captured = measured.printed if measured else ""
    printed = captured if snippet.stated is None else snippet.stated
    if snippet.stated is not None or captured:
        results.append(draft_or_reason(_predict_card, topic, snippet, printed))
    results += [
        draft_or_reason(_why_card, topic, snippet, comment) for comment in reason_comments(snippet.source)
    ]
    results += [draft_or_reason(complete_card, topic, snippet, printed, gap) for gap in gaps]
    if measured and (found := best_trait(measured.traits)):
        results.append(draft_or_reason(trait_card, topic, snippet, found))
    results = [_apply_without(result, snippet) for result in results]
    return results or ["neither a stated output nor a comment that gives a reason"]


def _apply_without(result: DraftOrReason, snippet: Snippet) -> DraftOrReason:
    left_out = isinstance(result, Draft) and result.kind.value in snippet.without
    return "left out, as the guide says" if left_out else result


def is_askable(question: Question, snippet: Snippet) -> bool:
    """Tell whether a card could show the block: it runs to its end and is short enough with what it needs."""
    said = snippet.directives
    is_task = question.task is not None and question.snippets[question.task] is snippet
    if (
        is_task
        or snippet.role is not SnippetRole.SHOWN
        or said.no_run
        or said.skip
        or said.raises
        or said.syntax_error
    ):
        return False
    try:
        runnable_source(QuestionContext.of(question), snippet)
    except NoCard:
        return False
    return True


def _predict_card(topic: QuestionContext, snippet: Snippet, stated: str) -> Draft:
    """A short block -> what it prints."""
    if not stated.strip():
        raise NoCard("it prints nothing")
    if stated.count("\n") >= MAX_OUTPUT_LINES:
        raise NoCard(f"it prints more than {MAX_OUTPUT_LINES} lines")
    if "..." in stated:
        raise NoCard("what it prints is stated only in part")
    source = runnable_source(topic, snippet)
    if prints_only_literals(source):
        raise NoCard("it prints only what stands in it")
    front: Side = (prose_of("What does this print?"), Code(strip_comments(source), "python"))
    return topic.draft(
        CardKind.PREDICT,
        " ".join(strip_comments(snippet.source).split()),
        front,
        (Code(stated, "output"),),
        span=snippet.span,
        snippets=(snippet.name,),
    )


def prints_only_literals(source: str) -> bool:
    """Tell whether every statement is like `print("hello", 3)`."""
    tree = tree_of(source)
    return tree is not None and all(_prints_a_literal(node) for node in tree.body)


def _prints_a_literal(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
            return all(isinstance(argument, ast.Constant) for argument in args)
        case _:
            return isinstance(node, ast.Import | ast.ImportFrom)


def _why_card(topic: QuestionContext, snippet: Snippet, comment: CodeComment) -> Draft:
    """A line with a reason beside it -> the reason."""
    lines = snippet.source.split("\n")
    taken = comment.text.count("\n") + 1
    marked = comment.line if comment.trailing else comment.line + taken
    if marked >= len(lines) or not lines[marked].strip():
        raise NoCard("the comment stands above no line")
    gone = {other.line for other in code_comments(snippet.source) if not other.trailing}
    trailing = {other.line: other.column for other in code_comments(snippet.source) if other.trailing}
    shown = [
        (place, line[: trailing.get(place, len(line))].rstrip())
        for place, line in enumerate(lines)
        if place not in gone
    ]
    shown = _lines_around(shown, marked)
    # Right behind the code, so that it is in sight on a phone too.
    code = "\n".join(f"{line}  # why?" if place == marked else line for place, line in shown)
    answer = _reason_text(" ".join(comment.text.split()), snippet.source)
    return topic.draft(
        CardKind.WHY,
        f"{lines[marked][: trailing.get(marked)].strip()} {comment.text}"[:120],
        (prose_of("What is the reason for the marked line?"), Code(code, "python")),
        (prose_of(without_full_stop(answer)),),
        span=snippet.span,
        context=(Code(snippet.source, "python"),),
        snippets=(snippet.name,),
    )


def _reason_text(words: str, source: str) -> Inline:
    """Return a comment as an answer; a name of the code that it starts with is set as code."""
    first, space, rest = words.partition(" ")
    name = first.rstrip(",:")
    if name[:1].islower() and name in _names_in_code(source):
        return (StyledText(name, Style.CODE), *parse_backticks(f"{first[len(name) :]}{space}{rest}"))
    return sentence_case(parse_backticks(words))


def _names_in_code(source: str) -> set[str]:
    """Return the names that code reads, binds or passes; not its keywords and strings."""
    tree = tree_of(source)
    if tree is None:
        return set()
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword | ast.arg) and node.arg}
    return names


def _lines_around(shown: list[tuple[int, str]], marked: int) -> list[tuple[int, str]]:
    """Return at most MOST_LINES lines around the marked one, blank lines at the ends left out."""
    center = next(index for index, (place, _) in enumerate(shown) if place >= marked)
    start = max(0, min(center - MAX_PROGRAM_LINES // 2, len(shown) - MAX_PROGRAM_LINES))
    window = shown[start : start + MAX_PROGRAM_LINES]
    while window and not window[0][1].strip():
        window = window[1:]
    while window and not window[-1][1].strip():
        window = window[:-1]
    indent = min((len(line) - len(line.lstrip()) for _, line in window if line.strip()), default=0)
    return [(place, line[indent:]) for place, line in window]


def _spot_card(topic: QuestionContext, snippet: Snippet) -> Draft:
    """A block that is known to fail -> why."""
    raises = snippet.directives.raises
    if raises is None:
        raise NoCard("it is not known to fail")
    if snippet.source.count("\n") >= MAX_PROGRAM_LINES:
        raise NoCard(f"code of more than {MAX_PROGRAM_LINES} lines")
    bare = strip_comments(snippet.source)
    try:
        shown = strip_comments(runnable_source(topic, snippet))
    except NoCard:  # the failing lines alone say enough
        shown = bare
    error: Inline = (
        StyledText(raises.exception, Style.CODE),
        *([StyledText(f": {raises.text}")] if raises.text else []),
    )
    told = [parse_backticks(" ".join(comment.text.split())) for comment in code_comments(snippet.source)]
    question = "Why does this code fail?" if told else "Which error does this raise?"
    because: Side = (
        (prose_of(sentence_case(without_full_stop(told[-1]))), prose_of(error))
        if told
        else (prose_of(error),)
    )
    return topic.draft(
        CardKind.SPOT,
        " ".join(bare.split()),
        (prose_of(question), Code(shown, "python")),
        because,
        span=snippet.span,
        snippets=(snippet.name,),
    )
