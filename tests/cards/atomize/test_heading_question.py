"""What a heading of a table asks of a thing, by its grammar."""

from __future__ import annotations

import pytest

from cards.atomize.tables.heading_question import question_of_heading, questions_of_two


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("main limit", "What is the main limit of {thing}?"),
        ("key libraries", "What are the key libraries for {thing}?"),
        ("common alternative", "What is a common alternative to {thing}?"),
        ("dtype after parsing", "What is the dtype of {thing} after parsing?"),
        ("place of the normalisation", "What is the place of the normalisation with {thing}?"),
        ("who calls it?", "Who calls {thing}?"),
        ("when is it called?", "When is {thing} called?"),
        ("what is its cost?", "What is {thing}’s cost?"),  # noqa: RUF001 - typographic apostrophe
        ("where are the replicas?", "Where are the replicas with {thing}?"),
        ("why it matters", "Why does {thing} matter?"),
        ("how it is read", "How is {thing} read?"),
        ("how to read it back", "How do you read {thing} back?"),
        ("use when", "When do you use {thing}?"),
        ("why", "Why {thing}?"),
        ("triggered by", "What is {thing} triggered by?"),
        ("stored as int8", "What is stored as int8 with {thing}?"),
        ("methods you write", "Which methods do you write for {thing}?"),
        ("space you need", "What space do you need for {thing}?"),
        ("why they use Go", "Why do {thing} use Go?"),
        ("when you need it", "When do you need {thing}?"),
        ("usual choice for", "What is {thing} the usual choice for?"),
        ("behaviour across calls", "What is the behaviour of {thing} across calls?"),
        ("examples", "What are examples of {thing}?"),
        ("suits", "What does {thing} suit?"),
        ("memory it needs", "What memory does {thing} need?"),
        ("prevents", "What does {thing} prevent?"),
        ("runs on", "What does {thing} run on?"),
        ("preferred", "What is preferred for {thing}?"),
    ],
)
def test_a_heading_asks_by_its_grammar(heading: str, question: str) -> None:
    assert question_of_heading(heading, ("this", "that")) == question


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("mutable", "Is {thing} mutable?"),
        ("thread-safe?", "Is {thing} thread-safe?"),
        ("idempotent", "Is {thing} idempotent?"),
        ("duplicates", "Does {thing} support duplicates?"),
        ("TPU support", "Does {thing} have TPU support?"),
        ("returns a new list", "Does {thing} return a new list?"),
        ("can be called twice", "Can {thing} be called twice?"),
    ],
)
def test_yes_and_no_below_a_heading_ask_whether(heading: str, question: str) -> None:
    assert question_of_heading(heading, ("yes", "No (since 3.7)", "n/a")) == question


@pytest.mark.parametrize(
    "heading",
    [
        "choices for",
        "they use",
        "when you sleep",
        "Python 3",
        "since version",
        "debugging",
        "mutable",
        "A/B",
        "how to create one",
        "?",
    ],
)
def test_a_heading_without_a_known_grammar_asks_nothing(heading: str) -> None:
    assert question_of_heading(heading, ("no loops", "that")) is None


@pytest.mark.parametrize(
    ("heading", "first", "then"),
    [
        ("best for", "What is {thing} best for?", "And {thing}?"),
        ("what is split", "What is split with {thing}?", "And with {thing}?"),
        ("when to use it", "When do you use {thing}?", "And {thing}?"),
        ("data it needs", "What data does {thing} need?", "And {thing}?"),
        ("where is it kept?", "Where is {thing} kept?", "And {thing}?"),
    ],
)
def test_of_two_things_the_other_is_asked_after_the_one(heading: str, first: str, then: str) -> None:
    assert questions_of_two(heading, ("this", "that")) == (first, then)


@pytest.mark.parametrize("heading", ["execution", "largest value", "place of the norm", "debugging", "A/B"])
def test_a_noun_asks_how_two_things_differ(heading: str) -> None:
    assert questions_of_two(heading, ("this", "that")) is None
