"""A saved HTML page -> lines that say what they are, with what belongs to the site left out."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, Tag

from cards.recover.page.page import Dropped, Line, LineKind, Page, Source, collapsed
from cards.recover.prose_markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4.element import PageElement

_NEVER = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "canvas", "input"}
)
_SITE = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog", "menu"})
_SITE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_SITE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|sidebar|side-bar|breadcrumbs?|footer|related(?:-\w+)?|recommended|"
    r"share|sharing|social|comments?|disqus|promo(?:tion)?s?|advert\w*|ads?|adsense|sponsor\w*|newsletter|"
    r"subscribe|subscription|cookie\w*|consent|popup|modal|author(?:-\w+)?|byline|bio|pagination|pager|toc|"
    r"table-of-contents|tags?|banner|cta|signup|sign-up|toolbar|copy-button|line-?numbers?|lineno\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight|brush:?|sourceCode|highlight-source)[-: ]?(\w+[+#]*)"
)
_PYTHON = frozenset({"python", "py", "python3", "ipython", "ipython3", "pycon"})
_SHELL = frozenset({"bash", "sh", "shell", "console", "zsh", "terminal"})


@dataclass(slots=True)
class _Walk:
    lines: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Inline text that waits for the end of its paragraph."""
    line: int = 0
    blocks: int = 0

    def put(self, text: str, kind: LineKind, at: Tag | None = None, **more: object) -> None:
        """Add a line, if it has words."""
        if text := collapsed(text):
            number = (at.sourceline or 0) if at is not None else self.line
            self.lines.append(replace(Line(number, text, text, kind, marked=True), **more))  # type: ignore[arg-type]

    def paragraph(self) -> None:
        """End the paragraph that is being gathered."""
        words, self.words = "".join(self.words), []
        self.put(words, LineKind.PROSE)


def html_page(text: str) -> Page:
    """Return the page's own text; `<pre>` keeps every character."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # text that looks like a path or like XML is no concern here
        soup = BeautifulSoup(text, "html.parser")
    named = soup.find("h1")
    title = collapsed((named or soup.find("title") or Tag(name="p")).get_text(" "))
    walk = _Walk()
    _walk(_root(soup, walk).children, walk)
    walk.paragraph()
    lines = tuple(
        replace(line, known=None) if line.known is LineKind.PROSE and _pairs(line.text) else line
        for line in walk.lines
    )
    return Page(Source.HTML, lines, title, tuple(walk.dropped))


def _pairs(text: str) -> bool:
    return bool(re.match(r"(?:\*\*)?Q\s*\d*\s*[.:]", text))


def _root(soup: BeautifulSoup, walk: _Walk) -> Tag:
    """Return the element that holds the article: `main` or `article`, if most of the page's text is in it."""
    body = soup.find("body") or soup
    assert isinstance(body, Tag)  # noqa: S101 - for the type checker
    whole = len(body.get_text())
    for name in ("article", "main"):
        found = body.find_all(name)
        if found:
            largest = max(found, key=lambda element: len(element.get_text()))
            if len(largest.get_text()) * 2 >= whole:
                _drop_around(body, largest, walk)
                return largest
    return body


def _drop_around(body: Tag, kept: Tag, walk: _Walk) -> None:
    inside = set(map(id, kept.parents))
    for element in body.find_all(recursive=False):
        _drop_outside(element, kept, inside, walk)


def _drop_outside(element: Tag, kept: Tag, ancestors: set[int], walk: _Walk) -> None:
    if element is kept:
        return
    if id(element) in ancestors:
        for child in element.find_all(recursive=False):
            _drop_outside(child, kept, ancestors, walk)
    else:
        _drop(element, walk, "outside the article")


def _drop(element: Tag, walk: _Walk, reason: str) -> None:
    if element.name in _NEVER:
        return
    for text in element.get_text("\n").split("\n"):
        if words := collapsed(text):
            walk.dropped.append(Dropped(element.sourceline or 0, words, reason))


def _of_the_site(element: Tag) -> bool:
    if element.name in _SITE or str(element.get("role", "")) in _SITE_ROLES:
        return True
    if element.name in {"body", "main", "article", "pre", "code", "html", "table"}:
        return False
    names = " ".join([*_classes(element), str(element.get("id", ""))])
    # A wrapper of the whole article may be called anything; what holds code is content.
    return bool(_SITE_NAMES.search(names)) and element.find("pre") is None and not _asks(element)


def _asks(element: Tag) -> bool:
    return any(heading.get_text().rstrip().endswith("?") for heading in element.find_all(["h2", "h3", "h4"]))


def _classes(element: Tag) -> list[str]:
    classes = element.get("class")
    return classes.split() if isinstance(classes, str) else [str(one) for one in classes or ""]


def _walk(children: Iterable[PageElement], walk: _Walk, depth: int = -1, *, ordered: bool = False) -> None:
    for child in children:
        if isinstance(child, Comment | Doctype):
            continue
        if isinstance(child, NavigableString):
            walk.words.append(escaped(re.sub(r"\s+", " ", child)))
        elif isinstance(child, Tag):
            _element(child, walk, depth, ordered=ordered)


