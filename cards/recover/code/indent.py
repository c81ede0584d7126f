"""Restore indentation: a beam search over levels with learned weights, then reranking.

Lines are never changed or dropped; only blanks in front of them are added.
"""

from __future__ import annotations

import ast
import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.recover.code.lexer import lex
from cards.recover.code.nesting import legal_levels, lookaheads_of, stack_after
from cards.recover.code.placement import SearchState
from cards.recover.code.placement_features import placement_features
from cards.recover.code.reranking_features import reranking_features
from cards.recover.code.statement_facts import facts_of
from cards.recover.code.weights import PLACEMENTS, learned_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.recover.code.lexer import LexedCode
    from cards.recover.code.nesting import Lookahead
    from cards.recover.code.statement import Statement
    from cards.recover.code.weights import Weights

BEAM_WIDTH = 24
"""Indentations kept while searching."""
MOST_CANDIDATES = 8
"""Indentations whose text is written out and checked."""
SURE_CONFIDENCE = 0.85
"""The confidence below which a person should check the indentation."""
_INDENT = " " * 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to indent a snippet."""

    text: str
    levels: tuple[int, ...]
    """Of each line; a line that goes on with a statement has its statement's."""
    probability: float
    compiles: bool


@dataclass(frozen=True, slots=True)
class RestoredCode:
    """A snippet with its indentation, and what else it could be."""

    best: Candidate
    others: tuple[Candidate, ...]
    """The next likely ones that compile, best first."""
    confidence: float
    """How probable it is that the best one is right, 0 to 1."""

    @property
    def broken(self) -> bool:
        """Whether no indentation makes it Python."""
        return not self.best.compiles

    @property
    def review(self) -> bool:
        """Whether a person should check the indentation."""
        return self.broken or self.confidence < SURE_CONFIDENCE

    @property
    def uncertain_lines(self) -> tuple[int, ...]:
        """The lines, from 0, whose level differs between the two likeliest ways; empty where there is one."""
        if not self.others:
            return ()
        pairs = zip(self.best.levels, self.others[0].levels, strict=True)
        return tuple(line for line, (one, other) in enumerate(pairs) if one != other)


def restore(text: str, width: int = BEAM_WIDTH) -> RestoredCode:
    """Return the Python text with its indentation restored; blank lines go, nothing else."""
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    lexed = lex(lines)
    paths = rerank(lexed, beam_search(lexed, learned_weights(), width), learned_weights())
    candidates = [_candidate(lexed, levels, chance) for levels, chance in paths[:MOST_CANDIDATES]]
    if not candidates:
        flat = "\n".join(lines)
        return RestoredCode(Candidate(flat, (0,) * len(lines), 0.0, is_python(flat)), (), 0.0)
    good = [candidate for candidate in candidates if candidate.compiles]
    if not good:
        return RestoredCode(candidates[0], (), 0.0)
    return RestoredCode(good[0], tuple(good[1:]), _confidence(good))


def _confidence(good: Sequence[Candidate]) -> float:
    total = sum(candidate.probability for candidate in good)
    return good[0].probability / total if total else 0.0


def is_python(text: str) -> bool:
    """Tell whether the text is Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class ScoredLevels:
    """The levels of all statements, with the scores of search and reranking."""

    levels: tuple[int, ...]
    """Of the statements."""
    log_probability: float
    """The logarithm of the product of its steps' probabilities."""
    reranking_score: float
    """What its steps' features weigh among complete indentations."""


def beam_search(lexed: LexedCode, weights: Weights, width: int) -> list[ScoredLevels]:
    """Return the indentations with the likeliest steps, best first."""
    statements = lexed.statements
    ahead = lookaheads_of(statements)
    all_facts = facts_of(statements)
    beam = [(0.0, 0.0, INITIAL_STATE)]
    for place, statement in enumerate(statements):
        grown: list[tuple[float, float, SearchState, int]] = []
        for chance, merit, placed in beam:
            levels = legal_levels_in(statements, place, placed, ahead)
            if len(levels) == 1:
                grown.append((chance, merit, placed, levels[0]))
            elif levels:
                words = [placement_features(statements, all_facts, place, placed, level) for level in levels]
                chances = log_softmax(words, weights.placement)
                grown += [
                    (chance + more, merit + total_weight(described, weights.reranking), placed, level)
                    for more, described, level in zip(chances, words, levels, strict=True)
                ]
        if not grown:
            # No indentation is Python: go on from the likeliest as if the rules did not hold here.
            chance, merit, placed = beam[0]
            grown = [(chance - 20.0, merit, placed, len(placed.stack))]
        grown.sort(key=lambda entry: -entry[0])
        beam = [
            (chance, merit, extend_state(statement, place, placed, level))
            for chance, merit, placed, level in grown[:width]
        ]
    return [ScoredLevels(placed.levels, chance, merit) for chance, merit, placed in beam]


