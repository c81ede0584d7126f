"""Markdown text -> Guide; every problem at once, each with its line.

The forms are those of docs/guide-format.md.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from cards.errors import GuideError, Problem
from cards.guide.assemble import assemble_guide
from cards.guide.guide import Guide
from cards.guide.heading import slug_of
from cards.guide.markdown import elements_in
from cards.span import Span

if TYPE_CHECKING:
    from cards.guide.assemble import GuideContents


# A rule (`---`) may open a guide too; front matter goes on with a key.
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=[\w-]+[ \t]*:).*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)


def parse_guide(text: str, path: str) -> Guide:
    """Return the guide that the text holds.

    `path` is used in spans and messages and gives the guide its slug. Raises GuideError with every problem.
    """
    text = strip_front_matter(text)
    pieces, misspelt = elements_in(text, path)
    contents = assemble_guide(pieces, path)
    problems = [*misspelt, *contents.problems]
    if not contents.questions and not problems:
        sentence = "no question found; start one with a heading such as `### Q1. What is ...?`."
        problems.append(Problem(path, 1, sentence))
    if problems:
        raise GuideError(tuple(sorted(problems)))
    return guide_from_contents(contents, path, text.count("\n") + 1)


def strip_front_matter(text: str) -> str:
    """Return the text without front matter, on the same lines; line ends are line feeds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return _FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)


def guide_from_contents(contents: GuideContents, path: str, lines: int) -> Guide:
    """Return the guide of a file's contents; its name counts where it has no title."""
    stem = PurePath(path).stem
    return Guide(
        slug=slug_of(stem) or "guide",
        title=contents.title or stem.replace("-", " "),
        questions=contents.questions,
        fixtures=contents.fixtures,
        asides=contents.asides,
        span=Span(path, 1, lines),
    )


def decode_guide(raw: bytes, path: str) -> str:
    """Return a guide file's text; raise GuideError with the line where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sentence = f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the guide as UTF-8."
        raise GuideError((Problem(path, line, sentence),)) from None