def _element(element: Tag, walk: _Walk, depth: int, *, ordered: bool) -> None:
    name = element.name
    if name in _NEVER:
        return
    if _of_the_site(element):
        walk.paragraph()
        _drop(element, walk, "the site's own")
        return
    walk.line = element.sourceline or walk.line
    if name == "br":
        walk.words.append(" ")
    elif name not in _BLOCKS:
        walk.words.append(_inline(element))
    elif re.fullmatch(r"h[1-6]", name):
        walk.paragraph()
        _heading(element, walk)
    elif name == "pre":
        walk.paragraph()
        _pre(element, walk)
    elif name == "table":
        walk.paragraph()
        _table(element, walk)
    elif name in {"ul", "ol"}:
        walk.paragraph()
        for item in element.find_all("li", recursive=False):
            _item(item, walk, depth + 1, ordered=name == "ol")
    else:
        walk.paragraph()
        _walk(element.children, walk, depth, ordered=ordered)
        walk.paragraph()


def _heading(heading: Tag, walk: _Walk) -> None:
    """Add a heading; what follows one that is never closed stands in it, and comes after it."""
    children = list(heading.children)
    end = next(
        (place for place, child in enumerate(children) if isinstance(child, Tag) and child.name in _BLOCKS),
        len(children),
    )
    words = "".join(_pieces(children[:end]))
    walk.put(words, LineKind.HEADING, heading, level=int(heading.name[1]))
    _walk(children[end:], walk)
    walk.paragraph()


def _item(item: Tag, walk: _Walk, depth: int, *, ordered: bool) -> None:
    """Add a list entry; what stands in it as a block follows it."""
    words: list[str] = []
    later: list[Tag] = []
    for child in item.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            words.append(escaped(re.sub(r"\s+", " ", child)))
        elif isinstance(child, Tag) and child.name not in _NEVER:
            if child.name in {"ul", "ol", "pre", "table", "li"} or child.find(["pre", "ul", "ol", "table"]):
                later.append(child)
            else:
                words.append(f" {_words(child)} " if child.name in _BLOCKS else _inline(child))
    walk.put("".join(words), LineKind.LIST, item, depth=depth, ordered=ordered)
    for child in later:
        if child.name == "li":  # the entry before it was never closed
            _item(child, walk, depth, ordered=ordered)
        else:
            _element(child, walk, depth, ordered=ordered)
    walk.paragraph()


def _words(element: Tag) -> str:
    """Return an element's words as Markdown."""
    return collapsed("".join(_pieces(element.children)))


def _pieces(children: Iterable[PageElement]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            yield escaped(re.sub(r"\s+", " ", child))
        elif isinstance(child, Tag) and child.name not in _NEVER:
            yield " " if child.name == "br" else _inline(child)


def _inline(element: Tag) -> str:
    match element.name:
        case "code" | "kbd" | "tt" | "samp":
            text = collapsed(element.get_text())
            marks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
            pad = " " if "`" in text else ""
            return f"{marks}{pad}{text}{pad}{marks}" if text else ""
        case "strong" | "b":
            words = _words(element)
            return f"**{words}**" if words else ""
        case "em" | "i":
            words = _words(element)
            return f"*{words}*" if words else ""
        case "a" if re.fullmatch(r"[#¶§]?|🔗", element.get_text(strip=True)):
            return ""  # an anchor
        case _:
            inner = "".join(_pieces(element.children))
            return f" {inner} " if element.name in _BLOCKS else inner


def _pre(element: Tag, walk: _Walk) -> None:
    for line in element.find_all("br"):
        line.replace_with("\n")
    source = element.get_text().replace("\r\n", "\n").replace("\xa0", " ").strip("\n")
    if not source.strip():
        return
    language = _language_of(element)
    kind: LineKind | None = None
    if language in _PYTHON:
        kind = LineKind.PYTHON
    elif language in _SHELL:
        kind = LineKind.SHELL
    elif language:
        kind = LineKind.PLAIN
    walk.blocks += 1
    walk.lines += code_lines(source, element.sourceline or 0, walk.blocks, kind, language)


def code_lines(source: str, number: int, block: int, kind: LineKind | None, language: str) -> Iterator[Line]:
    """Yield the lines of a code block; one whose language nobody says is judged as a whole."""
    from cards.recover.page.line_kind import kinds_of

    lines = source.rstrip().split("\n")
    if kind is None:
        kinds = [
            kind for kind in kinds_of([collapsed(line) for line in lines if line.strip()]) if kind.is_code
        ]
        kind = max(set(kinds), key=kinds.count) if kinds else LineKind.PLAIN
    for offset, raw in enumerate(lines):
        yield Line(
            number + offset if number else 0, collapsed(raw), raw.rstrip(), kind, block, language=language
        )


def _language_of(element: Tag) -> str:
    near = [element, *element.find_all("code")]
    near += [parent for parent in (element.parent, element.parent and element.parent.parent) if parent]
    for one in near:
        named = one.get("data-lang") or one.get("data-language") or one.get("lang")
        if isinstance(named, str) and re.fullmatch(r"[A-Za-z][\w+#]{1,12}", named) and named.lower() != "en":
            return named.lower()
        for word in _classes(one):
            if match := _LANGUAGE.search(word):
                return match[1].lower()
            if word.lower() in _PYTHON | _SHELL:
                return word.lower()
    return ""


def _table(element: Tag, walk: _Walk) -> None:
    rows = element.find_all("tr")
    if element.find("pre") is not None:
        _walk(element.children, walk)  # a table that numbers the lines of code
        return
    for row in rows:
        cells = [_words(cell).replace("|", "\\|") for cell in row.find_all(["th", "td"])]
        if any(cells):
            walk.put(f"| {' | '.join(cells)} |", LineKind.TABLE, row, block=id(element) % 1_000_000 + 1)
