"""The learned table and how it is written."""

from __future__ import annotations

from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from cards.recover.code.weights import Weights, learned_weights, parse_table, render_table

_WORDS = st.text(st.characters(min_codepoint=32), max_size=80)
_TWENTIETHS = st.dictionaries(
    _WORDS, st.integers(-400, 400).filter(bool).map(lambda number: number / 20), max_size=12
)


@given(_TWENTIETHS, _TWENTIETHS)
def test_a_table_says_what_was_written(step: dict[str, float], whole: dict[str, float]) -> None:
    assert parse_table("# for people\n" + render_table(Weights(step, whole))) == Weights(step, whole)


def test_words_are_written_as_what_differs_from_the_one_before() -> None:
    weights = Weights({"a for 1": 0.5, "a for 2": -1.0}, {"a for 2": 0.25})
    assert render_table(weights) == "0a for 1\t10\t\n62\t-20\t5\n"


def test_what_weighs_next_to_nothing_is_left_out() -> None:
    assert render_table(Weights({"little": 0.02}, {})) == ""


def test_the_table_is_small_and_knows_both_weights() -> None:
    assert len(files("cards.recover.code").joinpath("indentation.tsv").read_bytes()) <= 200_000
    assert len(learned_weights().placement) > 5000
    assert any(word.startswith("header_ends ") for word in learned_weights().reranking)
