"""A question's blocks become cards by small rules; every block is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from cards.atomize.code import snippet_cards
from cards.atomize.listing import listing_cards
from cards.atomize.measured_code import chosen_gaps
from cards.atomize.prose import asked_card, exchange_card, prose_cards
from cards.atomize.question_card import bare_card
from cards.atomize.sentence import Paragraph
from cards.atomize.table import table_cards
from cards.atomize.topic import NoCard, Topic, tokens, tried
from cards.card import sides
from cards.card.card import Draft
from cards.card.kind import Kind
from cards.guide.block import Code, Exchange, Item, Listing, Other, Prose, Subheading, Table
from cards.guide.task_blocks import description
from cards.guide.text import Style, plain
from cards.program.snippet import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.atomize.topic import Result
    from cards.exercise.measured import Measured
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.program.snippet import SnippetName
    from cards.span import Span

OVERVIEW_POINTS = 5
OVERVIEW_WORDS = 60
STEP_WORDS = 16

_NOTHING: Mapping[SnippetName, Measured] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one block."""

    what: str
    """paragraph, list, table, code, output, follow-up, subheading, or what it is in words."""
    cards: int
    reasons: tuple[str, ...]
    """Why places in it made no card, each with its count where it is more than one."""
    span: Span


@dataclass(frozen=True, slots=True)
class Atoms:
    """The cards of one question, and what became of each of its blocks."""

    drafts: tuple[Draft, ...]
    accounts: tuple[Account, ...]


def atomize(question: Question, measured: Mapping[SnippetName, Measured] = _NOTHING) -> Atoms:
    """Return the question's cards in the order of its blocks, the overview last.

    `measured` tells what running its snippets showed; without it there are no cards that ask for that.
    """
    shown = {snippet.span: snippet for snippet in question.snippets if snippet.role is Role.SHOWN}
    topic = Topic.of(question)
    gaps = chosen_gaps(question, measured)
    drafts: list[Draft] = []
    accounts: list[Account] = []
    paragraphs = {
        place: Paragraph.of(block) for place, block in enumerate(question.blocks) if isinstance(block, Prose)
    }
    asked_whole = _asked_whole(topic, paragraphs)
    described = len(description(question))
    lead: Paragraph | None = None
    for place, block in enumerate(question.blocks):
        results: list[Result]
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
                case Exchange():
                    results = [exchange_card(topic, block)]
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
        accounts.append(_account(block, results or ["it holds no words"]))
        leads = isinstance(block, Prose) and plain(block.inline).endswith((":", "?"))
        lead = paragraphs[place] if leads else None
    # A task is not recited but written: `proofdeck practice`.
    if question.task is None:
        drafts += _whole(topic, tuple(paragraphs.values()), drafts)
    return Atoms(_told_apart(drafts), tuple(accounts))


def _account(block: Block, results: Sequence[Result]) -> Account:
    """Return what became of a block, given its cards and the reasons for those that it did not make."""
    reasons = Counter(result for result in results if isinstance(result, str))
    told = (f"{count} × {reason}" if count > 1 else reason for reason, count in reasons.items())  # noqa: RUF001
    return Account(_what(block), len(results) - reasons.total(), tuple(told), block.span)


def _asked_whole(topic: Topic, paragraphs: Mapping[int, Paragraph]) -> Draft | None:
    """A question whose whole answer is a paragraph of one or two sentences is a card as it stands."""
    if len(topic.question.blocks) != 1 or 0 not in paragraphs or len(paragraphs[0].sentences) > 2:
        return None
    result = tried(asked_card, topic, topic.question.wording, paragraphs[0].prose)
    return result if isinstance(result, Draft) else None


def _whole(topic: Topic, paragraphs: Sequence[Paragraph], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the card of the question as a whole, where it has an outline or no other card."""
    whole = tried(_overview, topic, paragraphs)
    if not (isinstance(whole, Draft) or drafts):
        whole = tried(bare_card, topic)
    is_new = isinstance(whole, Draft) and not any(_asks_the_same(draft, whole) for draft in drafts)
    return [whole] if isinstance(whole, Draft) and is_new else []


def _overview(topic: Topic, paragraphs: Sequence[Paragraph]) -> Draft:
    """The interview question itself -> an outline: its steps, else its sentences, those with bold first."""
    steps = _steps(topic.question)
    points = steps or [
        Item(sentence)
        for paragraph in paragraphs
        if not plain(paragraph.prose.inline).endswith(":")
        for sentence in paragraph.sentences
        if not isinstance(sentence, str)
    ]
    first = [point for point in points if any(run.style is Style.STRONG for run in point.inline)]
    chosen: list[Item] = []
    for point in [*first, *(point for point in points if point not in first)][:OVERVIEW_POINTS]:
        if sum(len(plain(item.inline).split()) for item in (*chosen, point)) <= OVERVIEW_WORDS:
            chosen.append(point)
    kept = [point for point in points if point in chosen]
    if len(kept) < 2:
        raise NoCard("the answer has no outline")
    front = (Prose(topic.question.wording),)
    return topic.draft(
        Kind.OVERVIEW,
        "overview",
        front,
        (Listing(ordered=bool(steps), items=tuple(kept)),),
        span=topic.question.span,
    )


def _steps(question: Question) -> list[Item]:
    """Return the steps that answer the question, if they make an outline: few, short and each another."""
    for block in question.blocks:
        if isinstance(block, Listing) and block.ordered and 1 < len(block.items) <= OVERVIEW_POINTS:
            words = {plain(item.inline).casefold() for item in block.items}
            if len(words) == len(block.items) and all(0 < len(each.split()) <= STEP_WORDS for each in words):
                return [Item(item.inline) for item in block.items]
    return []


def _asks_the_same(draft: Draft, overview: Draft) -> bool:
    """A definition may ask the very same (`What is a tensor?`), and answers it in fewer words."""
    return draft.kind in {Kind.FACT, Kind.FAQ, Kind.TERM} and (
        tokens(sides.words(draft.front)) == tokens(sides.words(overview.front))
    )


def _told_apart(drafts: list[Draft]) -> tuple[Draft, ...]:
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


def _what(block: Block) -> str:
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
        case Exchange():
            return "follow-up"
        case Subheading():
            return "subheading"
        case Other():
            return block.what
        case _:
            assert_never(block)
