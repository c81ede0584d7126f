"""Writes records as JSON without the json module, which guide code may have broken by then."""

# ruff: noqa: BLE001, S110 - guide code may raise anything

from __future__ import annotations

import builtins
from _json import encode_basestring_ascii as _quoted
from math import isfinite
from types import ModuleType
from typing import TYPE_CHECKING

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TypeAlias

    JsonValue: TypeAlias = "str | int | float | list[JsonValue] | dict[str, JsonValue] | None"

_traceback: Callable[[BaseException], TracebackType | None] = vars(BaseException)["__traceback__"].__get__
_cause: Callable[[BaseException], BaseException | None] = vars(BaseException)["__cause__"].__get__
_context: Callable[[BaseException], BaseException | None] = vars(BaseException)["__context__"].__get__
_class_name: Callable[[type], str] = type.__dict__["__name__"].__get__
"""These read past whatever the class or its metaclass says."""

_LONGEST_CHAIN = 10
"""Causes that are followed; a chain may be a ring."""

_LIBRARIES = ("tensorflow", "keras", "tf_keras")
_module_type = ModuleType
TEXT_LENGTH = 4000
"""Longest text kept of a message or a value."""


def json_bytes(value: JsonValue) -> bytes:
    """Return a plain value as JSON in ASCII."""
    return _json_text(value).encode("ascii", "replace")


def _json_text(value: JsonValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return _quoted(value[:TEXT_LENGTH])
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, list):
        return "[" + ",".join([_json_text(item) for item in value]) + "]"
    if isinstance(value, dict):
        return "{" + ",".join([_quoted(key) + ":" + _json_text(item) for key, item in value.items()]) + "}"
    return repr(value) if isfinite(value) else "null"


def error_record(error: BaseException, path: str) -> dict[str, JsonValue]:
    """Return the record of an exception; asking for its text may run guide code, which may fail too."""
    kind = type(error)
    try:
        text = str(error)
        text = text if type(text) is str else str.__str__(text)
    except BaseException:
        text = "(its text cannot be shown)"
    record: dict[str, JsonValue] = {
        "type": _class_name(kind),
        "lineage": [_class_name(each) for each in type.mro(kind)],
        "text": _shorten_middle(text),
        "line": _innermost_line(_traceback(error), path),
    }
    for name in ("name", "filename", "errno", "code"):
        found = _plain_attribute(error, name)
        if found is not None:
            record[name] = found
    libraries = _libraries_of(error)
    if libraries:
        record["libraries"] = libraries
    cause = _cause(error) or _context(error)
    if cause is not None and cause is not error:
        record["cause"] = [_class_name(each) for each in type.mro(type(cause))]
        record["cause_errno"] = _first_errno(cause)
    return record


def _first_errno(error: BaseException | None) -> int:
    """Return the first error number in a chain of causes; 0 for none."""
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            break
        found = _plain_attribute(error, "errno")
        if isinstance(found, int):
            return found
        error = _cause(error) or _context(error)
    return 0


def _libraries_of(error: BaseException) -> list[JsonValue]:
    """Return which of TensorFlow and Keras an exception passed, or whose object lacks an attribute."""
    found: dict[JsonValue, None] = {}
    trace = _traceback(error)
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        for name in _LIBRARIES:
            if f"/{name}/" in path:
                found[name] = None
        trace = trace.tb_next
    try:
        lacking = getattr(error, "obj", None)
        kind = lacking if isinstance(lacking, type) else type(lacking)
        modules = [str(each.__module__) for each in type.mro(kind)]
        if isinstance(lacking, _module_type):
            modules.append(str(lacking.__name__))
        for name in _LIBRARIES:
            if any(f"{module}.".startswith(f"{name}.") for module in modules):
                found[name] = None
    except BaseException:
        pass
    return list(found)


def _shorten_middle(text: str) -> str:
    if len(text) <= TEXT_LENGTH:
        return text
    return text[: TEXT_LENGTH // 2] + " ... " + text[-TEXT_LENGTH // 2 + 5 :]


def _plain_attribute(error: BaseException, name: str) -> str | int | None:
    try:
        found = getattr(error, name, None)
    except BaseException:
        return None
    return found if type(found) in (str, int) else None


def _innermost_line(trace: TracebackType | None, path: str) -> int:
    """Return the innermost line of the program that the exception passed; 0 for none."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
