"""Read a saved HTML page into lines with known kinds; leave the site's own parts out."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, Tag

from cards.recover.page.code_lines import code_lines
from cards.recover.page.page import DroppedLine, Line, LineKind, Page, PageFormat, collapse_blanks
from cards.recover.page.prose_markdown import escape_markdown
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4.element import PageElement

_IGNORED_TAGS = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "canvas", "input"}
)
_SITE_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog", "menu"})
_SITE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_SITE_NAMES = regex(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|sidebar|side-bar|breadcrumbs?|footer|related(?:-\w+)?|recommended|"
    r"share|sharing|social|comments?|disqus|promo(?:tion)?s?|advert\w*|ads?|adsense|sponsor\w*|newsletter|"
    r"subscribe|subscription|cookie\w*|consent|popup|modal|author(?:-\w+)?|byline|bio|pagination|pager|toc|"
    r"table-of-contents|tags?|banner|cta|signup|sign-up|toolbar|copy-button|line-?numbers?|lineno\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCK_TAGS = frozenset(
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
_LANGUAGE = regex(r"(?:^|\s)(?:language|lang|highlight|brush:?|sourceCode|highlight-source)[-: ]?(\w+[+#]*)")
_PYTHON = frozenset({"python", "py", "python3", "ipython", "ipython3", "pycon"})
_SHELL = frozenset({"bash", "sh", "shell", "console", "zsh", "terminal"})


@dataclass(slots=True)
class _LineCollector:
    lines: list[Line] = field(default_factory=list)
    dropped: list[DroppedLine] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Inline text that waits for the end of its paragraph."""
    line: int = 0
    blocks: int = 0

    def add_line(self, text: str, kind: LineKind, at: Tag | None = None, **more: object) -> None:
        """Add a line, if it has words."""
        if text := collapse_blanks(text):
            number = (at.sourceline or 0) if at is not None else self.line
            self.lines.append(replace(Line(number, text, text, kind, marked=True), **more))  # type: ignore[arg-type]

    def end_paragraph(self) -> None:
        """End the paragraph that is being gathered."""
        words, self.words = "".join(self.words), []
        self.add_line(words, LineKind.PROSE)


def html_page(text: str) -> Page:
    """Return the page's own text; `<pre>` keeps every character."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # text that looks like a path or like XML is no concern here
        soup = BeautifulSoup(text, "html.parser")
    named = soup.find("h1")
    title = collapse_blanks((named or soup.find("title") or Tag(name="p")).get_text(" "))
    walk = _LineCollector()
    _read_children(_article_root(soup, walk).children, walk)
    walk.end_paragraph()
    lines = tuple(
        replace(line, known=None) if line.known is LineKind.PROSE and _is_faq_question(line.text) else line
        for line in walk.lines
    )
    return Page(PageFormat.HTML, lines, title, tuple(walk.dropped))


def _is_faq_question(text: str) -> bool:
    return bool(re.match(r"(?:\*\*)?Q\s*\d*\s*[.:]", text))


def _article_root(soup: BeautifulSoup, walk: _LineCollector) -> Tag:
    """Return the element that holds the article: `main` or `article`, if most of the page's text is in it."""
    body = soup.find("body") or soup
    assert isinstance(body, Tag)  # noqa: S101 - for the type checker
    whole = len(body.get_text())
    for name in ("article", "main"):
        found = body.find_all(name)
        if found:
            largest = max(found, key=lambda element: len(element.get_text()))
            if len(largest.get_text()) * 2 >= whole:
                _drop_outside_article(body, largest, walk)
                return largest
    return body


def _drop_outside_article(body: Tag, kept: Tag, walk: _LineCollector) -> None:
    inside = set(map(id, kept.parents))
    for element in body.find_all(recursive=False):
        _drop_outside(element, kept, inside, walk)


def _drop_outside(element: Tag, kept: Tag, ancestors: set[int], walk: _LineCollector) -> None:
    if element is kept:
        return
    if id(element) in ancestors:
        for child in element.find_all(recursive=False):
            _drop_outside(child, kept, ancestors, walk)
    else:
        _drop(element, walk, "outside the article")


def _drop(element: Tag, walk: _LineCollector, reason: str) -> None:
    if element.name in _IGNORED_TAGS:
        return
    for text in element.get_text("\n").split("\n"):
        if words := collapse_blanks(text):
            walk.dropped.append(DroppedLine(element.sourceline or 0, words, reason))


def _belongs_to_site(element: Tag) -> bool:
    if element.name in _SITE_TAGS or str(element.get("role", "")) in _SITE_ROLES:
        return True
    if element.name in {"body", "main", "article", "pre", "code", "html", "table"}:
        return False
    names = " ".join([*_classes(element), str(element.get("id", ""))])
    # A wrapper of the whole article may be called anything; what holds code is content.
    return (
        bool(_SITE_NAMES.search(names))
        and element.find("pre") is None
        and not _holds_question_heading(element)
    )


def _holds_question_heading(element: Tag) -> bool:
    return any(heading.get_text().rstrip().endswith("?") for heading in element.find_all(["h2", "h3", "h4"]))


