"""What a file is, by its bytes and its name, and what to do with one that is no guide."""

from __future__ import annotations

import io
import zipfile

import pytest

from cards.document.document_format import DocumentFormat, format_of
from cards.document.format_advice import refusal, refusal_as_page
from tests.builders.notebook import code, markdown, notebook

RST = "Queues\n======\n\nWhat is a queue?\n----------------\n\nA list::\n\n    x = []\n\n.. note:: Short.\n"
ADOC = "= Queues\n:toc:\n\n== What is a queue?\n\n[source,python]\n----\nx = []\n----\n"
ORG = "#+TITLE: Queues\n* What is a queue?\nA list.\n"
LATEX = "\\documentclass{article}\n\\begin{document}\nA queue.\n\\end{document}\n"
HTML = "<!doctype html>\n<html><body><h2>What is a queue?</h2></body></html>"
GUIDE = "# Queues\n\n## What is a queue?\n\nA list.\n"
NOTEBOOK = notebook(markdown(GUIDE), code("x = []"))


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        pytest.param(GUIDE, "a.md", DocumentFormat.MARKDOWN, id="Markdown"),
        pytest.param("Q1. What is a queue?\nA list.", "a.txt", DocumentFormat.MARKDOWN, id="plain text"),
        pytest.param(NOTEBOOK, "a.ipynb", DocumentFormat.NOTEBOOK, id="a notebook"),
        pytest.param(NOTEBOOK, "a.md", DocumentFormat.NOTEBOOK, id="a notebook under another name"),
        pytest.param(NOTEBOOK[:200], "a.ipynb", DocumentFormat.NOTEBOOK, id="a notebook that breaks off"),
        pytest.param('{"cells": 3}', "a.json", DocumentFormat.NOTEBOOK, id="JSON that claims to be one"),
        pytest.param(HTML, "a.md", DocumentFormat.HTML, id="a page under another name"),
        pytest.param("<p>A queue.", "a.htm", DocumentFormat.HTML, id="a page by its name"),
        pytest.param(RST, "a.rst", DocumentFormat.RESTRUCTURED_TEXT, id="reStructuredText"),
        pytest.param(RST, "a.md", DocumentFormat.RESTRUCTURED_TEXT, id="the same under another name"),
        pytest.param("A queue.", "a.rst", DocumentFormat.RESTRUCTURED_TEXT, id="the same by its name"),
        pytest.param(GUIDE, "a.rst", DocumentFormat.MARKDOWN, id="Markdown named otherwise"),
        pytest.param(ADOC, "a.adoc", DocumentFormat.ASCIIDOC, id="AsciiDoc"),
        pytest.param(ADOC, "a", DocumentFormat.ASCIIDOC, id="AsciiDoc without a name"),
        pytest.param(ORG, "a.org", DocumentFormat.ORG, id="Org"),
        pytest.param(LATEX, "a.md", DocumentFormat.LATEX, id="LaTeX under another name"),
        pytest.param("= 5 is what it prints\n", "a.md", DocumentFormat.MARKDOWN, id="one mark is none"),
        pytest.param("Queues\n======\n\nA list.", "a.md", DocumentFormat.MARKDOWN, id="a heading in setext"),
        pytest.param(
            "* What is a queue?\n* What is a list?\n", "a.md", DocumentFormat.MARKDOWN, id="bullets"
        ),
        pytest.param("Question,Answer\nWhat?,That\n", "a.csv", DocumentFormat.VALUES, id="a table of values"),
        pytest.param('{"a": 1}', "a.json", DocumentFormat.VALUES, id="JSON"),
        pytest.param('"""What is it?"""\nx = []\n', "a.py", DocumentFormat.PROGRAM, id="a program"),
        pytest.param(GUIDE, "a.yaml", DocumentFormat.MARKDOWN, id="Markdown named as data"),
        pytest.param("", "a.md", DocumentFormat.EMPTY, id="nothing"),
        pytest.param("\ufeff \r\n\n", "a.md", DocumentFormat.EMPTY, id="blanks"),
    ],
)
def test_a_text_is_of_this_format(content: str, name: str, form: DocumentFormat) -> None:
    assert format_of(content.encode(), name) is form


@pytest.mark.parametrize(
    ("content", "form"),
    [
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", DocumentFormat.PDF, id="PDF"),
        pytest.param(archive("[Content_Types].xml", "word/document.xml"), DocumentFormat.WORD, id="docx"),
        pytest.param(archive("xl/workbook.xml"), DocumentFormat.BINARY, id="xlsx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DocumentFormat.OLD_WORD, id="doc"),
        pytest.param(b"{\\rtf1 A queue.}", DocumentFormat.RTF, id="RTF"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", DocumentFormat.BINARY, id="PNG"),
        pytest.param("# Queues\n".encode("utf-16"), DocumentFormat.UTF_16, id="UTF-16"),
        pytest.param(GUIDE.encode("utf-16-le"), DocumentFormat.UTF_16, id="UTF-16 without its mark"),
        pytest.param(GUIDE.encode("utf-16-be"), DocumentFormat.UTF_16, id="the other without its mark"),
        pytest.param("# Queues\n".encode("utf-32"), DocumentFormat.UTF_32, id="UTF-32"),
        pytest.param(GUIDE.encode() + b"\0", DocumentFormat.MARKDOWN, id="a NUL in a guide is its line's"),
        pytest.param("# Café\n".encode("cp1252"), DocumentFormat.MARKDOWN, id="another code page"),
    ],
)
def test_bytes_are_of_this_format_whatever_their_name(content: bytes, form: DocumentFormat) -> None:
    assert format_of(content, "a.md") is form


ADVICE = {
    (DocumentFormat.RESTRUCTURED_TEXT, "docs/a.rst"): (
        "docs/a.rst: this is reStructuredText, not Markdown; "
        "convert it with `pandoc -f rst -t gfm docs/a.rst -o docs/a.md`."
    ),
    (DocumentFormat.ASCIIDOC, "my a.adoc"): (
        "my a.adoc: this is AsciiDoc, not Markdown; convert it with "
        "`asciidoctor -b docbook -o - 'my a.adoc' | pandoc -f docbook -t gfm -o 'my a.md'`."
    ),
    (DocumentFormat.WORD, "a.md"): (
        "a.md: this is a Word document; convert it with `pandoc -f docx -t gfm a.md -o a-guide.md`."
    ),
    (DocumentFormat.PDF, "a.pdf"): (
        "a.pdf: this is a PDF; make a guide of its text with "
        "`pdftotext -layout a.pdf a.txt && proofdeck recover a.txt -o a.md`."
    ),
    (DocumentFormat.HTML, "a.html"): (
        "a.html: this is a web page; make a guide of it with `proofdeck recover a.html -o a.md`."
    ),
}


@pytest.mark.parametrize(("file", "sentence"), ADVICE.items(), ids=[form.name for form, _ in ADVICE])
def test_a_sentence_names_the_command_that_helps(file: tuple[DocumentFormat, str], sentence: str) -> None:
    assert refusal(*file) == sentence


def test_what_can_be_read_is_not_refused() -> None:
    readable = {DocumentFormat.MARKDOWN, DocumentFormat.NOTEBOOK}
    assert {form for form in DocumentFormat if refusal(form, "a") is None} == readable
    assert {form for form in DocumentFormat if refusal_as_page(form, "a") is None} == {
        *readable,
        DocumentFormat.HTML,
    }
