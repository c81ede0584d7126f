"""Results for single parts of a guide, kept from one build to the next and found by what they were made of.

A part may have moved to other lines since: the lines in what is kept count from where the part begins.
"""

from __future__ import annotations

import io
import pickle
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar, cast

from cards.span import NOWHERE, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Made = TypeVar("_Made")


class PartCache:
    """What earlier builds made of parts, and what this one used of it or made: that is for the next build."""

    def __init__(self, known: Mapping[str, bytes] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, bytes] = {}
        """The results that the next build may want."""
        self._facts: dict[tuple[int, Span], tuple[object, str]] = {}

    def recall(
        self,
        facts: object,
        part: Span,
        make: Callable[[], _Made],
        is_kept: Callable[[_Made], bool] = lambda _: True,
    ) -> _Made:
        """Return what was made of these facts, else make it; keep it if `is_kept`.

        It must depend on nothing but the facts. `part` is where they stand: of other lines only whether they
        come before it has a say. What is made and names such lines is not kept.
        """
        key = _key(facts, part)
        content = self.used.get(key) or self._known.get(key)
        if content is not None:
            self.used[key] = content
            return cast("_Made", _PartUnpickler(content, part).load())
        made = make()
        if is_kept(made):
            with suppress(_ElsewhereError):
                self.used[key] = _written(made, part)
        return made

    def fact(self, value: object, part: Span) -> str:
        """Return what stands for a value among facts; worked out once, however many are made of it."""
        known = self._facts.get((id(value), part))
        if known is None:
            # The value is kept too: another one could be where it was.
            known = self._facts[id(value), part] = value, _key(value, part)
        return known[1]

    @property
    def is_first(self) -> bool:
        """Whether no earlier build left anything."""
        return not self._known

    def has_seen(self, facts: object) -> bool:
        """Tell whether the build before saw these facts; the next one will know of them."""
        key = _key(facts, NOWHERE)
        self.used[key] = b""
        return key in self._known


class _ElsewhereError(Exception):
    """A result names lines outside of its part."""


def encode_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return the kept results as a file's content."""
    content = pickle.dumps(dict(parts))
    return sha256(content).hexdigest().encode() + b"\n" + content


def decode_parts(content: bytes) -> dict[str, bytes]:
    """Return the results that `encode_parts` was given; raises ValueError for any other content."""
    digest, _, rest = content.partition(b"\n")
    if digest != sha256(rest).hexdigest().encode():
        raise ValueError("not what was written")
    return cast("dict[str, bytes]", pickle.loads(rest))  # noqa: S301 - the person's own file, as the store is


def _key(facts: object, part: Span) -> str:
    return sha256(_written(facts, part, is_key=True)).hexdigest()


def _written(value: object, part: Span, *, is_key: bool = False) -> bytes:
    """Return a value as bytes; those of a key are the same for equal values in every process."""
    target = io.BytesIO()
    pickler = _PartPickler(target, part, is_key=is_key)
    pickler.fast = is_key  # else equal values differ by which of their parts are one object
    pickler.dump(value)
    return target.getvalue()


class _PartPickler(pickle.Pickler):
    """Writes a value with the spans of a part as they are seen from its start."""

    def __init__(self, target: io.BytesIO, part: Span, *, is_key: bool) -> None:
        super().__init__(target, pickle.HIGHEST_PROTOCOL)
        self._part = part
        self._is_key = is_key

    def persistent_id(self, value: object) -> object:
        """Return what stands for a span, or for a set, whose order differs between processes."""
        if type(value) is Span and value != NOWHERE:
            return self._relative(value)
        if type(value) is frozenset:
            return (sorted(value),)
        return None

    def _relative(self, span: Span) -> object:
        part = self._part
        if span.path == part.path and part.first <= span.first and span.last <= part.last:
            return span.first - part.first, span.last - part.first
        if not self._is_key:
            raise _ElsewhereError
        return "elsewhere", span.path == part.path and span.first < part.first


class _PartUnpickler(pickle.Unpickler):
    def __init__(self, content: bytes, part: Span) -> None:
        super().__init__(io.BytesIO(content))
        self._part = part

    def persistent_load(self, standing_for: tuple[int, int] | tuple[list[str]]) -> object:
        """Return the span or the set."""
        match standing_for:
            case first, last:
                return Span(self._part.path, self._part.first + first, self._part.first + last)
            case (names,):
                return frozenset(names)
