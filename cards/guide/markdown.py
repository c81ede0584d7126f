"""Parse Markdown text into elements, in order; block quotes are unwrapped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from cards.errors import Problem
from cards.guide.block import Code, Item, Listing, Other, Prose, Row, Table
from cards.guide.directive import BlockDirectives, BlockPurpose, DirectiveError, parse_directives, suggestion
from cards.guide.element import (
    OUTPUT_LANGUAGE,
    PYTHON_LANGUAGES,
    SESSION_LANGUAGES,
    DirectiveComment,
    Fence,
    Heading,
)
from cards.guide.inline import collapse_space, inline_of
from cards.python.foreign.session import is_session
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from cards.guide.element import Element
    from cards.guide.segment import Segment
    from cards.guide.text import Inline

_NAMED_COMMENT = re.compile(r"<!--\s*(?P<word>[A-Za-z-]+):(?P<body>.*?)(?P<end>-->|\Z)", re.DOTALL)
_ANY_COMMENT = re.compile(r"<!--.*?(?P<end>-->|\Z)", re.DOTALL)
_PROOFDECK_COMMENT = re.compile(r"<!--\s*proofdeck\b")
_COMMENT_WITHOUT_COLON = re.compile(r"<!--\s*proofdeck\b(?!:)")
_BAR = re.compile(r"(?<!\\)\|")


def segment_elements(segment: Segment, path: str) -> tuple[list[Element], list[Problem]]:
    """Return the elements of a segment and its problems, with line numbers of the whole text."""
    reader = _ElementReader(path, segment)
    return reader.elements(_markdown_parser().parse(segment.text)), reader.problems


@cache
def _markdown_parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


class _ElementReader:
    def __init__(self, path: str, segment: Segment) -> None:
        self.path = path
        self.lines = segment.text.split("\n")
        self.lines_before = segment.lines_before
        self.problems: list[Problem] = []

    def elements(self, tokens: Sequence[Token]) -> list[Element]:
        elements: list[Element] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = _closing_place(tokens, position)
            inner = tokens[position + 1 : end]
            span = self._span(token)
            match token.type:
                case "heading_open":
                    elements.append(Heading(int(token.tag[1]), collapse_space(self._inline(inner)), span))
                case "paragraph_open":
                    elements.append(Prose(self._inline(inner), span))
                case "bullet_list_open" | "ordered_list_open":
                    listing, moved_out = self._listing(token, inner)
                    elements += [listing, *moved_out]
                case "table_open":
                    elements.append(self._table(inner, span))
                case "fence":
                    elements.append(self._fence(token))
                case "code_block":
                    code = Code(token.content.rstrip("\n"), "", span)
                    elements.append(Fence(code, BlockDirectives()))
                case "html_block":
                    elements += self._html(token.content, span)
                case "hr":
                    elements.append(Other("a rule", span))
                case "blockquote_open":
                    elements += self.elements(inner)
                case _:  # link reference definitions leave no token; nothing else is enabled
                    elements.append(Other(token.type, span))
            position = end + 1
        return elements

    def _problem(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.path, line, sentence))

    def _span(self, token: Token) -> Span:
        first, after = token.map or (0, 1)
        return Span(self.path, self.lines_before + first + 1, self.lines_before + max(after, first + 1))

    def _listing(self, token: Token, tokens: Sequence[Token]) -> tuple[Listing, list[Element]]:
        """Return the list, and the code, tables and comments inside its entries, which follow it."""
        items: list[Item] = []
        moved_out: list[Element] = []
        position = 0
        while position < len(tokens):
            end = _closing_place(tokens, position)
            words: Inline = ()
            nested: list[Item] = []
            for element in self.elements(tokens[position + 1 : end]):
                match element:
                    case Prose(inline=inline) | Heading(inline=inline) if not words:
                        words = collapse_space(inline)
                    case Prose(inline=inline) | Heading(inline=inline):
                        nested.append(Item(collapse_space(inline), (), element.span))
                    case Listing():
                        nested += element.items
                    case _:
                        moved_out.append(element)
            is_link = _holds_only_links(tokens[position + 1 : end])
            items.append(Item(words, tuple(nested), self._span(tokens[position]), is_link))
            position = end + 1
        return Listing(token.type == "ordered_list_open", tuple(items), self._span(token)), moved_out

    def _inline(self, tokens: Sequence[Token]) -> Inline:
        children = tokens[0].children or [] if tokens else []
        if any(child.type == "html_inline" and _PROOFDECK_COMMENT.match(child.content) for child in children):
            self._problem(self._span(tokens[0]).first, "a proofdeck comment must begin its line.")
        return inline_of(children)

    def _table(self, tokens: Sequence[Token], span: Span) -> Table:
        rows: list[Row] = []
        cells: list[Inline] = []
        for token in tokens:
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(collapse_space(inline_of(token.children or [])))
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), span))
        body = [token for token in tokens if token.type == "tr_open"][1:]
        for row in map(self._span, body):
            cells_written = _cell_count(self.lines[row.first - self.lines_before - 1])
            if cells_written > len(rows[0].cells):
                self._problem(
                    row.first,
                    f"this row has {cells_written} cells and the header {len(rows[0].cells)}; "
                    "a bar within a cell is written `\\|`.",
                )
        return Table(
            rows[0].cells,
            tuple(Row(row.cells, self._span(token)) for row, token in zip(rows[1:], body, strict=True)),
            span,
        )

    def _fence(self, token: Token) -> Fence:
        first, after = token.map or (0, 1)
        source = token.content.removesuffix("\n")
        opening = self.lines_before + first + 1
        closing = self.lines[after - 1].lstrip(" >\t") if after - 1 > first else ""
        if not (closing.startswith(token.markup) and not closing.strip(token.markup[0] + " \t")):
            self._problem(
                opening, f"this code block is never closed; end it with a line of {token.markup} alone."
            )
        info = token.info.strip()
        language, _, words = info.partition(" ")
        language = language.lower().strip("{}.")
        if language in SESSION_LANGUAGES and is_session(source):
            language = "python"
        code = Code(source, language, Span(self.path, opening + 1, opening + 1 + source.count("\n")))
        order = BlockDirectives()
        if language in PYTHON_LANGUAGES:
            order = self._order(words, opening) or order
            if order.purpose is BlockPurpose.QUESTION_ID:
                self._problem(opening, "`id` belongs in a comment, not on a fence.")
        elif language == OUTPUT_LANGUAGE and words.strip():
            self._problem(opening, "directives belong on the block above, not on its output.")
        return Fence(code, order)

    def _order(self, words: str, line: int) -> BlockDirectives | None:
        """Return the directives that the words state; report a problem and return None if wrong."""
        try:
            return parse_directives(words)
        except DirectiveError as error:
            self._problem(line, f"{error}.".replace("?.", "?"))
            return None

    def _html(self, source: str, span: Span) -> list[Element]:
        self._report_broken_comments(source, span)
        elements: list[Element] = []
        for match in _NAMED_COMMENT.finditer(source):
            line = span.first + source[: match.start()].count("\n")
            if match["word"] == "proofdeck":
                elements += self._directive_comment(match, line)
            elif suggestion(match["word"].lower(), ("proofdeck",)):
                self._problem(line, f"`{match['word']}:` is no proofdeck comment; did you mean `proofdeck:`?")
        if not elements and _ANY_COMMENT.sub("", source).strip():
            elements.append(Other("raw HTML", span))
        return elements

    def _report_broken_comments(self, source: str, span: Span) -> None:
        for match in _ANY_COMMENT.finditer(source):
            line = span.first + source[: match.start()].count("\n")
            if not match["end"]:
                self._problem(line, "this comment is never closed; end it with `-->`.")
            elif _COMMENT_WITHOUT_COLON.match(match[0]):
                self._problem(line, "a colon is missing; write `<!-- proofdeck: ... -->`.")

    def _directive_comment(self, match: re.Match[str], line: int) -> list[Element]:
        """Return the comment that begins in a line; none if it is broken, which is reported."""
        if not match["end"]:
            return []
        if not match["body"].strip():
            self._problem(line, "this comment says nothing; delete it or write a directive.")
        words, _, body = match["body"].partition("\n")
        if (order := self._order(words, line)) is None:
            return []
        hidden = body.rstrip().strip("\n")
        first = line + 1 + (len(body) - len(body.lstrip("\n")) if hidden else 0)
        if hidden.startswith("```"):
            hidden, first = hidden.partition("\n")[2].removesuffix("```").rstrip(), first + 1
        last = first + hidden.count("\n") if hidden else line
        return [DirectiveComment(order, hidden, Span(self.path, first if hidden else line, last))]


def _holds_only_links(tokens: Sequence[Token]) -> bool:
    """Tell whether the first paragraph of an entry has links, and no word beside them."""
    inline = next((token for token in tokens if token.type == "inline"), None)
    children = inline.children or [] if inline else []
    depth = 0
    for child in children:
        depth += (child.type == "link_open") - (child.type == "link_close")
        if not depth and any(letter.isalnum() for letter in child.content):
            return False
    return any(child.type == "link_open" for child in children)


def _cell_count(line: str) -> int:
    cells = _BAR.split(line.strip(" >\t"))
    return len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())


def _closing_place(tokens: Sequence[Token], position: int) -> int:
    """Return the position of the token that closes the one at `position`; the same, if it opens nothing."""
    level = 0
    for place in range(position, len(tokens)):
        level += tokens[place].nesting
        if level <= 0:
            return place
    return len(tokens) - 1
