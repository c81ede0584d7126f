"""Assemble elements into questions: which element asks, which answer it, which block a directive is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from cards.errors import KnownTwinError, Problem
from cards.guide.answer.placeholder import is_placeholder
from cards.guide.block import Code, FollowUp, Listing, Other, Picture, Prose, Subheading, Table, words_of
from cards.guide.decoration import LONGEST_QUESTION, asks, bare, is_imperative
from cards.guide.directive import UNKNOWN_DIRECTIVE, BlockPurpose, not_run
from cards.guide.element import (
    OUTPUT_LANGUAGE,
    PYTHON_LANGUAGES,
    AnswerEnd,
    Asked,
    Certainty,
    DirectiveComment,
    Fence,
    Heading,
    HeadingForm,
    QuestionList,
)
from cards.guide.guide import QuestionSlug
from cards.guide.heading.number import is_number, is_numbered_label, without_bare_number, without_number
from cards.guide.heading.question_answer import (
    answer_start,
    has_question_label,
    is_answer_line,
    is_labelled,
    question_answer_pairs,
)
from cards.guide.heading.role import HeadingRole
from cards.guide.heading.slug import slug_of
from cards.guide.inline import collapse_space, merge_adjacent, slice_inline
from cards.guide.question_fact import tells_of_question
from cards.guide.reading.code_references import mend_code
from cards.guide.reading.labelled_output import may_be_output
from cards.guide.reading.lost_line import ASKS_WITHIN, lost_in_answer, lost_outside
from cards.guide.reading.question_builder import QuestionBuilder
from cards.guide.reading.script import script_of
from cards.guide.task_blocks import task_problems
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.program.program import PREAMBLE_NAME
from cards.program.snippet import Misread, Snippet, SnippetName, SnippetRole
from cards.regex import regex
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Block
    from cards.guide.directive import BlockDirectives
    from cards.guide.element import Element
    from cards.guide.guide import Question
    from cards.guide.heading.question_answer import QuestionAnswerPair
    from cards.guide.importance import Importance
    from cards.guide.reading.chunk import Chunk
    from cards.guide.section import Section
    from cards.language.written_language import GuideLanguage

_ONLY_FOLLOW_UPS = (
    "this question is not asked itself: only follow-up questions stand below it; write its answer above them."
)
_HINT = regex(r"\W{0,3}(?:hints?|tipps?|pista|indice|подсказка|提示|ヒント)\s*\d*\s*[:：]", re.IGNORECASE)  # noqa: RUF001
_NEXT_OPTION = regex(r"^\W*B\b\s*[.):]", re.MULTILINE)
_HIDDEN = frozenset({BlockPurpose.CHECK, BlockPurpose.FIXTURE, BlockPurpose.STAND_IN})


@dataclass(frozen=True, slots=True)
class GuideContents:
    """All questions, fixtures and problems found in a guide's elements."""

    title: str
    questions: tuple[Question, ...]
    fixtures: tuple[Snippet, ...]
    asides: tuple[Block, ...]
    preamble: tuple[Snippet, ...]
    warnings: tuple[Problem, ...]
    unanswered: tuple[QuestionSlug, ...]
    """The questions below which no answer stands."""


