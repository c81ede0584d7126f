"""Markdown text -> Guide; every problem at once, each with its line.

The forms are those of docs/guide-format.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from cards.directive import DirectiveError, Order, parse_order, suggestion
from cards.errors import GuideError, Problem
from cards.guide import (
    Block,
    Code,
    Exchange,
    Guide,
    Inline,
    Item,
    Listing,
    Other,
    Prose,
    Question,
    QuestionSlug,
    Row,
    Run,
    Span,
    Style,
    Subheading,
    Table,
    plain,
)
from cards.inline import inline_of, joined, part, tidy
from cards.outline import (
    Bold,
    Comment,
    Fence,
    Heading,
    HeadingRole,
    answer_start,
    asked_in_bold,
    heading_roles,
    numbered_wording,
    pairs_in,
    slug_of,
)
from cards.snippet import Role, Snippet, SnippetName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from cards.outline import Pair, Piece

PYTHON = frozenset({"python", "py", "python3"})
"""The languages whose blocks are run."""
OUTPUT = "output"
"""The language of a block that states what the one before it prints."""

_COMMENT = re.compile(r"<!--\s*(?P<word>[A-Za-z-]+):(?P<body>.*?)(?P<end>-->|\Z)", re.DOTALL)
_ANY_COMMENT = re.compile(r"<!--.*?(?P<end>-->|\Z)", re.DOTALL)
_COLONLESS = re.compile(r"<!--\s*proofdeck\b(?!:)")
# A rule (`---`) may open a guide too; front matter goes on with a key.
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=[\w-]+[ \t]*:).*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
_BAR = re.compile(r"(?<!\\)\|")


def parse(text: str, path: str) -> Guide:
    """Return the guide that the text holds.

    `path` is used in spans and messages and gives the guide its slug. Raises GuideError with every problem.
    """
    return _Parser(path).parse(text)


def read_text(raw: bytes, path: str) -> str:
    """Return a guide file's text; raise GuideError with the line where it is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sentence = f"the byte 0x{raw[error.start]:02x} is not UTF-8; save the guide as UTF-8."
        raise GuideError((Problem(path, line, sentence),)) from None


@dataclass(slots=True)
class _Open:
    """The question being read."""

    wording: Inline
    section: str
    line: int
    blocks: list[Block] = field(default_factory=list)
    snippets: list[Snippet] = field(default_factory=list)
    context: set[int] = field(default_factory=set)
    pin: str = ""
    last: int = 0
    paired: bool = False
    """It came from a `Q:` line, so that the next `Q:` line is its neighbour and not its follow-up."""
    headed: bool = False
    """It came from a heading, so that a bold line with a number is a step of its answer."""


