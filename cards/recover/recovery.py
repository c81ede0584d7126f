"""Recover a guide from a copied page, with a report of everything repaired, added or left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from cards.python.bindings import names_bound_in
from cards.python.reads import names_read_in
from cards.recover.code.code_block import IndentationDoubt, restore_block
from cards.recover.guide_text import RestoredPart, render_guide
from cards.recover.markdown.markdown_evidence import markdown_evidence
from cards.recover.markdown.parsable import make_parsable
from cards.recover.markdown.touch_up import touch_up
from cards.recover.needs.needs import StandInRegistry, needs_of
from cards.recover.page.interpreter_session import split_session
from cards.recover.page.line_kind import kinds_of
from cards.recover.page.page import LineKind, PageFormat
from cards.recover.page.page_format import is_html, read_page
from cards.recover.page.repair import repair_lines
from cards.recover.page.structure import AnswerPart, LineRole, outline_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cards.recover.code.code_block import BlockDigest, CodeBlock
    from cards.recover.markdown.touch_up import TouchedUp
    from cards.recover.needs.needs import BlockNeeds
    from cards.recover.needs.stand_in import StandIn
    from cards.recover.page.page import DroppedLine, Line
    from cards.recover.page.repair import Repair


@dataclass(frozen=True, slots=True)
class Recovery:
    """A guide that was recovered, and how."""

    source: PageFormat
    text: str
    """The guide."""
    questions: int
    """With the entries of a FAQ."""
    blocks: tuple[CodeBlock, ...]
    """Every block of Python, in the guide's order."""
    dropped: tuple[DroppedLine, ...]
    repairs: tuple[Repair, ...]
    stand_ins: tuple[StandIn, ...]
    missing: tuple[str, ...]
    """Names that nobody defines and no stand-in is known for."""

    because: str = ""
    """What says that the input is Markdown already; empty for a page, of which a guide was made."""
    python_blocks: int = 0
    """The blocks of Python in a text that is Markdown already."""

    def count(self, doubt: IndentationDoubt) -> int:
        """Return how many blocks have this doubt about their indentation."""
        return sum(block.doubt is doubt for block in self.blocks)


def recover_guide(
    text: str, name: str, decisions: Mapping[BlockDigest, tuple[int, ...]], *, as_page: bool = False
) -> Recovery:
    """Return the guide that the text holds; `name` is its file's, for what the text does not say itself.

    Markdown stays as it is, but for what is certain; with `as_page` it is taken for a page that was copied.
    """
    if as_page or is_html(text, name):
        return _recover_page(text, name, decisions)
    evidence = markdown_evidence(text)
    if not evidence.is_markdown:
        return _recover_page(text, name, decisions)
    touched_up = touch_up(text)
    if touched_up.questions or ((evidence.fences or evidence.headings) and not touched_up.is_refused):
        return _as_recovery(touched_up, evidence.why)
    page = _recover_page(text, name, decisions)
    return page if page.questions or touched_up.is_refused else _as_recovery(touched_up, evidence.why)


def _recover_page(text: str, name: str, decisions: Mapping[BlockDigest, tuple[int, ...]]) -> Recovery:
    """Return the guide that a page holds which lost its markup, all of it or parts."""
    page = read_page(text, name)
    lines, mends = repair_lines(page.lines)
    page = replace(page, lines=lines)
    kinds = kinds_of([line.text for line in lines], [line.known for line in lines])
    outline = outline_of(page, kinds)
    parts = tuple(
        part
        for whole in outline.parts
        for stretch in split_session(whole)
        for part in _split_off_prose(stretch, decisions)
    )
    outline = replace(outline, parts=parts)
    blocks = {
        place: restore_block([line.raw for line in part.lines], part.lines[0].number, decisions)
        for place, part in enumerate(outline.parts)
        if part.role is LineRole.BLOCK and part.kind is LineKind.PYTHON
    }
    registry = StandInRegistry({})
    needs = _needs_by_part(outline.parts, blocks, registry)
    passages = [
        RestoredPart(part, blocks.get(place), needs.get(place)) for place, part in enumerate(outline.parts)
    ]
    stand_ins = tuple(registry.taken.values())
    names = _code_names(block.text for block in blocks.values())
    fallback = PurePath(name).stem.replace("-", " ").replace("_", " ") or "Guide"
    return Recovery(
        page.source,
        make_parsable(render_guide(outline, passages, stand_ins, names, fallback)),
        sum(part.role in {LineRole.QUESTION, LineRole.PAIR} for part in outline.parts),
        tuple(blocks.values()),
        outline.dropped,
        mends,
        stand_ins,
        tuple(dict.fromkeys(name for need in needs.values() for name in need.missing)),
    )


def _as_recovery(done: TouchedUp, because: str) -> Recovery:
    return Recovery(
        PageFormat.MARKDOWN,
        done.text,
        done.questions,
        blocks=(),
        dropped=(),
        repairs=done.changes,
        stand_ins=done.stand_ins,
        missing=done.missing,
        because=because,
        python_blocks=done.python_blocks,
    )


_PROSE_LINE = regex(r"(?:\*\*)?[A-Z][\w'*-]*(?:[ ,][^=()\[\]{}#]*)?[^=()\[\]{}#]")
_MOST_PROSE_LINES = 3


def _split_off_prose(part: AnswerPart, decisions: Mapping[BlockDigest, tuple[int, ...]]) -> list[AnswerPart]:
    """Return the part; lines of text at its end or start that keep it from being Python stand apart."""
    lines = part.lines
    if part.role is not LineRole.BLOCK or part.kind is not LineKind.PYTHON or lines[0].known is not None:
        return [part]

    def broken(some: Sequence[Line]) -> bool:
        return restore_block([line.raw for line in some], 0, decisions).doubt is IndentationDoubt.BROKEN

    if not broken(lines):
        return [part]
    for count in range(1, min(_MOST_PROSE_LINES, len(lines) - 1) + 1):
        for text, code, last in (
            (lines[-count:], lines[:-count], True),
            (lines[:count], lines[count:], False),
        ):
            if all(_PROSE_LINE.fullmatch(line.text) for line in text) and not broken(code):
                told = [AnswerPart(LineRole.BLOCK, LineKind.PROSE, (line,)) for line in text]
                kept = replace(part, lines=code)
                return [kept, *told] if last else [*told, kept]
    return [part]


def _needs_by_part(
    parts: Sequence[AnswerPart], blocks: Mapping[int, CodeBlock], registry: StandInRegistry
) -> dict[int, BlockNeeds]:
    """Return what each block that can run is given; the blocks of one question know each other."""
    needs: dict[int, BlockNeeds] = {}
    group: list[int] = []

    def settle() -> None:
        found = needs_of([blocks[place].text for place in group], registry)
        needs.update(zip(group, found, strict=True))
        group.clear()

    for place, part in enumerate(parts):
        if part.role in {LineRole.QUESTION, LineRole.PAIR, LineRole.SECTION}:
            settle()
        elif place in blocks and blocks[place].doubt is not IndentationDoubt.BROKEN:
            group.append(place)
    settle()
    return needs


def _code_names(sources: Iterable[str]) -> frozenset[str]:
    """Return the names that prose may mean when it writes them: bound or read at the top of some block."""
    found: set[str] = set()
    for source in sources:
        found |= {name for name in (names_bound_in(source) | names_read_in(source)) if len(name) > 1}
    return frozenset(found)
