"""The whole way: an input -> a guide, and an account of everything that was done and left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from cards.errors import GuideError
from cards.guide.read import parse
from cards.python.unbound import bound, used
from cards.recover.code.code_block import Doubt, restored_block
from cards.recover.guide_text import Passage, written
from cards.recover.needs.needs import Cupboard, needs_of
from cards.recover.page.input import page_of
from cards.recover.page.interpreter_session import typed_and_printed
from cards.recover.page.line_kind import kinds_of
from cards.recover.page.page import LineKind, Source
from cards.recover.page.repair import mended
from cards.recover.page.structure import Part, Role, outlined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.recover.code.code_block import BlockMark, CodeBlock
    from cards.recover.needs.needs import Needs
    from cards.recover.needs.stand_in import StandIn
    from cards.recover.page.page import Dropped, Line
    from cards.recover.page.repair import Mended


_ROUNDS = 4
"""Times that headings are taken back before the guide is left as it is."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A guide that was recovered, and how."""

    source: Source
    text: str
    """The guide."""
    questions: int
    """With the entries of a FAQ."""
    blocks: tuple[CodeBlock, ...]
    """Every block of Python, in the guide's order."""
    dropped: tuple[Dropped, ...]
    mended: tuple[Mended, ...]
    stand_ins: tuple[StandIn, ...]
    missing: tuple[str, ...]
    """Names that nobody defines and no stand-in is known for."""

    def count(self, doubt: Doubt) -> int:
        """Return how many blocks are as doubtful as this."""
        return sum(block.doubt is doubt for block in self.blocks)


def recovered(text: str, name: str, decisions: Mapping[BlockMark, tuple[int, ...]]) -> Recovery:
    """Return the guide that the text holds; `name` is its file's, for what the text does not say itself."""
    page = page_of(text, name)
    lines, mends = mended(page.lines)
    page = replace(page, lines=lines)
    kinds = kinds_of([line.text for line in lines], [line.known for line in lines])
    outline = outlined(page, kinds)
    parts = tuple(
        part
        for whole in outline.parts
        for stretch in typed_and_printed(whole)
        for part in _cut(stretch, decisions)
    )
    outline = replace(outline, parts=parts)
    blocks = {
        place: restored_block([line.raw for line in part.lines], part.lines[0].number, decisions)
        for place, part in enumerate(outline.parts)
        if part.role is Role.BLOCK and part.kind is LineKind.PYTHON
    }
    cupboard = Cupboard({})
    needs = _needs(outline.parts, blocks, cupboard)
    passages = [
        Passage(part, blocks.get(place), needs.get(place)) for place, part in enumerate(outline.parts)
    ]
    stand_ins = tuple(cupboard.taken.values())
    names = _names(block.text for block in blocks.values())
    fallback = PurePath(name).stem.replace("-", " ").replace("_", " ") or "Guide"
    return Recovery(
        page.source,
        readable(written(outline, passages, stand_ins, names, fallback)),
        sum(part.role in {Role.QUESTION, Role.PAIR} for part in outline.parts),
        tuple(blocks.values()),
        outline.dropped,
        mends,
        stand_ins,
        tuple(dict.fromkeys(name for need in needs.values() for name in need.missing)),
    )


_TEXT = re.compile(r"(?:\*\*)?[A-Z][\w'*-]*(?:[ ,][^=()\[\]{}#]*)?[^=()\[\]{}#]")
_MOST_TEXT = 3


def _cut(part: Part, decisions: Mapping[BlockMark, tuple[int, ...]]) -> list[Part]:
    """Return the part; lines of text at its end or start that keep it from being Python stand apart."""
    lines = part.lines
    if part.role is not Role.BLOCK or part.kind is not LineKind.PYTHON or lines[0].known is not None:
        return [part]

    def broken(some: Sequence[Line]) -> bool:
        return restored_block([line.raw for line in some], 0, decisions).doubt is Doubt.BROKEN

    if not broken(lines):
        return [part]
    for count in range(1, min(_MOST_TEXT, len(lines) - 1) + 1):
        for text, code, last in (
            (lines[-count:], lines[:-count], True),
            (lines[:count], lines[count:], False),
        ):
            if all(_TEXT.fullmatch(line.text) for line in text) and not broken(code):
                told = [Part(Role.BLOCK, LineKind.PROSE, (line,)) for line in text]
                kept = replace(part, lines=code)
                return [kept, *told] if last else [*told, kept]
    return [part]


def readable(text: str) -> str:
    """Return a guide that can be parsed: a heading that the format refuses becomes a paragraph."""
    for _ in range(_ROUNDS):
        try:
            parse(text, "guide.md")
        except GuideError as error:
            lines = text.split("\n")
            refused = [one.line - 1 for one in error.problems if 0 < one.line <= len(lines)]
            changed = [place for place in refused if re.match(r"#+ |Q: |\*\*", lines[place])]
            for place in changed:
                words = re.sub(r"^#+ ", "", lines[place])
                lines[place] = (
                    f"\\{words}" if re.match(r"[#>*_`~=+-]", words) else re.sub(r"^Q\s*:", "Q\\:", words)
                )
                lines[place] = re.sub(r"^(\*+.*)\?(\**)$", r"\1\2", lines[place])
            if not changed:
                break
            text = "\n".join(lines)
        else:
            break
    return text


def _needs(parts: Sequence[Part], blocks: Mapping[int, CodeBlock], cupboard: Cupboard) -> dict[int, Needs]:
    """Return what each block that can run is given; the blocks of one question know each other."""
    needs: dict[int, Needs] = {}
    group: list[int] = []

    def settle() -> None:
        found = needs_of([blocks[place].text for place in group], cupboard)
        needs.update(zip(group, found, strict=True))
        group.clear()

    for place, part in enumerate(parts):
        if part.role in {Role.QUESTION, Role.PAIR, Role.SECTION}:
            settle()
        elif place in blocks and blocks[place].doubt is not Doubt.BROKEN:
            group.append(place)
    settle()
    return needs


def _names(sources: Iterable[str]) -> frozenset[str]:
    """Return the names that prose may mean when it writes them: bound or read at the top of some block."""
    found: set[str] = set()
    for source in sources:
        found |= {name for name in (bound(source) | used(source)) if len(name) > 1}
    return frozenset(found)
