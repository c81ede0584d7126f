"""A question's blocks become cards by small rules; every block is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from cards.atomize.code import snippet_cards
from cards.atomize.fallback_card import fallback_card
from cards.atomize.listing import listing_cards
from cards.atomize.measured_code import choose_gaps
from cards.atomize.prose import follow_up_card, prose_cards, question_answer_card
from cards.atomize.question_context import NoCard, QuestionContext, draft_or_reason, tokens
from cards.atomize.sentence import Paragraph
from cards.atomize.table import table_cards
from cards.card import sides
from cards.card.card import Draft
from cards.card.kind import CardKind
from cards.guide.block import Code, FollowUp, Item, Listing, Other, Prose, Subheading, Table
from cards.guide.task_blocks import task_description
from cards.guide.text import Style, plain_text
from cards.program.snippet import SnippetRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.atomize.question_context import DraftOrReason
    from cards.exercise.measurement import SnippetMeasurement
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.program.snippet import SnippetName
    from cards.span import Span

MAX_OVERVIEW_POINTS = 5
MAX_OVERVIEW_WORDS = 60
MAX_STEP_WORDS = 16

_NOT_MEASURED: Mapping[SnippetName, SnippetMeasurement] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BlockCoverage:
    """What became of one block."""

    what: str
    """paragraph, list, table, code, output, follow-up, subheading, or what it is in words."""
    cards: int
    reasons: tuple[str, ...]
    """Why places in it made no card, each with its count where it is more than one."""
    span: Span


@dataclass(frozen=True, slots=True)
class QuestionCards:
    """The cards of one question, and what became of each of its blocks."""

    drafts: tuple[Draft, ...]
    coverage: tuple[BlockCoverage, ...]


def atomize(
    question: Question, measured: Mapping[SnippetName, SnippetMeasurement] = _NOT_MEASURED
) -> QuestionCards:
    """Return the question's cards in the order of its blocks, the overview last.

    `measured` tells what running its snippets showed; without it there are no cards that ask for that.
    """
    shown = {snippet.span: snippet for snippet in question.snippets if snippet.role is SnippetRole.SHOWN}
    topic = QuestionContext.of(question)
    gaps = choose_gaps(question, measured)
    drafts: list[Draft] = []
    accounts: list[BlockCoverage] = []
    paragraphs = {
        place: Paragraph.of(block) for place, block in enumerate(question.blocks) if isinstance(block, Prose)
    }
    asked_whole = _whole_answer_card(topic, paragraphs)
    described = len(task_description(question))
    lead: Paragraph | None = None
    for place, block in enumerate(question.blocks):
        results: list[DraftOrReason]
        if place in question.context:
            results = ["context only, as the guide says"]
        elif place < described:
            results = ["what a task asks for"]
        elif asked_whole and place == 0 and isinstance(block, Prose):
            # What the whole question's card leaves out of a long answer is asked sentence by sentence.
            results = [
                asked_whole,
                *(prose_cards(topic, paragraphs[place])[1:] if asked_whole.context else ()),
            ]
        else:
            match block:
                case Prose():
                    results = prose_cards(topic, paragraphs[place])
                case Listing():
                    results = listing_cards(topic, block, lead)
                case Table():
                    results = table_cards(topic, block)
                case FollowUp():
                    results = [follow_up_card(topic, block)]
                case Code() if snippet := shown.get(block.span):
                    name = snippet.name
                    results = snippet_cards(topic, snippet, measured.get(name), gaps.get(name, ()))
                case Code(language="output"):
                    results = ["what the block above prints"]
                case Code(language=""):
                    results = ["the fence names no language"]
                case Code():
                    results = [f"{block.language}: not Python"]
                case Subheading():
                    results = ["a heading"]
                case Other():
                    results = [f"{block.what} makes no cards"]
                case _:
                    assert_never(block)
        drafts += [result for result in results if isinstance(result, Draft)]
        accounts.append(_block_coverage(block, results or ["it holds no words"]))
        leads = isinstance(block, Prose) and plain_text(block.inline).endswith((":", "?"))
        lead = paragraphs[place] if leads else None
    # A task is not recited but written: `proofdeck practice`.
    if question.task is None:
        drafts += _whole_question_cards(topic, tuple(paragraphs.values()), drafts)
    return QuestionCards(_with_unique_keys(drafts), tuple(accounts))


def _block_coverage(block: Block, results: Sequence[DraftOrReason]) -> BlockCoverage:
    """Return what became of a block, given its cards and the reasons for those that it did not make."""
    reasons = Counter(result for result in results if isinstance(result, str))
    told = (f"{count} × {reason}" if count > 1 else reason for reason, count in reasons.items())  # noqa: RUF001
    return BlockCoverage(_block_name(block), len(results) - reasons.total(), tuple(told), block.span)


def _whole_answer_card(topic: QuestionContext, paragraphs: Mapping[int, Paragraph]) -> Draft | None:
    """A question whose whole answer is a paragraph of one or two sentences is a card as it stands."""
    if len(topic.question.blocks) != 1 or 0 not in paragraphs or len(paragraphs[0].sentences) > 2:
        return None
    result = draft_or_reason(question_answer_card, topic, topic.question.wording, paragraphs[0].prose)
    return result if isinstance(result, Draft) else None


def _whole_question_cards(
    topic: QuestionContext, paragraphs: Sequence[Paragraph], drafts: Sequence[Draft]
) -> list[Draft]:
    """Return the card of the question as a whole, where it has an outline or no other card."""
    whole = draft_or_reason(_outline_card, topic, paragraphs)
    if not (isinstance(whole, Draft) or drafts):
        whole = draft_or_reason(fallback_card, topic)
    is_new = isinstance(whole, Draft) and not any(_asks_the_same(draft, whole) for draft in drafts)
    return [whole] if isinstance(whole, Draft) and is_new else []


def _outline_card(topic: QuestionContext, paragraphs: Sequence[Paragraph]) -> Draft:
    """The interview question itself -> an outline: its steps, else its sentences, those with bold first."""
    steps = _ordered_steps(topic.question)
    points = steps or [
        Item(sentence)
        for paragraph in paragraphs
        if not plain_text(paragraph.prose.inline).endswith(":")
        for sentence in paragraph.sentences
        if not isinstance(sentence, str)
    ]
    first = [point for point in points if any(run.style is Style.STRONG for run in point.inline)]
    chosen: list[Item] = []
    for point in [*first, *(point for point in points if point not in first)][:MAX_OVERVIEW_POINTS]:
        if sum(len(plain_text(item.inline).split()) for item in (*chosen, point)) <= MAX_OVERVIEW_WORDS:
            chosen.append(point)
    kept = [point for point in points if point in chosen]
    if len(kept) < 2:
        raise NoCard("the answer has no outline")
    front = (Prose(topic.question.wording),)
    return topic.draft(
        CardKind.OVERVIEW,
        "overview",
        front,
        (Listing(ordered=bool(steps), items=tuple(kept)),),
        span=topic.question.span,
    )


def _ordered_steps(question: Question) -> list[Item]:
    """Return the steps that answer the question, if they make an outline: few, short and each another."""
    for block in question.blocks:
        if isinstance(block, Listing) and block.ordered and 1 < len(block.items) <= MAX_OVERVIEW_POINTS:
            words = {plain_text(item.inline).casefold() for item in block.items}
            if len(words) == len(block.items) and all(
                0 < len(each.split()) <= MAX_STEP_WORDS for each in words
            ):
                return [Item(item.inline) for item in block.items]
    return []


def _asks_the_same(draft: Draft, overview: Draft) -> bool:
    """A definition may ask the very same (`What is a tensor?`), and answers it in fewer words."""
    return draft.kind in {CardKind.FACT, CardKind.FAQ, CardKind.TERM} and (
        tokens(sides.words(draft.front)) == tokens(sides.words(overview.front))
    )


def _with_unique_keys(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Give drafts of one key a number, so that keys are unique within the question."""
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


def _block_name(block: Block) -> str:
    match block:
        case Prose():
            return "paragraph"
        case Listing():
            return "list"
        case Table():
            return "table"
        case Code(language="output"):
            return "output"
        case Code():
            return "code"
        case FollowUp():
            return "follow-up"
        case Subheading():
            return "subheading"
        case Other():
            return block.what
        case _:
            assert_never(block)
