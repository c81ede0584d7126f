"""Turn Markdown's inline tokens into styled text, and cut and join it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.guide.repeated_work import remembered
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.natural_language import COLONS
from cards.language.sentence_start import sentence_starts
from cards.markup.editor_rule import HIGHLIGHT_CLOSES, HIGHLIGHT_OPENS
from cards.markup.formula_rule import INLINE_FORMULAS
from cards.markup.raised_text import lowered, raised
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from cards.language.natural_language import Language

# Tags that set text and say nothing; any other "tag" in prose (`<int32>`) is what the author wrote.
_STYLING_TAGS = regex(
    r"a|abbr|b|big|code|del|em|font|i|ins|kbd|mark|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr",
    re.IGNORECASE,
)
_TAG = regex(r"<(?P<end>/?)\s*(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_SPACE = regex(r"\s+")
_NAMED = r"[.#][A-Za-z][\w:-]*"
_VALUED = r"[A-Za-z][\w-]*=(?:\"[^\"]*\"|[\w%.-]+)"
# `{#id}` at a heading's end, `{: .note }` below a paragraph, `^abc` that names a paragraph.
_TRAILER = regex(
    rf"\s*(?:\{{:?\s*{_NAMED}(?:\s+[^{{}}\n]*)?\}}|\{{:\s*(?:toc|{_VALUED})\s*\}}"
    r"|(?<=\s)\^(?=[\w-]*[A-Za-z])[A-Za-z0-9-]{3,})\s*\Z"
)
# `[src]`, `[[source]]`: a link to where the text comes from.
_SOURCES = regex(
    r"(?:\s*\[{1,2}\s*(?:src|sources?|refs?|references?)\s*\d*\s*\]{1,2})+[\s.]*\Z", re.IGNORECASE
)
_ANSWER_LINK = regex(r"\s*\[{1,2}(?:answers?|solutions?|src|sources?)\]{1,2}\s*(?=\w)", re.IGNORECASE)
_QUOTE_MARKS = regex(r"(?:>[ \t]?)+(?=[^\W\d_]|[`*_\"'(]|\Z)")
"""Begins a line of a quote that is indented so far that Markdown takes it for the paragraph above."""
_ATTRIBUTES_BEHIND = regex(rf"\{{:?\s*(?:{_NAMED}|{_VALUED})(?:\s+[^{{}}\n]*)?\}}")

_OPENING = {"strong_open": "strong", "em_open": "em", "s_open": "del", HIGHLIGHT_OPENS: "mark"}
_CLOSING = {"strong_close": "strong", "em_close": "em", "s_close": "del", HIGHLIGHT_CLOSES: "mark"}
_BOLD, _ITALIC = frozenset({"strong", "b", "mark"}), frozenset({"em", "i"})
_STRUCK, _SET_AS_CODE = frozenset({"del", "s", "strike"}), frozenset({"code", "tt", "samp"})


def inline_of(tokens: Sequence[Token]) -> Inline:
    """Return the styled text of an inline token's children; line breaks stay as newlines.

    What was struck out is left out, and so are pictures.
    """
    inline = merge_adjacent(_Reader(tokens).runs())
    if inline and not inline[0].style.is_verbatim and (label := _ANSWER_LINK.match(inline[0].text)):
        inline = (StyledText(inline[0].text[label.end() :], inline[0].style), *inline[1:])
    return _without_trailer(inline)


class _Reader:
    """Reads inline tokens; a tag counts only together with the one that closes it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._partners = _tag_partners(tokens)
        self._open: list[tuple[str, int]] = []
        """What is open, and how many runs stood before it."""
        self._runs: list[StyledText] = []

    def runs(self) -> list[StyledText]:
        """Return the styled text."""
        for place, token in enumerate(self._tokens):
            match token.type:
                case kind if kind in _OPENING:
                    self._begin(_OPENING[kind])
                case kind if kind in _CLOSING:
                    self._end(_CLOSING[kind])
                case "code_inline" | "special_name":
                    self._add(token.content, Style.CODE)
                case kind if kind in INLINE_FORMULAS:
                    delimiter = "" if kind == "math_brackets" else token.markup
                    self._add(f"{delimiter}{token.content}{delimiter}", Style.FORMULA)
                case "softbreak" | "hardbreak":
                    self._add("\n")
                case "html_inline":
                    self._html(place)
                case "image" | "footnote_ref" | "footnote_anchor":
                    pass
                case _ if place and self._tokens[place - 1].type in {"softbreak", "hardbreak"}:
                    self._add(_QUOTE_MARKS.sub("", self._tokens[place].content))
                case _:
                    self._add(self._behind_code(place))
        return self._runs

    def _behind_code(self, place: int) -> str:
        """Return a token's text without the attributes of the code or picture before it (`{.python}`)."""
        text = self._tokens[place].content
        if place and self._tokens[place - 1].type in {"code_inline", "image", "link_close"}:
            found = _ATTRIBUTES_BEHIND.match(text)
            return text[found.end() :] if found else text
        return text

    def _add(self, text: str, style: Style = Style.PLAIN) -> None:
        if not self._open:
            self._runs.append(StyledText(text, style))
            return
        names = {name for name, _ in self._open}
        bold = bool(names & _BOLD)
        if style is Style.PLAIN and names & _SET_AS_CODE:
            style = Style.CODE
        if style is Style.PLAIN and bold:
            style = Style.STRONG
        elif style is Style.PLAIN and names & _ITALIC:
            style = Style.EMPHASIS
        self._runs.append(StyledText(text, style, is_bold=style.is_verbatim and bold))

    def _html(self, place: int) -> None:
        source = self._tokens[place].content
        tag = _TAG.match(source)
        if source.startswith("<!--"):
            return
        name = tag["name"].lower() if tag else ""
        if name == "br":
            self._add("\n")
        elif name in {"img", "wbr"}:
            return
        elif not tag or place not in self._partners:
            # A lone opening tag may be no tag: `List<b>`.
            self._add(
                "" if tag and (name == "a" or (tag["end"] and _STYLING_TAGS.fullmatch(name))) else source
            )
        elif tag["end"]:
            self._end(name)
        else:
            self._begin(name)

    def _begin(self, name: str) -> None:
        self._open.append((name, len(self._runs)))

    def _end(self, name: str) -> None:
        place = max((place for place, opened in enumerate(self._open) if opened[0] == name), default=None)
        if place is None:
            return
        _, start = self._open.pop(place)
        if name in _STRUCK:
            del self._runs[start:]
        elif name in _SET_AS_CODE:
            self._join(start, plain_text(tuple(self._runs[start:])), Style.CODE)
        elif name in {"sup", "sub"}:
            before, inner = plain_text(tuple(self._runs[:start])), plain_text(tuple(self._runs[start:]))
            set_text = raised(inner, before) if name == "sup" else lowered(inner, before)
            if set_text != inner:
                self._join(start, set_text, Style.PLAIN)

    def _join(self, start: int, text: str, style: Style) -> None:
        """Put one run in the place of those from `start` on."""
        del self._runs[start:]
        self._add(text, style)


