"""The entry of a list as it is written, before it is known what the list is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.block import Item, Listing, Prose
from cards.guide.element import Asked, Fence, Heading, QuestionList
from cards.guide.inline import collapse_space

if TYPE_CHECKING:
    from cards.guide.element import Element
    from cards.guide.text import Inline
    from cards.span import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list with all that stands in it."""

    elements: tuple[Element, ...]
    span: Span
    is_link: bool = False
    """Whether it leads elsewhere: it is links, or begins with one to a file beside the page."""


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A list as it is written, and as it is read where it asks nothing."""

    entries: tuple[Entry, ...]
    listing: Listing
    moved_out: tuple[Element, ...]
    """The code, tables and comments inside its entries, which follow it."""

    @property
    def as_read(self) -> tuple[Element, ...]:
        """The list where it asks nothing, and what follows it."""
        return (self.listing, *self.moved_out)


def written_list(entries: tuple[Entry, ...], span: Span, *, ordered: bool) -> WrittenList:
    """Return a list as it is written, with the list that it is read as."""
    items: list[Item] = []
    moved_out: list[Element] = []
    for entry in entries:
        item, rest = _item(entry)
        items.append(item)
        moved_out += rest
    return WrittenList(entries, Listing(ordered, tuple(items), span), tuple(moved_out))


def _item(entry: Entry) -> tuple[Item, list[Element]]:
    """Return an entry as an item, and what stands in it that no item holds."""
    words: Inline = ()
    nested: list[Item] = []
    moved_out: list[Element] = []
    for element in entry.elements:
        inline = _paragraph_of(element)
        if inline is not None and not words:
            words = collapse_space(inline)
        elif inline is not None:
            nested.append(Item(collapse_space(inline), (), element_span(element)))
        elif isinstance(element, Listing):
            nested += element.items
        elif isinstance(element, QuestionList):
            nested += element.listing.items
        else:
            moved_out.append(element)
    code = tuple(element.code for element in moved_out if isinstance(element, Fence))
    return Item(words, tuple(nested), entry.span, entry.is_link, code), moved_out


def _paragraph_of(element: Element) -> Inline | None:
    """Return the words of what is a paragraph within an entry; None for anything else."""
    if isinstance(element, Asked):
        return element.otherwise.inline if isinstance(element.otherwise, Prose) else element.inline
    return element.inline if isinstance(element, Prose | Heading) else None


def element_span(element: Element) -> Span:
    """Return where an element stands."""
    match element:
        case Fence():
            return element.code.span
        case QuestionList():
            return element.listing.span
        case _:
            return element.span
