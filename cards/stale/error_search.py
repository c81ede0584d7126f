"""Find the change of a library that an error's text is about.

The error tells what was called: `tf.Session` is a part of a module that is missing, `.predict_classes` an
attribute of an object, `lr=` a keyword, and the rest is known by its message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.regex import regex
from cards.stale.api_change import ApiChange
from cards.stale.error_messages import CHANGES_BY_MESSAGE
from cards.stale.names import name_change
from cards.stale.object_calls import OBJECT_CALLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYWORDS = regex(
    r"(?:Argument\(s\) not recognized|Unrecognized keyword arguments passed to \w+): \{(?P<passed>.*)\}"
    r"|(?:Got|(?:\w*Trainer|TensorBoard|ModelCheckpoint|L1|L2|L1L2)\.\w+\(\) got) an unexpected keyword "
    r"argument '(?P<named>\w+)'",
    re.DOTALL,
)
_IN_MODULE = regex(r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'")
_NO_IMPORT = regex(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")
_NO_MODULE = regex(r"No module named '(?P<module>(?:tensorflow|keras|numpy)\.[\w.]+)'")
_REMOVED = regex(r"`(?P<module>np)\.(?P<name>\w+)` was removed in the NumPy")
_OF_OBJECT = regex(
    r"object (?:'\w+' )?has no attribute '(?P<name>\w+)'|type object .* attribute '(?P<of>\w+)'"
)
_OF_CLASS = regex(r"type object '(?P<module>\w+)' has no attribute '(?P<name>\w+)'")
_ALIASES = (
    (regex(r"^tensorflow\._api\.v2\b"), "tf"),
    (regex(r"^keras\._tf_keras\.keras\b"), "tf.keras"),
    (regex(r"^tensorflow\b"), "tf"),
    (regex(r"^numpy\b"), "np"),
    (regex(r"^TFLiteConverterV2$"), "tf.lite.TFLiteConverter"),
    (regex(r"^IteratorBase$"), "tf.data.Iterator"),
)


def change_of(text: str) -> ApiChange | None:
    """Return the change that an error's text is about; None where the table has none."""
    for pattern, change in CHANGES_BY_MESSAGE:
        if pattern.search(text):
            return change
    for pattern in (_IN_MODULE, _NO_IMPORT, _NO_MODULE, _OF_CLASS, _REMOVED):
        for match in pattern.finditer(text):
            found = match.groupdict()
            name = _public_name(found["module"]) + (f".{found['name']}" if "name" in found else "")
            if (of_name := name_change(name)) is not None:
                return of_name
    return next(
        (ApiChange(old, OBJECT_CALLS[old]) for old in _missing_parts(text) if old in OBJECT_CALLS), None
    )


def _missing_parts(text: str) -> Iterator[str]:
    """Yield the attributes and keywords that an error's text calls missing, as the table writes them."""
    for match in _OF_OBJECT.finditer(text):
        yield f".{match['name'] or match['of']}"
    for match in _KEYWORDS.finditer(text):
        passed = re.findall(r"'(\w+)':", match["passed"]) if match["passed"] else [match["named"]]
        yield from (f"{name}=" for name in passed)


def _public_name(module: str) -> str:
    """Return a module's name as people write it: `tf.train` for `tensorflow._api.v2.train`."""
    for pattern, name in _ALIASES:
        if pattern.match(module):
            return pattern.sub(name, module)
    return module
