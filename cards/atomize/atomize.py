"""Make cards of a question's blocks by the rules in `rules`, and account for every block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from cards.atomize.block_cards import (
    command_cards,
    listing_cards,
    paragraph_cards,
    snippet_cards,
    table_cards,
)
from cards.atomize.code import ShownSnippet, printed_card
from cards.atomize.coverage import BlockCoverage, block_coverage
from cards.atomize.listing import reading_of
from cards.atomize.lists.list_kind import ListKind
from cards.atomize.measured_code import choose_gaps
from cards.atomize.prose import MAX_UNCUT_ANSWER_WORDS, question_answer_card
from cards.atomize.question_context import NoCard, QuestionContext
from cards.atomize.rules import FOLLOW_UP_RULES, QUESTION_RULES, apply_rules, first_card
from cards.atomize.sentence import Paragraph
from cards.atomize.whole.code_card import MAX_ANSWER_LINES, code_card
from cards.atomize.whole.command_card import command_card
from cards.atomize.whole.list_outline import is_bold_label
from cards.atomize.whole.output_card import MAX_PRINTED_LINES, output_card, repeats_of
from cards.atomize.whole.quiz_card import quiz_card
from cards.atomize.whole_question import WholeQuestion, says_its_steps
from cards.atomize.wording import prose_of, tokens
from cards.card import sides
from cards.card.card import Draft
from cards.card.kind import CardKind
from cards.card.picture import place_pictures
from cards.card.same_front import tell_fronts_apart
from cards.guide.answer.code_answer import CodeAnswer, code_answer_of, code_question_of
from cards.guide.answer.quiz import quiz_of
from cards.guide.block import Code, FollowUp, Listing, Other, Picture, Prose, Subheading, Table
from cards.guide.element import OUTPUT_LANGUAGE
from cards.guide.inline import split_sentences
from cards.guide.page_part import opens_or_closes_page
from cards.guide.task_blocks import task_description
from cards.guide.text import plain_text
from cards.language.natural_language import COLONS, QUESTION_MARKS
from cards.language.word_count import count_words
from cards.program.snippet import SnippetRole
from cards.stale.named.named_calls import gone_calls_named
from cards.stale.words_search import gone_calls_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.atomize.question_context import CardOrReason
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.answer.code_answer import CodeQuestion
    from cards.guide.answer.quiz import Quiz
    from cards.guide.guide import Question
    from cards.program.snippet import Snippet, SnippetName
    from cards.span import Span
    from cards.stale.named.named_calls import NamedGone

_PART_OF_WHOLE = NoCard("on the card that asks the whole question")
_NO_RIGHT_OPTION = NoCard(
    "options of which none is marked as right: tick one, or write `Answer: B` below them"
)
_NOT_ASKED_OF_TASK = NoCard("the question wants code: what its values are like is no part of the answer")
_RETURNED = NoCard("the rows that a query returns")
_ONE_WAY = NoCard("not asked from there, as the guide says")
_ASKED_ALREADY = NoCard("another card of the question asks the same: say in the text what it is about")
_NOT_MEASURED: Mapping[SnippetName, SnippetMeasurement] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class QuestionCards:
    """The cards of one question, and the coverage of each of its blocks."""

    drafts: tuple[Draft, ...]
    coverage: tuple[BlockCoverage, ...]
    gone: tuple[NamedGone, ...] = ()
    """Where the question's words name what is gone as if it were there."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """The answer to a question, ready for the rules."""

    context: QuestionContext
    paragraphs: Mapping[int, Paragraph]
    """Paragraphs by the position of their block."""
    snippets: Mapping[Span, ShownSnippet]
    description_length: int
    """The number of blocks at the start that say what a task asks for."""
    written: CodeAnswer | None
    """The code that the question wants."""
    whole_answer: Draft | None
    """The card of a question whose whole answer is short."""
    quiz: Quiz | None
    """The options that the question offers."""


