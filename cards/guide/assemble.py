"""Assemble elements into questions: which element asks, which answer it, which block a directive is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.guide.block import Code, FollowUp, Prose, Subheading
from cards.guide.directive import BlockPurpose, suggestion
from cards.guide.element import OUTPUT_LANGUAGE, PYTHON_LANGUAGES, DirectiveComment, Fence, Heading
from cards.guide.heading import (
    BoldQuestion,
    HeadingRole,
    answer_start,
    bold_question,
    question_answer_pairs,
    section_without_number,
    without_number,
)
from cards.guide.inline import collapse_space, merge_adjacent, slice_inline
from cards.guide.question_builder import QuestionBuilder
from cards.guide.script import script_of
from cards.guide.task_blocks import task_problems
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.program.program import PREAMBLE_NAME
from cards.program.snippet import Snippet, SnippetName, SnippetRole
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.guide.block import Block
    from cards.guide.directive import BlockDirectives
    from cards.guide.element import Element
    from cards.guide.guide import Question
    from cards.guide.heading import QuestionAnswerPair
    from cards.language.written_language import GuideLanguage

_HIDDEN = frozenset({BlockPurpose.CHECK, BlockPurpose.FIXTURE, BlockPurpose.STAND_IN})


@dataclass(frozen=True, slots=True)
class GuideContents:
    """All questions, fixtures and problems found in a guide's elements."""

    title: str
    questions: tuple[Question, ...]
    fixtures: tuple[Snippet, ...]
    asides: tuple[Block, ...]
    preamble: tuple[Snippet, ...]
    problems: tuple[Problem, ...]


