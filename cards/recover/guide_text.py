"""Write an outline with restored code as a guide in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.heading.slug import slug_of
from cards.recover.code.code_block import IndentationDoubt
from cards.recover.page.page import LineKind
from cards.recover.page.prose_markdown import to_markdown
from cards.recover.page.structure import LineRole, reads_as_question, split_number
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.code_block import CodeBlock
    from cards.recover.needs.needs import BlockNeeds
    from cards.recover.needs.stand_in import StandIn
    from cards.recover.page.page import Line
    from cards.recover.page.structure import AnswerPart, Outline

_LANGUAGES = (
    ("java", regex(r"\bpublic (?:static|class|void)\b|System\.out|\bprivate \w+ \w+;")),
    ("cpp", regex(r"#include\b|\bstd::|\bcout\b")),
    ("csharp", regex(r"\busing System\b|\bConsole\.Write")),
    ("javascript", regex(r"\bconst \w+ =|\bfunction \w*\(|=> \{|console\.log")),
    ("sql", regex(r"^(?:SELECT|INSERT|CREATE TABLE|UPDATE)\b", re.MULTILINE)),
    ("json", regex(r"\A\s*[{\[]\s*\"")),
    ("html", regex(r"\A\s*<(?:!DOCTYPE|html|div|body|script)\b", re.IGNORECASE)),
    ("yaml", regex(r"\A(?:[\w-]+:(?: \S.*)?\n)+(?:\s*- )?", re.MULTILINE)),
)


@dataclass(frozen=True, slots=True)
class RestoredPart:
    """A part of the outline and, where it is Python, the block that it became."""

    part: AnswerPart
    block: CodeBlock | None = None
    needs: BlockNeeds | None = None


def render_guide(
    outline: Outline,
    passages: Sequence[RestoredPart],
    stand_ins: Sequence[StandIn],
    names: frozenset[str],
    fallback: str,
) -> str:
    """Return the text of the guide that the outline and its restored parts make up."""
    title = to_markdown(outline.title, names) or fallback
    chunks = [f"# {title}"]
    slugs: set[str] = set()
    asked = False
    paired = True
    for place, passage in enumerate(passages):
        part = passage.part
        match part.role:
            case LineRole.SECTION | LineRole.SUBHEADING:
                paired = part.role is not LineRole.SUBHEADING
                chunks.append(_heading(part, names, asked=asked, empty=not _has_content(passages, place)))
            case LineRole.QUESTION:
                asked, paired = True, False
                chunks += _question(part.lines[0], names, slugs, bare=_has_block_next(passages, place))
                if not _has_answer(passages, place):
                    chunks.append("*The page gives no answer.*")
            case LineRole.PAIR:
                if not paired:
                    chunks.append("## FAQ")  # else it would read as a follow-up of the question above
                asked = paired = True
                words = _line_markdown(part.lines[0], names)
                chunks.append(f"Q: {words}\nA: {_line_markdown(part.lines[1], names)}")
                slug = slug_of(part.lines[0].text)
                if slug in slugs:
                    chunks.append(_id_comment(slug, slugs))
                slugs.add(slug)
            case LineRole.BLOCK:
                chunks.append(_block(passage, names, asked=asked))
    chunks += [f"<!-- proofdeck: {one.directive}={one.fixture}\n{one.source}\n-->" for one in stand_ins]
    return "\n\n".join(chunk for chunk in chunks if chunk) + "\n"


def _heading(part: AnswerPart, names: frozenset[str], *, asked: bool, empty: bool) -> str:
    """Return a heading; one that asks and that nothing answers stays a paragraph: questions need answers."""
    words = _line_markdown(part.lines[0], names)
    if empty and (reads_as_question(part.lines[0].text) or reads_as_question(words)):
        return words if part.lines[0].marked else to_markdown(part.lines[0].text, names)
    if part.role is LineRole.SUBHEADING:
        return f"#### {words}" if asked else words
    return f"## {words}"


def _has_answer(passages: Sequence[RestoredPart], place: int) -> bool:
    """Tell whether an answer follows a question; a FAQ entry is a question of its own."""
    return _next_role(passages, place) in {LineRole.BLOCK, LineRole.SUBHEADING}


def _has_content(passages: Sequence[RestoredPart], place: int) -> bool:
    return _has_answer(passages, place) or _next_role(passages, place) is LineRole.PAIR


def _next_role(passages: Sequence[RestoredPart], place: int) -> LineRole | None:
    return passages[place + 1].part.role if place + 1 < len(passages) else None


def _has_block_next(passages: Sequence[RestoredPart], place: int) -> bool:
    """Tell whether an answer follows at once, so that the heading alone is a question."""
    return _next_role(passages, place) is LineRole.BLOCK


def _question(line: Line, names: frozenset[str], slugs: set[str], *, bare: bool) -> list[str]:
    number, words = split_number(line.text)
    text = to_markdown(words, names) if not line.marked else words
    slug = slug_of(words)
    mark = f"Q{number}. " if number else "" if bare else "Q: "
    chunks = [f"### {mark}{text}"]
    if not slug or slug in slugs:
        chunks.append(_id_comment(slug or "question", slugs))
    slugs.add(slug)
    return chunks


def _id_comment(slug: str, slugs: set[str]) -> str:
    number = 2
    while f"{slug}-{number}" in slugs:
        number += 1
    slugs.add(f"{slug}-{number}")
    pin = re.sub(r"[^A-Za-z0-9_-]", "", f"{slug}-{number}").lstrip("-0123456789") or f"question-{number}"
    return f"<!-- proofdeck: id={pin} -->"


def _line_markdown(line: Line, names: frozenset[str]) -> str:
    return line.text if line.marked else to_markdown(line.text, names)


def _block(passage: RestoredPart, names: frozenset[str], *, asked: bool) -> str:
    part = passage.part
    match part.kind:
        case LineKind.LIST:
            return "\n".join(_list_entry(line, names) for line in part.lines)
        case LineKind.TABLE:
            return _table(part.lines, names)
        case LineKind.PYTHON if passage.block is not None:
            return _python_block(passage, passage.block, asked=asked)
        case LineKind.SHELL:
            return code_fence("\n".join(line.raw for line in part.lines), "bash")
        case LineKind.PLAIN | LineKind.PYTHON:
            source = "\n".join(line.raw for line in part.lines)
            return code_fence(source, part.lines[0].language or language_of(source))
        case _:
            return "\n\n".join(_line_markdown(line, names) for line in part.lines)


def _list_entry(line: Line, names: frozenset[str]) -> str:
    text = (
        line.text
        if line.marked
        else to_markdown(re.sub(r"^(?:[-*•‣◦·\u2013+]|\d{1,3}[.)])\s+", "", line.text), names)
    )
    mark = "1." if line.ordered or (re.match(r"\d", line.text) and not line.marked) else "-"
    return f"{'   ' * line.depth}{mark} {text}"


def _table(lines: Sequence[Line], names: frozenset[str]) -> str:
    rows = [cells_of(line.text) for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    if not rows:
        return "\n\n".join(_line_markdown(line, names) for line in lines)
    width = max(map(len, rows))
    shown = [
        "| "
        + " | ".join(
            _cell(cell, names, marked=lines[0].marked) for cell in [*row, *[""] * (width - len(row))]
        )
        + " |"
        for row in rows
    ]
    return "\n".join([shown[0], "|" + "---|" * width, *shown[1:]])


def cells_of(row: str) -> list[str]:
    """Return the cells of a row between its bars."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def _cell(cell: str, names: frozenset[str], *, marked: bool) -> str:
    return cell if marked else to_markdown(cell, names).replace("|", "\\|").replace("\\\\|", "\\|")