class GuideAssembler:
    """Builds questions from elements; it takes a part of a guide at a time, from a question or section on."""

    def __init__(self, path: str, language: GuideLanguage, tags: tuple[str, ...] = ()) -> None:
        self.path = path
        self.language = language
        self.tags = tags
        self.title = ""
        self.warnings: list[Problem] = []
        self.unanswered: dict[QuestionSlug, int] = {}
        """The questions without an answer, and their lines."""
        self.questions: list[Question] = []
        self.fixtures: dict[str, Snippet] = {}
        self.asides: list[Block] = []
        self.preamble: list[Snippet] = []
        """The Python blocks before the first question."""
        self.section = ""
        self.importance: Importance | None = None
        """How much the section matters, as its author says."""
        self.is_below_heading = False
        """Only comments stand between the last heading or question and what comes now."""
        self.open: QuestionBuilder | None = None
        self.order: DirectiveComment | None = None
        """Directives that wait for the next block."""
        self.asked: tuple[Inline, Span] | None = None
        """A follow-up question that waits for its answer."""
        self.seen: dict[str, Question] = {}
        self.answers: dict[str, str] = {}
        """A digest of the answer to each question."""
        self.has_bare_numbers = False

    def add_elements(self, elements: Sequence[Element], chunk: Chunk) -> None:
        """Add the elements of a chunk to the questions being built.

        Where the guide counts by them, a number without a mark before a question's words is decoration too.
        """
        self.section, self.importance = chunk.section
        self.has_bare_numbers = chunk.has_bare_numbers
        headings = zip(chunk.roles, chunk.sections, strict=True)
        for element in elements:
            match element:
                case Heading():
                    self._heading(element, *next(headings))
                case Asked():
                    self._asked(element)
                case QuestionList():
                    self._question_list(element)
                case AnswerEnd():
                    if self.open and self.open.is_summary:
                        self._close()
                case Prose():
                    self._prose(element)
                case Fence():
                    self._code(element)
                case DirectiveComment():
                    self._comment(element)
                case Listing():
                    self._listing(element)
                case _:
                    self._add(element)
            if not isinstance(element, DirectiveComment):
                self.is_below_heading = isinstance(element, Heading | Asked)
        self._close()

    def _heading(self, heading: Heading, role: HeadingRole, section: Section) -> None:
        """Add a heading: it begins a question, a section or a part of the answer, or names the guide."""
        match role:
            case HeadingRole.TITLE:
                self.title = plain_text(heading.inline)
            case HeadingRole.SECTION:
                self._close()
                self.section, self.importance = section
            case HeadingRole.ASKED_SECTION:
                self._ask(heading.inline, heading.span, headed=True)
                self.section, self.importance = section
            case HeadingRole.QUESTION:
                self._close()
                self.section, self.importance = section
                opened = self._ask(heading.inline, heading.span, headed=True)
                opened.is_summary = heading.form is HeadingForm.SUMMARY
                opened.awaits_words = is_numbered_label(plain_text(heading.inline))
            case HeadingRole.SUBHEADING if not self._is_label_of_answer(heading.inline):
                self._add(Subheading(heading.inline, heading.span))
            case HeadingRole.SUBHEADING:
                pass
            case _:
                assert_never(role)

    def add_known(self, question: Question) -> None:
        """Add a question whose cards an earlier build made; only its slug, title and section are known.

        Raises KnownTwinError if another has its slug now: which of them keeps it, only their answers say.
        """
        if question.slug in self.seen:
            raise KnownTwinError(question.slug)
        self.seen[question.slug] = question
        self.questions.append(question)

    def add_settled(self, question: Question, answer: str) -> None:
        """Add a question without code that was parsed elsewhere, with a digest of its answer."""
        self.answers[question.slug] = answer
        self.add_known(replace(question, preamble=tuple(self.preamble)) if self.preamble else question)

    def drop_answer(self, place: int) -> Question:
        """Return a question without its blocks, and keep only that, to save memory."""
        question = self.questions[place]
        without_answer = replace(question, wording=(), blocks=(), context=frozenset())
        self.questions[place] = self.seen[question.slug] = without_answer
        return without_answer

    def contents(self) -> GuideContents:
        """Return the questions and fixtures that were added, and all that their author should mend."""
        code = mend_code(self.questions, self.fixtures, self.preamble)
        unanswered = {slug: line for slug, line in self.unanswered.items() if slug not in self.seen}
        sentence = "this question has no answer; write one below it."
        return GuideContents(
            self.title,
            code.questions,
            code.fixtures,
            tuple(self.asides),
            code.preamble,
            (
                *self.warnings,
                *code.warnings,
                *(Problem(self.path, line, sentence) for line in unanswered.values()),
                *(
                    lost
                    for lost in lost_outside(self.path, self.asides)
                    if lost.line not in unanswered.values()
                ),
            ),
            tuple(unanswered),
        )

    def _warn(self, line: int, sentence: str) -> None:
        self.warnings.append(Problem(self.path, line, sentence))

    def _ask(
        self, asked: Inline, span: Span, *, paired: bool = False, headed: bool = False
    ) -> QuestionBuilder:
        self._close()
        wording = _without_whole_style(self._wording(asked))
        self.open = QuestionBuilder(
            wording,
            self.section,
            span.first,
            last=span.last,
            paired=paired,
            has_label=has_question_label(plain_text(asked)),
            headed=headed,
        )
        return self.open

    def _wording(self, asked: Inline) -> Inline:
        """Return a question's words without decoration and number."""
        start, end = bare(plain_text(asked))
        inline = slice_inline(asked, start, end)
        words = plain_text(inline)
        if is_number(words):
            return ()
        rest = without_number(words)
        if rest == words and self.has_bare_numbers:
            rest = without_bare_number(words)
        return slice_inline(inline, len(words) - len(rest))

    def _close(self) -> None:
        self._expect_nothing()
        question, self.open = self.open, None
        if question is None:
            return
        if question.split and not (question.blocks or question.snippets):
            asked, answer = question.split
            question.wording = _without_whole_style(self._wording(asked))
            question.add(Prose(answer, Span(self.path, question.line, question.last)))
        if question.has_label:
            question.blocks = _without_letter(question.blocks)
        slug = question.slug()
        if not slug:
            self._warn(question.line, "this question has no words; write what is asked.")
            self.asides += question.blocks
            return
        if not (question.blocks or question.snippets):
            self.unanswered.setdefault(QuestionSlug(slug), question.line)
            return
        if (other := self.seen.get(slug)) is not None and not self._tell_apart(question, other):
            return
        closed = replace(
            question.closed(self.path),
            preamble=tuple(self.preamble),
            language=self.language.of_question(question.prose()),
            tags=self.tags,
            importance=question.importance or self.importance,
        )
        if problems := tuple(task_problems(closed)):
            self.warnings += problems
            closed = replace(closed, task=None)
        has_no_answer = all(isinstance(block, FollowUp | Subheading | Other) for block in closed.blocks)
        if has_no_answer and any(isinstance(block, FollowUp) for block in closed.blocks):
            self._warn(question.line, _ONLY_FOLLOW_UPS)
        self.seen[closed.slug] = closed
        self.answers[closed.slug] = question.answer_digest()
        self.questions.append(closed)

    def _tell_apart(self, question: QuestionBuilder, other: Question) -> bool:
        """Give a question whose words stand there already a slug of its own; return False for a mere copy."""
        if other.slug not in self.answers:
            raise KnownTwinError(other.slug)
        if question.pin:
            sentence = f"its `id` already names the question in line {other.span.first}; choose another."
            self._warn(question.line, sentence)
            question.pin = ""
            if question.slug() not in self.seen:
                return True
        whole = question.answer_digest()
        same = other
        for tail in ("", *question.tails()):
            question.tail = tail
            slug = question.slug()
            if slug not in self.seen:
                return True
            same = self.seen[slug]
            if self.answers.get(slug) == whole:
                break
        sentence = f"the question is asked and answered as in line {same.span.first}; left out here."
        self._warn(question.line, sentence)
        return False

    def _expect_nothing(self) -> None:
        """Report directives and follow-up questions whose block or answer never came."""
        if self.order is not None:
            if self.order.order.is_of_importance_only:
                sentence = (
                    f"`{min(self.order.order.given)}` stands above no block; for a question or a section"
                )
                self._warn(self.order.span.first, f"{sentence} write it right below the heading.")
            elif self.order.order.purpose is BlockPurpose.OUTLINE:
                sentence = "`outline` stands above no list of a question: write its points as a list below."
                self._warn(self.order.span.first, sentence)
            elif self.order.order.directives.no_run != UNKNOWN_DIRECTIVE:  # that was said
                self._warn(self.order.span.first, "these directives stand above no block they are for.")
            self.order = None
        if self.asked is not None:
            (asked, span), self.asked = self.asked, None
            self._warn(
                span.first, "this follow-up question has no paragraph below it; it counts as a subheading."
            )
            if self.open is not None:
                self.open.add(Subheading(asked, span))

    def _add(self, block: Block, *, silent: bool = False, importance: Importance | None = None) -> None:
        one_way = False
        if self.order is not None and self.order.order.given == {"context"}:
            silent, self.order = True, None
        elif self.order is not None and self._is_for_cards_of(block, self.order.order):
            importance, one_way = self.order.order.importance, self.order.order.no_reverse
            self.order = None
        elif self._is_outline(block):
            importance = self._take_outline()
        self._expect_nothing()
        if self.open is None:
            self.asides.append(block)
        else:
            self.open.add(block, silent=silent, importance=importance, one_way=one_way)

    def _is_for_cards_of(self, block: Block, order: BlockDirectives) -> bool:
        """Tell whether directives say something of the cards that a block makes, and nothing else."""
        return order.is_of_cards_only and (not order.no_reverse or isinstance(block, Table | Listing))

    def _is_outline(self, block: Block) -> bool:
        """Tell whether a block is the list that the comment above it calls the question's outline."""
        is_said = self.order is not None and self.order.order.purpose is BlockPurpose.OUTLINE
        return is_said and isinstance(block, Listing) and self.open is not None

    def _take_outline(self) -> Importance | None:
        """Make the block that comes next the outline of its question; return how much it matters."""
        comment, self.order = self.order, None
        if comment is None or self.open is None:
            return None
        if self.open.outline is not None:
            self._warn(comment.span.first, "the question has an `outline` already; keep one.")
        else:
            self.open.outline = len(self.open.blocks)
        return comment.order.importance

    def _prose(self, prose: Prose) -> None:
        words = plain_text(prose.inline)
        if self.open and self.open.is_awaiting_words() and len(words) <= LONGEST_QUESTION:
            self._word_question(self.open, prose.inline)
        elif pairs := question_answer_pairs(words):
            for pair in pairs:
                self._pair(prose, words, pair)
        elif self._is_label_of_answer(prose.inline) or self._is_told_of_question(words):
            pass
        elif self.open and self.open.only_asks() and _is_label(self.open, prose.inline):
            self._add(Prose(slice_inline(prose.inline, answer_start(words)), prose.span))
        elif self.asked is not None:
            asked, span = self.asked
            self.asked = None
            self._exchange(asked, collapse_space(prose.inline), Span(self.path, span.first, prose.span.last))
        else:
            self.warnings += lost_in_answer(prose)
            self._add(Prose(collapse_space(prose.inline), prose.span))

    def _word_question(self, question: QuestionBuilder, asked: Inline) -> None:
        """Let a question that its heading only counts ask what stands below that."""
        question.awaits_words = False
        question.wording = _without_whole_style(self._wording(collapse_space(asked)))

    def _take_question_above(self, question: QuestionBuilder) -> None:
        """Let a heading that only names a problem ask what stands above the label of its solution."""
        title, first = plain_text(question.wording), question.blocks[0] if question.blocks else None
        has_marks = question.context or question.block_importance or question.one_way
        is_named = question.headed and not (asks(title) or is_imperative(title) or has_marks)
        if not (is_named and isinstance(first, Prose) and asks(plain_text(first.inline))):
            return
        below = question.blocks[1:]
        if len(plain_text(first.inline)) <= LONGEST_QUESTION and all(map(_belongs_to_question, below)):
            self._word_question(question, first.inline)
            question.blocks = [block for block in below if not isinstance(block, Prose)]

    def _is_label_of_answer(self, inline: Inline) -> bool:
        """Tell whether a line says no more than that the answer to the open question is below: `Answer:`."""
        if self.open is None or not is_answer_line(plain_text(inline).strip()):
            return False
        self._take_question_above(self.open)
        return self.asked is not None or self.open.only_asks()

    def _is_told_of_question(self, words: str) -> bool:
        """Tell whether words right below a question only say what it is like: `Difficulty: Easy`."""
        return self.open is not None and not self.open.blocks and tells_of_question(words)

    def _listing(self, listing: Listing) -> None:
        """Add a list, but one that only says what a question is like, and without the label of an answer.

        Its first entry may be that label (`- Answer:`), or begin with it: then it leads into the others.
        """
        if all(self._is_told_of_question(plain_text(item.inline)) for item in listing.items):
            return
        labelled, *others = listing.items
        is_label = is_answer_line(plain_text(labelled.inline))
        if not (self.open and not self.open.blocks and others and (is_label or is_labelled(labelled.inline))):
            self._add(listing)
            return
        words = () if is_label else slice_inline(labelled.inline, answer_start(plain_text(labelled.inline)))
        if plain_text(words).strip():
            self._add(Prose(words, Span(self.path, labelled.span.first, labelled.span.first)))
        self._add(Listing(listing.ordered, (*labelled.items, *others), listing.span))

    def _asked(self, asked: Asked) -> None:
        """Add a question that is no heading: of its own, or a follow-up or part of the answer above it."""
        is_headed = self.open is not None and self.open.headed
        if self.open is not None and self.open.is_awaiting_words():
            self._word_question(self.open, asked.inline)
            if asked.answer:
                self._add(Prose(asked.answer, asked.span))
            return
        match asked.certainty:
            case Certainty.ALWAYS:
                is_own = True
            case Certainty.UNLESS_HEADED:
                is_own = not is_headed
            case Certainty.FOLLOW_UP:
                self._follow(asked.inline, asked.answer, asked.span)
                return
        if is_own:
            self._take_for_section()
            opened = self._ask(asked.inline, asked.span)
            opened.split = asked.split
            if asked.answer:
                self._add(Prose(asked.answer, asked.span))
        else:
            self._add(asked.otherwise or Subheading(asked.inline, asked.span))
            if asks(plain_text(asked.inline)):
                self._warn(asked.span.first, ASKS_WITHIN)

    def _take_for_section(self) -> None:
        """Take a heading that asks nothing for a section, where questions stand below it and no answer."""
        question = self.open
        if question is None or not question.headed or question.blocks or question.snippets:
            return
        words = plain_text(question.wording)
        if not (asks(words) or is_imperative(words) or question.awaits_words):
            self.section, self.open = words, None

    def _question_list(self, questions: QuestionList) -> None:
        """Add a list of questions to the answer that is open; outside of one they are lost."""
        if self.open is not None:
            self._add(questions.listing)
            return
        self.asides.append(questions.listing)
        for item in questions.listing.items:
            slug = slug_of(plain_text(self._wording(item.inline)))
            self.unanswered.setdefault(QuestionSlug(slug), item.span.first)

    def _pair(self, prose: Prose, words: str, pair: QuestionAnswerPair) -> None:
        """Add a question or follow-up for one `Q: ... A: ...` pair of a paragraph."""
        end = pair.answer[1] if pair.answer else pair.asked[1]
        first = prose.span.first + words[: pair.asked[0]].count("\n")
        last = prose.span.first + words[:end].rstrip().count("\n")
        asked = slice_inline(prose.inline, *pair.asked)
        answer = slice_inline(prose.inline, *pair.answer) if pair.answer else ()
        if _is_counted(words, pair):
            self._end_intro()
        self._follow(asked, answer, Span(self.path, min(first, prose.span.last), min(last, prose.span.last)))

    def _end_intro(self) -> None:
        """Take a heading that asks nothing for a section too, where a question with a number begins."""
        question = self.open
        if question is None or not question.headed or question.has_label:
            return
        words = plain_text(question.wording)
        if not (asks(words) or is_imperative(words)):
            self._close()
            self.section = words

    def _follow(self, asked: Inline, answer: Inline, span: Span) -> None:
        if self.open is None or self.open.paired:
            self._ask(asked, span, paired=True)
            if answer := slice_inline(answer, answer_start(plain_text(answer))):
                self._add(Prose(answer, span))
        elif answer:
            self._expect_nothing()
            self._exchange(asked, answer, span)
        else:
            self._expect_nothing()
            self.asked = (asked, span)

    def _exchange(self, asked: Inline, answer: Inline, span: Span) -> None:
        answer = slice_inline(answer, answer_start(plain_text(answer)))
        if is_placeholder(answer):
            self._warn(span.first, "this follow-up question has no answer, so it makes no card; write one.")
        self._add(FollowUp(asked, answer, span))

    def _code(self, fence: Fence) -> None:
        order, waiting = fence.order, self.order
        if waiting is not None and fence.code.language in PYTHON_LANGUAGES:
            self.order = None
            if order.given:
                self._warn(
                    waiting.span.first, "directives stand above this block and on its fence; keep one."
                )
            order = not_run(Misread.TWO_SETS.value) if order.given else waiting.order
        if order.purpose is BlockPurpose.OUTLINE:
            self._warn(fence.code.span.first - 1, "`outline` is for a list, and this is code.")
        if self._is_labelled_output(fence) or fence.code.language == OUTPUT_LANGUAGE:
            self._output(replace(fence.code, language=OUTPUT_LANGUAGE))
        elif fence.code.language not in PYTHON_LANGUAGES:
            self._add(fence.code)
        elif order.purpose in _HIDDEN:
            self._hidden(order, fence.code.source, fence.code.span)
        elif self.open is None:
            self._preamble(fence.code, order)
        else:
            script = script_of(fence.code, order.directives)
            self._add(script.code, silent=order.purpose is BlockPurpose.CONTEXT, importance=order.importance)
            if order.purpose is BlockPurpose.TASK and self.open.task is not None:
                self._warn(fence.code.span.first - 1, "the question has a `task` already; ask another.")
            elif order.purpose is BlockPurpose.TASK:
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
            self._warn(code.span.first - 1, "this Python block stands outside every question; move it.")
            self._add(code)
            return
        if order.purpose is BlockPurpose.TASK:
            self._warn(code.span.first - 1, "a `task` belongs in a question; move it.")
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

    def _is_labelled_output(self, fence: Fence) -> bool:
        """Tell whether a label says that a fence is what the code above prints; leave the label out then."""
        if self.open is None or self.order is not None or fence.order.given or not may_be_output(fence.code):
            return False
        return self.open.drop_output_label()

    def _output(self, code: Code) -> None:
        if self._ends_in_preamble():
            self.preamble[-1] = replace(self.preamble[-1], stated=code.source)
            self._add(code)
            return
        position = self.open.last_shown_place() if self.open else None
        if self.open is None or position is None:
            if self.open is not None:
                self._warn(code.span.first - 1, "no Python block stands right above this output.")
            self._add(code)
            return
        snippet = self.open.snippets[position]
        directives = snippet.directives
        if directives.no_run or directives.skip or directives.no_output or directives.syntax_error:
            self._warn(
                code.span.first - 1, "the block above prints nothing that could be compared with this."
            )
        elif position == self.open.task:
            self._warn(code.span.first - 1, "a `task` is judged by its checks; state no output.")
        else:
            self.open.snippets[position] = replace(snippet, stated=code.source)
        self._add(code)

    def _comment(self, comment: DirectiveComment) -> None:
        order = comment.order
        if order.purpose in _HIDDEN:
            if not comment.source:
                self._warn(comment.span.first, "this hidden block holds no code.")
                return
            self._hidden(order, comment.source, comment.span)
        elif comment.source:
            self._warn(comment.span.first - 1, "a comment with code needs `check` or `define=NAME`.")
        elif order.purpose is BlockPurpose.QUESTION_ID:
            if self.open is None:
                self._warn(comment.span.first, "`id` stands outside every question.")
            elif self.open.pin:
                self._warn(comment.span.first, "the question has an `id` already.")
            else:
                self.open.pin = order.name
                self.open.importance = order.importance or self.open.importance
        elif order.is_of_importance_only and self.is_below_heading and self._has_no_answer_yet():
            self._weigh(comment)
        elif order.given:
            self._expect_nothing()
            self.order = comment

    def _has_no_answer_yet(self) -> bool:
        return self.open is None or not (self.open.blocks or self.open.snippets)

    def _weigh(self, comment: DirectiveComment) -> None:
        """Take what a comment right below a heading says for the whole question, else for the section."""
        if self.open is not None:
            self.open.importance = comment.order.importance
        elif self.section:
            self.importance = comment.order.importance
        else:
            word = min(comment.order.given)
            sentence = f"`{word}` stands outside every question and section; write it right below a heading"
            self._warn(comment.span.first, f"{sentence} of one.")

    def _hidden(self, order: BlockDirectives, source: str, span: Span) -> None:
        if order.purpose is not BlockPurpose.CHECK:
            if order.name in self.fixtures:
                first = self.fixtures[order.name].span.first
                self._warn(span.first, f"the fixture `{order.name}` is defined in line {first} already.")
            else:
                name = SnippetName(f"fixture:{order.name}")
                role = SnippetRole.STAND_IN if order.purpose is BlockPurpose.STAND_IN else SnippetRole.FIXTURE
                self.fixtures[order.name] = Snippet(name, source, role, order.directives, None, span)
        elif self.open is None:
            self._warn(span.first, "this check stands outside every question; move it.")
        else:
            self.open.add_snippet(SnippetRole.CHECK, source, order.directives, span)


