"""Learn the weights in cards/recover/code/indentation.tsv from PyPI packages and the standard library.

    python scripts/learn_indentation.py CACHE

Downloads the packages that corpus.py names into CACHE, takes the examples in their documents, their
functions, classes and scripts (sample.py), strips the indentation and fits conditional logits (logit.py):
over the levels that Python's rules leave a statement, and over the likeliest readings of a whole sample.
Needs numpy and scipy, 6 GB of memory and a quarter of an hour; the downloads take 4 GB.

Only the weights are kept. What accuracy is judged on never goes in: see HELD_OUT in corpus.py.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus import fetch, fetch_sources
from logit import Choices, fit_most_useful
from sample import load_samples, log

from cards.recover.code.indent import BEAM_WIDTH, INITIAL_STATE, beam_search, extend_state, legal_levels_in
from cards.recover.code.lexer import lex
from cards.recover.code.nesting import lookaheads_of
from cards.recover.code.placement_features import placement_features
from cards.recover.code.reranking_features import reranking_features
from cards.recover.code.statement_facts import facts_of
from cards.recover.code.weights import PLACEMENTS, Weights, render_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample import Sample

    from cards.recover.code.lexer import LexedCode
    from cards.recover.code.placement import SearchState
    from cards.recover.code.statement import Statement

TABLE = Path(__file__).parent.parent / "cards" / "recover" / "code" / "indentation.tsv"
MOST_PLACEMENT_WEIGHTS, MOST_RERANKING_WEIGHTS = 12000, 9000
"""Weights of single steps and of whole readings: together less than 200 KB."""
PLACEMENT_PENALTY, RERANKING_PENALTY = 6.0, 16.0
"""How much large weights cost."""
IMPORTANCE = {"tutorial": 2.0, "long": 2.0, "docs": 2.0, "function": 0.7, "fragment": 1.0, "script": 1.0}
"""Guides read like documentation, so its examples count more."""


def add_placement_choices(choices: Choices, sample: Sample) -> bool:
    """Follow the right reading, noting what else each step could have been; False if rules forbid it."""
    reading = lex(sample.lines)
    statements = reading.statements
    levels = right_levels(reading, sample)
    if levels is None:
        return True
    ahead, hints = lookaheads_of(statements), facts_of(statements)
    placed = INITIAL_STATE
    for place, (statement, level) in enumerate(zip(statements, levels, strict=True)):
        options = legal_levels_in(statements, place, placed, ahead)
        if level not in options:
            return False
        if len(options) > 1:
            described = [
                dict.fromkeys(placement_features(statements, hints, place, placed, option), 1.0)
                for option in options
            ]
            choices.add(described, options.index(level), IMPORTANCE[sample.kind])
        placed = extend_state(statement, place, placed, level)
    return True


def add_reranking_choice(choices: Choices, sample: Sample, weights: dict[str, float]) -> None:
    """Note which of the likeliest readings of a sample is right."""
    reading = lex(sample.lines)
    levels = right_levels(reading, sample)
    paths = beam_search(reading, Weights(weights, {}), BEAM_WIDTH) if levels else []
    right = next((place for place, path in enumerate(paths) if list(path.levels) == levels), -1)
    if right < 0 or len(paths) < 2:
        return
    counted = _feature_counts(reading.statements, [path.levels for path in paths])
    # What all readings share decides nothing.
    shared = Counter(counted[0])
    for words in counted[1:]:
        shared &= words
    options: list[dict[str, float]] = []
    for words, path in zip(counted, paths, strict=True):
        described: dict[str, float] = {word: float(count) for word, count in (words - shared).items()}
        options.append({**described, PLACEMENTS: path.log_probability})
    choices.add(options, right, IMPORTANCE[sample.kind])


def _feature_counts(statements: Sequence[Statement], readings: list[tuple[int, ...]]) -> list[Counter[str]]:
    """Return how often each feature occurs in each of the readings."""
    hints, ahead = facts_of(statements), lookaheads_of(statements)
    begun: dict[tuple[int, ...], tuple[SearchState, list[str]]] = {(): (INITIAL_STATE, [])}
    described = []
    for levels in readings:
        words = Counter(reranking_features(statements, hints, levels))
        for place, (statement, level) in enumerate(zip(statements, levels, strict=True)):
            now = levels[: place + 1]
            if now not in begun:  # readings begin alike
                placed = begun[levels[:place]][0]
                choice = len(legal_levels_in(statements, place, placed, ahead)) > 1
                told = placement_features(statements, hints, place, placed, level) if choice else []
                begun[now] = extend_state(statement, place, placed, level), told
            words.update(begun[now][1])
        described.append(words)
    return described


def right_levels(reading: LexedCode, sample: Sample) -> list[int] | None:
    """Return the levels that the sample's statements had."""
    if not reading.whole or not reading.statements:
        return None
    return levels_of([sample.columns[statement.first] for statement in reading.statements])


def levels_of(columns: list[int]) -> list[int] | None:
    """Return the nesting level of each column; None where one fits no level that is open."""
    stack, levels = [columns[0]], []
    for column in columns:
        if column > stack[-1]:
            stack.append(column)
        while stack and stack[-1] > column:
            stack.pop()
        if not stack or stack[-1] != column:
            return None
        levels.append(len(stack) - 1)
    return levels


def learn_placement_weights(samples: list[Sample]) -> dict[str, float]:
    """Return the weights of the single steps, the most useful ones only."""
    choices = Choices()
    excluded = sum(not add_placement_choices(choices, sample) for sample in samples)
    log(f"{len(samples)} samples, {len(choices.words)} features, {excluded} excluded by the rules")
    return fit_most_useful(choices, MOST_PLACEMENT_WEIGHTS, PLACEMENT_PENALTY, 100)


def learn_reranking_weights(samples: list[Sample]) -> dict[str, float]:
    """Return the weights of whole readings, learned where the steps' weights never saw the sample."""
    half = len(samples) // 2
    choices = Choices()
    with ProcessPoolExecutor(2) as pool:
        for found in pool.map(
            _reranking_choices, (samples[:half], samples[half:]), (samples[half:], samples[:half])
        ):
            choices.extend(found)
    return fit_most_useful(choices, MOST_RERANKING_WEIGHTS, RERANKING_PENALTY, 120)


def _reranking_choices(learned: list[Sample], judged: list[Sample]) -> Choices:
    weights = learn_placement_weights(learned)
    choices = Choices()
    functions = 0
    for sample in judged:
        functions += sample.kind == "function"
        if sample.kind != "function" or functions % 2:  # there are many, and they teach less
            add_reranking_choice(choices, sample, weights)
    return choices


def main(cache: Path) -> None:
    """Write the table."""
    warnings.simplefilter("ignore")
    fetch(cache)
    fetch_sources(cache)
    samples = load_samples(cache)
    random.Random(0).shuffle(samples)  # for order only
    weights = Weights(reranking=learn_reranking_weights(samples), placement=learn_placement_weights(samples))
    head = "# Letters shared with the word before, word, weight of a step and in a whole, in twentieths.\n"
    TABLE.write_text(head + render_table(weights), "utf-8")
    log(f"{TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
