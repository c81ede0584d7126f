"""A build with a cache makes exactly what a build without one makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.build.cache import BuildCache, decode_cache, encode_cache
from cards.build.pipeline import BuildPlan, BuildResult, plan_build
from cards.card.card import Card, UnchangedCard
from cards.errors import GuideError, StaleCacheError
from cards.guide.reading.parse import parse_guide
from cards.lock.lock import UnparsedLock
from cards.part_cache import PartCache, decode_parts, encode_parts
from tests.builders.built import finished
from tests.builders.lock import parse_lock
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from cards.errors import Problem

RUNTIMES = frozenset({HERE})
LOCK = "guide.lock"

# What a question may hold; the last ones reach beyond it, or are wrong in most places.
BLOCKS = [
    "A **tensor** is an array of numbers of one type because the shape is fixed.",
    "An array of numbers holds 3 axes because its shape is fixed.",
    "- **rank**: the number of axes that an array has\n- **shape**: how long each of the axes is",
    "- **rank**: the number of axes that any array has\n- **shape**: how long each of the axes is",
    "| Aspect | Eager | Graph |\n|---|---|---|\n| Runs | at once | later |\n| Debug | easy | hard |",
    "1. First pour water\n2. Then wait an hour\n3. Drink it all",
    "#### A subheading\n\nIt says that graphs are fast because they are compiled.",
    "**Is it fast?**\n\nIt is, because it is compiled.",
    "```text\n\n# no heading\n```",
    "```python\nx = 3\nprint(x)\n```",
    "```python fixture=data\nprint(data)\n```",
    "```python continues\nprint(x + 1)\n```",
]
HEADINGS = [
    *(f"### Q{number}. What is thing {number}?" for number in range(9)),
    *(f"### What is the use of {name}?" for name in ("gold", "iron", "tin", "lead")),
    *(f"### {number} What is the use of zinc {number}?" for number in (1, 2, 4)),
    "### 4. Axes",
    "### Shapes",
    "## Why is it so?",
    "# How fast is it?",
]
SECTIONS = ["## Basics", "## 2. Speed", "## 2. Size", "### More", "# Guide", "# Another", "[far]: away"]
FIXTURES = [
    "### Q90. Where is it?\n\nHere.\n\n<!-- proofdeck: define=data\n\n# what is given\ndata = 1\n-->",
    "### Q90. Where is it?\n\nHere.\n\n<!-- proofdeck: define=data\n\n# what is given\ndata = 2\n-->",
    "### Q91. Who is it?\n\n```python\nx = 4\n```",
]

QUESTIONS = st.builds(
    lambda heading, blocks: "\n\n".join([heading, *blocks]),
    st.sampled_from(HEADINGS),
    st.lists(st.sampled_from([*BLOCKS[:-3], *BLOCKS[:-3], *BLOCKS]), min_size=1, max_size=3, unique=True),
)
PARTS = st.one_of(QUESTIONS, QUESTIONS, QUESTIONS, st.sampled_from(SECTIONS), st.sampled_from(FIXTURES))
EDITS = st.tuples(st.sampled_from(["insert", "remove", "replace", "move"]), st.integers(0, 9), PARTS)
GUIDES = st.lists(PARTS, min_size=2, max_size=8, unique_by=lambda part: part.partition("\n")[0])


@dataclass
class Both:
    """The same guide built twice: whole, and with the cache that the build before left behind."""

    whole: BuildResult | None = None
    lock: str = ""
    cache: BuildCache = field(default_factory=BuildCache)
    parts: PartCache = field(default_factory=PartCache)
    """Of the build with caches; it is kept where a cache of chunks is not."""
    cached: BuildResult | None = None
    moment: int = 1000

    def build(self, text: str) -> None:
        self.moment += 7
        problems = problems_of(text)
        if problems:
            with pytest.raises(GuideError) as refused:
                self._plan(text)
            assert refused.value.problems == problems
            return
        whole = plan_build(text, "guide.md", parse_lock(self.lock, LOCK) if self.lock else None, RUNTIMES)
        self.whole = finished(whole, verdicts_of(whole.to_run), self.moment)
        plan = self._plan(text)
        assert plan.to_run == whole.to_run
        self.cached = finished(plan, verdicts_of(plan.to_run), self.moment)
        self._compare(self.whole, self.cached)
        self.lock = self.cached.lock
        self.cache = decode_cache(encode_cache(self.cached.cache))
        self.parts = PartCache(decode_parts(encode_parts(plan.parts.used)))

    def _plan(self, text: str) -> BuildPlan:
        try:
            return self._plan_with(self.cache, text)
        except StaleCacheError:  # the command builds the whole guide then
            return self._plan_with(BuildCache(), text)

    def _plan_with(self, cache: BuildCache, text: str) -> BuildPlan:
        lock = UnparsedLock(self.lock.split("\n"), LOCK) if self.lock else None
        return plan_build(text, "guide.md", lock, RUNTIMES, cache=cache, keep_answers=False, parts=self.parts)

    @staticmethod
    def _compare(whole: BuildResult, cached: BuildResult) -> None:
        assert cached.lock == whole.lock
        assert cached.cache == whole.cache
        assert (cached.deck.slug, cached.deck.title) == (whole.deck.slug, whole.deck.title)
        assert [known(card) for card in cached.deck.cards] == [known(card) for card in whole.deck.cards]
        fresh = {card.id: card for card in whole.deck.whole_cards}
        assert all(card == fresh[card.id] for card in cached.deck.cards if isinstance(card, Card))
        assert cached.held == whole.held
        assert cached.shown_failing == whole.shown_failing
        assert cached.verdicts == whole.verdicts
        ours, theirs = cached.changes, whole.changes
        assert sorted(ours.unchanged) == sorted(theirs.unchanged)
        assert replace(ours, unchanged=()) == replace(theirs, unchanged=())


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        parse_guide(text, "guide.md")
    except GuideError as error:
        return error.problems
    return ()


def known(card: Card | UnchangedCard) -> UnchangedCard:
    if isinstance(card, UnchangedCard):
        return card
    span = card.span
    return UnchangedCard(
        card.id,
        card.kind,
        card.slug,
        card.changed_at,
        span.path,
        span.first,
        card.block,
        card.said,
        card.term,
    )


@given(GUIDES, st.lists(st.lists(EDITS, max_size=3), max_size=5))
def test_edits_give_what_whole_builds_give(parts: list[str], edits: list[list[tuple[str, int, str]]]) -> None:
    both = Both()
    both.build("\n\n".join(parts))
    for some in edits:
        for what, place, part in some:
            at = place % (len(parts) + 1)
            if what == "insert":
                parts.insert(at, part)
            elif parts[at:]:
                old = parts.pop(at)
                if what != "remove":
                    parts.insert(place // 2 if what == "move" else at, old if what == "move" else part)
        both.build("\n\n".join(parts))


def test_numbers_that_no_longer_count_are_read_again_where_they_stand() -> None:
    """Without the second of three questions, `3` before the third is a word of it."""
    parts = [f"### {number} What is zinc {number}?\n\nIt is number {number}." for number in (1, 2, 3)]
    both = Both()
    both.build("\n\n".join(parts))
    both.build("\n\n".join([parts[0], parts[2]]))
    both.build("\n\n".join(parts))


def test_a_lock_with_cards_that_no_build_made_makes_the_cache_stale() -> None:
    both = Both()
    both.build(LONG)
    lines = both.lock.split("\n")
    added = lines[1].replace(lines[1][10:26], "a" * 16)
    lock = UnparsedLock([*lines[:2], added, *lines[2:]], LOCK)
    with pytest.raises(StaleCacheError):
        plan_build(LONG, "guide.md", lock, RUNTIMES, cache=both.cache)
    assert plan_build(LONG, "guide.md", lock, RUNTIMES).lock.cards


LONG = "\n\n".join(
    f"### Q{number}. What is thing {number}?\n\nA thing is number {number}." for number in range(9)
)


def open_questions(before: str, after: str) -> list[str]:
    """Return the questions that are made again when one text takes the place of the other."""
    both = Both()
    both.build(before)
    lock = UnparsedLock(both.lock.split("\n"), LOCK)
    plan = plan_build(after, "guide.md", lock, RUNTIMES, cache=both.cache)
    return [question.title for chunk in plan.chunks if not chunk.cached for question in chunk.questions]


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("", "", []),
        ("number 4.", "the number 4.", [4]),
        ("thing 4?", "thing 40?", [40]),
        ("### Q4.", "\n\n### Q4.", [3]),
        ("### Q4.", "## Section\n\n### Q4.", [4, 5, 6, 7, 8]),
        ("### Q4.", "---\n\n### Q4.", [3]),
        ("### Q0.", "---\nauthor: somebody\n---\n\n### Q0.", []),
    ],
    ids=["nothing", "answer", "question", "blank lines", "section", "rule", "front matter"],
)
def test_only_what_an_edit_touches_is_made_again(old: str, new: str, again: list[int]) -> None:
    after = LONG.replace(old, new, 1)
    assert open_questions(LONG, after) == [f"What is thing {number}?" for number in again]


def test_a_damaged_cache_is_none() -> None:
    both = Both()
    both.build(LONG)
    content = encode_cache(both.cache)
    assert decode_cache(content) == both.cache
    for damaged in (b"", content[:-1], content.replace(b"thing 3", b"thing 4"), content[1:]):
        with pytest.raises(ValueError, match="not what was written"):
            decode_cache(damaged)
