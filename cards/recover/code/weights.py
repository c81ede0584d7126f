"""The learned weights of the features, read from and written to a prefix-compressed table.

The words are sorted, and most begin as the one before: each line says how many letters it shares with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEMENTS = "placements_log_probability"
"""The weight that the steps' own probability has in ranking complete indentations."""
_WEIGHT_UNIT = 20
"""A weight is written in twentieths."""
_ZERO = ord("0")
"""The letter for nothing shared; each following one stands for one letter more."""
_MOST_SHARED = 60
"""Letters that a word shares at most with the one before."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned weight of each feature, for placements and for reranking."""

    placement: Mapping[str, float]
    """Among the levels that one statement can have."""
    reranking: Mapping[str, float]
    """Among complete indentations: features of steps and of the whole."""


@cache
def learned_weights() -> Weights:
    """Return the learned weights."""
    return parse_table(files("cards.recover.code").joinpath("indentation.tsv").read_text("utf-8"))


def parse_table(text: str) -> Weights:
    """Return the weights that a table holds; lines that begin with `#` are for people."""
    placement: dict[str, float] = {}
    reranking: dict[str, float] = {}
    word = ""
    for line in text.split("\n"):
        if not line or line.startswith("#"):
            continue
        rest, one, other = line.split("\t")
        word = word[: ord(rest[0]) - _ZERO] + rest[1:]
        if one:
            placement[word] = int(one) / _WEIGHT_UNIT
        if other:
            reranking[word] = int(other) / _WEIGHT_UNIT
    return Weights(placement, reranking)


def render_table(weights: Weights) -> str:
    """Return the table; weights that are next to nothing are left out."""
    lines = []
    before = ""
    for word in sorted({*weights.placement, *weights.reranking}):
        one, other = (
            round(_WEIGHT_UNIT * held.get(word, 0.0)) for held in (weights.placement, weights.reranking)
        )
        if one or other:
            shared = _shared_length(word, before)
            lines.append(f"{chr(_ZERO + shared)}{word[shared:]}\t{one or ''}\t{other or ''}\n")
            before = word
    return "".join(lines)


def _shared_length(word: str, before: str) -> int:
    most = min(len(word), len(before), _MOST_SHARED)
    return next((place for place in range(most) if word[place] != before[place]), most)
