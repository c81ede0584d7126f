"""Pieces of code that are hidden, what was measured of them, and the exercises that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from cards.exercise.candidates import gap_candidates
from cards.exercise.exercise import Exercise
from cards.exercise.gap import Gap, GapKind
from cards.exercise.measurement import MeasureKey, SnippetMeasurement
from tests.builders.program import program, snippet

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from cards.exercise.measurement import Trait
    from cards.program.snippet import Snippet


def gap_of(source: str, piece: str) -> Gap:
    """Return the gap that hides a piece of the source."""
    return next(gap for gap in gap_candidates(source) if gap.text == piece)


def exercise(source: str, piece: str, *, above: str = "", check: Snippet | None = None) -> Exercise:
    """Return the exercise that hides a piece of the source, with a block above it and a check below."""
    first = [snippet(above, name="question#0")] if above else []
    last = [check] if check else []
    return Exercise(program(*first, snippet(source), *last), len(first), gap_of(source, piece))


def measured(
    measured_snippet: Snippet,
    *pieces: str,
    key: MeasureKey = MeasureKey("key"),  # noqa: B008 - a text
    printed: str = "7",
    traits: tuple[Trait, ...] = (),
) -> SnippetMeasurement:
    """Return what was measured of a snippet: its program noticed that these pieces were changed."""
    found = tuple(gap_of(measured_snippet.source, piece) for piece in pieces)
    return SnippetMeasurement(measured_snippet.name, key, printed, found, traits)


def gaps(texts: SearchStrategy[str]) -> SearchStrategy[Gap]:
    """Draw gaps; each is as long as its text."""
    return st.builds(
        lambda sort, line, start, text: Gap(sort, line, start, start + len(text), text),
        st.sampled_from(GapKind),
        st.integers(1, 99),
        st.integers(0, 99),
        texts,
    )
