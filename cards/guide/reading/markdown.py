"""Parse Markdown text into elements, in order; block quotes are unwrapped."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cards.document.fence_info import fence_info_of
from cards.errors import Problem
from cards.guide.block import Code, Listing, Other, Prose, Row, Table
from cards.guide.directive import (
    UNKNOWN_DIRECTIVE,
    BlockDirectives,
    BlockPurpose,
    not_run,
    read_directives,
    suggestion,
)
from cards.guide.element import (
    OUTPUT_LANGUAGE,
    PYTHON_LANGUAGES,
    SESSION_LANGUAGES,
    DirectiveComment,
    Fence,
    Heading,
)
from cards.guide.form.entry import Entry, written_list
from cards.guide.form.lettered_lines import options_apart, options_together
from cards.guide.form.line.table_bar import cell_count
from cards.guide.form.listed_lines import lines_apart
from cards.guide.form.marked import is_paragraph_over_rule, read_marked_heading
from cards.guide.form.navigation import NAVIGATION, is_contents, is_navigation
from cards.guide.form.recognisers import recognise_list, recognise_prose, recognise_table
from cards.guide.inline import collapse_space, inline_of, slice_inline
from cards.guide.reading.formula_block import MATH_LANGUAGE, add_formula, continued_formula, formula_inline
from cards.guide.reading.lazy_lines import cut_lazy_lines
from cards.guide.reading.paragraph_pictures import html_pictures, pictures
from cards.guide.text import Style, StyledText, plain_text
from cards.markup.link import addressed_links, is_reference, lone_links
from cards.markup.parser import markdown_parser
from cards.python.foreign.session import is_session
from cards.regex import regex
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from cards.guide.element import Element
    from cards.guide.form.entry import WrittenList
    from cards.guide.reading.segment import Segment
    from cards.guide.text import Inline

_NAMED_COMMENT = regex(r"<!--\s*(?P<word>[A-Za-z-]+):(?P<body>.*?)(?P<end>-->|\Z)", re.DOTALL)
_ANY_COMMENT = regex(r"<!--.*?(?P<end>-->|\Z)", re.DOTALL)
_PROOFDECK_COMMENT = regex(r"<!--\s*proofdeck\b")
_COMMENT_WITHOUT_COLON = regex(r"<!--\s*proofdeck\b(?!:)")
_CALLOUT = regex(r"\s*\[!(?P<kind>[\w-]+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")


class SegmentElements(NamedTuple):
    """The elements of a segment, and what its author should mend, with line numbers of the whole text."""

    elements: list[Element]
    warnings: list[Problem]
    leaves_open: bool
    """Something in it is never closed, as far as it shows."""


def segment_elements(segment: Segment, path: str, *, at_last: bool = False) -> SegmentElements:
    """Return the elements of a segment; `at_last`, questions of every form are among them."""
    reader = _ElementReader(path, segment, at_last=at_last)
    elements = reader.elements(markdown_parser().parse(segment.text))
    return SegmentElements(elements, reader.problems, reader.leaves_open)


class _ElementReader:
    def __init__(self, path: str, segment: Segment, *, at_last: bool) -> None:
        self.path = path
        self.at_last = at_last
        self.lines = segment.text.split("\n")
        self.lines_before = segment.lines_before
        self.problems: list[Problem] = []
        self.leaves_open = False

    def elements(self, tokens: Sequence[Token], *, in_list: bool = False) -> list[Element]:
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
                case "paragraph_open" if is_navigation(_children(inner)):
                    elements.append(Other(NAVIGATION, span))
                case "paragraph_open":
                    self._add_paragraph(elements, self._paragraph(inner, span))
                case "math_block" | "math_block_label":
                    add_formula(elements, formula_inline(token), span)
                case "bullet_list_open" | "ordered_list_open" if is_contents(_inline_children(inner)):
                    elements.append(Other(NAVIGATION, span))
                case "bullet_list_open" | "ordered_list_open":
                    lazy = None if in_list else cut_lazy_lines(inner, self.lines)
                    written = self._listing(token, inner)
                    elements += written.as_read if in_list else recognise_list(written)
                    if lazy:
                        self._add_paragraph(elements, self._paragraph([lazy], self._span(lazy)))
                case "table_open" if is_contents(_row_children(inner)):
                    elements.append(Other(NAVIGATION, span))
                case "table_open":
                    elements += recognise_table(self._table(inner, span))
                case "fence" if token.info.strip().strip("{}.").lower() == MATH_LANGUAGE:
                    add_formula(elements, formula_inline(token), span)
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
                    elements += _without_callout(self.elements(inner, in_list=in_list))
                case "admonition_open":
                    elements += self.elements(_without_title(inner), in_list=in_list)
                case "footnote_block_open":
                    pass  # what stands below the text is no part of an answer
                case _:  # link reference definitions leave no token; nothing else is enabled
                    elements.append(Other(token.type, span))
            position = end + 1
        return options_together(elements)

    def _problem(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.path, line, sentence))

    def _span(self, token: Token) -> Span:
        first, after = token.map or (0, 1)
        return Span(self.path, self.lines_before + first + 1, self.lines_before + max(after, first + 1))

    def _heading(self, token: Token, tokens: Sequence[Token], span: Span) -> list[Element]:
        """Return the heading and its pictures; a paragraph with a rule right below it is no heading."""
        inline, shown = self._inline(tokens), pictures(tokens, span)
        if token.markup == "-" and is_paragraph_over_rule(plain_text(inline)):
            rule = Span(self.path, span.last, span.last)
            above = Prose(inline, Span(self.path, span.first, max(span.first, span.last - 1)))
            return [*recognise_prose(above, at_last=self.at_last), *shown, Other("a rule", rule)]
        heading = Heading(int(token.tag[1]), collapse_space(inline), span)
        return [*read_marked_heading(heading), *shown]

    def _listing(self, token: Token, tokens: Sequence[Token]) -> WrittenList:
        """Return the list as it is written and as it is read."""
        entries: list[Entry] = []
        position = 0
        while position < len(tokens):
            end = _closing_place(tokens, position)
            inner = tokens[position + 1 : end]
            elements = tuple(self.elements(inner, in_list=True))
            entries.append(Entry(elements, self._span(tokens[position]), _leads_elsewhere(inner)))
            position = end + 1
        return written_list(tuple(entries), self._span(token), ordered=token.type == "ordered_list_open")

    def _add_paragraph(self, elements: list[Element], parts: list[Element]) -> None:
        """Add a paragraph with its pictures, to the one above where it goes on with that one's sentence."""
        if elements and parts and (whole := continued_formula(elements[-1], parts[0])):
            elements[-1], parts = whole, parts[1:]
        for part in parts:
            for one in _lists_apart(part) if isinstance(part, Prose) else (part,):
                elements += recognise_prose(one, at_last=self.at_last) if isinstance(one, Prose) else [one]

    def _paragraph(self, tokens: Sequence[Token], span: Span) -> list[Element]:
        """Return the paragraph and its pictures; links alone keep their addresses."""
        inline = self._inline(tokens)
        prose: list[Element] = []
        if links := lone_links(_children(tokens)):
            addresses = [link for link in links if link.is_web]
            inline = (StyledText(addressed_links(addresses)),)
            if not addresses:
                prose = [Other("a link into the page or its folder", span)]
        if plain_text(inline).strip():
            prose = [Prose(inline, span)]
        return [*prose, *pictures(tokens, span)]

    def _inline(self, tokens: Sequence[Token]) -> Inline:
        children = _children(tokens)
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
            cells_written = cell_count(self.lines[row.first - self.lines_before - 1])
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
            self.leaves_open = True
            self._problem(
                opening, f"this code block is never closed; end it with a line of {token.markup} alone."
            )
        language, words = fence_info_of(token.info)
        if language in SESSION_LANGUAGES and is_session(source):
            language = "python"
        code = Code(source, language, Span(self.path, opening + 1, opening + 1 + source.count("\n")))
        order = BlockDirectives()
        if language in PYTHON_LANGUAGES:
            order = self._order(words, opening)
            if order.purpose is BlockPurpose.QUESTION_ID:
                self._problem(opening, "`id` belongs in a comment, not on a fence.")
        elif language == OUTPUT_LANGUAGE and words.strip():
            self._problem(opening, "directives belong on the block above, not on its output.")
        return Fence(code, order)

    def _order(self, words: str, line: int) -> BlockDirectives:
        """Return the directives that the words state, with a warning for each that cannot be followed."""
        read = read_directives(words)
        for fault in read.faults:
            self._problem(line, f"{fault}.".replace("?.", "?"))
        return read.block

    def _html(self, source: str, span: Span) -> list[Element]:
        self._report_broken_comments(source, span)
        elements: list[Element] = []
        for match in _NAMED_COMMENT.finditer(source):
            line = span.first + source[: match.start()].count("\n")
            if match["word"] == "proofdeck":
                elements += self._directive_comment(match, line)
            elif suggestion(match["word"].lower(), ("proofdeck",)):
                self._problem(line, f"`{match['word']}:` is no proofdeck comment; did you mean `proofdeck:`?")
                at = Span(self.path, line, line + match[0].count("\n"))
                elements.append(DirectiveComment(not_run(UNKNOWN_DIRECTIVE), "", at))
        elements += html_pictures(_ANY_COMMENT.sub("", source), span)
        if not elements and _ANY_COMMENT.sub("", source).strip():
            elements.append(Other("raw HTML", span))
        return elements

    def _report_broken_comments(self, source: str, span: Span) -> None:
        for match in _ANY_COMMENT.finditer(source):
            line = span.first + source[: match.start()].count("\n")
            if not match["end"]:
                self.leaves_open = True
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
        order = self._order(words, line)
        hidden = body.rstrip().strip("\n")
        first = line + 1 + (len(body) - len(body.lstrip("\n")) if hidden else 0)
        if hidden.startswith("```"):
            hidden, first = hidden.partition("\n")[2].removesuffix("```").rstrip(), first + 1
        last = first + hidden.count("\n") if hidden else line
        if hidden and order.directives.no_run == UNKNOWN_DIRECTIVE:
            if "check" not in words.split():
                return []
            order = replace(order, purpose=BlockPurpose.CHECK)
        return [DirectiveComment(order, hidden, Span(self.path, first if hidden else line, last))]


