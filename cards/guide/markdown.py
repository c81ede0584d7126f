"""Parse Markdown text into elements, in order; block quotes are unwrapped."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.guide.block import Code, Item, Listing, Other, Picture, Prose, Row, Table
from cards.guide.directive import BlockDirectives, BlockPurpose, DirectiveError, parse_directives, suggestion
from cards.guide.element import (
    OUTPUT_LANGUAGE,
    PYTHON_LANGUAGES,
    SESSION_LANGUAGES,
    DirectiveComment,
    Fence,
    Heading,
)
from cards.guide.inline import collapse_space, inline_of, merge_adjacent, slice_inline
from cards.guide.text import Style, StyledText, plain_text
from cards.markup.formula import formula_of
from cards.markup.link import addressed_links, lone_links
from cards.markup.parser import markdown_parser
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
_CALLOUT = re.compile(r"\s*\[!(?P<kind>[\w-]+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")
# A sentence, or several lines: what a rule right below it is meant to end.
_PARAGRAPH = re.compile(r"[.:;,!。]\s*\Z|\n")
MATH_LANGUAGE = "math"
"""The language of a block that holds a formula."""
# What says how a project does, and nothing of an answer.
_BADGE = re.compile(r"://[^/]*(?:shields\.io|badge)|badge\.svg", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_VALUE = re.compile(
    r"\s(?P<name>src|alt)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.IGNORECASE | re.DOTALL
)
_BAR = re.compile(r"(?<!\\)\|")


def segment_elements(segment: Segment, path: str) -> tuple[list[Element], list[Problem]]:
    """Return the elements of a segment and its problems, with line numbers of the whole text."""
    reader = _ElementReader(path, segment)
    return reader.elements(markdown_parser().parse(segment.text)), reader.problems


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
                    elements += self._heading(token, inner, span)
                case "paragraph_open":
                    _add_paragraph(elements, self._paragraph(inner, span))
                case "math_block" | "math_block_label":
                    _add_formula(elements, _formula_inline(token), span)
                case "bullet_list_open" | "ordered_list_open":
                    listing, moved_out = self._listing(token, inner)
                    elements += [listing, *moved_out]
                case "table_open":
                    elements.append(self._table(inner, span))
                case "fence" if token.info.strip().strip("{}.").lower() == MATH_LANGUAGE:
                    _add_formula(elements, _formula_inline(token), span)
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
                    elements += _without_callout(self.elements(inner))
                case "admonition_open":
                    elements += self.elements(_without_title(inner))
                case "footnote_block_open":
                    pass  # what stands below the text is no part of an answer
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
            items.append(Item(words, tuple(nested), self._span(tokens[position])))
            position = end + 1
        return Listing(token.type == "ordered_list_open", tuple(items), self._span(token)), moved_out

    def _heading(self, token: Token, tokens: Sequence[Token], span: Span) -> list[Element]:
        """Return the heading and its pictures; a paragraph with a rule right below it is no heading."""
        inline, pictures = self._inline(tokens), _pictures(tokens, span)
        if token.markup == "-" and _PARAGRAPH.search(plain_text(inline)):
            return [Prose(inline, span), *pictures, Other("a rule", span)]
        return [Heading(int(token.tag[1]), collapse_space(inline), span), *pictures]

    def _paragraph(self, tokens: Sequence[Token], span: Span) -> list[Element]:
        """Return the paragraph and its pictures; links alone keep their addresses."""
        inline = self._inline(tokens)
        prose: list[Element] = []
        if links := lone_links(tokens[0].children or []):
            addresses = [link for link in links if link.is_web]
            inline = (StyledText(addressed_links(addresses)),)
            if not addresses:
                prose = [Other("a link into the page or its folder", span)]
        if plain_text(inline).strip():
            prose = [Prose(inline, span)]
        return [*prose, *_pictures(tokens, span)]

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
        elements += html_pictures(_ANY_COMMENT.sub("", source), span)
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


def _formula_inline(token: Token) -> Inline:
    """Return a formula on lines of its own with the delimiters that it was written with."""
    tex = token.content.strip()
    return (StyledText(f"\\[{tex}\\]" if token.markup == "\\[" else f"$${tex}$$", Style.FORMULA),)


def _add_formula(elements: list[Element], formula: Inline, span: Span) -> None:
    """Add a formula to the paragraph that leads into it, else as a paragraph of its own."""
    before = elements[-1] if elements else None
    if isinstance(before, Prose) and not _ends_thought(before.inline):
        whole = merge_adjacent((*before.inline, StyledText(" "), *formula))
        elements[-1] = Prose(whole, Span(span.path, before.span.first, span.last))
    else:
        elements.append(Prose(formula, span))


def _ends_thought(inline: Inline) -> bool:
    """Tell whether a paragraph is over: with a full stop, or with a formula."""
    words = plain_text(inline).rstrip()
    return words.endswith((".", "!", "?", "。")) or inline[-1].style is Style.FORMULA


def _add_paragraph(elements: list[Element], parts: list[Element]) -> None:
    """Add a paragraph with its pictures, to the one above where it goes on with that one's sentence."""
    if elements and parts and (whole := _continued_formula(elements[-1], parts[0])):
        elements[-1], parts = whole, parts[1:]
    elements += parts


