"""HTML as a browser reads it."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"hr", "wbr", "input"})
"""Tags that nothing ends."""


class PageReader(HTMLParser):
    """What a browser makes of a page: the words, those outside code, and the tags."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.formulas: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.balanced = True
        self.feed(page)
        self.close()
        self.balanced = self.balanced and not self.open

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.add(tag)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if not {"code", "pre"} & set(self.open) and ("\\(" in data or "\\[" in data):
            self.formulas.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)