def _lists_apart(prose: Prose) -> Sequence[Prose | Listing]:
    """Return a paragraph with the lines of it that are options or entries as lists."""
    apart = options_apart(prose)
    return apart if len(apart) > 1 or isinstance(apart[0], Listing) else lines_apart(prose)


def _children(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the inline tokens of a paragraph's or heading's content."""
    return tokens[0].children or [] if tokens else []


def _inline_children(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the inline tokens of each paragraph in a list."""
    return (token.children or [] for token in tokens if token.type == "inline")


def _row_children(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the inline tokens of each row of a table's body."""
    row: list[Token] = []
    for token in tokens[_closing_place(tokens, 0) + 1 :]:
        if token.type == "inline":
            row += token.children or []
        elif token.type == "tr_close":
            yield row
            row = []


def _leads_elsewhere(tokens: Sequence[Token]) -> bool:
    """Tell whether the first paragraph of an entry leads elsewhere and says little itself."""
    inline = next((token for token in tokens if token.type == "inline"), None)
    return inline is not None and is_reference(inline.children or [])


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


def _closing_place(tokens: Sequence[Token], position: int) -> int:
    """Return the position of the token that closes the one at `position`; the same, if it opens nothing."""
    level = 0
    for place in range(position, len(tokens)):
        level += tokens[place].nesting
        if level <= 0:
            return place
    return len(tokens) - 1
