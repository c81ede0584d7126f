"""What to do with a file that is no guide, in one sentence with the command that helps."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import assert_never

from cards.document.document_format import DocumentFormat


def refusal(form: DocumentFormat, shown: str) -> str | None:
    """Return the sentence that refuses a file as a guide; None for a format that can be read."""
    advice = _advice(form, shown)
    return f"{shown}: {advice}" if advice else None


def refusal_as_page(form: DocumentFormat, shown: str) -> str | None:
    """Return the sentence that refuses a file for `recover` too; None where it may be a page."""
    return None if form is DocumentFormat.HTML else refusal(form, shown)


def _advice(form: DocumentFormat, shown: str) -> str:
    """Return what a file is and what to do with it; nothing for a format that can be read."""
    file, guide, text = (
        _quoted(str(name)) for name in (shown, _with_ending(shown, ".md"), _with_ending(shown, ".txt"))
    )
    match form:
        case DocumentFormat.MARKDOWN | DocumentFormat.NOTEBOOK:
            return ""
        case DocumentFormat.HTML:
            return f"this is a web page; make a guide of it with `proofdeck recover {file} -o {guide}`."
        case DocumentFormat.RESTRUCTURED_TEXT:
            return f"this is reStructuredText, not Markdown; {_pandoc('rst', file, guide)}"
        case DocumentFormat.ASCIIDOC:
            # Few versions of pandoc read AsciiDoc.
            docbook = f"asciidoctor -b docbook -o - {file} | pandoc -f docbook -t gfm -o {guide}"
            return f"this is AsciiDoc, not Markdown; convert it with `{docbook}`."
        case DocumentFormat.LATEX:
            return f"this is LaTeX, not Markdown; {_pandoc('latex', file, guide)}"
        case DocumentFormat.ORG:
            return f"this is an Org file, not Markdown; {_pandoc('org', file, guide)}"
        case DocumentFormat.WORD:
            return f"this is a Word document; {_pandoc('docx', file, guide)}"
        case DocumentFormat.OLD_WORD:
            return "this is a file of an old Office program; save it as .docx and name that."
        case DocumentFormat.OPEN_DOCUMENT:
            return f"this is an OpenDocument text; {_pandoc('odt', file, guide)}"
        case DocumentFormat.EPUB:
            return f"this is an e-book; {_pandoc('epub', file, guide)}"
        case DocumentFormat.RTF:
            return f"this is a document in RTF; {_pandoc('rtf', file, guide)}"
        case DocumentFormat.PDF:
            commands = f"pdftotext -layout {file} {text} && proofdeck recover {text} -o {guide}"
            return f"this is a PDF; make a guide of its text with `{commands}`."
        case DocumentFormat.UTF_16:
            return "this text is in UTF-16; save it as UTF-8."
        case DocumentFormat.UTF_32:
            return "this text is in UTF-32; save it as UTF-8."
        case DocumentFormat.VALUES:
            return (
                "this file holds values, not Markdown; make a table of them in a file that ends in .md, "
                "with the columns `Question` and `Answer`."
            )
        case DocumentFormat.PROGRAM:
            return (
                "this is a program; put it into a Markdown file, between ```python and ```, below a question."
            )
        case DocumentFormat.BINARY:
            return "this file holds no text; name a Markdown file or a notebook."
        case DocumentFormat.EMPTY:
            return "this file is empty; write a question such as `### What is ...?` and its answer into it."
        case _:
            assert_never(form)


def _pandoc(reader: str, file: str, guide: str) -> str:
    return f"convert it with `pandoc -f {reader} -t gfm {file} -o {guide}`."


def _with_ending(name: str, ending: str) -> PurePath:
    path = PurePath(name)
    # A file that is named as what it is not may not be overwritten.
    return path.with_suffix(ending) if path.suffix != ending else path.with_name(f"{path.stem}-guide{ending}")


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w@%+=:,./-]+", name) else "'" + name.replace("'", "'\\''") + "'"
