"""A small model that stands for one which a page leaves out."""

from __future__ import annotations

import re

from cards.recover.needs.usage import Usage, is_flat_layer
from cards.regex import regex

_BASE_MODEL = regex(r"base(?:_model)?|(?:conv|feature|pretrained)_(?:base|model)|backbone|encoder")
_HEAD = regex(r"Global(?:Average|Max)Pooling2D\(|Flatten\(|include_top|Conv2DTranspose\(|UpSampling2D\(")
_LAST_LAYER = regex(r"logits|predictions|output|softmax", re.IGNORECASE)
_COUNT_OF_MAPS = 2
"""A picture is halved twice, unless the code asks for more layers by name."""


def model_source(name: str, usage: Usage) -> str:
    """Return code for a small compiled model of the question's shapes under this name.

    It is functional, so that it has an `input`, an `output` and layers between which others may be cut out.
    """
    layers = _dense_layers(usage) if usage.flat else _picture_layers(name, usage)
    lines = ["import tensorflow as tf", "", "tf.keras.utils.set_random_seed(0)"]
    lines.append(f"_input = tf.keras.Input({_input_shape(usage)})")
    lines += [
        f"_{'output' if place == len(layers) else 'inner'} = tf.keras.layers.{layer}"
        f"({'_input' if place == 1 else '_inner'})"
        for place, layer in enumerate(layers, 1)
    ]
    lines.append(f"{name} = tf.keras.Model(_input, _output)")
    lines.append(
        f'{name}.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])'
    )
    return "\n".join(lines)


def _input_shape(usage: Usage) -> str:
    """Return the shape of a model's input; pictures that the code resizes may have any size."""
    if not usage.flat and usage.resizes and "input_shape" not in usage.source:
        return f"(None, None, {usage.shape[-1]})"
    return str(usage.shape)


def _picture_layers(name: str, usage: Usage) -> list[str]:
    """Return the layers of a model of pictures; the last is a feature map where the code adds the head."""
    asked = [each for each in usage.layers if not is_flat_layer(each)]
    names = [f"conv_{place}" for place in range(1, _COUNT_OF_MAPS + 1 - len(asked))] + asked
    layers = [
        f'Conv2D(4, 3, strides={2 if place < _COUNT_OF_MAPS else 1}, padding="same", activation="relu"'
        f"{_name_argument(one, usage)})"
        for place, one in enumerate(names)
    ]
    if _BASE_MODEL.fullmatch(name) and _HEAD.search(usage.source):
        return layers
    return [*layers, "GlobalAveragePooling2D()", *_dense_layers(usage)]


def _dense_layers(usage: Usage) -> list[str]:
    """Return the layers of a model of rows, under the names that the code asks for."""
    asked = [each for each in usage.layers if usage.flat or is_flat_layer(each)]
    last = next((each for each in asked if _LAST_LAYER.search(each)), "class_probabilities")
    inner = [each for each in asked if each != last] or ["features"]
    return [
        *(f'Dense(16, activation="relu"{_name_argument(one, usage)})' for one in inner),
        f'Dense({usage.classes}, activation="softmax"{_name_argument(last, usage)})',
    ]


def _name_argument(name: str, usage: Usage) -> str:
    """Return the argument that names a layer; where one is named all are, as Keras' own names may clash."""
    return f', name="{name}"' if usage.layers else ""
