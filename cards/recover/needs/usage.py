"""What code reveals about its undefined names: shapes, class counts, files, calls."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from cards.python.syntax import tree_of
from cards.regex import regex

_SHAPE = regex(r"(?:input_shape|batch_shape|shape)\s*=\s*(?:\(|\[)\s*((?:(?:None|\d+)\s*,?\s*)+)(?:\)|\])")
_DENSE_UNITS = regex(r"Dense\(\s*(\d+)")
_MODEL_FILE = regex(r"load_model\(\s*['\"]([^'\"]+)['\"]")
_RECORD_FILE = regex(r"(?:TFRecordDataset|list_files)\(\s*['\"]([^'\"]+)['\"]")
_LAYER = regex(
    r"['\"](\w*(?:conv|mixed\d|top_activation|_relu)\w*)['\"]"
    r"|(?:get_layer\(\s*(?:name\s*=\s*)?|\blayer(?:_?name)?\s*=\s*)['\"](\w+)['\"]"
)
_FLAT_LAYER = regex(
    r"dense|fc|logits|predictions|output|softmax|hidden|bottleneck|embedding|latent", re.IGNORECASE
)
_PICTURES = regex(
    r"\btf\.image\.(?!encode|decode)|Conv2D\(|Pooling2D\(|\bcv2\.|load_img\(|img_to_array\("
    r"|\b(?:img|image|images|img_array|img_batch|image_batch|img_tensor|image_tensor)\b"
)
_INDEX = regex(r"\[:\s*,\s*(\d+)\]|\bclass_?(?:idx|index|id)?\s*=\s*(\d+)|\bpred_index\s*=\s*(\d+)")
_RESIZE = regex(r"\.resize(?:_with_pad)?\(|target_size\s*=|\.Resizing\(")


@dataclass(frozen=True, slots=True)
class Usage:
    """What the code of one question says about the values it is given."""

    source: str
    shape: tuple[int, ...] = (784,)
    """Of one input, without the batch."""
    classes: int = 10
    layers: tuple[str, ...] = ()
    """The names of layers that are asked for."""
    resizes: bool = False
    """The code brings pictures to another size."""
    model_files: tuple[str, ...] = ()
    """Models that are loaded and never saved before."""
    record_files: tuple[str, ...] = ()
    """TFRecord files that are read and never written."""
    flat: bool = True
    """Inputs are rows of numbers, not images."""


def usage_of(source: str) -> Usage:
    """Return what the joined code of a question says of its undefined names."""
    shape: tuple[int, ...] = ()
    for match in _SHAPE.finditer(source):
        sides = tuple(int(side) for side in re.findall(r"\d+", match[1]))
        if sides and 0 not in sides and "None" not in match[1].replace("None", "", 1):
            shape = sides
            break
    dense = _DENSE_UNITS.findall(source)
    layers = tuple(dict.fromkeys(one or other for one, other in _LAYER.findall(source)))
    pictures = any(not is_flat_layer(name) for name in layers) or _PICTURES.search(source)
    shape = shape or ((32, 32, 3) if pictures else (784,))
    return Usage(
        source,
        shape,
        _class_count(source, int(dense[-1]) if dense else 10),
        layers,
        bool(_RESIZE.search(source)),
        tuple(
            path
            for path in _never_written(_MODEL_FILE, source, r"\.save\(\s*['\"]{}")
            if _is_inside_folder(path)
        ),
        tuple(
            path
            for path in _never_written(_RECORD_FILE, source, r"TFRecordWriter\(\s*['\"]{}")
            if _is_inside_folder(path)
        ),
        len(shape) == 1,
    )


def is_flat_layer(name: str) -> bool:
    """Tell whether a layer of this name gives rows of numbers, not feature maps."""
    return bool(_FLAT_LAYER.search(name)) and "conv" not in name.lower()


def _class_count(source: str, units: int) -> int:
    """Return how many classes a model has, of which the code picks some by their number."""
    picked = [int(number) for match in _INDEX.findall(source) for number in match if number]
    count = 1000 if "decode_predictions" in source else units
    return max(2, min(max(count, *(number + 1 for number in picked), 0), 1000))


def _never_written(pattern: re.Pattern[str], source: str, maker: str) -> list[str]:
    return [
        path
        for path in dict.fromkeys(pattern.findall(source))
        if not re.search(maker.format(re.escape(path)), source)
    ]


def _is_inside_folder(path: str) -> bool:
    return not path.startswith(("/", "~", "http", "gs:")) and ".." not in path.split("/")


def is_called(name: str, source: str) -> bool:
    """Tell whether the name is used as a function."""
    tree = tree_of(source)
    if tree is None:
        return False
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(tree)
    )


def attributes_of(name: str, source: str) -> frozenset[str]:
    """Return the attributes that are read of a name."""
    return frozenset(re.findall(rf"(?<![\w.]){re.escape(name)}\.([A-Za-z_]\w*)", source))


def shrinkable_arguments(source: str) -> tuple[tuple[str, int], ...]:
    """Return the keyword arguments whose constants make a run long, each with a smaller value."""
    found: dict[str, int] = {}
    for keyword, number in re.findall(
        r"\b(epochs|max_trials|max_epochs|num_trials|steps_per_epoch)\s*=\s*(\d+)", source
    ):
        if int(number) > 2:
            found[keyword] = 2
    return tuple(found.items())