def _classes(element: Tag) -> list[str]:
    classes = element.get("class")
    return classes.split() if isinstance(classes, str) else [str(one) for one in classes or ""]


def _read_children(
    children: Iterable[PageElement], walk: _LineCollector, depth: int = -1, *, ordered: bool = False
) -> None:
    for child in children:
        if isinstance(child, Comment | Doctype):
            continue
        if isinstance(child, NavigableString):
            walk.words.append(escape_markdown(re.sub(r"\s+", " ", child)))
        elif isinstance(child, Tag):
            _read_element(child, walk, depth, ordered=ordered)


def _read_element(element: Tag, walk: _LineCollector, depth: int, *, ordered: bool) -> None:
    name = element.name
    if name in _IGNORED_TAGS:
        return
    if _belongs_to_site(element):
        walk.end_paragraph()
        _drop(element, walk, "the site's own")
        return
    walk.line = element.sourceline or walk.line
    if name == "br":
        walk.words.append(" ")
    elif name not in _BLOCK_TAGS:
        walk.words.append(_inline_markdown(element))
    elif re.fullmatch(r"h[1-6]", name):
        walk.end_paragraph()
        _read_heading(element, walk)
    elif name == "pre":
        walk.end_paragraph()
        _read_pre(element, walk)
    elif name == "table":
        walk.end_paragraph()
        _read_table(element, walk)
    elif name in {"ul", "ol"}:
        walk.end_paragraph()
        for item in element.find_all("li", recursive=False):
            _read_list_item(item, walk, depth + 1, ordered=name == "ol")
    else:
        walk.end_paragraph()
        _read_children(element.children, walk, depth, ordered=ordered)
        walk.end_paragraph()


def _read_heading(heading: Tag, walk: _LineCollector) -> None:
    """Add a heading; what follows one that is never closed stands in it, and comes after it."""
    children = list(heading.children)
    end = next(
        (
            place
            for place, child in enumerate(children)
            if isinstance(child, Tag) and child.name in _BLOCK_TAGS
        ),
        len(children),
    )
    words = "".join(_markdown_parts(children[:end]))
    walk.add_line(words, LineKind.HEADING, heading, level=int(heading.name[1]))
    _read_children(children[end:], walk)
    walk.end_paragraph()


def _read_list_item(item: Tag, walk: _LineCollector, depth: int, *, ordered: bool) -> None:
    """Add a list entry; what stands in it as a block follows it."""
    words: list[str] = []
    later: list[Tag] = []
    for child in item.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            words.append(escape_markdown(re.sub(r"\s+", " ", child)))
        elif isinstance(child, Tag) and child.name not in _IGNORED_TAGS:
            if child.name in {"ul", "ol", "pre", "table", "li"} or child.find(["pre", "ul", "ol", "table"]):
                later.append(child)
            else:
                words.append(
                    f" {_markdown_of(child)} " if child.name in _BLOCK_TAGS else _inline_markdown(child)
                )
    walk.add_line("".join(words), LineKind.LIST, item, depth=depth, ordered=ordered)
    for child in later:
        if child.name == "li":  # the entry before it was never closed
            _read_list_item(child, walk, depth, ordered=ordered)
        else:
            _read_element(child, walk, depth, ordered=ordered)
    walk.end_paragraph()


def _markdown_of(element: Tag) -> str:
    """Return an element's words as Markdown."""
    return collapse_blanks("".join(_markdown_parts(element.children)))


def _markdown_parts(children: Iterable[PageElement]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            yield escape_markdown(re.sub(r"\s+", " ", child))
        elif isinstance(child, Tag) and child.name not in _IGNORED_TAGS:
            yield " " if child.name == "br" else _inline_markdown(child)


def _inline_markdown(element: Tag) -> str:
    match element.name:
        case "code" | "kbd" | "tt" | "samp":
            text = collapse_blanks(element.get_text())
            marks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
            pad = " " if "`" in text else ""
            return f"{marks}{pad}{text}{pad}{marks}" if text else ""
        case "strong" | "b":
            words = _markdown_of(element)
            return f"**{words}**" if words else ""
        case "em" | "i":
            words = _markdown_of(element)
            return f"*{words}*" if words else ""
        case "a" if re.fullmatch(r"[#¶§]?|🔗", element.get_text(strip=True)):
            return ""  # an anchor
        case _:
            inner = "".join(_markdown_parts(element.children))
            return f" {inner} " if element.name in _BLOCK_TAGS else inner


def _read_pre(element: Tag, walk: _LineCollector) -> None:
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


def _read_table(element: Tag, walk: _LineCollector) -> None:
    if element.find("pre") is not None:
        _read_children(element.children, walk)  # a table that numbers the lines of code
        return
    walk.blocks += 1
    for row in element.find_all("tr"):
        cells = [_markdown_of(cell).replace("|", "\\|") for cell in row.find_all(["th", "td"])]
        if any(cells):
            walk.add_line(f"| {' | '.join(cells)} |", LineKind.TABLE, row, block=walk.blocks)
