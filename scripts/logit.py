"""A conditional logit: fit weights of features so that the right option of each choice is likeliest."""

from __future__ import annotations

from array import array

import numpy as np
from sample import log
from scipy.sparse import csr_matrix


class Choices:
    """Choices between options that are described by features, as numbers."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.features = array("i")
        self.values = array("d")
        self.option_of = array("i")  # the option of each feature
        self.choice_of = array("i")  # the choice of each option
        self.truth = array("i")  # the option that was right, of each choice
        self.importance = array("d")  # of each choice

    def add(self, options: list[dict[str, float]], right: int, importance: float) -> None:
        """Note one choice."""
        choice = len(self.truth)
        self.truth.append(len(self.choice_of) + right)
        self.importance.append(importance)
        for option in options:
            number = len(self.choice_of)
            self.choice_of.append(choice)
            for word, value in option.items():
                self.features.append(self.words.setdefault(word, len(self.words)))
                self.values.append(value)
                self.option_of.append(number)

    def extend(self, others: Choices) -> None:
        """Note the choices of others."""
        number_of = np.array(
            [self.words.setdefault(word, len(self.words)) for word in others.words], np.int32
        )
        options, choices = len(self.choice_of), len(self.truth)
        for ours, theirs, first in (
            (self.option_of, others.option_of, options),
            (self.choice_of, others.choice_of, choices),
            (self.truth, others.truth, options),
        ):
            ours.frombytes((np.frombuffer(theirs, np.int32) + np.int32(first)).tobytes())
        self.features.frombytes(number_of[np.frombuffer(others.features, np.int32)].tobytes())
        self.values.extend(others.values)
        self.importance.extend(others.importance)

    def counts(self) -> np.ndarray:
        """Return how often each feature occurs."""
        return np.bincount(np.frombuffer(self.features, dtype=np.int32), minlength=len(self.words))


def fit(choices: Choices, kept: np.ndarray, rounds: int, penalty: float) -> np.ndarray:
    """Return the weights that make the right options likeliest (Adam, all choices at once)."""
    words = np.frombuffer(choices.features, dtype=np.int32)
    values = np.frombuffer(choices.values, dtype=np.float64)
    option_of = np.frombuffer(choices.option_of, dtype=np.int32)
    choice_of = np.frombuffer(choices.choice_of, dtype=np.int32)
    truth = np.frombuffer(choices.truth, dtype=np.int32)
    importance = np.frombuffer(choices.importance, dtype=np.float64)
    mask = kept[words]
    described = csr_matrix(
        (values[mask], (option_of[mask], words[mask])), shape=(len(choice_of), len(choices.words))
    )
    by_word = described.T.tocsr()
    size, options = len(choices.words), len(choice_of)
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    right = np.zeros(options)
    right[truth] = 1.0
    starts = np.flatnonzero(np.r_[True, choice_of[1:] != choice_of[:-1]])
    for step in range(1, rounds + 1):
        scores = described @ weights
        scores -= np.maximum.reduceat(scores, starts)[choice_of]
        chances = np.exp(scores)
        chances /= np.add.reduceat(chances, starts)[choice_of]
        slope = (chances - right) * importance[choice_of]
        gradient = by_word @ slope + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.15 * (1 - step / (rounds + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    loss = -np.log(chances[truth] + 1e-12).mean()
    hit = (chances[truth] >= np.maximum.reduceat(chances, starts) - 1e-12).mean()
    log(f"{len(truth)} choices: loss {loss:.4f}, right {hit:.4f}")
    return weights


def fit_most_useful(choices: Choices, largest: int, penalty: float, rounds: int) -> dict[str, float]:
    """Return the weights of the words that decide most, fitted with them alone."""
    counts = choices.counts()
    weights = fit(choices, counts >= 6, rounds, penalty)
    worth = np.abs(weights) * np.log1p(counts)
    kept = np.zeros(len(counts), dtype=bool)
    kept[np.argsort(-worth)[:largest]] = True
    weights = fit(choices, kept & (np.abs(weights) > 0.02), rounds, penalty)
    return {word: weights[index] for word, index in choices.words.items() if abs(weights[index]) >= 0.005}