def atomize(
    question: Question,
    measurements: Mapping[SnippetName, SnippetMeasurement] = _NOT_MEASURED,
    fixtures: Iterable[Snippet] = (),
    *,
    has_coverage: bool = True,
) -> QuestionCards:
    """Return the question's cards in the order of its blocks, the overview last.

    `measurements` tell what running its snippets showed; without them there are no cards that ask for that.
    `fixtures` are the guide's. Without `has_coverage` no block is accounted for.
    """
    answer = _read_answer(QuestionContext.of(question, fixtures), measurements)
    results = _cards_asked_whole(answer) or [
        _block_cards(answer, place) for place in range(len(question.blocks))
    ]
    of_words = [
        draft
        for draft in _drafts_among(result for found in results for result in found)
        if not _is_of_code(draft, answer.context.question)
    ]
    if code := _code_card(answer, of_words):
        results = _with_code_card(code, results, answer)
    results = _told_apart(results, question)
    drafts = _drafts_among(result for found in results for result in found)
    # A task is not recited but written: `proofdeck practice`.
    if question.task is None and not any(draft.kind.asks_alone for draft in drafts):
        drafts += _whole_question_cards(answer, drafts)
    coverage = _coverage(answer, results) if has_coverage else ()
    gone = gone_calls_named(question)
    shown = place_pictures(_with_unique_keys(_with_blocks(drafts, question)), question)
    return QuestionCards(_with_marks(shown, gone), coverage, gone)


def _coverage(answer: _Answer, results: Sequence[Sequence[CardOrReason]]) -> tuple[BlockCoverage, ...]:
    blocks = answer.context.question.blocks
    return tuple(
        block_coverage(block, found, _reading(answer, place))
        for place, (block, found) in enumerate(zip(blocks, results, strict=True))
    )


def _with_code_card(
    code: Draft, results: list[list[CardOrReason]], answer: _Answer
) -> list[list[CardOrReason]]:
    """Put the card of a task's code at its block, in place of what the task does not ask."""
    blocks = answer.context.question.blocks
    returned = [block for block in code.context if isinstance(block, Table)]
    is_whole = answer.written is not None and answer.written.line_count <= MAX_ANSWER_LINES
    found_with_code: list[list[CardOrReason]] = []
    for block, found in zip(blocks, results, strict=True):
        kept: list[CardOrReason] = [
            _NOT_ASKED_OF_TASK if _is_trait(each) else _PART_OF_WHOLE if is_whole and _is_line(each) else each
            for each in found
        ]
        if block.span == code.span:
            kept = [code, *(kept if block.span in answer.snippets else _drafts_among(kept))]
        found_with_code.append([_RETURNED] if block in returned else kept)
    return found_with_code


def _is_trait(result: CardOrReason) -> bool:
    return isinstance(result, Draft) and result.kind is CardKind.TRAIT


def _is_of_code(draft: Draft, question: Question) -> bool:
    """Tell whether a card asks for a line of code, or for a step that its comments count."""
    spans = [block.span for block in question.blocks if isinstance(block, Code)]
    return draft.kind is CardKind.LINE or (draft.kind is CardKind.STEP and draft.span in spans)


def _is_line(result: CardOrReason) -> bool:
    return isinstance(result, Draft) and result.kind is CardKind.LINE


def _told_apart(results: list[list[CardOrReason]], question: Question) -> list[list[CardOrReason]]:
    """Return the cards of each block, those of one front with what stands above them."""
    drafts = _drafts_among(result for found in results for result in found)
    told = iter(tell_fronts_apart(drafts, lambda draft: _words_above(draft, question)))
    return [
        [(next(told) or _ASKED_ALREADY) if isinstance(result, Draft) else result for result in found]
        for found in results
    ]


def _words_above(draft: Draft, question: Question) -> str:
    """Return the words of the last subheading or lead-in above a card; empty for none."""
    above = [
        plain_text(block.inline)
        for block in question.blocks
        if block.span.first < draft.span.first
        and (
            isinstance(block, Subheading)
            or (isinstance(block, Prose) and plain_text(block.inline).endswith(COLONS))
        )
    ]
    return above[-1] if above else ""


def _cards_asked_whole(answer: _Answer) -> list[list[CardOrReason]]:
    """Return the cards of each block where the question is asked with its options or code, or for code.

    Nothing where it is asked piece by piece.
    """
    context, question = answer.context, answer.context.question
    if question.task is not None:
        return []
    if answer.quiz:
        found = quiz_card(question, answer.quiz)
        options = question.blocks[answer.quiz.place].span
        return _results_of_whole(answer, context.draft_whole(found) if found else _NO_RIGHT_OPTION, options)
    asked = code_question_of(question)
    return _cards_asked_with_code(answer, asked) if asked else []


