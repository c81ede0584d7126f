"""What holds for the cards of every guide."""

from __future__ import annotations

import json
import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cards.atomize.atomize import atomize
from cards.atomize.wording import contains_words, prose_words
from cards.card import sides
from cards.card.kind import CardKind
from cards.errors import GuideError
from cards.guide.block import Code
from cards.guide.reading.parse import parse_guide
from tests.builders.guide import good_guides, nasty_texts, parsed


@given(nasty_texts())
def test_every_guide_that_can_be_read_can_be_made_into_cards(text: str) -> None:
    try:
        guide = parse_guide(f"### What is it?\n\n{text}", "guide.md")
    except GuideError:
        return
    for question in guide.questions:
        atomize(question)


@given(good_guides())
def test_every_block_is_accounted_for_once(text: str) -> None:
    for question in parsed(text).questions:
        atoms = atomize(question)
        assert [account.span for account in atoms.coverage] == [block.span for block in question.blocks]
        assert [account for account in atoms.coverage if not account.cards and not account.reasons] == []
        overviews = sum(draft.kind is CardKind.OVERVIEW for draft in atoms.drafts)
        assert sum(account.cards for account in atoms.coverage) == len(atoms.drafts) - overviews


@given(good_guides())
def test_keys_are_unique_within_a_guide(text: str) -> None:
    keys = Counter(draft.key for question in parsed(text).questions for draft in atomize(question).drafts)
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_number_that_tells_two_cues_apart_takes_no_third_one_s_cue() -> None:
    text = "### What is it?\n\n- C: the oldest one of all of them\n- C++: the largest one of all of them\n"
    text += "- C 2: the newest one of all of them\n"
    keys = [draft.key for draft in atomize(parse_guide(text, "guide.md").questions[0]).drafts]
    assert keys == [
        "what-is-it/term/c",
        "what-is-it/name/c",
        "what-is-it/term/c-3",
        "what-is-it/name/c-3",
        "what-is-it/term/c-2",
        "what-is-it/name/c-2",
    ]


@given(good_guides())
def test_no_card_gives_its_answer_away_and_none_has_an_empty_side(text: str) -> None:
    for question in parsed(text).questions:
        for draft in atomize(question).drafts:
            answer = prose_words(draft.back)
            assert sides.words(draft.front).strip()
            assert sides.words(draft.back).strip()
            assert not (answer and contains_words(prose_words(draft.front), answer))
            assert [part for part in draft.breadcrumb if answer and contains_words(part, answer)] == []


@given(good_guides())
def test_the_sides_of_every_card_can_be_stored(text: str) -> None:
    for question in parsed(text).questions:
        for draft in atomize(question).drafts:
            for side in (draft.front, draft.back, draft.context):
                assert sides.decode(json.loads(sides.side_text(side))) == side


@given(good_guides(), st.integers(1, 50))
def test_cards_do_not_depend_on_where_the_guide_has_empty_lines_and_numbers(text: str, first: int) -> None:
    moved = re.sub(r"(?m)^### Q(\d+)\.", lambda match: f"\n\n### {first + int(match[1])}.", text)
    before, after = parsed(text), parse_guide(moved, "guide.md")
    assert [atomize(question).drafts for question in after.questions] == [
        atomize(question).drafts for question in before.questions
    ]


@given(good_guides())
def test_every_card_stands_within_its_question(text: str) -> None:
    for question in parsed(text).questions:
        for draft in atomize(question).drafts:
            assert draft.slug == question.slug
            assert question.span.first <= draft.span.first <= draft.span.last <= question.span.last


@given(good_guides())
def test_a_card_that_shows_python_names_the_code_that_must_hold(text: str) -> None:
    for question in parsed(text).questions:
        names = {snippet.name for snippet in question.snippets}
        for draft in atomize(question).drafts:
            sides = (*draft.front, *draft.back, *draft.context)
            shows = any(isinstance(block, Code) and block.language == "python" for block in sides)
            assert bool(draft.snippets) == shows
            assert set(draft.snippets) <= names
