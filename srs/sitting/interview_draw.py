"""Draw the questions of a mock interview from the store."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from cards.guide.importance import Importance
from cards.regex import regex
from srs.interview.checklist import can_be_told, follow_ups, main_question
from srs.interview.draw import Topic, draw_topics, topic_weight
from srs.interview.interview_question import QuestionKind
from srs.interview.recall_today import recall_today
from srs.store.row import DamagedCard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from random import Random

    from cards.card.card import CardId
    from srs.interview.interview_question import InterviewQuestion
    from srs.review.card_row import CardRow
    from srs.review.log import LogEntry
    from srs.review.shown_card import ShownCard
    from srs.store.interviews.interview_store import LoggedQuestion
    from srs.store.store import Store

MOST_FOLLOW_UPS = 2
"""Follow-ups to a question; an interviewer has others to ask."""
_SECTION_TAG = "section::"
_WORD = regex(r"\w+")


def rows_of_section(rows: Sequence[CardRow], wanted: str) -> list[CardRow]:
    """Return the cards of the sections in whose names a word, or several in a row, begins so."""
    beginning = "-".join(_WORD.findall(wanted.casefold()))
    return [row for row in rows if beginning and f"-{beginning}" in f"-{_section(row)}".casefold()]


def topics_of(
    rows: Sequence[CardRow],
    logs: Mapping[CardId, Sequence[LogEntry]],
    asked: Sequence[LoggedQuestion],
    today: date,
) -> tuple[Topic, ...]:
    """Return the questions with an answer in words, in the guide's order, each with its weight."""
    before = Counter(
        question.result.topic for question in asked if question.result.kind is QuestionKind.QUESTION
    )
    topics = []
    for (guide, slug), group in groupby(rows, key=lambda row: (row.guide, row.question)):
        cards = list(group)
        if can_be_told(kind for row in cards if (kind := row.known_kind)):
            recalls = [recall_today(logs.get(row.id, ()), today) for row in cards if not row.optional]
            weight = topic_weight(_importance(cards), recalls, before[slug])
            topics.append(Topic(guide, slug, _section(cards[0]), weight))
    return tuple(topics)


def _importance(cards: Sequence[CardRow]) -> float:
    """Return how important a question is to an interviewer: as its most important card."""
    return max(cards, key=lambda row: row.importance).importance / Importance.PLAIN


def draw_questions(
    store: Store, rows: Sequence[CardRow], topics: Sequence[Topic], number: int, random: Random
) -> tuple[InterviewQuestion, ...]:
    """Return questions drawn from topics, section by section in rounds, each with follow-ups of its own."""
    questions: list[InterviewQuestion] = []
    for topic in draw_topics(topics, number, random):
        cards = list(_shown(store, rows, topic))
        question = main_question(cards) if cards else None
        if question is None:
            continue
        own = follow_ups(cards, question)
        chosen = sorted(random.sample(range(len(own)), min(MOST_FOLLOW_UPS, len(own))))
        questions += [question, *(own[place] for place in chosen)]
    return tuple(questions)


def _shown(store: Store, rows: Sequence[CardRow], topic: Topic) -> Iterator[ShownCard]:
    """Yield the cards of a topic; what is damaged in the store is left out."""
    for row in rows:
        if (row.guide, row.question) == (topic.guide, topic.slug):
            try:
                shown = store.cards.show(row.id)
            except DamagedCard:
                continue
            if shown is not None:
                yield shown


def _section(row: CardRow) -> str:
    return next((tag.removeprefix(_SECTION_TAG) for tag in row.tags if tag.startswith(_SECTION_TAG)), "")
