"""Which format a file is of, by its bytes and its name."""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from pathlib import PurePath

from cards.regex import regex

GUIDE_ENDINGS = frozenset({".md", ".markdown", ".ipynb"})
"""The endings of what may be a guide in a folder."""


class DocumentFormat(Enum):
    """The format of a file that was named as a guide."""

    MARKDOWN = auto()
    """Also plain text, which may turn out to be a page that was copied."""
    NOTEBOOK = auto()
    HTML = auto()
    RESTRUCTURED_TEXT = auto()
    ASCIIDOC = auto()
    LATEX = auto()
    ORG = auto()
    PDF = auto()
    WORD = auto()
    OLD_WORD = auto()
    OPEN_DOCUMENT = auto()
    EPUB = auto()
    RTF = auto()
    UTF_16 = auto()
    UTF_32 = auto()
    VALUES = auto()
    """A table of values (CSV), or other data in a text."""
    PROGRAM = auto()
    """The source of a program."""
    BINARY = auto()
    EMPTY = auto()


_BY_MAGIC = (
    (b"%PDF-", DocumentFormat.PDF),
    (b"{\\rtf", DocumentFormat.RTF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DocumentFormat.OLD_WORD),
    (b"\xff\xfe\0\0", DocumentFormat.UTF_32),
    (b"\0\0\xfe\xff", DocumentFormat.UTF_32),
    (b"\xff\xfe", DocumentFormat.UTF_16),
    (b"\xfe\xff", DocumentFormat.UTF_16),
)
_IN_ARCHIVE = (
    (b"word/", DocumentFormat.WORD),
    (b"application/vnd.oasis.opendocument.text", DocumentFormat.OPEN_DOCUMENT),
    (b"application/epub+zip", DocumentFormat.EPUB),
)
_BY_ENDING = {
    ".ipynb": DocumentFormat.NOTEBOOK,
    ".html": DocumentFormat.HTML,
    ".htm": DocumentFormat.HTML,
    ".xhtml": DocumentFormat.HTML,
    ".rst": DocumentFormat.RESTRUCTURED_TEXT,
    ".rest": DocumentFormat.RESTRUCTURED_TEXT,
    ".adoc": DocumentFormat.ASCIIDOC,
    ".asciidoc": DocumentFormat.ASCIIDOC,
    ".tex": DocumentFormat.LATEX,
    ".org": DocumentFormat.ORG,
}
_BY_ENDING_ALONE = {
    **dict.fromkeys(
        (".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".xml"), DocumentFormat.VALUES
    ),
    **dict.fromkeys(
        (".py", ".js", ".ts", ".java", ".c", ".cpp", ".go", ".rs", ".rb", ".r", ".jl", ".sh", ".sql"),
        DocumentFormat.PROGRAM,
    ),
}
"""Texts without a mark of their own; those that bear a mark of Markdown are Markdown."""
_HTML = regex(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_MARKS = regex(r"^(?:#{1,6} \S|[ \t>]*(?:```|~~~)|<!-- proofdeck:)", re.MULTILINE)
_MARKS = (
    (
        DocumentFormat.RESTRUCTURED_TEXT,
        regex(
            r"^\.\. (?:[\w-]+::|_[^\n:]+:)|^[^\s#=~^-][^\n]*\n(?:={4,}|~{4,}|\^{4,}|\"{4,})[ \t]*$"
            r"|::[ \t]*\n[ \t]*\n[ \t]+\S|(?<!`):[a-z]+:`[^`\n]+`",
            re.MULTILINE,
        ),
        regex(
            r"^\.\. (?:[\w-]+::|_[^\n:]+:)|::[ \t]*\n[ \t]*\n[ \t]+\S|(?<!`):[a-z]+:`[^`\n]+`", re.MULTILINE
        ),
    ),
    (
        DocumentFormat.ASCIIDOC,
        regex(r"^={1,5} \S|^\[source\b[^\]\n]*\]|^:[\w-]+: ?.*$", re.MULTILINE),
        regex(r"^={1,5} \S", re.MULTILINE),
    ),
    (
        DocumentFormat.LATEX,
        regex(r"^\\documentclass\b|^\\begin\{document\}", re.MULTILINE),
        regex(""),
    ),
    (
        DocumentFormat.ORG,
        regex(r"^#\+(?:TITLE|BEGIN_SRC|OPTIONS|AUTHOR)\b|^\*+ \S", re.MULTILINE | re.IGNORECASE),
        regex(r"^#\+(?:TITLE|BEGIN_SRC|OPTIONS|AUTHOR)\b", re.MULTILINE | re.IGNORECASE),
    ),
)
"""The marks of each format, and those without which nothing is taken for it."""
_FEWEST_MARKS = 2
_CONTROL_CHARACTERS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27})
_LOOKED_AT_BYTES = 200_000


def format_of(raw: bytes, name: str) -> DocumentFormat:
    """Return the format of a file, from what it holds, and where that does not say from its name's ending."""
    if not raw.strip(b"\xef\xbb\xbf \t\r\n\f\v"):
        return DocumentFormat.EMPTY
    for magic, known in _BY_MAGIC:
        if raw.startswith(magic):
            return known
    if raw.startswith(b"PK\x03\x04"):
        found = (known for mark, known in _IN_ARCHIVE if mark in raw)
        return next(found, DocumentFormat.BINARY)
    if _is_binary(raw):
        return DocumentFormat.UTF_16 if _is_utf_16(raw) else DocumentFormat.BINARY
    return _text_format(raw[:_LOOKED_AT_BYTES].decode("utf-8-sig", "replace"), raw, name)


def _is_binary(raw: bytes) -> bool:
    """Tell whether bytes are no text: control characters of which more than a few are no slip."""
    head = raw[:8192]
    odd = len(head) - len(head.translate(None, _CONTROL_CHARACTERS))
    return odd > max(2, len(head) // 100)


def _is_utf_16(raw: bytes) -> bool:
    """Tell whether bytes are UTF-16 without its mark: most of every second are zero, as in Latin letters."""
    head = raw[:8192]
    return any(
        head[side::2].count(0) > len(head) * 0.4 > 10 * head[1 - side :: 2].count(0) for side in (0, 1)
    )


def _text_format(text: str, raw: bytes, name: str) -> DocumentFormat:
    if text.lstrip()[:1] == "{" and _is_notebook(text, raw):
        return DocumentFormat.NOTEBOOK
    if _HTML.match(text):
        return DocumentFormat.HTML
    by_name = _BY_ENDING.get(PurePath(name).suffix.lower())
    is_markdown = bool(_MARKDOWN_MARKS.search(text))
    if by_name in {DocumentFormat.NOTEBOOK, DocumentFormat.HTML}:
        return by_name
    for known, marks, needed in _MARKS:
        if by_name is known and (not is_markdown or marks.search(text)):
            return known
        if by_name is not None or is_markdown:
            continue
        if len(marks.findall(text)) >= _FEWEST_MARKS and needed.search(text):
            return known
    by_ending = _BY_ENDING_ALONE.get(PurePath(name).suffix.lower())
    return DocumentFormat.MARKDOWN if by_ending is None or is_markdown else by_ending


def _is_notebook(text: str, raw: bytes) -> bool:
    if '"cells"' not in text and '"worksheets"' not in text and '"nbformat"' not in text:
        return False
    try:
        return isinstance(json.loads(raw), dict)
    except (ValueError, RecursionError):
        return '"cell_type"' in text