def _python_block(passage: RestoredPart, block: CodeBlock, *, asked: bool) -> str:
    if block.doubt is IndentationDoubt.BROKEN:
        remark = (
            "<!-- recovered: broken; no way to indent this makes it Python. Mend it and set it as python. -->"
        )
        return f"{remark}\n\n{code_fence(block.text, 'text')}"
    chunks = []
    if block.doubt is IndentationDoubt.REVIEW:
        chunks.append(f"<!-- recovered: review; {uncertainty_sentence(block)} -->\n")
    if block.moved:
        chunks.append(f"<!-- recovered: {moved_sentence(block)} -->\n")
    info = "python"
    if passage.needs is not None:
        chunks += [f"<!-- recovered: {remark} -->\n" for remark in passage.needs.remarks]
        info = " ".join(["python", *passage.needs.directives])
    if not asked:
        info = "text"  # Python stands only in answers
    chunks.append(code_fence(block.text, info))
    return "\n".join(chunks)


def moved_sentence(block: CodeBlock) -> str:
    """Say which definition was moved, and from where."""
    return (
        f"`{block.moved}` was defined within brackets, where Python allows none; it stands above them now, "
        "and they no longer hold it."
    )


def uncertainty_sentence(block: CodeBlock) -> str:
    """Say which lines of a doubtful block to look at."""
    lines = [line + 1 for line in block.uncertain_lines]
    if not lines:
        return "the indentation is uncertain."
    shown = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]} to {lines[-1]}"
    return f"the indentation of {shown} is uncertain ({block.confidence:.0%})."


def code_fence(source: str, info: str) -> str:
    """Return the source in a fence that is longer than every run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", source)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{info}\n{source}\n{marks}"


def language_of(source: str) -> str:
    """Return what code that is not Python seems to be written in; `text` for none."""
    return next((language for language, pattern in _LANGUAGES if pattern.search(source)), "text")