def _cards_asked_with_code(answer: _Answer, asked: CodeQuestion) -> list[list[CardOrReason]]:
    """Return the cards of each block of a question about code; nothing where nothing answers it."""
    predicted = _predicted(answer, asked)
    found = output_card(answer.context.question, _with_captured_output(answer, asked), predicted)
    if found is None:
        return []
    whole = answer.context.draft_whole(found, predicted.displayed if predicted else None)
    others = _snippet_cards_of(answer, asked.code)
    kept = [each for each in others if each.kind is not CardKind.PREDICT]
    return _results_of_whole(answer, whole, asked.code.span, kept)


def _with_captured_output(answer: _Answer, asked: CodeQuestion) -> CodeQuestion:
    """Return a question about code with its stated output as captured, or without what hangs on chance."""
    shown = answer.snippets.get(asked.code.span)
    if shown is None or shown.snippet.stated is None:
        return asked
    stated = Code(shown.snippet.stated, OUTPUT_LANGUAGE)
    captured = () if shown.output is None else (replace(stated, source=shown.output),)
    return replace(
        asked,
        answer=tuple(each for block in asked.answer for each in (captured if block == stated else (block,))),
    )


def _code_card(answer: _Answer, drafts: Sequence[Draft]) -> Draft | None:
    """Return the card that asks for the code of an answer, where that is what the question wants.

    Of long code its comments make a better card: the outline of what it does.
    """
    question = answer.context.question
    written = answer.written
    if question.task is not None or written is None or (drafts and not written.is_asked_for):
        return None
    if any(draft.kind.asks_alone for draft in drafts):
        return None
    if not drafts and written.line_count > MAX_ANSWER_LINES and says_its_steps(written.code):
        return None
    found = code_card(question, written)
    result = answer.context.draft_whole(found) if found else None
    return result if isinstance(result, Draft) else None


def _predicted(answer: _Answer, asked: CodeQuestion) -> Draft | None:
    """Return the card that asks what the code of a question prints, or the code that prints its values."""
    for block in (asked.code, *repeats_of(asked)):
        shown = answer.snippets.get(block.span)
        if shown is None or not shown.snippet.directives.is_meant_to_hold:
            continue
        result = printed_card(shown, answer.context, MAX_PRINTED_LINES)
        if isinstance(result, Draft):
            return result
    return None


def _snippet_cards_of(answer: _Answer, block: Code) -> list[Draft]:
    shown = answer.snippets.get(block.span)
    return _drafts_among(snippet_cards(shown, answer.context)) if shown else []


def _results_of_whole(
    answer: _Answer, whole: CardOrReason, at: Span, others: Sequence[Draft] = ()
) -> list[list[CardOrReason]]:
    """Return the card of a question that is asked whole at the block that it is made from."""
    blocks = answer.context.question.blocks
    return [[whole, *others] if block.span == at else [_PART_OF_WHOLE] for block in blocks]


def _with_blocks(drafts: Sequence[Draft], question: Question) -> list[Draft]:
    """Return the cards, each with the place of its block and what its author says of its importance."""
    said = dict(question.block_importance)
    with_blocks = []
    for draft in drafts:
        block = _block_of(draft, question)
        asked_of = question.outline if block is None else block
        importance = question.importance if asked_of is None else said.get(asked_of, question.importance)
        with_blocks.append(replace(draft, block=block, said=importance))
    return with_blocks


def _block_of(draft: Draft, question: Question) -> int | None:
    """Return the place of the last block that begins no later than a card and ends no sooner."""
    if draft.kind is CardKind.OVERVIEW:
        return None
    around = (
        place
        for place, block in enumerate(question.blocks)
        if block.span.first <= draft.span.first <= block.span.last
    )
    return max(around, default=None)


def _with_marks(drafts: tuple[Draft, ...], gone: tuple[NamedGone, ...]) -> tuple[Draft, ...]:
    """Return the cards, those in words marked that name one of the calls as if it were there."""
    return tuple(replace(draft, gone=_mark(draft, gone)) for draft in drafts) if gone else drafts


def _mark(draft: Draft, gone: tuple[NamedGone, ...]) -> str:
    if draft.snippets:
        return ""
    words = "\n".join(map(sides.words, (draft.front, draft.back)))
    named = {call.change for call in gone_calls_in_words(words, "\n".join(draft.breadcrumb))}
    change = next((one.change for one in gone if one.change in named), None)
    return f"`{change.old}` is gone. {change.advice}" if change else ""


