"""Tells early whether code will run, so that TensorFlow is imported while the guide is still read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.check.enclosure import EnclosureKind, enclosed_texts
from cards.program.tensorflow_use import may_name_tensorflow

if TYPE_CHECKING:
    from cards.part_cache import PartCache


def has_new_code(text: str, parts: PartCache, *, is_new: bool) -> bool:
    """Tell whether code for TensorFlow will run, as far as the text of a guide tells by itself.

    That is where its code or its comments, which may hold hidden checks, are others than in the build
    before, or where it `is_new`.
    """
    kinds = {EnclosureKind.CODE, EnclosureKind.COMMENT}
    code = [
        each
        for each in (enclosed_texts(text, kinds) if may_name_tensorflow(text) else ())
        if "no-run" not in each.partition("\n")[0]
    ]
    has_seen = parts.has_seen(("code", code))
    return any(map(may_name_tensorflow, code)) and (is_new if parts.is_first else not has_seen)