class GuideAssembler:
    """Builds questions from elements; it takes a part of a guide at a time, from a question or section on."""

    def __init__(self, path: str, language: GuideLanguage) -> None:
        self.path = path
        self.language = language
        self.title = ""
        self.problems: list[Problem] = []
        self.questions: list[Question] = []
        self.fixtures: dict[str, Snippet] = {}
        self.asides: list[Block] = []
        self.preamble: list[Snippet] = []
        """The Python blocks before the first question."""
        self.section = ""
        self.open: QuestionBuilder | None = None
        self.order: DirectiveComment | None = None
        """Directives that wait for the next block."""
        self.asked: tuple[Inline, Span] | None = None
        """A follow-up question that waits for its answer."""
        self.seen: dict[str, Question] = {}

    def add_elements(
        self, elements: Sequence[Element], roles: Sequence[HeadingRole], section: str = ""
    ) -> None:
        """Add elements to the questions being built; `roles` are those of the headings among them."""
        self.section = section
        role = iter(roles)
        for element in elements:
            match element:
                case Heading():
                    match next(role):
                        case HeadingRole.TITLE:
                            self.title = plain_text(element.inline)
                        case HeadingRole.SECTION:
                            self._close()
                            self.section = section_without_number(plain_text(element.inline))
                        case HeadingRole.QUESTION:
                            self._ask(element.inline, element.span, headed=True)
                        case HeadingRole.SUBHEADING:
                            self._add(Subheading(element.inline, element.span))
                case Prose():
                    self._prose(element)
                case Fence():
                    self._code(element)
                case DirectiveComment():
                    self._comment(element)
                case _:
                    self._add(element)
        self._close()

    def add_known(self, question: Question) -> None:
        """Add a question whose cards an earlier build made; only its slug, title and section are known."""
        if question.slug in self.seen:
            self._problem(question.span.first, "the question is asked twice.")
        self.seen[question.slug] = question
        self.questions.append(question)

    def drop_answer(self, place: int) -> Question:
        """Return a question without its blocks, and keep only that, to save memory."""
        question = self.questions[place]
        without_answer = replace(question, wording=(), blocks=(), context=frozenset())
        self.questions[place] = self.seen[question.slug] = without_answer
        return without_answer

    def contents(self) -> GuideContents:
        """Return the questions and fixtures that were added, and every problem found in assembling them."""
        questions, fixtures = tuple(self.questions), tuple(self.fixtures.values())
        preamble = tuple(self.preamble)
        problems = (*self.problems, *_missing_code_problems(questions, fixtures, preamble))
        return GuideContents(self.title, questions, fixtures, tuple(self.asides), preamble, problems)

    def _problem(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.path, line, sentence))

    def _ask(self, asked: Inline, span: Span, *, paired: bool = False, headed: bool = False) -> None:
        self._close()
        words = plain_text(asked)
        wording = slice_inline(asked, len(words) - len(without_number(words)))
        if all(run.style in {Style.STRONG, Style.CODE} for run in wording):  # `**Q3. What is ...?**`
            wording = merge_adjacent(
                StyledText(run.text) if run.style is Style.STRONG else run for run in wording
            )
        self.open = QuestionBuilder(
            wording, self.section, span.first, last=span.last, paired=paired, headed=headed
        )

    def _close(self) -> None:
        self._expect_nothing()
        question, self.open = self.open, None
        if question is None:
            return
        slug = question.slug()
        if not slug:
            self._problem(question.line, "this question has no words; write what is asked.")
        elif slug in self.seen:
            self._problem(question.line, question.taken(self.seen[slug]))
        if not question.blocks:
            self._problem(question.line, "this question has no answer; write one below it.")
        closed = replace(
            question.closed(self.path),
            preamble=tuple(self.preamble),
            language=self.language.of_question(question.prose()),
        )
        self.problems += task_problems(closed)
        self.seen.setdefault(slug, closed)
        self.questions.append(closed)

    def _expect_nothing(self) -> None:
        """Report directives and follow-up questions whose block or answer never came."""
        if self.order is not None:
            self._problem(self.order.span.first, "these directives stand above no block they are for.")
            self.order = None
        if self.asked is not None:
            self._problem(
                self.asked[1].first, "this follow-up question has no answer; write a paragraph below it."
            )
            self.asked = None

    def _add(self, block: Block, *, silent: bool = False) -> None:
        if self.order is not None and self.order.order.given == {"context"}:
            silent, self.order = True, None
        self._expect_nothing()
        if self.open is None:
            self.asides.append(block)
        else:
            self.open.add(block, silent=silent)

    def _prose(self, prose: Prose) -> None:
        words = plain_text(prose.inline)
        bold = bold_question(prose.inline)
        if bold is BoldQuestion.CERTAIN or (
            bold is BoldQuestion.NUMBERED and not (self.open and self.open.headed)
        ):
            self._ask(prose.inline, prose.span)
            return
        if pairs := question_answer_pairs(words):
            for pair in pairs:
                self._pair(prose, words, pair)
        elif bold is BoldQuestion.NUMBERED:
            self._add(Subheading(prose.inline, prose.span))
        elif bold is None and self.open and self.open.paired and not self.open.blocks:
            answer = slice_inline(prose.inline, answer_start(words))
            self._add(Prose(answer, prose.span))
        elif self.asked is not None and bold is None:
            asked, span = self.asked
            self.asked = None
            self._exchange(asked, collapse_space(prose.inline), Span(self.path, span.first, prose.span.last))
        elif bold is BoldQuestion.UNNUMBERED:
            self._follow(collapse_space(prose.inline), (), prose.span)
        else:
            self._add(Prose(collapse_space(prose.inline), prose.span))

    def _pair(self, prose: Prose, words: str, pair: QuestionAnswerPair) -> None:
        """Add a question or follow-up for one `Q: ... A: ...` pair of a paragraph."""
        end = pair.answer[1] if pair.answer else pair.asked[1]
        first = prose.span.first + words[: pair.asked[0]].count("\n")
        last = prose.span.first + words[:end].rstrip().count("\n")
        asked = slice_inline(prose.inline, *pair.asked)
        answer = slice_inline(prose.inline, *pair.answer) if pair.answer else ()
        self._follow(asked, answer, Span(self.path, min(first, prose.span.last), min(last, prose.span.last)))

    def _follow(self, asked: Inline, answer: Inline, span: Span) -> None:
        if self.open is None or self.open.paired:
            self._ask(asked, span, paired=True)
            if answer:
                self._add(Prose(answer, span))
        elif answer:
            self._exchange(asked, answer, span)
        else:
            self._expect_nothing()
            self.asked = (asked, span)

    def _exchange(self, asked: Inline, answer: Inline, span: Span) -> None:
        answer = slice_inline(answer, answer_start(plain_text(answer)))
        self._add(FollowUp(asked, answer, span))

    def _code(self, fence: Fence) -> None:
        order, waiting = fence.order, self.order
        if waiting is not None and fence.code.language in PYTHON_LANGUAGES:
            self.order = None
            if order.given:
                self._problem(
                    waiting.span.first, "directives stand above this block and on its fence; keep one."
                )
            order = waiting.order
        if fence.code.language == OUTPUT_LANGUAGE:
            self._output(fence.code)
        elif fence.code.language not in PYTHON_LANGUAGES:
            self._add(fence.code)
        elif order.purpose in _HIDDEN:
            self._hidden(order, fence.code.source, fence.code.span)
        elif self.open is None:
            self._preamble(fence.code, order)
        else:
            script = script_of(fence.code, order.directives)
            self._add(script.code, silent=order.purpose is BlockPurpose.CONTEXT)
            if order.purpose is BlockPurpose.TASK and self.open.task is not None:
                self._problem(fence.code.span.first - 1, "the question has a `task` already; ask another.")
            if order.purpose is BlockPurpose.TASK:
                self.open.task = len(self.open.snippets)
            self.open.add_snippet(
                SnippetRole.SHOWN,
                script.code.source,
                script.directives,
                script.code.span,
                order.without,
                script.stated,
            )

    def _preamble(self, code: Code, order: BlockDirectives) -> None:
        """Add a block that stands before the first question, or report one that stands between questions."""
        if self.questions:
            self._problem(code.span.first - 1, "this Python block stands outside every question; move it.")
            return
        if order.purpose is BlockPurpose.TASK:
            self._problem(code.span.first - 1, "a `task` belongs in a question; move it.")
        script = script_of(code, order.directives)
        code = script.code
        self._add(code)
        name = SnippetName(f"{PREAMBLE_NAME}#{len(self.preamble) + 1}")
        self.preamble.append(
            Snippet(
                name,
                code.source,
                SnippetRole.SHOWN,
                script.directives,
                script.stated,
                code.span,
                order.without,
            )
        )

    def _ends_in_preamble(self) -> bool:
        """Tell whether a Python block before the first question was the last to be added."""
        is_before = self.open is None and not self.questions
        return is_before and bool(self.preamble) and self.asides[-1].span == self.preamble[-1].span

    def _output(self, code: Code) -> None:
        if self._ends_in_preamble():
            self.preamble[-1] = replace(self.preamble[-1], stated=code.source)
            self._add(code)
            return
        position = self.open.last_shown_place() if self.open else None
        if self.open is None or position is None:
            self._problem(code.span.first - 1, "no Python block stands right above this output.")
            return
        snippet = self.open.snippets[position]
        directives = snippet.directives
        if directives.no_run or directives.skip or directives.no_output or directives.syntax_error:
            self._problem(
                code.span.first - 1, "the block above prints nothing that could be compared with this."
            )
        if position == self.open.task:
            self._problem(code.span.first - 1, "a `task` is judged by its checks; state no output.")
        self.open.snippets[position] = replace(snippet, stated=code.source)
        self._add(code)

    def _comment(self, comment: DirectiveComment) -> None:
        order = comment.order
        if order.purpose in _HIDDEN:
            if not comment.source:
                self._problem(comment.span.first, "this hidden block holds no code.")
            self._hidden(order, comment.source, comment.span)
        elif comment.source:
            self._problem(comment.span.first - 1, "a comment with code needs `check` or `define=NAME`.")
        elif order.purpose is BlockPurpose.QUESTION_ID:
            if self.open is None:
                self._problem(comment.span.first, "`id` stands outside every question.")
            elif self.open.pin:
                self._problem(comment.span.first, "the question has an `id` already.")
            else:
                self.open.pin = order.name
        elif order.given:
            self._expect_nothing()
            self.order = comment

    def _hidden(self, order: BlockDirectives, source: str, span: Span) -> None:
        if order.purpose is not BlockPurpose.CHECK:
            if order.name in self.fixtures:
                first = self.fixtures[order.name].span.first
                self._problem(span.first, f"the fixture `{order.name}` is defined in line {first} already.")
            else:
                name = SnippetName(f"fixture:{order.name}")
                role = SnippetRole.STAND_IN if order.purpose is BlockPurpose.STAND_IN else SnippetRole.FIXTURE
                self.fixtures[order.name] = Snippet(name, source, role, order.directives, None, span)
        elif self.open is None:
            self._problem(span.first, "this check stands outside every question; move it.")
        else:
            self.open.add_snippet(SnippetRole.CHECK, source, order.directives, span)


