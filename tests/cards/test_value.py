from __future__ import annotations

import pickle
import typing
from dataclasses import dataclass, field, fields, replace

import pytest

from cards.value import NamedTuple, value


@value
class Place:
    """Where something stands."""

    name: str
    line: int = 0
    seen: str = field(default="", compare=False, repr=False)


@value
class Other:
    """Has the same fields."""

    name: str
    line: int = 0


@value
class Single:
    """Has one field."""

    name: str


@dataclass(frozen=True, slots=True)
class FrozenPlace:
    """The same as a dataclass."""

    name: str
    line: int = 0
    seen: str = field(default="", compare=False, repr=False)


class Mark(NamedTuple):
    """A line in a file."""

    path: str
    line: int = 1

    @property
    def where(self) -> str:
        """Path and line."""
        return f"{self.path}:{self.line}"

    def __str__(self) -> str:
        return self.where


class StandardMark(typing.NamedTuple):
    """A line in a file."""

    path: str
    line: int = 1


def test_values_are_equal_by_what_is_compared() -> None:
    assert Place("a", 1, "now") == Place("a", 1, "then")
    assert hash(Place("a", 1, "now")) == hash(Place("a", 1, "then"))
    assert Place("a", 1) != Place("a", 2)
    assert len({Single("a"), Single("a"), Single("b")}) == 2


def test_another_kind_is_never_equal() -> None:
    others: list[object] = [Other("a", 1), Single("a"), "a", ("a", 1, "")]
    assert Place("a", 1) not in others


def test_a_value_is_a_dataclass() -> None:
    assert [each.name for each in fields(Place)] == [each.name for each in fields(FrozenPlace)]
    assert replace(Place("a", 1), line=2) == Place("a", 2)
    assert repr(Place("a", 1, "now")) == repr(FrozenPlace("a", 1, "now")).replace("Frozen", "")
    assert Place.__doc__ == "Where something stands."


def test_a_value_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        Place("a").other = 1  # type: ignore[attr-defined]


def test_a_value_goes_to_another_process() -> None:
    sent = Place("a", 1, "now")
    arrived = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own bytes
    assert (type(arrived), arrived, arrived.seen) == (Place, sent, "now")


def test_a_named_tuple_is_what_typing_makes() -> None:
    made, standard = Mark("a.md", 3), StandardMark("a.md", 3)
    assert tuple(made) == tuple(standard) == made == ("a.md", 3)
    assert repr(made) == repr(standard).replace("Standard", "")
    assert (Mark("a.md"), Mark._fields, Mark._field_defaults) == (("a.md", 1), ("path", "line"), {"line": 1})
    assert made._replace(line=4)._asdict() == {"path": "a.md", "line": 4}
    assert (Mark.__module__, Mark.__qualname__, Mark.__doc__) == (__name__, "Mark", StandardMark.__doc__)
    assert (made.where, str(made)) == ("a.md:3", "a.md:3")


def test_a_named_tuple_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        Mark("a.md").other = 1  # type: ignore[attr-defined]


def test_a_named_tuple_goes_to_another_process() -> None:
    arrived = pickle.loads(pickle.dumps(Mark("a.md", 3)))  # noqa: S301 - our own bytes
    assert (type(arrived), arrived) == (Mark, ("a.md", 3))
