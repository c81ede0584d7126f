"""Flat Python gets its indentation back: a beam search over levels with a learned table.

Lines are never changed or dropped; only blanks in front of them are added.
"""

from __future__ import annotations

import ast
import math
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cards.recover.feature import Placed, features, hints_of
from cards.recover.nest import feasible, look_ahead, opened
from cards.recover.statement import read
from cards.recover.whole import whole_features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.recover.feature import Hint
    from cards.recover.nest import Ahead
    from cards.recover.statement import Reading, Statement

WIDTH = 12
"""Readings kept while searching."""
MOST = 8
"""Readings that are laid out."""
SURE = 0.85
"""The confidence below which a person should look."""
_UNIT = " " * 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to indent a snippet."""

    text: str
    levels: tuple[int, ...]
    """Of each line; a line that goes on with a statement has its statement's."""
    probability: float
    compiles: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """A snippet with its indentation, and what else it could be."""

    best: Candidate
    others: tuple[Candidate, ...]
    """The next likely ones that compile, best first."""
    confidence: float
    """How probable it is that the best one is right, 0 to 1."""

    @property
    def broken(self) -> bool:
        """Whether no way to indent it makes it Python."""
        return not self.best.compiles

    @property
    def review(self) -> bool:
        """Whether a person should look."""
        return self.broken or self.confidence < SURE

    @property
    def in_question(self) -> tuple[int, ...]:
        """The lines, from 0, whose level differs between the two likeliest ways; empty where there is one."""
        if not self.others:
            return ()
        pairs = zip(self.best.levels, self.others[0].levels, strict=True)
        return tuple(line for line, (one, other) in enumerate(pairs) if one != other)


@cache
def table() -> Mapping[str, float]:
    """Return the learned weights."""
    text = files("cards.recover").joinpath("indentation.tsv").read_text("utf-8")
    weights = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, weight = line.rpartition("\t")
            weights[word] = int(weight) / 100
    return weights


def restore(text: str, width: int = WIDTH) -> Restored:
    """Return the text with indentation; blank lines go, nothing else."""
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    reading = read(lines)
    paths = ranked(reading, search(reading, table(), width), table())
    candidates = [_candidate(reading, levels, chance) for levels, chance in paths[:MOST]]
    if not candidates:
        flat = "\n".join(lines)
        return Restored(Candidate(flat, (0,) * len(lines), 0.0, compiles(flat)), (), 0.0)
    good = [candidate for candidate in candidates if candidate.compiles]
    if not good:
        return Restored(candidates[0], (), 0.0)
    return Restored(good[0], tuple(good[1:]), _confidence(good))


def _confidence(good: Sequence[Candidate]) -> float:
    total = sum(candidate.probability for candidate in good)
    return good[0].probability / total if total else 0.0


def compiles(text: str) -> bool:
    """Tell whether the text is Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def search(
    reading: Reading, weights: Mapping[str, float], width: int
) -> list[tuple[tuple[int, ...], float]]:
    """Return the likeliest levels of the statements with their probability, best first."""
    statements = reading.statements
    ahead = look_ahead(statements)
    hints = hints_of(statements)
    beam = [(0.0, START)]
    for place, statement in enumerate(statements):
        grown: list[tuple[float, Placed, int]] = []
        for score, placed in beam:
            levels = levels_left(statements, place, placed, ahead)
            if len(levels) == 1:
                grown.append((score, placed, levels[0]))
            elif levels:
                chances = log_chances(statements, hints, place, placed, levels, weights)
                grown += [(score + chance, placed, level) for level, chance in zip(levels, chances, strict=True)]
        if not grown:
            # No reading is Python: go on from the likeliest as if the rules did not hold here.
            score, placed = beam[0]
            grown = [(score - 20.0, placed, len(placed.stack))]
        grown.sort(key=lambda entry: -entry[0])
        beam = [
            (score, put(statement, place, placed, level)) for score, placed, level in grown[:width]
        ]
    return [(placed.levels, math.exp(score)) for score, placed in beam]


def ranked(
    reading: Reading, paths: Sequence[tuple[tuple[int, ...], float]], weights: Mapping[str, float]
) -> list[tuple[tuple[int, ...], float]]:
    """Return the readings in the order that they have as wholes, with their probability among themselves."""
    if len(paths) < 2:
        return list(paths)
    hints = hints_of(reading.statements)
    scores = []
    for levels, chance in paths:
        score = weights.get(STEPS, 1.0) * math.log(max(chance, 1e-300))
        for word in whole_features(reading.statements, hints, levels):
            score += weights.get(word, 0.0)
        scores.append(score)
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    order = sorted(range(len(paths)), key=lambda place: -odds[place])
    return [(paths[place][0], odds[place] / total) for place in order]


STEPS = "* steps"
"""The weight that the steps' own probability has in ranking whole readings."""

START = Placed((), frozenset(), (), frozenset())


def levels_left(
    statements: Sequence[Statement], place: int, placed: Placed, ahead: Sequence[Ahead]
) -> list[int]:
    """Return the levels that Python leaves the statement."""
    before = statements[place - 1] if place else None
    level_before = placed.levels[-1] if placed.levels else 0
    return feasible(statements[place], placed.stack, before, level_before, ahead[place], ahead[place + 1])


def put(statement: Statement, place: int, placed: Placed, level: int) -> Placed:
    """Return the reading with one statement more."""
    module, functions = placed.module, placed.functions
    if statement.binds and not any(block.kind in {"def", "class"} for block in placed.stack[:level]):
        module |= statement.binds
        if statement.name:
            functions |= {statement.name}
    return Placed(opened(statement, place, level, placed.stack), module, (*placed.levels, level), functions)


def log_chances(
    statements: Sequence[Statement],
    hints: Sequence[Hint],
    place: int,
    placed: Placed,
    levels: Sequence[int],
    weights: Mapping[str, float],
) -> list[float]:
    """Return the logarithm of each level's probability."""
    scores = []
    for level in levels:
        score = 0.0
        for word in features(statements, hints, place, placed, level):
            if word in weights:
                score += weights[word]
        scores.append(score)
    top = max(scores)
    total = top + math.log(sum(math.exp(score - top) for score in scores))
    return [score - total for score in scores]


def _candidate(reading: Reading, levels: Sequence[int], chance: float) -> Candidate:
    line_levels = _line_levels(reading, levels)
    text = laid_out(reading, line_levels)
    return Candidate(text, line_levels, chance, compiles(text))


def _line_levels(reading: Reading, levels: Sequence[int]) -> tuple[int, ...]:
    by_line = [0] * len(reading.lines)
    for statement, level in zip(reading.statements, levels, strict=True):
        for line in (*statement.comments, *range(statement.first, statement.last + 1)):
            by_line[line] = level
    for line in reading.trailing:
        by_line[line] = levels[-1] if levels else 0
    return tuple(by_line)


def laid_out(reading: Reading, levels: Sequence[int]) -> str:
    """Return the lines at their levels, what stands in brackets one unit deeper."""
    doc = {
        line
        for statement in reading.statements
        if statement.kind == "string"
        for line in range(statement.first, statement.last + 1)
    }
    laid = []
    for line, text in enumerate(reading.lines):
        depth = reading.depths[line]
        if depth < 0:
            # Inside a string blanks count, except where it only documents.
            laid.append(_UNIT * levels[line] + text if line in doc else text)
            continue
        closers = len(text) - len(text.lstrip(")]}"))
        laid.append(_UNIT * (levels[line] + max(0, depth - closers)) + text)
    return "\n".join(laid)