class _Parser:
    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.questions: list[Question] = []
        self.fixtures: dict[str, Snippet] = {}
        self.asides: list[Block] = []
        self.section = ""
        self.open: _Open | None = None
        self.order: Comment | None = None
        """Directives that wait for the next block."""
        self.asked: tuple[Inline, Span] | None = None
        """A follow-up question that waits for its answer."""
        self.seen: dict[str, Question] = {}

    def parse(self, text: str) -> Guide:
        text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
        text = _FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)
        lines = text.split("\n")
        pieces = self._pieces(MarkdownIt("commonmark").enable("table").parse(text), lines)
        title = self._assemble(pieces)
        if not self.questions and not self.problems:
            self._problem(1, "no question found; start one with a heading such as `### Q1. What is ...?`.")
        self._check_borrowing()
        if self.problems:
            raise GuideError(tuple(sorted(self.problems)))
        stem = PurePath(self.path).stem
        return Guide(
            slug=slug_of(stem) or "guide",
            title=title or stem.replace("-", " "),
            questions=tuple(self.questions),
            fixtures=tuple(self.fixtures.values()),
            asides=tuple(self.asides),
            span=Span(self.path, 1, len(lines)),
        )

    def _problem(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.path, line, sentence))

    # Tokens -> pieces: what stands at the top level, quotes opened, in order.

    def _pieces(self, tokens: Sequence[Token], lines: list[str]) -> list[Piece]:
        pieces: list[Piece] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = _closing(tokens, position)
            inner = tokens[position + 1 : end]
            span = self._span(token)
            match token.type:
                case "heading_open":
                    pieces.append(Heading(int(token.tag[1]), tidy(self._inline(inner)), span))
                case "paragraph_open":
                    pieces.append(Prose(self._inline(inner), span))
                case "bullet_list_open" | "ordered_list_open":
                    listing, hoisted = self._listing(token, inner, lines)
                    pieces += [listing, *hoisted]
                case "table_open":
                    pieces.append(self._table(inner, span, lines))
                case "fence":
                    pieces.append(self._fence(token, lines))
                case "code_block":
                    code = Code(token.content.rstrip("\n"), "", span)
                    pieces.append(Fence(code, Order()))
                case "html_block":
                    pieces += self._html(token.content, span)
                case "hr":
                    pieces.append(Other("a rule", span))
                case "blockquote_open":
                    pieces += self._pieces(inner, lines)
                case _:  # link reference definitions leave no token; nothing else is enabled
                    pieces.append(Other(token.type, span))
            position = end + 1
        return pieces

    def _span(self, token: Token) -> Span:
        first, after = token.map or (0, 1)
        return Span(self.path, first + 1, max(after, first + 1))

    def _listing(
        self, token: Token, tokens: Sequence[Token], lines: list[str]
    ) -> tuple[Listing, list[Piece]]:
        """Return the list, and the code, tables and comments inside its entries, which follow it."""
        items: list[Item] = []
        hoisted: list[Piece] = []
        position = 0
        while position < len(tokens):
            end = _closing(tokens, position)
            words: Inline = ()
            nested: list[Item] = []
            for piece in self._pieces(tokens[position + 1 : end], lines):
                match piece:
                    case Prose(inline=inline) | Heading(inline=inline) if not words:
                        words = tidy(inline)
                    case Prose(inline=inline) | Heading(inline=inline):
                        nested.append(Item(tidy(inline), (), piece.span))
                    case Listing():
                        nested += piece.items
                    case _:
                        hoisted.append(piece)
            items.append(Item(words, tuple(nested), self._span(tokens[position])))
            position = end + 1
        return Listing(token.type == "ordered_list_open", tuple(items), self._span(token)), hoisted

    def _inline(self, tokens: Sequence[Token]) -> Inline:
        children = tokens[0].children or [] if tokens else []
        if any(re.match(r"<!--\s*proofdeck\b", child.content) for child in children):
            self._problem(self._span(tokens[0]).first, "a proofdeck comment must begin its line.")
        return inline_of(children)

    def _table(self, tokens: Sequence[Token], span: Span, lines: list[str]) -> Table:
        rows: list[Row] = []
        cells: list[Inline] = []
        for token in tokens:
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(tidy(inline_of(token.children or [])))
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), span))
        body = [token for token in tokens if token.type == "tr_open"][1:]
        for row in map(self._span, body):
            cells_written = _cell_count(lines[row.first - 1])
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

    def _fence(self, token: Token, lines: list[str]) -> Fence:
        first, after = token.map or (0, 1)
        source = token.content.removesuffix("\n")
        closing = lines[after - 1].lstrip(" >\t") if after - 1 > first else ""
        if not (closing.startswith(token.markup) and not closing.strip(token.markup[0] + " \t")):
            self._problem(
                first + 1, f"this code block is never closed; end it with a line of {token.markup} alone."
            )
        info = token.info.strip()
        language, _, words = info.partition(" ")
        language = language.lower().strip("{}.")
        code = Code(source, language, Span(self.path, first + 2, first + 2 + source.count("\n")))
        order = Order()
        if language in PYTHON:
            order = self._order(words, first + 1) or order
            if order.pin:
                self._problem(first + 1, "`id` belongs in a comment, not on a fence.")
        elif language == OUTPUT and words.strip():
            self._problem(first + 1, "directives belong on the block above, not on its output.")
        return Fence(code, order)

    def _order(self, words: str, line: int) -> Order | None:
        """Return what the words ask for; report what is wrong with them and return None."""
        try:
            return parse_order(words)
        except DirectiveError as error:
            self._problem(line, f"{error}.".replace("?.", "?"))
            return None

    def _html(self, source: str, span: Span) -> list[Piece]:
        pieces: list[Piece] = []
        for match in _ANY_COMMENT.finditer(source):
            line = span.first + source[: match.start()].count("\n")
            if not match["end"]:
                self._problem(line, "this comment is never closed; end it with `-->`.")
            elif _COLONLESS.match(match[0]):
                self._problem(line, "a colon is missing; write `<!-- proofdeck: ... -->`.")
        for match in _COMMENT.finditer(source):
            line = span.first + source[: match.start()].count("\n")
            if match["word"] != "proofdeck":
                if suggestion(match["word"].lower(), ("proofdeck",)):
                    self._problem(
                        line, f"`{match['word']}:` is no proofdeck comment; did you mean `proofdeck:`?"
                    )
                continue
            if not match["end"]:
                continue
            if not match["body"].strip():
                self._problem(line, "this comment says nothing; delete it or write a directive.")
            words, _, body = match["body"].partition("\n")
            if (order := self._order(words, line)) is None:
                continue
            hidden = body.rstrip().strip("\n")
            first = line + 1 + (len(body) - len(body.lstrip("\n")) if hidden else 0)
            if hidden.startswith("```"):
                hidden, first = hidden.partition("\n")[2].removesuffix("```").rstrip(), first + 1
            last = first + hidden.count("\n") if hidden else line
            pieces.append(Comment(order, hidden, Span(self.path, first if hidden else line, last)))
        if not pieces and _ANY_COMMENT.sub("", source).strip():
            pieces.append(Other("raw HTML", span))
        return pieces

    # Pieces -> questions.

    def _assemble(self, pieces: list[Piece]) -> str:
        roles = heading_roles(pieces)
        title = ""
        for position, piece in enumerate(pieces):
            match piece:
                case Heading():
                    match roles[position]:
                        case HeadingRole.TITLE:
                            title = plain(piece.inline)
                        case HeadingRole.SECTION:
                            self._close()
                            self.section = plain(piece.inline)
                        case HeadingRole.QUESTION:
                            self._ask(piece.inline, piece.span, headed=True)
                        case HeadingRole.SUBHEADING:
                            self._add(Subheading(piece.inline, piece.span))
                case Prose():
                    self._prose(piece)
                case Fence():
                    self._code(piece)
                case Comment():
                    self._comment(piece)
                case _:
                    self._add(piece)
        self._close()
        return title

    def _ask(self, asked: Inline, span: Span, *, paired: bool = False, headed: bool = False) -> None:
        self._close()
        words = plain(asked)
        wording = part(asked, len(words) - len(numbered_wording(words)))
        if all(run.style in {Style.STRONG, Style.CODE} for run in wording):  # `**Q3. What is ...?**`
            wording = joined(Run(run.text) if run.style is Style.STRONG else run for run in wording)
        self.open = _Open(wording, self.section, span.first, last=span.last, paired=paired, headed=headed)

    def _close(self) -> None:
        self._expect_nothing()
        question, self.open = self.open, None
        if question is None:
            return
        title = plain(question.wording)
        slug = slug_of(question.pin or title)
        if not slug:
            self._problem(question.line, "this question has no words; write what is asked.")
        elif slug in self.seen:
            self._problem(question.line, _taken(question, self.seen[slug]))
        if not question.blocks:
            self._problem(question.line, "this question has no answer; write one below it.")
        closed = Question(
            QuestionSlug(slug),
            title,
            question.wording,
            question.section,
            tuple(question.blocks),
            _named(slug, question.snippets),
            frozenset(question.context),
            question.pin,
            Span(self.path, question.line, question.last),
        )
        self.seen.setdefault(slug, closed)
        self.questions.append(closed)

    def _expect_nothing(self) -> None:
        """Report what still waits for a block that does not come."""
        if self.order is not None:
            self._problem(self.order.span.first, "these directives stand above no block they are for.")
            self.order = None
        if self.asked is not None:
            self._problem(
                self.asked[1].first, "this follow-up question has no answer; write a paragraph below it."
            )
            self.asked = None

    def _add(self, block: Block, *, silent: bool = False) -> None:
        if self.order is not None and self.order.order.given == {"context"}:
            silent, self.order = True, None
        self._expect_nothing()
        if self.open is None:
            self.asides.append(block)
        else:
            if silent:
                self.open.context.add(len(self.open.blocks))
            self.open.blocks.append(block)
            self.open.last = max(self.open.last, block.span.last)

    def _prose(self, prose: Prose) -> None:
        words = plain(prose.inline)
        bold = asked_in_bold(prose.inline)
        if bold is Bold.CERTAIN or (bold is Bold.NUMBERED and not (self.open and self.open.headed)):
            self._ask(prose.inline, prose.span)
            return
        if pairs := pairs_in(words):
            for pair in pairs:
                self._pair(prose, words, pair)
        elif bold is Bold.NUMBERED:
            self._add(Subheading(prose.inline, prose.span))
        elif bold is None and self.open and self.open.paired and not self.open.blocks:
            answer = part(prose.inline, answer_start(words))
            self._add(Prose(answer, prose.span))
        elif self.asked is not None and bold is None:
            asked, span = self.asked
            self.asked = None
            self._exchange(asked, tidy(prose.inline), Span(self.path, span.first, prose.span.last))
        elif bold is Bold.UNNUMBERED:
            self._follow(tidy(prose.inline), (), prose.span)
        else:
            self._add(Prose(tidy(prose.inline), prose.span))

    def _pair(self, prose: Prose, words: str, pair: Pair) -> None:
        """Take one pair of a paragraph that may hold several."""
        end = pair.answer[1] if pair.answer else pair.asked[1]
        first = prose.span.first + words[: pair.asked[0]].count("\n")
        last = prose.span.first + words[:end].rstrip().count("\n")
        asked = part(prose.inline, *pair.asked)
        answer = part(prose.inline, *pair.answer) if pair.answer else ()
        self._follow(asked, answer, Span(self.path, min(first, prose.span.last), min(last, prose.span.last)))

    def _follow(self, asked: Inline, answer: Inline, span: Span) -> None:
        if self.open is None or self.open.paired:
            self._ask(asked, span, paired=True)
            if answer:
                self._add(Prose(answer, span))
        elif answer:
            self._exchange(asked, answer, span)
        else:
            self._expect_nothing()
            self.asked = (asked, span)

    def _exchange(self, asked: Inline, answer: Inline, span: Span) -> None:
        answer = part(answer, answer_start(plain(answer)))
        self._add(Exchange(asked, answer, span))

    def _code(self, fence: Fence) -> None:
        order, waiting = fence.order, self.order
        if waiting is not None and fence.code.language in PYTHON:
            self.order = None
            if order.given:
                self._problem(
                    waiting.span.first, "directives stand above this block and on its fence; keep one."
                )
            order = waiting.order
        if fence.code.language == OUTPUT:
            self._output(fence.code)
        elif fence.code.language not in PYTHON:
            self._add(fence.code)
        elif order.check or order.define:
            self._hidden(order, fence.code.source, fence.code.span)
        elif self.open is None:
            self._problem(
                fence.code.span.first - 1, "this Python block stands outside every question; move it."
            )
        else:
            self._add(fence.code, silent=order.context)
            self.open.snippets.append(
                Snippet(
                    SnippetName(""), fence.code.source, Role.SHOWN, order.directives, None, fence.code.span
                )
            )

    def _output(self, code: Code) -> None:
        blocks = self.open.blocks if self.open else []
        snippets = self.open.snippets if self.open else []
        if not (blocks and snippets and _shows(blocks[-1], snippets)):
            self._problem(code.span.first - 1, "this output stands right after no Python block.")
            return
        position = max(n for n, snippet in enumerate(snippets) if snippet.role is Role.SHOWN)
        directives = snippets[position].directives
        if directives.no_run or directives.skip or directives.no_output or directives.syntax_error:
            self._problem(
                code.span.first - 1, "the block above prints nothing that could be compared with this."
            )
        snippets[position] = replace(snippets[position], stated=code.source)
        self._add(code)

    def _comment(self, comment: Comment) -> None:
        order = comment.order
        if order.check or order.define:
            if not comment.source:
                self._problem(comment.span.first, "this hidden block holds no code.")
            self._hidden(order, comment.source, comment.span)
        elif comment.source:
            self._problem(comment.span.first - 1, "a comment with code needs `check` or `define=NAME`.")
        elif order.pin:
            if self.open is None:
                self._problem(comment.span.first, "`id` stands outside every question.")
            elif self.open.pin:
                self._problem(comment.span.first, "the question has an `id` already.")
            else:
                self.open.pin = order.pin
        elif order.given:
            self._expect_nothing()
            self.order = comment

    def _hidden(self, order: Order, source: str, span: Span) -> None:
        if order.define:
            if order.define in self.fixtures:
                first = self.fixtures[order.define].span.first
                self._problem(span.first, f"the fixture `{order.define}` is defined in line {first} already.")
            else:
                name = SnippetName(f"fixture:{order.define}")
                self.fixtures[order.define] = Snippet(
                    name, source, Role.FIXTURE, order.directives, None, span
                )
        elif self.open is None:
            self._problem(span.first, "this check stands outside every question; move it.")
        else:
            self.open.snippets.append(
                Snippet(SnippetName(""), source, Role.CHECK, order.directives, None, span)
            )
            self.open.last = span.last

    def _check_borrowing(self) -> None:
        """Report fixtures that nobody defines, and a `continues` that goes on from nothing."""
        code_before = False
        for question in self.questions:
            for snippet in question.snippets:
                if snippet.directives.continues and snippet is not question.snippets[0]:
                    self._problem(
                        snippet.span.first, "`continues` belongs on the first block of its question."
                    )
                elif snippet.directives.continues and not code_before:
                    self._problem(
                        snippet.span.first, "`continues` goes on from the question before, which has no code."
                    )
            code_before = bool(question.snippets)
            for snippet in question.snippets:
                directives = snippet.directives
                for name in (*directives.fixtures, *(fixture for _, fixture in directives.files)):
                    if name not in self.fixtures:
                        self._problem(
                            snippet.span.first,
                            f"no hidden block defines the fixture `{name}`"
                            f"{suggestion(name, tuple(self.fixtures)) or '.'}",
                        )


