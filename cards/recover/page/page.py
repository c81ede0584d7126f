"""The lines of a copied page and the format it came in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageFormat(StrEnum):
    """The format that an input was taken for: HTML, Markdown or flattened text."""

    FLAT = "flattened text"
    HTML = "a saved HTML page"
    MARKDOWN = "Markdown"


class LineKind(StrEnum):
    """What a line of a page is: question, heading, prose, list, table or code."""

    QUESTION = "question"
    HEADING = "heading"
    PROSE = "prose"
    LIST = "list"
    TABLE = "table"
    PYTHON = "code:python"
    SHELL = "code:shell"
    PLAIN = "code:plain"

    @property
    def is_code(self) -> bool:
        """Whether the line belongs into a fence."""
        return self in CODE_KINDS


CODE_KINDS = frozenset({LineKind.PYTHON, LineKind.SHELL, LineKind.PLAIN})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page that is not blank."""

    number: int
    """1-based, in the file as it was given."""
    text: str
    """Without indentation, every run of blanks one blank; inside code of Markdown and HTML as it stood."""
    raw: str
    """As it stood, for what still has its indentation."""
    known: LineKind | None = None
    """What the page itself says the line is (HTML, Markdown); None where that must be found out."""
    block: int = 0
    """Lines of one fence or one `<pre>` share a number; 0 outside them."""
    level: int = 0
    """The level of a heading that the page marks as one; 0 where it does not."""
    language: str = ""
    """What the page says the code is written in; empty where it does not."""
    depth: int = 0
    """How deep a list entry is nested; 0 for the outer list."""
    ordered: bool = False
    """The list entry is numbered."""
    marked: bool = False
    """The text is Markdown already."""


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line that is left out of the guide, and why."""

    number: int
    """The line; 0 where the input has no lines of its own."""
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """An input as lines, with its format, its title and what was left out."""

    source: PageFormat
    lines: tuple[Line, ...]
    title: str = ""
    """What the page itself calls its title; empty where it does not."""
    dropped: tuple[DroppedLine, ...] = ()


def collapse_blanks(text: str) -> str:
    """Return the text with every run of blanks as one blank, and none around it."""
    return " ".join(text.split())


def flat_page(text: str) -> Page:
    """Return the page of a flattened text, whose lines carry no markup."""
    return Page(
        PageFormat.FLAT,
        tuple(
            Line(number, collapse_blanks(raw), raw.rstrip())
            for number, raw in enumerate(split_lines(text), start=1)
            if raw.strip()
        ),
    )


def split_lines(text: str) -> list[str]:
    """Return the text's lines, whatever ends them; form feeds and the like end none."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
