"""What was made of parts of a guide is kept, wherever they stand, and never taken for another's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.guide.block import Prose
from cards.guide.text import StyledText
from cards.part_cache import PartCache, decode_parts, encode_parts
from cards.span import NOWHERE, Span

PART = Span("guide.md", 10, 19)
FACTS = Prose((StyledText("A tensor has a shape."),), Span("guide.md", 12, 13))
MADE = (FACTS, "made")


def next_build(cache: PartCache) -> PartCache:
    """Return the cache as the next build reads it."""
    return PartCache(decode_parts(encode_parts(cache.used)))


def first_build(facts: object = FACTS, made: object = MADE) -> PartCache:
    """Return the cache after a build that made something of some facts."""
    cache = PartCache()
    assert cache.recall(facts, PART, lambda: made) is made
    return cache


def never() -> object:
    """Fail: nothing is to be made."""
    raise AssertionError("it was made again")


def test_what_was_made_of_the_same_facts_is_not_made_again() -> None:
    cache = next_build(first_build())
    assert cache.recall(FACTS, PART, never) == MADE
    assert next_build(cache).recall(FACTS, PART, never) == MADE


def test_a_build_makes_it_once_however_often_it_asks() -> None:
    cache = first_build()
    assert cache.recall(FACTS, PART, never) == MADE


def test_a_part_that_has_moved_brings_its_lines_along() -> None:
    moved, part = replace(FACTS, span=Span("other.md", 112, 113)), Span("other.md", 110, 119)
    found = next_build(first_build()).recall(moved, part, never)
    assert isinstance(found, tuple)
    assert found[0].span == moved.span


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        (replace(FACTS, inline=(StyledText("A tensor has a dtype."),)), PART),
        (replace(FACTS, span=Span("guide.md", 13, 14)), PART),
        (replace(FACTS, span=NOWHERE), PART),
        (FACTS, Span("guide.md", 11, 19)),
        ((FACTS, ""), PART),
    ],
    ids=["other words", "other lines in it", "no lines", "another start", "more facts"],
)
def test_other_facts_are_made_anew(facts: object, part: Span) -> None:
    assert next_build(first_build()).recall(facts, part, lambda: "anew") == "anew"


def test_of_lines_elsewhere_counts_only_whether_they_come_before() -> None:
    facts = (FACTS, Span("guide.md", 3, 4))
    cache = next_build(first_build(facts))
    assert cache.recall((FACTS, Span("guide.md", 5, 8)), PART, never) == MADE
    assert cache.recall((FACTS, Span("guide.md", 21, 22)), PART, lambda: "anew") == "anew"


def test_what_names_lines_elsewhere_is_not_kept() -> None:
    assert not first_build(made=Span("guide.md", 3, 4)).used
    assert first_build(made=NOWHERE).used


def test_what_is_not_wanted_is_not_kept() -> None:
    cache = PartCache()
    assert cache.recall(FACTS, PART, lambda: MADE, lambda made: made != MADE) == MADE
    assert not cache.used


def test_what_a_build_does_not_use_is_forgotten() -> None:
    cache = next_build(first_build())
    cache.recall("other", PART, lambda: "made")
    assert next_build(cache).recall(FACTS, PART, lambda: "anew") == "anew"


def test_sets_and_shared_objects_make_no_difference() -> None:
    text = f"{PART.path}!"
    cache = next_build(first_build((frozenset({"b", "a", "c"}), text, text)))
    again = (frozenset(["c", "a", "b"]), f"{PART.path}!", f"{PART.path}!")
    assert cache.recall(again, PART, never) == MADE


def test_a_set_comes_back_as_a_set() -> None:
    names = frozenset({"a", "b"})
    assert next_build(first_build(made=names)).recall(FACTS, PART, never) == names


def test_a_damaged_file_is_refused() -> None:
    content = encode_parts(first_build().used)
    for damaged in (content[:-1], content[:70] + b"x" + content[71:], b""):
        with pytest.raises(ValueError, match="not what was written"):
            decode_parts(damaged)


def test_it_tells_what_the_build_before_saw() -> None:
    first = PartCache()
    assert first.is_first
    assert not first.has_seen("some code")
    second = next_build(first)
    assert not second.is_first
    assert not second.has_seen("other code")
    assert not next_build(second).has_seen("some code")
    assert next_build(second).has_seen("other code")


def test_a_fact_stands_for_a_value_in_every_process() -> None:
    cache = PartCache()
    fact = cache.fact(FACTS, PART)
    assert cache.fact(FACTS, PART) == fact == PartCache().fact(replace(FACTS), PART)
    assert fact != cache.fact(FACTS, NOWHERE)
    assert fact != cache.fact(replace(FACTS, inline=()), PART)
