"""The cells of a notebook, read from its JSON: format 4, and the older format 3."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cards.errors import FormatError
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPE_SEQUENCE = regex(r"\x1b\[[0-9;?]*[A-Za-z]")
_ERASED = regex(r"[^\n\x08]\x08")
_MERGE_MARKS = regex(r"^(?:<{7} |>{7} )", re.MULTILINE)
_IS_OLD = "this notebook is of format {version}; open it in Jupyter and save it again."


class CellKind(Enum):
    """What a cell holds: Markdown, code or raw text."""

    MARKDOWN = auto()
    CODE = auto()
    RAW = auto()


@dataclass(frozen=True, slots=True)
class CellError:
    """The exception that a cell ended in when its author ran it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook with what its author's run left in it."""

    number: int
    """Counted from 1 and from the top, cells of all kinds."""
    kind: CellKind
    source: str
    language: str = "python"
    """What the code is written in."""
    printed: str = ""
    """What it wrote to standard output."""
    result: str = ""
    """The value of its last expression, as it was displayed; empty for none."""
    error: CellError | None = None
    images: int = 0
    """How many of its outputs are pictures."""


def cells_of(text: str, path: str) -> tuple[Cell, ...]:
    """Return the cells of a notebook; raise FormatError with one sentence where it is damaged."""
    try:
        notebook = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        if (marks := _MERGE_MARKS.search(text)) is not None:
            line = text.count("\n", 0, marks.start()) + 1
            raise FormatError(
                f"{path}: this notebook holds marks of a merge (line {line}); "
                "keep one side of each, or restore one of the two versions."
            ) from None
        if text.lstrip()[:1] != "{":
            raise FormatError(
                f"{path}: this is no notebook but is named as one; if it is Markdown, let it end in .md."
            ) from None
        raise FormatError(
            f"{path}: this notebook is damaged (its JSON breaks off in line {line}); "
            "restore it, or save it again in Jupyter."
        ) from None
    except RecursionError:
        raise FormatError(f"{path}: this notebook is nested too deep to be read.") from None
    try:
        return tuple(_read_cells(notebook))
    except (TypeError, KeyError, AttributeError, ValueError):
        version = notebook.get("nbformat") if isinstance(notebook, dict) else None
        why = (
            _IS_OLD.format(version=version)
            if isinstance(version, int) and version < 3
            else "this file is no notebook that Jupyter can read: its cells are missing or damaged."
        )
        raise FormatError(f"{path}: {why}") from None


def _read_cells(notebook: Any) -> Iterator[Cell]:  # noqa: ANN401 - any JSON
    metadata = notebook.get("metadata", {})
    told = metadata.get("language_info", {}).get("name") or metadata.get("kernelspec", {}).get("language")
    language = str(told or "python").lower()
    # Format 3 has its cells in worksheets.
    found = (
        notebook["cells"]
        if "cells" in notebook
        else [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    )
    for number, cell in enumerate(found, start=1):
        yield _read_cell(number, cell, language)


def _read_cell(number: int, cell: dict[str, Any], language: str) -> Cell:
    source = _joined(cell["source"] if "source" in cell else cell["input"])
    match cell["cell_type"]:
        case "code":
            return _with_outputs(
                Cell(number, CellKind.CODE, source, str(cell.get("language") or language).lower()),
                cell.get("outputs") or [],
            )
        case "heading":  # format 3
            return Cell(number, CellKind.MARKDOWN, f"{'#' * int(cell.get('level', 1))} {source}")
        case "markdown" | "html":
            return Cell(number, CellKind.MARKDOWN, _with_attachments(source, cell.get("attachments") or {}))
        case _:
            return Cell(number, CellKind.RAW, source)


def _with_attachments(source: str, attachments: dict[str, dict[str, Any]]) -> str:
    """Return the text of a cell with the pictures that are attached to it written out in their places."""
    for name, forms in attachments.items():
        for kind, content in forms.items():
            written = f"data:{kind};base64,{''.join(_joined(content).split())}"
            for address in {name, quote(name)}:
                source = source.replace(f"attachment:{address}", written)
    return source


def _with_outputs(cell: Cell, outputs: list[dict[str, Any]]) -> Cell:
    printed: list[str] = []
    result = ""
    error: CellError | None = None
    images = 0
    for output in outputs:
        form = output["output_type"]
        data = output.get("data", output)  # format 3 has no `data`
        has_image = any(str(name).startswith("image/") or name in {"png", "jpeg", "svg"} for name in data)
        images += has_image
        if form == "stream" and output.get("name", output.get("stream", "stdout")) == "stdout":
            printed.append(_joined(output["text"]))
        elif form in {"execute_result", "pyout"} and not has_image:
            result = _joined(data.get("text/plain", data.get("text", "")))
        elif form in {"error", "pyerr"}:
            error = CellError(str(output.get("ename", "")), str(output.get("evalue", "")))
    return Cell(
        cell.number,
        cell.kind,
        cell.source,
        cell.language,
        _as_seen("".join(printed)),
        _as_seen(result),
        error,
        images,
    )


def _joined(text: Any) -> str:  # noqa: ANN401 - a JSON string or list
    joined = text if isinstance(text, str) else "".join(text)
    return joined.replace("\r\n", "\n").replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _as_seen(text: str) -> str:
    """Return what was written as a screen shows it in the end: no colours, lines that were rewritten once."""
    text = _ESCAPE_SEQUENCE.sub("", text)
    while "\x08" in (shorter := _ERASED.sub("", text)) and shorter != text:
        text = shorter
    return "\n".join(
        line.rstrip("\r").rpartition("\r")[2] for line in shorter.replace("\x08", "").split("\n")
    )