def _shows(block: Block, snippets: list[Snippet]) -> bool:
    return isinstance(block, Code) and any(
        snippet.span == block.span for snippet in snippets if snippet.role is Role.SHOWN
    )


def _named(slug: str, snippets: list[Snippet]) -> tuple[Snippet, ...]:
    return tuple(
        replace(snippet, name=SnippetName(f"{slug}#{number}"))
        for number, snippet in enumerate(snippets, start=1)
    )


def _taken(question: _Open, other: Question) -> str:
    line = other.span.first
    if question.pin:
        return f"its `id` already names the question in line {line}; choose another."
    if other.pin:
        return f"the question in line {line} has these words as its `id`; choose another `id` there."
    if plain(question.wording).casefold() != other.title.casefold():
        return (
            f"the question counts as the one in line {line}, because only letters, digits and the first "
            "80 of them count; reword it or give it an `id`."
        )
    return f"the question is the same as in line {line}; give it words of its own."


def _cell_count(line: str) -> int:
    cells = _BAR.split(line.strip(" >\t"))
    return len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())


def _closing(tokens: Sequence[Token], position: int) -> int:
    """Return the place of the token that closes the one at `position` (itself, if it opens nothing)."""
    level = 0
    for place in range(position, len(tokens)):
        level += tokens[place].nesting
        if level <= 0:
            return place
    return len(tokens) - 1
