"""Which cards spoil one another, and which only look alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.card.kind import CardKind
from cards.check.pair_lint import pair_findings
from cards.guide.block import Code
from cards.guide.guide import QuestionSlug
from cards.guide.text import Style, StyledText
from cards.program.snippet import SnippetName
from cards.span import Span
from tests.builders.card import draft
from tests.builders.side import side

if TYPE_CHECKING:
    from cards.card.card import Draft

GAP = StyledText("…", Style.GAP)
LOOP = "for number in range(3):\n    print(number * number)"


def found(*drafts: Draft) -> list[tuple[str, int, str]]:
    placed = [
        replace(each, span=Span("g.md", 10 * place, 10 * place), cue=str(place), block=each.block or place)
        for place, each in enumerate(drafts, start=1)
    ]
    return [(one.rule, one.span.first, one.sentence) for one in pair_findings(placed)]


def code_card(kind: CardKind, asked: str, back: str, *shown: str) -> Draft:
    front = (*side(asked), Code(LOOP, "python"), *(Code(each, "output") for each in shown))
    return draft(
        front=front, back=(Code(back, "output"),), kind=kind, snippets=(SnippetName("q#1"),), block=7
    )


def test_a_front_that_prints_what_a_sibling_asks_is_found() -> None:
    assert found(
        draft(side("The queue that returns the smallest item first is ", GAP, "."), "PriorityQueue"),
        draft("Why does PriorityQueue, which returns the smallest item first, need an order?", "To compare"),
    ) == [
        (
            "sibling-leak",
            20,
            (
                "the front prints the answer “PriorityQueue” to the card of line 10 and what is asked there; "
                "leave one of them out: “Why does PriorityQueue, which returns the smallest item first, "
                "need a…”"
            ),
        )
    ]


def test_a_gap_that_prints_what_its_code_is_asked_for_is_found_once() -> None:
    asks = code_card(CardKind.PREDICT, "What does this print?", "0\n1\n4")
    fills = code_card(CardKind.COMPLETE, "Which call fills the gap?", "range", "0\n1\n4")
    other = code_card(CardKind.COMPLETE, "Which name fills the gap?", "number", "0\n1\n4")
    assert [(rule, sentence) for rule, _, sentence in found(asks, fills)] == [
        (
            "twin-leak",
            (
                "a card (gap to fill) prints what another one asks of this code (output to predict); "
                "`without=predict` or `without=complete` keeps one of them."
            ),
        )
    ]
    same_place = [replace(each, span=Span("g.md", 4, 4), cue=each.kind) for each in (asks, fills, other)]
    assert len(pair_findings(same_place)) == 1


@pytest.mark.parametrize(
    "drafts",
    [
        pytest.param(
            (
                draft("What is a priority queue of waiting tasks?", "A heap", kind=CardKind.TERM),
                draft("What is called a heap of waiting tasks?", "A queue", kind=CardKind.NAME),
            ),
            id="a term and its name",
        ),
        pytest.param(
            (
                draft(side("The smallest item of a heap stands at ", GAP, "."), "its root"),
                draft("What holds the tree at its root?", "The ground"),
            ),
            id="the word alone",
        ),
        pytest.param(
            (
                draft(side("The heap of three items has the depth ", GAP, "."), "2"),
                draft("What is the depth of a heap of three items, 2 levels apart?", "The same"),
            ),
            id="a small number",
        ),
        pytest.param(
            (
                draft(side("The smallest item of a heap stands at ", GAP, "."), "its root"),
                replace(
                    draft("Why does the smallest item of a heap stand at its root?", "To be taken"),
                    slug=QuestionSlug("another"),
                ),
            ),
            id="of another question",
        ),
        pytest.param(
            (
                draft("Which queue? Order: the smallest first.", "PriorityQueue", kind=CardKind.REVERSE),
                draft("Which queue? Order: the last first.", "LifoQueue", kind=CardKind.REVERSE),
            ),
            id="values that differ",
        ),
        pytest.param(
            (
                draft("What is the depth of a heap?", "Its levels"),
                draft("The depth of a heap?", "Its levels"),
            ),
            id="one answer",
        ),
    ],
)
def test_what_spoils_nothing_is_left_alone(drafts: tuple[Draft, ...]) -> None:
    assert found(*drafts) == []


def test_a_description_that_fits_another_thing_too_is_found() -> None:
    assert found(
        draft("Which queue? Order: the smallest first.", "PriorityQueue", kind=CardKind.REVERSE),
        draft("Which queue? Order: the smallest first, by a key.", "KeyedQueue", kind=CardKind.REVERSE),
    ) == [
        (
            "two-answers",
            10,
            (
                "the answer of line 20 (“KeyedQueue”) fits too; say what sets them apart: "
                "“Which queue? Order: the smallest first.”"
            ),
        )
    ]


def test_the_same_question_in_another_order_of_words_is_found_over_the_whole_guide() -> None:
    other = replace(draft("Of a heap, what is the depth?", "Its levels"), slug=QuestionSlug("another"))
    assert [rule for rule, _, _ in found(draft("What is the depth of a heap?", "Its height"), other)] == [
        "two-answers"
    ]