def _tag_partners(tokens: Sequence[Token]) -> set[int]:
    """Return the positions of tags that set text and have a partner."""
    waiting: list[tuple[str, int]] = []
    paired: set[int] = set()
    for place, token in enumerate(tokens):
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if not tag or not _STYLING_TAGS.fullmatch(tag["name"]):
            continue
        name = tag["name"].lower()
        if not tag["end"]:
            waiting.append((name, place))
        elif any(opened == name for opened, _ in waiting):
            while waiting:
                opened, where = waiting.pop()
                if opened == name:
                    paired |= {where, place}
                    break
    return paired


def _without_trailer(inline: Inline) -> Inline:
    """Return the text without what its author put behind it for a program."""
    if not inline or inline[-1].style.is_verbatim:
        return inline
    last = inline[-1]
    # A search from every place would take long on long texts, and sources are short.
    tail = max(0, len(last.text) - 80)
    sources = _SOURCES.search(last.text, tail) if "]" in last.text else None
    is_beside_words = sources and (sources.start() > 0 or len(inline) > 1)
    kept = last.text[: sources.start()] if sources and is_beside_words else last.text
    if "}" in kept or "^" in kept:
        kept = _TRAILER.sub("", kept)
    return inline if kept == last.text else merge_adjacent((*inline[:-1], StyledText(kept, last.style)))