def _continued_formula(above: Element, below: Element) -> Prose | None:
    """Return a paragraph that ends in a formula with one that goes on with its sentence: `where n is ...`."""
    if not (isinstance(above, Prose) and isinstance(below, Prose) and above.inline):
        return None
    last = above.inline[-1]
    is_display = last.style is Style.FORMULA and formula_of(last.text).is_display
    if not is_display or not plain_text(below.inline).lstrip()[:1].islower():
        return None
    whole = merge_adjacent((*above.inline, StyledText(" "), *below.inline))
    return Prose(whole, Span(above.span.path, above.span.first, below.span.last))


def _without_callout(elements: list[Element]) -> list[Element]:
    """Return what a quote holds without the mark of a callout (`[!NOTE]`); a title of its own stays, bold."""
    first = elements[0] if elements else None
    found = _CALLOUT.match(plain_text(first.inline)) if isinstance(first, Prose) else None
    if not isinstance(first, Prose) or not found:
        return elements
    title = slice_inline(first.inline, *found.span("title"))
    parts: list[Inline] = [slice_inline(first.inline, found.end())]
    if plain_text(title):
        parts.insert(
            0, tuple(run if run.style.is_verbatim else StyledText(run.text, Style.STRONG) for run in title)
        )
    return [*(Prose(part, first.span) for part in parts if part), *elements[1:]]


def _without_title(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens of an admonition without those of its title."""
    is_titled = tokens and tokens[0].type == "admonition_title_open"
    return tokens[_closing_place(tokens, 0) + 1 :] if is_titled else tokens


def _pictures(tokens: Sequence[Token], span: Span) -> list[Picture]:
    """Return the pictures of a paragraph or heading, as `![alt](path)` or `<img src="path">`; no badges."""
    pictures: list[Picture] = []
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "image":
            pictures.append(Picture(str(child.attrGet("src") or ""), child.content.strip(), span=span))
        elif child.type == "html_inline":
            pictures += html_pictures(child.content, span)
    return [picture for picture in pictures if not _BADGE.search(picture.address)]


def html_pictures(source: str, span: Span) -> list[Picture]:
    """Return the pictures of some HTML, each with its line."""
    pictures: list[Picture] = []
    for tag in _IMG.finditer(source):
        values = {match["name"].lower(): unescape(match["value"]) for match in _VALUE.finditer(tag[0])}
        line = span.first + source[: tag.start()].count("\n")
        if values.get("src"):
            where = Span(span.path, line, line)
            pictures.append(Picture(values["src"], values.get("alt", "").strip(), span=where))
    return pictures


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