def _read_answer(context: QuestionContext, measurements: Mapping[SnippetName, SnippetMeasurement]) -> _Answer:
    question = context.question
    paragraphs = {
        place: Paragraph.of(block, question.language)
        for place, block in enumerate(question.blocks)
        if isinstance(block, Prose)
    }
    return _Answer(
        context,
        paragraphs,
        _shown_snippets(question, measurements),
        len(task_description(question)),
        code_answer_of(question),
        _whole_answer_card(paragraphs, context),
        quiz_of(question),
    )


def _shown_snippets(
    question: Question, measurements: Mapping[SnippetName, SnippetMeasurement]
) -> dict[Span, ShownSnippet]:
    """Return the snippets that the answer shows and their measurements, by the position of their blocks."""
    gaps = choose_gaps(question, measurements)
    above = {block.span: before for before, block in pairwise(question.blocks) if isinstance(before, Prose)}
    shown = {}
    for snippet in question.snippets:
        if snippet.role is SnippetRole.SHOWN:
            measurement = measurements.get(snippet.name)
            shown[snippet.span] = (
                ShownSnippet(
                    snippet,
                    measurement.printed,
                    measurement.traits,
                    gaps.get(snippet.name, ()),
                    measurement.prints,
                    measurement.given,
                    above.get(snippet.span),
                )
                if measurement
                else ShownSnippet(snippet, above=above.get(snippet.span))
            )
    return shown


def _whole_answer_card(paragraphs: Mapping[int, Paragraph], context: QuestionContext) -> Draft | None:
    """Return the card of a question whose whole answer is one or two sentences, else None."""
    question = context.question
    places = [place for place, block in enumerate(question.blocks) if not isinstance(block, Picture | Other)]
    only = paragraphs.get(places[0]) if len(places) == 1 else None
    if only is None or len(only.sentences) > 2 or opens_or_closes_page(question.title):
        return None
    if _answers_twice(question, only) or plain_text(only.prose.inline).endswith(COLONS):
        return None
    result = question_answer_card(question.wording, only.prose, CardKind.FAQ, context)
    return None if isinstance(result, NoCard) else result


def _answers_twice(question: Question, answer: Paragraph) -> bool:
    """Tell whether a question asks two things, which two sentences of its answer answer."""
    asked = sum(question.title.count(mark) for mark in QUESTION_MARKS)
    words = count_words(plain_text(answer.prose.inline))
    return asked > 1 and len(answer.sentences) > 1 and words > MAX_UNCUT_ANSWER_WORDS


def _block_cards(answer: _Answer, place: int) -> list[CardOrReason]:
    """Return the cards of a block, and the reasons why parts of it make none; at least one of either."""
    question = answer.context.question
    if place in question.context:
        return [NoCard("context only, as the guide says")]
    if place == question.outline and not _reading(answer, place).startswith(ListKind.STEPS.value):
        return [NoCard("the outline of the question")]
    block = question.blocks[place]
    given = answer.written.given if answer.written else ()
    if place < answer.description_length or any(each.span == block.span for each in given):
        return [NoCard("what a task asks for")]
    if answer.whole_answer and place in answer.paragraphs:
        return _whole_answer_cards(answer.whole_answer, answer.paragraphs[place], answer.context)
    found = _cards_by_rules(answer, place) or [NoCard("it holds no words")]
    return [_ONE_WAY if _asks_back(each) else each for each in found] if place in question.one_way else found


def _asks_back(result: CardOrReason) -> bool:
    return isinstance(result, Draft) and result.kind in {CardKind.REVERSE, CardKind.NAME}


def _whole_answer_cards(whole: Draft, paragraph: Paragraph, context: QuestionContext) -> list[CardOrReason]:
    """Return the card of a whole answer; what it leaves out of a long one is asked sentence by sentence."""
    return [whole, *(paragraph_cards(paragraph, context)[1:] if whole.context else [])]