def _missing_code_problems(
    questions: Sequence[Question], fixtures: Sequence[Snippet], preamble: Sequence[Snippet]
) -> Iterator[Problem]:
    """Yield a problem for each undefined fixture and each `continues` without code to continue."""
    defined = tuple(fixture.name.removeprefix("fixture:") for fixture in fixtures)
    for snippet in preamble:
        if snippet.directives.continues:
            sentence = "`continues` belongs on the first block of a question."
            yield Problem(snippet.span.path, snippet.span.first, sentence)
        yield from _missing_fixture_problems(snippet, defined)
    code_before = False
    for question in questions:
        for snippet in question.snippets:
            directives, path, line = snippet.directives, snippet.span.path, snippet.span.first
            if directives.continues and snippet is not question.snippets[0]:
                yield Problem(path, line, "`continues` belongs on the first block of its question.")
            elif directives.continues and not code_before:
                yield Problem(path, line, "`continues` needs code in the question before, which has none.")
            yield from _missing_fixture_problems(snippet, defined)
        code_before = bool(question.snippets)


def _missing_fixture_problems(snippet: Snippet, defined: tuple[str, ...]) -> Iterator[Problem]:
    for name in (*snippet.directives.fixtures, *(fixture for _, fixture in snippet.directives.files)):
        if name not in defined:
            sentence = f"no hidden block defines the fixture `{name}`"
            yield Problem(
                snippet.span.path, snippet.span.first, sentence + (suggestion(name, defined) or ".")
            )
