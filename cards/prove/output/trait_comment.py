"""Compares what comments say of the shape and dtype of a value with those that it had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.prove.output.output_comment import CommentMarker
from cards.regex import regex

if TYPE_CHECKING:
    from cards.prove.client.transcript import ObservedStatement, ObservedValue
    from cards.prove.output.output_comment import OutputComment

_SHAPE = regex(
    r"(?:(?:the|its|output|result(?:ing)?|new|final) )*shape\s*(?:is|of|[:=])?\s*"
    r"(?P<shape>[(\[](?:\d+\s*,\s*)*\d*[)\]])",
    re.IGNORECASE,
)
_BARE_SHAPE = regex(r"(?P<shape>\((?:\d+\s*,\s*)+\d*\))\.?\Z")
_PRINTED_SHAPE = regex(r"(?:TensorShape)?\(?[(\[][\d, ]*[)\]]\)?")
_DTYPE = regex(
    r"(?:dtype\s*(?:is|[:=])?\s*)?(?:tf\.|np\.|torch\.)?(?P<dtype>(?:u?int|b?float|complex)\d+)\.?\Z",
    re.IGNORECASE,
)


def unmet_trait(comment: OutputComment, statement: ObservedStatement) -> str:
    """Return how a comment misstates the shape or dtype of a statement's value; empty where it does not.

    Of several values nobody knows which one a comment is about, and of a statement that prints only a shape
    is compared.
    """
    printed = statement.printed.strip()
    if printed:
        shape = _SHAPE.match(comment.text) if _PRINTED_SHAPE.fullmatch(printed) else None
        is_met = shape is None or _sizes(shape["shape"]) == _sizes(printed)
        return "" if is_met else _sentence("shape", comment.text, printed)
    values = [statement.value] if statement.value else [value for _, value in statement.bound]
    if len(values) != 1 or comment.is_below or comment.marker is CommentMarker.OUTPUT:
        return ""
    value, said = values[0], comment.text
    if (shape := _SHAPE.match(said) or _BARE_SHAPE.match(said)) and _is_array(value):
        return "" if _sizes(shape["shape"]) == _sizes(value.shape) else _sentence("shape", said, value.shape)
    if (dtype := _DTYPE.match(said)) and value.dtype and _is_array(value):
        return "" if dtype["dtype"] == value.dtype else _sentence("dtype", said, value.dtype)
    return ""


def _is_array(value: ObservedValue) -> bool:
    """Tell whether a value has at least one axis."""
    return bool(_sizes(value.shape))


def _sizes(shape: str) -> list[str]:
    return re.findall(r"\d+|None", shape)


def _sentence(trait: str, said: str, found: str) -> str:
    return f"The comment says `{said}`, the {trait} was `{found}`."