def _belongs_to_question(block: Block) -> bool:
    """Tell whether a block below what is asked goes with it: code, a picture, a hint."""
    is_hint = isinstance(block, Prose) and _HINT.match(plain_text(block.inline))
    return bool(is_hint) or isinstance(block, Code | Picture)


def _is_counted(words: str, pair: QuestionAnswerPair) -> bool:
    """Tell whether the label before a question has a number: `Q7.`"""
    label = words[: pair.asked[0]].rpartition("\n")[2]
    return any(map(str.isdigit, label))


def _is_label(question: QuestionBuilder, answer: Inline) -> bool:
    """Tell whether what begins an answer like a label is one: not `A.`, which may be an option."""
    words = plain_text(answer)
    has_colon = words[: answer_start(words)].rstrip().endswith((":", "："))  # noqa: RUF001 - people type it
    return question.paired or is_labelled(answer) or (question.has_label and has_colon)


def _without_letter(blocks: list[Block]) -> list[Block]:
    """Return what answers a labelled question without `A.` before it, unless a `B.` makes that an option."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Prose) or any(_NEXT_OPTION.search(words_of(block)) for block in blocks):
        return blocks
    start = answer_start(plain_text(first.inline))
    return [replace(first, inline=slice_inline(first.inline, start)), *blocks[1:]] if start else blocks


def _without_whole_style(wording: Inline) -> Inline:
    """Return a question's words plain if they are bold or in italics as a whole: `**Q3. What is ...?**`."""
    words = [run for run in wording if not run.style.is_verbatim and run.text.strip(" ?.:")]
    for style in (Style.STRONG, Style.EMPHASIS):
        if all(run.style is style for run in words):
            return merge_adjacent(StyledText(run.text) if run.style is style else run for run in wording)
    return wording
