"""Code answers: what does it print, why is this line there, why does it fail; never a long program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.atomize.built_on import MOST_LINES, program_of
from cards.atomize.measured_code import best_trait, complete, trait
from cards.atomize.topic import NoCard, Result, Topic, marked_up, said, sentence_case, tried, without_stop
from cards.card.card import Draft
from cards.card.kind import Kind
from cards.guide.block import Code
from cards.guide.text import Inline, Run, Style
from cards.program.snippet import Role
from cards.python.comments import comments, reasons, without_comments
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.card.sides import Side
    from cards.exercise.measured import Gap, Measured
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet
    from cards.python.comments import Comment

MOST_OUTPUT_LINES = 4


def snippet_cards(
    topic: Topic, snippet: Snippet, measured: Measured | None = None, gaps: tuple[Gap, ...] = ()
) -> list[Result]:
    """Return the cards of a shown block and the reason where it makes none.

    What was measured when it ran makes further ones: what it prints where the guide does not say so, the
    shape of a value, and the gaps.
    """
    directives = snippet.directives
    if directives.no_run or directives.skip:
        return [f"not run: {directives.no_run or directives.skip}"]
    if directives.raises is not None:
        return [tried(_spot, topic, snippet)]
    if directives.syntax_error:
        return ["meant not to parse"]
    results: list[Result] = []
    captured = measured.printed if measured else ""
    printed = captured if snippet.stated is None else snippet.stated
    if snippet.stated is not None or captured:
        results.append(tried(_predict, topic, snippet, printed))
    results += [tried(_why, topic, snippet, comment) for comment in reasons(snippet.source)]
    results += [tried(complete, topic, snippet, printed, gap) for gap in gaps]
    if measured and (found := best_trait(measured.traits)):
        results.append(tried(trait, topic, snippet, found))
    results = [_allowed(result, snippet) for result in results]
    return results or ["neither a stated output nor a comment that gives a reason"]


def _allowed(result: Result, snippet: Snippet) -> Result:
    left_out = isinstance(result, Draft) and result.kind.value in snippet.without
    return "left out, as the guide says" if left_out else result


def is_askable(question: Question, snippet: Snippet) -> bool:
    """Tell whether a card could show the block: it runs to its end and is short enough with what it needs."""
    said = snippet.directives
    is_task = question.task is not None and question.snippets[question.task] is snippet
    if (
        is_task
        or snippet.role is not Role.SHOWN
        or said.no_run
        or said.skip
        or said.raises
        or said.syntax_error
    ):
        return False
    try:
        program_of(Topic.of(question), snippet)
    except NoCard:
        return False
    return True


def _predict(topic: Topic, snippet: Snippet, stated: str) -> Draft:
    """A short block -> what it prints."""
    if not stated.strip():
        raise NoCard("it prints nothing")
    if stated.count("\n") >= MOST_OUTPUT_LINES:
        raise NoCard(f"it prints more than {MOST_OUTPUT_LINES} lines")
    if "..." in stated:
        raise NoCard("what it prints is stated only in part")
    source = program_of(topic, snippet)
    if prints_only_literals(source):
        raise NoCard("it prints only what stands in it")
    front: Side = (said("What does this print?"), Code(without_comments(source), "python"))
    return topic.draft(
        Kind.PREDICT,
        " ".join(without_comments(snippet.source).split()),
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


def _why(topic: Topic, snippet: Snippet, comment: Comment) -> Draft:
    """A line with a reason beside it -> the reason."""
    lines = snippet.source.split("\n")
    taken = comment.text.count("\n") + 1
    marked = comment.line if comment.trailing else comment.line + taken
    if marked >= len(lines) or not lines[marked].strip():
        raise NoCard("the comment stands above no line")
    gone = {other.line for other in comments(snippet.source) if not other.trailing}
    trailing = {other.line: other.column for other in comments(snippet.source) if other.trailing}
    shown = [
        (place, line[: trailing.get(place, len(line))].rstrip())
        for place, line in enumerate(lines)
        if place not in gone
    ]
    shown = _window(shown, marked)
    # Right behind the code, so that it is in sight on a phone too.
    code = "\n".join(f"{line}  # why?" if place == marked else line for place, line in shown)
    answer = _reason(" ".join(comment.text.split()), snippet.source)
    return topic.draft(
        Kind.WHY,
        f"{lines[marked][: trailing.get(marked)].strip()} {comment.text}"[:120],
        (said("What is the reason for the marked line?"), Code(code, "python")),
        (said(without_stop(answer)),),
        span=snippet.span,
        context=(Code(snippet.source, "python"),),
        snippets=(snippet.name,),
    )


def _reason(words: str, source: str) -> Inline:
    """Return a comment as an answer; a name of the code that it starts with is set as code."""
    first, space, rest = words.partition(" ")
    name = first.rstrip(",:")
    if name[:1].islower() and name in _names_in(source):
        return (Run(name, Style.CODE), *marked_up(f"{first[len(name) :]}{space}{rest}"))
    return sentence_case(marked_up(words))


def _names_in(source: str) -> set[str]:
    """Return the names that code reads, binds or passes; not its keywords and strings."""
    tree = tree_of(source)
    if tree is None:
        return set()
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword | ast.arg) and node.arg}
    return names


def _window(shown: list[tuple[int, str]], marked: int) -> list[tuple[int, str]]:
    """Return at most MOST_LINES lines around the marked one, blank lines at the ends left out."""
    center = next(index for index, (place, _) in enumerate(shown) if place >= marked)
    start = max(0, min(center - MOST_LINES // 2, len(shown) - MOST_LINES))
    window = shown[start : start + MOST_LINES]
    while window and not window[0][1].strip():
        window = window[1:]
    while window and not window[-1][1].strip():
        window = window[:-1]
    indent = min((len(line) - len(line.lstrip()) for _, line in window if line.strip()), default=0)
    return [(place, line[indent:]) for place, line in window]


def _spot(topic: Topic, snippet: Snippet) -> Draft:
    """A block that is known to fail -> why."""
    raises = snippet.directives.raises
    if raises is None:
        raise NoCard("it is not known to fail")
    if snippet.source.count("\n") >= MOST_LINES:
        raise NoCard(f"code of more than {MOST_LINES} lines")
    bare = without_comments(snippet.source)
    try:
        shown = without_comments(program_of(topic, snippet))
    except NoCard:  # the failing lines alone say enough
        shown = bare
    error: Inline = (Run(raises.exception, Style.CODE), *([Run(f": {raises.text}")] if raises.text else []))
    told = [marked_up(" ".join(comment.text.split())) for comment in comments(snippet.source)]
    question = "Why does this code fail?" if told else "Which error does this raise?"
    because: Side = (said(sentence_case(without_stop(told[-1]))), said(error)) if told else (said(error),)
    return topic.draft(
        Kind.SPOT,
        " ".join(bare.split()),
        (said(question), Code(shown, "python")),
        because,
        span=snippet.span,
        snippets=(snippet.name,),
    )
