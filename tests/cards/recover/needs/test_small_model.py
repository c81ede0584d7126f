"""Models that stand for one which a page leaves out: code that cuts into them must run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.guide.programs import programs_of
from cards.guide.reading.parse import parse_guide
from cards.recover.needs.small_model import model_source
from cards.recover.needs.usage import usage_of
from cards.recover.recovery import recover_guide

if TYPE_CHECKING:
    from tests.builders.program import Prove

PAGE = """
Vision interview questions

1. What is a picture?

A grid of numbers that a network reads.

2. How do you find what a network looks at?

Take the gradients of the score of a class at the last feature map.

layer_name = "last_conv"
cut = keras.models.Model(model.inputs, [model.get_layer(layer_name).output, model.output])
with tf.GradientTape() as tape:
    maps, scores = cut(img_array)
    score = scores[:, 12]
weights = tf.reduce_mean(tape.gradient(score, maps), axis=(0, 1, 2))
heat = tf.nn.relu(maps[0] @ weights[..., tf.newaxis])
print(heat.shape)

3. How do you compare textures?

names = ["block1_conv1", "block2_conv1", "block3_conv1"]
extractor = tf.keras.Model(model.input, [model.get_layer(name).output for name in names])
features = extractor(images)

4. How do you put a head on a network?

base_model.trainable = False
x = tf.keras.layers.GlobalAveragePooling2D()(base_model.output)
x = tf.keras.layers.Dense(3, activation="softmax")(x)
tuned = tf.keras.Model(base_model.input, x)

5. How do you take the values before the head?

inner = tf.keras.Model(model.input, model.get_layer("dense").output)
vectors = inner.predict(X_test, verbose=0)

6. How do you take a layer by its place?

trimmed = tf.keras.Model(model.inputs, model.layers[-2].output)
print(len(trimmed.layers) > 1)
"""


@pytest.mark.slow
def test_code_that_cuts_into_a_model_runs_with_a_stand_in(prove: Prove) -> None:
    guide = parse_guide(recover_guide(PAGE, "page.txt", {}).text, "page.md")
    outcomes = [
        (verdict.outcome.holds, verdict.error)
        for program in programs_of(guide)
        for verdict in prove(*program.snippets)
    ]
    assert [error for holds, error in outcomes if not holds] == []
    assert len(programs_of(guide)) == 5


@pytest.mark.parametrize(
    ("code", "layers"),
    [
        ("model(images)", ["Conv2D(4", "Conv2D(4", "GlobalAveragePooling2D()", "Dense(16", "Dense(10"]),
        ("model.get_layer('conv_a'); model.get_layer('conv_b')", ['"conv_a"', '"conv_b"', "2D()"]),
        ("model.predict(X)", ["Dense(16", "Dense(10"]),
        ("model.get_layer('fc1'); model.get_layer('logits')", ['"fc1"', '"logits"']),
        ("scores[:, 281]; model(X)", ["Dense(16", "Dense(282"]),
    ],
)
def test_a_stand_in_has_the_layers_that_the_code_asks_for(code: str, layers: list[str]) -> None:
    source = model_source("model", usage_of(code))
    lines = [line for line in source.split("\n") if line.startswith(("_inner", "_output"))]
    assert [(wanted, line) for wanted, line in zip(layers, lines, strict=False) if wanted not in line] == []