def total_weight(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the sum of the weights of the features."""
    return sum([weights[word] for word in words if word in weights])


def rerank(
    lexed: LexedCode, paths: Sequence[ScoredLevels], weights: Weights
) -> list[tuple[tuple[int, ...], float]]:
    """Return the indentations, likeliest first by all features, each with its probability among them."""
    if len(paths) < 2:
        return [(path.levels, 1.0) for path in paths]
    all_facts = facts_of(lexed.statements)
    trust = weights.reranking.get(PLACEMENTS, 1.0)
    scores = [
        trust * path.log_probability
        + path.reranking_score
        + total_weight(reranking_features(lexed.statements, all_facts, path.levels), weights.reranking)
        for path in paths
    ]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    order = sorted(range(len(paths)), key=lambda place: -odds[place])
    return [(paths[place].levels, odds[place] / total) for place in order]


INITIAL_STATE = SearchState((), frozenset(), (), frozenset())


def legal_levels_in(
    statements: Sequence[Statement], place: int, placed: SearchState, ahead: Sequence[Lookahead]
) -> list[int]:
    """Return the levels that Python allows the next statement in this state."""
    before = statements[place - 1] if place else None
    level_before = placed.levels[-1] if placed.levels else 0
    return legal_levels(statements[place], placed.stack, before, level_before, ahead[place], ahead[place + 1])


def extend_state(statement: Statement, place: int, placed: SearchState, level: int) -> SearchState:
    """Return the search state after the statement was put at the level."""
    module, functions = placed.module, placed.functions
    if statement.binds and not any(block.kind in {"def", "class"} for block in placed.stack[:level]):
        module |= statement.binds
        if statement.name:
            functions |= {statement.name}
    return SearchState(
        stack_after(statement, place, level, placed.stack), module, (*placed.levels, level), functions
    )


def log_softmax(described: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """Return the logarithm of the probability of each of the options that the words describe."""
    scores = [total_weight(words, weights) for words in described]
    top = max(scores)
    total = top + math.log(sum([math.exp(score - top) for score in scores]))
    return [score - total for score in scores]


def _candidate(lexed: LexedCode, levels: Sequence[int], chance: float) -> Candidate:
    line_levels = _line_levels(lexed, levels)
    text = render_lines(lexed, line_levels)
    return Candidate(text, line_levels, chance, is_python(text))


def _line_levels(lexed: LexedCode, levels: Sequence[int]) -> tuple[int, ...]:
    by_line = [0] * len(lexed.lines)
    for statement, level in zip(lexed.statements, levels, strict=True):
        for line in (*statement.comments, *range(statement.first, statement.last + 1)):
            by_line[line] = level
    # What is said at the end is said of the whole, unless all is one definition.
    told = any(
        not level and statement.kind not in {"def", "class", "decorator", "import"}
        for statement, level in zip(lexed.statements, levels, strict=True)
    )
    for line in lexed.trailing:
        by_line[line] = levels[-1] if levels and not told else 0
    return tuple(by_line)


def render_lines(lexed: LexedCode, levels: Sequence[int]) -> str:
    """Return the lines of code indented to their levels, what stands in brackets one unit deeper."""
    doc = {
        line
        for statement in lexed.statements
        if statement.kind == "string"
        for line in range(statement.first, statement.last + 1)
    }
    laid = []
    for line, text in enumerate(lexed.lines):
        depth = lexed.depths[line]
        if depth < 0:
            # Inside a string blanks count, except where it only documents.
            laid.append(_INDENT * levels[line] + text if line in doc else text)
            continue
        laid.append(_INDENT * (levels[line] + depth) + text)
    return "\n".join(laid)
