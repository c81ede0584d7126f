"""Cards about code: what it prints, why a line is there, what one does, why it fails."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.commented.asked_code import MAX_ASKED, asked_apart
from cards.atomize.commented.reason import line_spoken_of, marked_code
from cards.atomize.commented.said_line import said_lines
from cards.atomize.commented.said_section import said_sections
from cards.atomize.named.function_name import calls_by_name
from cards.atomize.named.life_cycle import calls_of_life
from cards.atomize.named.overridden import overridden_methods
from cards.atomize.needed_statements import MAX_PROGRAM_LINES, lone_code, runnable_code
from cards.atomize.question_context import NoCard, QuestionContext
from cards.atomize.wording import (
    in_bold,
    parse_backticks,
    prose_of,
    sentence_case,
    with_end_mark,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.guide.block import Code, Prose
from cards.guide.element import OUTPUT_LANGUAGE
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.frame import Frame
from cards.language.word_count import count_words
from cards.program.displayed_code import DisplayedCode, Expectation
from cards.program.snippet import KerasFlavour, SnippetRole
from cards.prove.decide.expected_exception import class_name
from cards.prove.output.compare import has_ellipsis, has_volatile_parts, text_to_show
from cards.python.bindings import names_bound_in
from cards.python.comments import code_comments, reason_comments, strip_comments
from cards.python.machine.machine_fact import prints_machine_fact
from cards.python.syntax import nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.commented.asked_code import AskedCode
    from cards.atomize.needed_statements import ShownCode
    from cards.atomize.question_context import CardOrReason
    from cards.card.sides import Side
    from cards.exercise.gap import Gap
    from cards.exercise.measurement import PrintedStatement, Trait
    from cards.guide.guide import Question
    from cards.program.snippet import ExpectedException, Snippet
    from cards.python.comments import CodeComment

MAX_OUTPUT_LINES = 4
_MOST_WORDS_BESIDE = 60
"""Words of prose beside code; an answer with more is told in words, and its code is an example."""
_SAYS_WHY = regex(r"\b(?:because|since|otherwise|avoids?|bad)\b", re.IGNORECASE)
_POINTS_AT_LINE = regex(r"\AThis (?=[a-z]{3,}s\b)")
_LONE_PRINT = regex(r"\s*print\(.*\)\s*\Z")
_LONG_DECIMALS = regex(r"\d+\.\d{6,}")
_TELLING_DIGITS = regex(r"0{4}|9{4}|3{4}|6{4}|1{4}|(?:142857)")


@dataclass(frozen=True, slots=True)
class ShownSnippet:
    """A block of Python that the answer shows, with what running it showed."""

    snippet: Snippet
    captured: str | None = None
    """The output of the block's runs, empty where they differ; None where it was not measured."""
    traits: tuple[Trait, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """The gaps that cards ask for."""
    prints: tuple[PrintedStatement, ...] = ()
    """What its single statements printed, of a block too long to be shown."""
    given: tuple[tuple[str, str], ...] = ()
    """Names that it builds on and no card shows, with what they are in words."""
    above: Prose | None = None
    """The paragraph right above it in the answer."""

    @property
    def printed(self) -> str | None:
        """The captured output, its numbers rounded as the guide states them; None where none is known.

        What was not run yet has the stated output; the gate holds its cards back.
        """
        stated = self.snippet.stated
        if stated is None:
            return self.captured or None
        if self.captured is None or not stated.strip() or has_ellipsis(stated):
            return stated
        return text_to_show(stated, self.captured) if self.captured else None

    @property
    def output(self) -> str | None:
        """What it prints, to be shown and not asked: as stated where runs differ in addresses alone.

        None where none is known, or each run prints another.
        """
        stated = self.snippet.stated
        return stated if self.printed is None and stated and has_volatile_parts(stated) else self.printed


def predict_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a block that prints: the code -> what it prints."""
    if shown.printed is not None:
        return [_predict_card(shown, shown.printed, context)]
    if shown.snippet.stated is None:
        return []
    return [_too_long_or_none(shown.snippet.stated) or NoCard("what it prints differs from run to run")]


def printed_card(shown: ShownSnippet, context: QuestionContext, most_lines: int) -> CardOrReason:
    """Return the card that asks what a block prints, where that has no more lines."""
    printed = shown.printed
    if not printed or printed.count("\n") >= most_lines or has_ellipsis(printed):
        return NoCard("what it prints is not known, or long")
    code = runnable_code(shown.snippet, context)
    if isinstance(code, NoCard):
        return code
    return predict_draft(
        " ".join(strip_comments(shown.snippet.source).split()), code, printed, shown, context
    )


def why_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card of each comment that gives a reason: the line that it speaks of -> the reason."""
    comments = reason_comments(shown.snippet.source)
    return [_why_card(shown.snippet, comment, context) for comment in comments]


def line_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card of each comment that says what its line does, where code is the answer."""
    if not is_told_in_code(context.question):
        return []
    asked = _asked_of_code(shown.snippet.source, context.question)
    return [_line_card(each, shown.snippet, context) for each in asked]


def _asked_of_code(source: str, question: Question) -> tuple[AskedCode, ...]:
    """Return what a block is asked for: what comments tell of, then what its names and headings do."""
    asked = tuple(said_lines(source, question.title))
    if question.task is not None:
        return asked
    for rule in (overridden_methods, calls_of_life, calls_by_name):
        if len(asked) < MAX_ASKED:
            asked = asked_apart(rule(source), asked)
    return asked_apart(said_sections(source, question.title), asked) if len(asked) < MAX_ASKED else asked


def is_told_in_code(question: Question) -> bool:
    """Tell whether code is the answer of a question: hardly any prose stands beside it."""
    prose = [block for block in question.blocks if isinstance(block, Prose)]
    return sum(count_words(plain_text(block.inline)) for block in prose) <= _MOST_WORDS_BESIDE


def spot_cards(shown: ShownSnippet, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a block that is known to fail: the code -> why it fails."""
    raises = shown.snippet.directives.raises
    return [] if raises is None else [_spot_card(shown, raises, context)]


def is_askable(snippet: Snippet, context: QuestionContext) -> bool:
    """Tell whether a card could show the block: it runs to its end and is short with the code it needs."""
    return _runs_to_its_end(snippet, context) and not isinstance(runnable_code(snippet, context), NoCard)


def is_too_long(snippet: Snippet, context: QuestionContext) -> bool:
    """Tell whether a block runs to its end, but no card can show it whole."""
    return _runs_to_its_end(snippet, context) and isinstance(runnable_code(snippet, context), NoCard)


def names_to_describe(snippet: Snippet, context: QuestionContext) -> tuple[str, ...]:
    """Return the names that a card of the block builds on and does not show."""
    if snippet.role is not SnippetRole.SHOWN:
        return ()
    is_failing = snippet.directives.raises is not None
    code = failing_code(snippet, context) if is_failing else runnable_code(snippet, context)
    return () if isinstance(code, NoCard) else code.missing


def _runs_to_its_end(snippet: Snippet, context: QuestionContext) -> bool:
    question, directives = context.question, snippet.directives
    is_task = question.task is not None and question.snippets[question.task] is snippet
    return not (
        is_task
        or snippet.role is not SnippetRole.SHOWN
        or directives.no_run
        or directives.skip
        or directives.raises
        or directives.syntax_error
    )


def given_side(
    code: ShownCode, shown: ShownSnippet, context: QuestionContext, *, must_tell: bool = True
) -> Side | NoCard:
    """Return the line that says what the code on a card builds on besides; nothing where it shows all.

    It names Keras 2 too, which a reader of today does not expect. Where it `must_tell`, a name that stands
    for the guide's own function, class or object makes no card: what such a thing is says nothing of what it
    does.
    """
    known = dict(shown.given)
    if unknown := [name for name in code.missing if name not in known]:
        return NoCard(f"it builds on `{unknown[0]}`, which stays hidden and was not looked at")
    if must_tell and (opaque := [name for name in code.missing if _is_opaque(known[name], shown, context)]):
        return NoCard(f"it builds on `{opaque[0]}`, which stays hidden, so that nobody can know what it does")
    said = [f"`{name}`, {known[name]}" for name in code.missing]
    is_older = shown.snippet.directives.keras is KerasFlavour.KERAS_2
    if is_older and "keras" in code.source and "tf_keras" not in code.source:
        said.append("Keras 2 (`tf_keras`)")
    return (prose_of(parse_backticks(f"Given: {'; '.join(said)}.")),) if said else ()


def _is_opaque(words: str, shown: ShownSnippet, context: QuestionContext) -> bool:
    """Tell whether words for a value say only that it is of the guide's own making."""
    article, _, noun = words.partition(" ")
    own = (*context.fixtures_before(shown.snippet), *context.question.snippets)
    made = {"function", "class"}.union(*(names_bound_in(each.source) for each in own))
    return article in {"a", "an"} and noun in made


def refuse_output(printed: str) -> NoCard | None:
    """Return why a card cannot ask for an output; None where it can."""
    if not printed.strip():
        return NoCard("it prints nothing")
    if too_long := _too_long_or_none(printed):
        return too_long
    if has_ellipsis(printed):
        return NoCard("what it prints is stated only in part")
    if all(line.lstrip().startswith("#") for line in printed.splitlines() if line.strip()):
        return NoCard("what it prints is only commented on")
    if _has_long_decimals(printed):
        return NoCard("it prints digits that nobody works out")
    return None


def _predict_card(shown: ShownSnippet, printed: str, context: QuestionContext) -> CardOrReason:
    snippet = shown.snippet
    if reason := refuse_output(printed):
        return reason
    code = runnable_code(snippet, context)
    if isinstance(code, NoCard):
        return code
    return predict_draft(" ".join(strip_comments(snippet.source).split()), code, printed, shown, context)


def predict_draft(
    cue: str, code: ShownCode, printed: str, shown: ShownSnippet, context: QuestionContext
) -> CardOrReason:
    """Return the card that asks what code prints, or why there is none."""
    if prints_only_literals(code.source):
        return NoCard("it prints only what stands in it")
    if prints_machine_fact(code.source):
        return NoCard("what it prints is another thing on each machine")
    given = given_side(code, shown, context)
    if isinstance(given, NoCard):
        return given
    source = strip_comments(code.source)
    return context.draft(
        CardKind.PREDICT,
        cue,
        (context.ask_or_repeat(Frame.PRINTS), *given, Code(source, "python")),
        (Code(printed, OUTPUT_LANGUAGE),),
        span=shown.snippet.span,
        context=_explanation(shown),
        snippets=(shown.snippet.name,),
        displayed=DisplayedCode(source, Expectation.PRINTS, printed, given=code.given),
    )


def _explanation(shown: ShownSnippet) -> Side:
    """Return what the answer says of a block: the paragraph above it, and its comments in their code."""
    source = shown.snippet.source
    above = (shown.above,) if shown.above else ()
    return (*above, Code(source, "python")) if strip_comments(source) != source else above


def _has_long_decimals(printed: str) -> bool:
    """Tell whether an output has a number of many digits behind its point that follow no pattern."""
    return any(not _TELLING_DIGITS.search(found) for found in _LONG_DECIMALS.findall(printed))


def _too_long_or_none(printed: str) -> NoCard | None:
    is_long = printed.count("\n") >= MAX_OUTPUT_LINES
    return NoCard(f"it prints more than {MAX_OUTPUT_LINES} lines") if is_long else None


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


def _why_card(snippet: Snippet, comment: CodeComment, context: QuestionContext) -> CardOrReason:
    marked = line_spoken_of(comment, snippet.source)
    if marked is None:
        return NoCard("the comment stands above no line")
    if comment.text.rstrip().endswith((",", ":", "...")):
        return NoCard("the comment leads into what follows")
    line = snippet.source.split("\n")[marked]
    is_print = comment.trailing and _LONE_PRINT.match(line[: comment.column])
    if is_print and not _SAYS_WHY.search(comment.text):
        return NoCard("the comment says what its line prints")
    beside = next((each.column for each in code_comments(snippet.source) if each.line == marked), None)
    words = _POINTS_AT_LINE.sub("", " ".join(comment.text.split()))
    answer = _reason_text(words, snippet.source)
    return context.draft(
        CardKind.WHY,
        f"{line[:beside].strip()} {comment.text}"[:120],
        (
            context.ask_or_repeat(Frame.REASON),
            Code(marked_code(snippet.source, marked, MAX_PROGRAM_LINES), "python"),
        ),
        (prose_of(without_full_stop(answer)),),
        span=snippet.span,
        context=(Code(snippet.source, "python"),),
        snippets=(snippet.name,),
    )


def _line_card(asked: AskedCode, snippet: Snippet, context: QuestionContext) -> CardOrReason:
    cue = with_end_mark(parse_backticks(context.question.title), context.language)
    term = in_bold(parse_backticks(asked.words))
    front = context.ask(asked.frame, cue=cue, term=term)
    if front is None:
        return NoCard("its language has no words for it")
    piece = prose_of((StyledText(asked.piece, Style.CODE),))
    code = Code(asked.written, "python")
    is_whole = not asked.shown
    return context.draft(
        CardKind.LINE,
        f"{asked.words} {asked.piece}",
        (front,) if is_whole else (front, Code(asked.shown, "python")),
        (code,) if is_whole else (piece,) if asked.written == asked.piece else (piece, code),
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
    names = {node.id for node in nodes_in(tree) if isinstance(node, ast.Name)}
    names |= {node.arg for node in nodes_in(tree) if isinstance(node, ast.keyword | ast.arg) and node.arg}
    return names


def _spot_card(shown: ShownSnippet, raises: ExpectedException, context: QuestionContext) -> CardOrReason:
    if raises.or_derived:
        return NoCard("only a base class of what it raises is named")
    snippet = shown.snippet
    code = failing_code(snippet, context)
    if isinstance(code, NoCard):
        return code
    given = given_side(code, shown, context)
    if isinstance(given, NoCard):
        return given
    source = strip_comments(code.source)
    error: Inline = (
        StyledText(class_name(raises.exception), Style.CODE),
        *([StyledText(f": {raises.text}")] if raises.text else []),
    )
    comment_texts = [
        parse_backticks(" ".join(comment.text.split())) for comment in code_comments(snippet.source)
    ]
    frame = Frame.FAILS if comment_texts else Frame.RAISES
    because: Side = (
        (prose_of(sentence_case(without_full_stop(comment_texts[-1]))), prose_of(error))
        if comment_texts
        else (prose_of(error),)
    )
    return context.draft(
        CardKind.SPOT,
        " ".join(strip_comments(snippet.source).split()),
        (context.ask_or_repeat(frame), *given, Code(source, "python")),
        because,
        span=snippet.span,
        snippets=(snippet.name,),
        displayed=DisplayedCode(source, Expectation.RAISES, raises.text, raises.exception, code.given),
    )


def failing_code(snippet: Snippet, context: QuestionContext) -> ShownCode | NoCard:
    """Return a block that is meant to fail, as its card shows it.

    Where what it builds on cannot be shown, the failing lines alone say enough, if what they use is given.
    """
    if snippet.source.count("\n") >= MAX_PROGRAM_LINES:
        return NoCard(f"code of more than {MAX_PROGRAM_LINES} lines")
    code = runnable_code(snippet, context)
    return lone_code(snippet, context) if isinstance(code, NoCard) else code
