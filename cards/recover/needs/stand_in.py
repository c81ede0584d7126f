"""Stand-ins for the names that an answer uses and nobody defines: small, seeded, and always named.

The catalogue is described for people in docs/recovering.md. Nothing here is run by proofdeck itself: a
stand-in is text that goes into the guide as a fixture, where the author can change it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cards.python.syntax import tree_of
from cards.python.usual_imports import usual_import_of
from cards.recover.needs.small_model import model_source
from cards.recover.needs.usage import Usage
from cards.regex import regex


@dataclass(frozen=True, slots=True)
class StandIn:
    """A fixture that stands for something the guide leaves out."""

    name: str
    """What it stands for: a name of the code, or a file."""
    source: str
    decides_outcome: bool = False
    """What the code does with it depends on the stand-in alone, so that a pass says little."""
    fixture: str = ""
    """Its name in the guide."""

    @property
    def directive(self) -> str:
        """The word that makes a fixture of it; a missing import is no guess, so it is not made up."""
        tree = tree_of(self.source)
        imports = tree is not None and all(isinstance(one, ast.Import | ast.ImportFrom) for one in tree.body)
        return "define" if imports else "stand-in"


_Recipe: TypeAlias = Callable[[str, Usage], StandIn | None]

_IMPORTS = {
    "load_model": "from keras.models import load_model",
    "trainer_pb2": "from tfx.proto import trainer_pb2",
}
"""Imports that are not usual, for names that pages leave out all the same."""


def stand_in_for(name: str, usage: Usage) -> StandIn | None:
    """Return what stands for a name, by its words and its use; None where nothing is known."""
    return next((made for recipe in RECIPES if (made := recipe(name, usage)) is not None), None)


def _import(name: str, usage: Usage) -> StandIn | None:
    line = _IMPORTS.get(name) or usual_import_of(name, usage.source)
    return StandIn(name, line) if line else None


_NUMBERS = (
    (r"(?:n_?|num_?)?epochs?|EPOCHS|NUM_EPOCHS", "2"),
    (r"(?:n_?|num_?)(?:classes|labels|categories)|NUM_CLASSES|output_dim", "{classes}"),
    (r"(?:global_)?batch_?size|BATCH_SIZE|GLOBAL_BATCH_SIZE", "8"),
    (r"(?:initial_)?(?:learning_rate|lr)", "0.001"),
    (r"(?:n_?|num_?)?steps|steps_per_epoch|(?:n_?|num_?)(?:batches|iterations)", "4"),
    (r"(?:vocab(?:ulary)?_size|max_(?:tokens|features|words))|VOCAB_SIZE", "100"),
    (r"(?:seq(?:uence)?_?len(?:gth)?|max_?len(?:gth)?|timesteps)|MAX_LEN", "16"),
    (r"(?:embed(?:ding)?_?dim|d_model|hidden_(?:dim|size|units)|latent_dim|units)", "16"),
    (r"(?:n_?|num_?)heads", "4"),
    (r"(?:original|image|img)_?(?:w|h|width|height|size)|IMG_(?:SIZE|WIDTH|HEIGHT)|height|width", "64"),
    (r"(?:input_dim|n_features|num_features|feature_dim)", "{features}"),
    (r"(?:dropout(?:_rate)?|rate)", "0.1"),
    (r"(?:n_?|num_?)samples", "64"),
)


def _number(name: str, usage: Usage) -> StandIn | None:
    for pattern, value in _NUMBERS:
        if re.fullmatch(pattern, name):
            return StandIn(name, f"{name} = {value.format(classes=usage.classes, features=usage.shape[0])}")
    return None


def _input_shape(name: str, usage: Usage) -> StandIn | None:
    return (
        StandIn(name, f"{name} = {usage.shape}")
        if re.fullmatch(r"(?:input|image|img)_shape|INPUT_SHAPE", name)
        else None
    )


_DATASET = regex(
    r"(?:raw_)?(?:(?:train|training|val|valid|validation|test|eval)_?)?(?:dataset|ds|data|generator|batches|loader)"
    r"|(?:dist_|image_|my_)?dataset|dataset_(?:train|val|test)"
)


def _dataset(name: str, usage: Usage) -> StandIn | None:
    if re.fullmatch(r"(?:text|raw_text|corpus|sentence)s?_?(?:dataset|ds|data)", name):
        return StandIn(
            name,
            "import tensorflow as tf\n\n"
            f"{name} = tf.data.Dataset.from_tensor_slices(\n"
            '    ["a short sentence", "another sentence with other words", "the last one"]\n'
            ").batch(2)",
        )
    if not _DATASET.fullmatch(name):
        return None
    images = "uint8" if re.search(r"encode_jpeg|encode_png", usage.source) else "float32"
    lines = [
        "import numpy as np",
        "import tensorflow as tf",
        "",
        "_generator = np.random.default_rng(0)",
        f'_inputs = _generator.random((32, {_shape_text(usage)}), dtype="float32")'
        if images == "float32"
        else f'_inputs = _generator.integers(0, 256, (32, {_shape_text(usage)}), dtype="uint8")',
        f"_labels = _generator.integers(0, {usage.classes}, 32)",
        f"{name} = tf.data.Dataset.from_tensor_slices((_inputs, _labels))"
        + ("" if _batched_by_code(name, usage.source) else ".batch(8)"),
    ]
    return StandIn(name, "\n".join(lines))


def _batched_by_code(name: str, source: str) -> bool:
    return (
        bool(re.search(rf"\b{re.escape(name)}\b(?:(?!\n\w).)*?\.batch\(", source, re.DOTALL))
        and ".rebatch(" not in source
    )


_INPUTS = regex(
    r"(?:[Xx](?:_?(?:train|val|valid|test|new|data|batch))?|(?:train|test|val)_(?:x|inputs|features|images)|inputs?|features|samples)"
)
_LABELS = regex(
    r"(?:[Yy](?:_?(?:train|val|valid|test|true|data|batch))?|(?:train|test|val)_(?:y|labels|targets)|labels?|targets?)"
)


def _array(name: str, usage: Usage) -> StandIn | None:
    if _LABELS.fullmatch(name):
        return StandIn(
            name, f"import numpy as np\n\n{name} = np.random.default_rng(1).integers(0, {usage.classes}, 64)"
        )
    if _INPUTS.fullmatch(name):
        return StandIn(
            name,
            "import numpy as np\n\n"
            f'{name} = np.random.default_rng(0).random((64, {_shape_text(usage)}), dtype="float32")',
        )
    return None


def _image(name: str, usage: Usage) -> StandIn | None:
    if re.fullmatch(r"(?:images|img_batch|image_batch|batch_images)", name):
        if re.search(r"encode_jpeg|encode_png|uint8", usage.source):
            value = 'np.random.default_rng(0).integers(0, 256, (8, 32, 32, 3), dtype="uint8")'
        else:
            value = 'np.random.default_rng(0).random((8, 32, 32, 3), dtype="float32")'
        return StandIn(name, f"import numpy as np\n\n{name} = {value}")
    if re.fullmatch(r"(?:(?:original|input|source)_)?(?:img|image)(?:_tensor|_array)?", name):
        side = _image_side(usage)
        if name.startswith(("original", "source")):
            value = 'np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype="uint8")'
            return StandIn(name, f"import numpy as np\n\n{name} = {value}")
        batch = "1, " if _is_fed_as_batch(name, usage.source) else ""
        channels = usage.shape[2] if len(usage.shape) == 3 else 3
        value = f"tf.random.stateless_uniform(({batch}{side}, {side}, {channels}), seed=(0, 0))"
        return StandIn(name, f"import tensorflow as tf\n\n{name} = {value}")
    return None


def _is_fed_as_batch(name: str, source: str) -> bool:
    """Tell whether a picture goes into a model as it is, so that it must be a batch of one."""
    if re.search(
        rf"(?:expand_dims|reshape|encode_\w+)\(\s*(?:np\.array\()?{name}\b"
        rf"|\b{name}\[\s*(?:None|tf\.newaxis|np\.newaxis|\.\.\.)",
        source,
    ):
        return False
    built = "".join(f"|{each}" for each in re.findall(r"\b(\w+) = (?:\w+\.)*Model\(", source))
    model = rf"\b(?:\w*(?:model|net|network|classifier|encoder|extractor){built})(?:\.predict)?\("
    if re.search(rf"{model}\s*(?:tf\.\w+\()?{name}\b", source):
        return True
    adds_axis = re.search(
        r"expand_dims|\[(?:\w+\.newaxis|None\b)|reshape\(|\.batch\(|encode_(?:jpeg|png)", source
    )
    return bool(re.search(rf"GradientTape|{model}", source)) and not adds_axis


def _image_side(usage: Usage) -> int:
    return usage.shape[0] if len(usage.shape) == 3 else 32


def _text(name: str, _usage: Usage) -> StandIn | None:
    if re.fullmatch(r"(?:texts|sentences|documents|corpus|reviews|train_texts|raw_text|lines)", name):
        return StandIn(
            name, f'{name} = ["a short sentence", "another sentence with other words", "the last one"]'
        )
    if re.fullmatch(r"(?:text|sentence|document|prompt)", name):
        return StandIn(name, f'{name} = "a short sentence"')
    return None


_MODEL = regex(
    r"(?:\w+_)?model|net|network|classifier|encoder|base|backbone|generator|discriminator|teacher|student"
)


def _model(name: str, usage: Usage) -> StandIn | None:
    if not _MODEL.fullmatch(name):
        return None
    return StandIn(name, model_source(name, usage))


_OBJECTS = {
    "loss_fn": "tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    "loss_object": "tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    "criterion": "tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    "optimizer": "tf.keras.optimizers.Adam(1e-3)",
    "opt": "tf.keras.optimizers.Adam(1e-3)",
    "strategy": "tf.distribute.get_strategy()",
    "train_acc": "tf.keras.metrics.SparseCategoricalAccuracy()",
    "train_loss": "tf.keras.metrics.Mean()",
    "metric": "tf.keras.metrics.SparseCategoricalAccuracy()",
    "callbacks": "[]",
}


def _object(name: str, _usage: Usage) -> StandIn | None:
    if name not in _OBJECTS:
        return None
    if name == "callbacks":
        return StandIn(name, "callbacks = []")
    return StandIn(name, f"import tensorflow as tf\n\n{name} = {_OBJECTS[name]}")


def _callable(name: str, usage: Usage) -> StandIn | None:
    """Return a function for a name that is only called or passed on; its result decides what follows."""
    if not re.fullmatch(
        r"\w*_(?:step|fn|func|function)|compute_\w+|preprocess\w*|augment\w*|build_\w+", name
    ):
        return None
    if re.fullmatch(r"preprocess\w*|augment\w*", name):
        return StandIn(
            name,
            f"def {name}(*values):\n    return values if len(values) > 1 else values[0]",
            decides_outcome=True,
        )
    if name.startswith(("build_", "create_", "make_")) and "model" in name:
        inner = "\n".join(f"    {line}" if line else "" for line in model_source("model", usage).split("\n"))
        return StandIn(
            name, f"def {name}(*_arguments, **_keywords):\n{inner}\n    return model", decides_outcome=True
        )
    return StandIn(
        name,
        f"import tensorflow as tf\n\n\ndef {name}(*_arguments, **_keywords):\n    return tf.constant(0.0)",
        decides_outcome=True,
    )


RECIPES: tuple[_Recipe, ...] = (
    _import,
    _number,
    _input_shape,
    _object,
    _image,
    _dataset,
    _array,
    _text,
    _model,
    _callable,
)


def model_file(path: str, usage: Usage) -> StandIn | None:
    """Return what writes a small saved model to the path."""
    if not path.endswith((".keras", ".h5")):
        return None
    return StandIn(path, f"{model_source('_saved', usage)}\n{_make_folder_code(path)}_saved.save({path!r})")


def record_file(pattern: str) -> StandIn:
    """Return what writes a small TFRecord file that the path or pattern finds."""
    path = pattern.replace("**/", "").replace("*", "part-0")
    return StandIn(
        pattern,
        "import tensorflow as tf\n\n"
        f"{_make_folder_code(path)}"
        f"with tf.io.TFRecordWriter({path!r}) as _writer:\n"
        "    for _label in range(8):\n"
        "        _image = tf.io.encode_jpeg(tf.fill((32, 32, 3), tf.cast(_label, tf.uint8))).numpy()\n"
        "        _feature = {\n"
        '            "image": tf.train.Feature(bytes_list=tf.train.BytesList(value=[_image])),\n'
        '            "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[_label])),\n'
        "        }\n"
        "        _example = tf.train.Example(features=tf.train.Features(feature=_feature))\n"
        "        _writer.write(_example.SerializeToString())",
    )


def _make_folder_code(path: str) -> str:
    folder = path.rpartition("/")[0]
    return f"import os\n\nos.makedirs({folder!r}, exist_ok=True)\n" if folder else ""


def _shape_text(usage: Usage) -> str:
    return ", ".join(str(side) for side in usage.shape)