def merge_adjacent(runs: Iterable[StyledText]) -> Inline:
    """Return the styled text with neighbours of one style merged and empty ones left out."""
    runs = tuple(runs)
    if len(runs) == 1 and runs[0].text:
        return runs
    merged: list[StyledText] = []
    for run in runs:
        if not run.text:
            continue
        if merged and merged[-1].style is run.style and not run.style.is_verbatim:
            merged[-1] = StyledText(merged[-1].text + run.text, run.style)
        else:
            merged.append(run)
    return tuple(merged)


def collapse_space(inline: Iterable[StyledText]) -> Inline:
    """Return the styled text as one line: white space collapsed outside code, none at the ends."""
    inline = tuple(inline)
    if len(inline) == 1 and not inline[0].style.is_verbatim:
        only = inline[0]
        words = _folded(only.text)
        return () if not words else inline if words == only.text else (StyledText(words, only.style),)
    folded = [
        StyledText(_SPACE.sub(" ", run.text), run.style)
        if not run.style.is_verbatim and _may_collapse(run.text)
        else run
        for run in inline
    ]
    if folded and not folded[0].style.is_verbatim and folded[0].text[:1] == " ":
        folded[0] = StyledText(folded[0].text[1:], folded[0].style)
    if folded and not folded[-1].style.is_verbatim and folded[-1].text[-1:] == " ":
        folded[-1] = StyledText(folded[-1].text[:-1], folded[-1].style)
    return merge_adjacent(folded)


def _may_collapse(text: str) -> bool:
    """Tell whether a text may have white space that collapses: of what is white only a blank is printable."""
    return "  " in text or not text.isprintable()


def _folded(words: str) -> str:
    """Return words on one line with one blank between them."""
    if _may_collapse(words):
        words = _SPACE.sub(" ", words)
    return words.removeprefix(" ").removesuffix(" ")


def slice_inline(inline: Inline, start: int, end: int | None = None) -> Inline:
    """Return the text between two positions in `plain_text(inline)`, with white space collapsed."""
    if len(inline) == 1 and (end is None or end >= 0) and not inline[0].style.is_verbatim:
        only = inline[0]
        words = _folded(only.text[max(start, 0) : end])
        return () if not words else inline if words == only.text else (StyledText(words, only.style),)
    runs: list[StyledText] = []
    position = 0
    for run in inline:
        left, after = max(start - position, 0), position + len(run.text)
        right = len(run.text) if end is None or after <= end else end - position
        if left == 0 and right == len(run.text):
            runs.append(run)
        elif left < right:
            runs.append(StyledText(run.text[left:right], run.style, run.is_bold))
        position = after
    return collapse_space(runs)


def without_colon(inline: Inline) -> Inline:
    """Return words without the colon that leads into what stands below them."""
    words = plain_text(inline)
    return slice_inline(inline, 0, len(words) - 1) if words.endswith(COLONS) else inline


def split_sentences(inline: Inline, language: Language) -> Iterator[Inline]:
    """Yield the sentences of a paragraph, each tidied."""
    return iter(_sentences_of(inline, language))


@remembered
def _sentences_of(inline: Inline, language: Language) -> tuple[Inline, ...]:
    starts = [0, *sentence_starts(mask_code(inline), language)]
    sentences = [slice_inline(inline, start, after) for start, after in pairwise(starts)]
    rest = slice_inline(inline, starts[-1])
    return (*sentences, rest) if rest else tuple(sentences)


def mask_code(inline: Inline) -> str:
    """Return the words with code and formulas replaced by backticks, so that no pattern matches inside."""
    return "".join(["`" * len(run.text) if run.style.is_verbatim else run.text for run in inline])
