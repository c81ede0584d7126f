"""Guides and cards as compact text for the case files."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING

from cards.guide.block import Block, Code, FollowUp, Item, Listing, Other, Picture, Prose, Subheading, Table
from cards.guide.text import Inline, Style
from cards.program.snippet import RunDirectives, Snippet, SnippetRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.atomize.atomize import QuestionCards
    from cards.atomize.coverage import BlockCoverage
    from cards.card.card import Draft
    from cards.card.sides import Side
    from cards.guide.guide import Guide, Question
    from cards.span import Span

_MARKS = {
    Style.PLAIN: ("", ""),
    Style.CODE: ("`", "`"),
    Style.FORMULA: ("⟨", "⟩"),
    Style.STRONG: ("**", "**"),
    Style.EMPHASIS: ("*", "*"),
    Style.GAP: ("[", "]"),
}


def guide_outline(guide: Guide) -> str:
    """Return the whole guide: spans in front, blocks indented below their question, warnings at the end."""
    lines = [f"{guide.slug}: {guide.title}"]
    for block in guide.asides:
        lines += _indented(["aside", *block_lines(block)], "  ")
    section = ""
    for question in guide.questions:
        if question.section != section:
            section = question.section
            lines.append(f"section: {section}")
        lines += _question_lines(question)
    for fixture in guide.fixtures:
        lines += _snippet_lines(fixture)
    lines += [f"warning {warning.line}: {warning.sentence}" for warning in guide.warnings]
    return "\n".join(lines)


def atoms_outline(question: Question, atoms: QuestionCards) -> str:
    """Return the cards of a question, and what became of each of its blocks."""
    cards = [line for draft in atoms.drafts for line in _draft_lines(draft, question)]
    return "\n".join([*cards, *(account_line(account) for account in atoms.coverage)])


def inline_text(inline: Inline) -> str:
    """Return text with its marks; a line break is `/`."""
    return "".join(_MARKS[run.style][0] + run.text + _MARKS[run.style][1] for run in inline).replace(
        "\n", " / "
    )


def where(span: Span) -> str:
    """Return the lines of a span."""
    return str(span.first) if span.first == span.last else f"{span.first}-{span.last}"


def block_lines(block: Block) -> list[str]:
    """Return a block: its kind and lines, then what it holds."""
    at = where(block.span)
    match block:
        case Prose():
            return [f"{at} prose: {inline_text(block.inline)}"]
        case Subheading():
            return [f"{at} subheading: {inline_text(block.inline)}"]
        case FollowUp():
            return [f"{at} follow-up: {inline_text(block.asked)} -> {inline_text(block.answer)}"]
        case Picture():
            return [f"{at} picture: {block.address} ({block.alt})"]
        case Other():
            return [f"{at} other: {block.what}"]
        case Code():
            return [
                f"{at} code {block.language or '(no language)'}",
                *_indented(block.source.split("\n"), "| "),
            ]
        case Listing():
            return [f"{at} {'steps' if block.ordered else 'list'}", *_item_lines(block.items, spans=True)]
        case Table():
            return [f"{at} table", *_indented(_table_lines(block, spans=True), "  ")]


def account_line(account: BlockCoverage) -> str:
    """Return what became of a block."""
    cards = f"{account.cards} card{'s' if account.cards != 1 else ''}"
    what = f"{account.what} ({account.reading})" if account.reading else account.what
    return f"{where(account.span)} {what}: {'; '.join([cards, *account.reasons])}"


def side_outline(side: Side) -> list[str]:
    """Return one side of a card."""
    lines: list[str] = []
    for block in side:
        match block:
            case Prose():
                lines.append(inline_text(block.inline))
            case Code():
                lines += _indented(block.source.split("\n"), "| ")
            case Listing():
                lines += _item_lines(block.items)
            case Table():
                lines += _table_lines(block)
            case Picture():
                lines.append(f"({block.name}: {block.alt})")
            case _:
                lines.append(f"{type(block).__name__} CANNOT STAND ON A CARD")
    return lines


def _draft_lines(draft: Draft, question: Question) -> Iterator[str]:
    front, back = side_outline(draft.front), side_outline(draft.back)
    head = f"{where(draft.span)} {draft.kind}"
    if len(front) == len(back) == 1:
        yield f"{head}: {front[0]} -> {back[0]}"
    else:
        yield f"{head}:"
        yield from _indented(front, "    ")
        yield "  ->"
        yield from _indented(back, "    ")
    if draft.context:
        yield f"  below: {', '.join(type(block).__name__.lower() for block in draft.context)}"
    if draft.breadcrumb != tuple(part for part in (question.section, question.title) if part):
        yield f"  above: {' > '.join(draft.breadcrumb) or 'nothing'}"
    if draft.snippets:
        yield f"  proof: {', '.join(draft.snippets)}"


def _question_lines(question: Question) -> list[str]:
    pin = f" pinned {question.pin}" if question.pin else ""
    said = f" {question.importance.name.lower()}" if question.importance else ""
    lines = [f"{where(question.span)} {inline_text(question.wording)} ({question.slug}{pin}){said}"]
    weighed = dict(question.block_importance)
    snippets = {snippet.span: snippet for snippet in question.snippets}
    for place, block in enumerate(question.blocks):
        entry = block_lines(block)
        if place in question.context:
            entry[0] += " (context)"
        if place == question.outline:
            entry[0] += " (outline)"
        if place in question.one_way:
            entry[0] += " (no reverse)"
        if place in weighed:
            entry[0] += f" ({weighed[place].name.lower()})"
        if (snippet := snippets.pop(block.span, None)) is not None:
            entry[0] += f" {_snippet_head(snippet)}"
            if question.task is not None and snippet is question.snippets[question.task]:
                entry[0] += " (task)"
        lines += _indented(entry, "  ")
    for snippet in snippets.values():
        lines += _indented(_snippet_lines(snippet), "  ")
    return lines


def _snippet_lines(snippet: Snippet) -> list[str]:
    return [f"{where(snippet.span)} {_snippet_head(snippet)}", *_indented(snippet.source.split("\n"), "| ")]


def _snippet_head(snippet: Snippet) -> str:
    said = [f"[{snippet.name}"]
    if snippet.role is not SnippetRole.SHOWN:
        said.append(snippet.role.value)
    for field in fields(RunDirectives):
        value = getattr(snippet.directives, field.name)
        if value != field.default:
            said.append(f"{field.name}={value.value if isinstance(value, Enum) else value!r}")
    if snippet.without:
        said.append(f"without={','.join(snippet.without)}")
    if snippet.stated is not None:
        said.append(f"prints {snippet.stated!r}")
    return " ".join(said) + "]"


def _item_lines(items: Sequence[Item], *, spans: bool = False) -> list[str]:
    lines: list[str] = []
    for item in items:
        at = f"{where(item.span)} " if spans else ""
        lines += [
            f"  - {at}{inline_text(item.inline)}",
            *_indented(_item_lines(item.items, spans=spans), "  "),
        ]
    return lines


def _table_lines(table: Table, *, spans: bool = False) -> list[str]:
    lines = [" | ".join(map(inline_text, table.header))]
    for row in table.rows:
        at = f"{where(row.span)} " if spans else ""
        lines.append(at + " | ".join(map(inline_text, row.cells)))
    return lines


def _indented(lines: Sequence[str], by: str) -> list[str]:
    return [f"{by}{line}".rstrip() for line in lines]
