"""What a lock says of pieces of code, beside what a run of all code anew found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.check.lock_difference import lock_differences
from cards.exercise.worth_asking import NO_WORDS, GapWords
from cards.lock.lock import Lock
from tests.builders.exercise import measured
from tests.builders.program import program


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        pytest.param(NO_WORDS, True, id="cards ask for them"),
        pytest.param(GapWords(is_unasked=True), False, id="no card does, so that none were looked for"),
    ],
)
def test_pieces_that_only_the_lock_has_are_told_where_cards_ask_for_them(
    words: GapWords, *, is_told: bool
) -> None:
    given = program("print(tf.sort(x, axis=0))")
    (snippet,) = given.snippets
    lock = replace(Lock("guide"), measured=(measured(snippet, "axis=0"),))
    anew = replace(measured(snippet), words=words)
    found = lock_differences(lock, (given,), (), (), (anew,), ())
    assert ["asks for other pieces" in each.sentence for each in found] == [True] * is_told
