from __future__ import annotations

import pytest

from srs.interview.key_words import points_meant

ASKED = "How does mixed precision training work?"
POINTS = (
    "Layers compute in sixteen bits but keep their variables in float32.",
    "Small gradients would underflow, which loss scaling prevents.",
    "The last layer should output float32, as a float16 softmax rounds to zero.",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("", set(), id="nothing"),
        pytest.param("loss scaling", {1}, id="a phrase"),
        pytest.param("scaling; softmax", {1, 2}, id="two phrases"),
        pytest.param("float32 variables", {0}, id="the point with most of the words"),
        pytest.param("float32", {0, 2}, id="a word of two points"),
        pytest.param("LAYER computes", {0}, id="another form of the words"),
        pytest.param("training precision", set(), id="words of the question"),
        pytest.param("cats and dogs with scaling", set(), id="too few of the words"),
        pytest.param("in as to of", set(), id="words too short to mean anything"),
        pytest.param("gradient underflows\nsoftmax", {1, 2}, id="two lines"),
        pytest.param("?!", set(), id="no words"),
    ],
)
def test_typed_words_tick_the_points_that_they_mean(typed: str, meant: set[int]) -> None:
    assert points_meant(typed, POINTS, ASKED) == meant
