"""The fields of a dataclass that differ from their defaults.

Digests are made over these alone, so that a field that is added to a class changes no digest until it is
used. A default that is given another meaning therefore counts as another way of running code: see
`ENGINE_VERSION`.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container

    from _typeshed import DataclassInstance


def written_fields(value: DataclassInstance, leave_out: Container[str] = ()) -> dict[str, Any]:
    """Return a dataclass's fields that differ from their defaults, as JSON can hold them."""
    defaults = _plain_defaults(type(value))
    plain = {
        each.name: _plain(getattr(value, each.name)) for each in fields(value) if each.name not in leave_out
    }
    return {name: part for name, part in plain.items() if name not in defaults or part != defaults[name]}


@cache
def _plain_defaults(kind: type[DataclassInstance]) -> dict[str, Any]:
    found = {each.name: _default(each) for each in fields(kind)}
    return {name: _plain(value) for name, value in found.items() if value is not MISSING}


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a field can hold
    if is_dataclass(value) and not isinstance(value, type):
        return written_fields(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
