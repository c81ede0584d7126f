"""What is sent by its fields arrives as it was."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from cards.guide.block import Item, Prose
from cards.guide.text import Style, StyledText
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

SPAN = Span("guide.md", 3, 5)
NAME = StyledText("fit", Style.CODE, is_bold=True)
ITEM = Item((NAME,), (Item((NAME,)),), SPAN, is_link=True)


def fields_of(value: object) -> Iterable[object]:
    """Return all fields, those among them that take no part in a comparison."""
    return [getattr(value, name) for name in value.__dataclass_fields__]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "value", [SPAN, NAME, ITEM, Prose((NAME,), SPAN)], ids=lambda each: type(each).__name__
)
def test_a_value_arrives_with_all_its_fields(value: object) -> None:
    arrived = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
    assert (type(arrived), fields_of(arrived)) == (type(value), fields_of(value))