def _cards_by_rules(answer: _Answer, place: int) -> list[CardOrReason]:
    context = answer.context
    block = context.question.blocks[place]
    match block:
        case Prose():
            return paragraph_cards(answer.paragraphs[place], context)
        case Listing():
            return listing_cards(block, _lead_in(answer, place), context)
        case Table():
            return table_cards(block, context)
        case FollowUp():
            return apply_rules(FOLLOW_UP_RULES, block, context)
        case Code() if shown := answer.snippets.get(block.span):
            return snippet_cards(shown, context)
        case Code():
            if whole := _command_card(answer, place, block):
                return [whole]
            return command_cards(block, context) or [_reason_for_other_code(block, context.question)]
        case Subheading():
            return [NoCard("a heading")]
        case Picture():
            return [NoCard("it stands on the cards of its question")]
        case Other():
            return [NoCard(f"{block.what} makes no cards")]
        case _:
            assert_never(block)


def _command_card(answer: _Answer, place: int, block: Code) -> CardOrReason | None:
    """Return the card of a command below a sentence that leads into it; None elsewhere."""
    lead_in = _lead_in(answer, place)
    if lead_in is None:
        return None
    *_, lead = split_sentences(lead_in.prose.inline, answer.context.language)
    found = command_card(answer.context.question, lead, block)
    return answer.context.draft_whole(found) if found else None


def _reading(answer: _Answer, place: int) -> str:
    """Return what a list is taken for, and why; empty for any other block."""
    block = answer.context.question.blocks[place]
    if answer.quiz is not None and answer.quiz.place == place:
        return "the options of a quiz"
    return (
        str(reading_of(block, _lead_in(answer, place), answer.context)) if isinstance(block, Listing) else ""
    )


def _reason_for_other_code(block: Code, question: Question) -> NoCard:
    """Return why a block that is not run makes no cards."""
    if (asked := code_question_of(question)) and asked.code is block:
        return NoCard("the question is about it, and nothing below says what it does")
    match block.language:
        case "":
            return NoCard("the fence names no language")
        case language if language == OUTPUT_LANGUAGE:
            return NoCard("what the block above prints")
        case language:
            return NoCard(f"{language}: not Python")


def _lead_in(answer: _Answer, place: int) -> Paragraph | None:
    """Return the paragraph right before a block, if it leads into it: a bold line above a list does."""
    before = answer.paragraphs.get(place - 1)
    if before and isinstance(answer.context.question.blocks[place], Listing) and is_bold_label(before.prose):
        label = prose_of(before.prose.inline, answer.context.language.colon)
        return Paragraph.of(Prose(label.inline, before.prose.span), answer.context.language)
    return before if before and plain_text(before.prose.inline).endswith((*COLONS, *QUESTION_MARKS)) else None


def _whole_question_cards(answer: _Answer, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the card of the question as a whole, unless another card asks the same."""
    context = answer.context
    if opens_or_closes_page(context.question.title):
        return []
    others = [draft for draft in drafts if not _is_of_told_code(draft, context.question)]
    whole = WholeQuestion(context.question, tuple(answer.paragraphs.values()), bool(others))
    result = first_card(QUESTION_RULES, whole, context)
    return [
        overview
        for overview in _drafts_among([result] if result else [])
        if not any(_asks_the_same(draft, overview) for draft in drafts)
    ]


def _is_of_told_code(draft: Draft, question: Question) -> bool:
    """Tell whether a card asks for a line of an answer that is code alone, of which its comments tell."""
    is_code_alone = all(isinstance(block, Code | Picture | Other) for block in question.blocks)
    return is_code_alone and draft.kind in {
        CardKind.LINE,
        CardKind.WHY,
        CardKind.TERM,
        CardKind.FACT,
        CardKind.STEP,
    }


def _asks_the_same(draft: Draft, overview: Draft) -> bool:
    """Tell whether a draft has the same front as the overview, such as a definition."""
    return draft.kind in {CardKind.FACT, CardKind.FAQ, CardKind.TERM} and (
        tokens(sides.words(draft.front)) == tokens(sides.words(overview.front))
    )


def _drafts_among(results: Iterable[CardOrReason]) -> list[Draft]:
    return [result for result in results if isinstance(result, Draft)]


def _with_unique_keys(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Return the drafts with a number added to repeated keys, so that keys are unique within the question."""
    taken = {draft.key for draft in drafts}
    if len(taken) == len(drafts):
        return tuple(drafts)
    seen: set[str] = set()
    result = []
    for draft in drafts:
        apart, count = draft, 1
        while apart.key in seen or (count > 1 and apart.key in taken):
            count += 1
            apart = replace(draft, cue=f"{draft.cue}-{count}")
        seen.add(apart.key)
        result.append(apart)
    return tuple(result)
