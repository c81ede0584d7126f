"""Extract samples of code from files, and strip their indentation."""

from __future__ import annotations

import ast
import hashlib
import json
import pickle
import re
import sys
import textwrap
from collections import Counter
from doctest import DocTestParser
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from corpus import module_texts, tutorial_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WANTED = {"tutorial": 9000, "long": 6000, "docs": 16000, "function": 7000, "fragment": 4000, "script": 2500}
MOST_PER_PACKAGE = 0.15
"""The largest part of one kind of sample that one package may give."""
_FENCE = re.compile(
    r"^([ \t]*)```+ ?(?:python|py|python3|Python)[ \t]*$(.*?)^\1```+[ \t]*$", re.MULTILINE | re.DOTALL
)
_BLOCK = re.compile(
    r"^([ \t]*)(?:\.\. (?:code-block|code|sourcecode):: *(?:python|py|python3)?|[^\n]*\b[Ee]xamples?::)"
    r"[ \t]*\n"
    r"(?:[ \t]*:[^\n]*\n)*[ \t]*\n((?:\1[ \t]+[^\n]*\n|[ \t]*\n)+)",
    re.MULTILINE,
)


def document_examples(text: str) -> Iterator[str]:
    """Yield the code of fences, directives and interpreter sessions in a text."""
    for match in _FENCE.finditer(text + "\n"):
        code = textwrap.dedent(match[2])
        yield session_code(code) if re.search(r"^\s*>>> ", code, re.MULTILINE) else code
    rest = _FENCE.sub("", text + "\n")
    for match in _BLOCK.finditer(rest + "\n\n"):
        code = textwrap.dedent(match[2])
        if not re.search(r"^\s*>>> ", code, re.MULTILINE):
            yield code
    yield session_code(rest)


def notebook_cells(text: str) -> Iterator[str]:
    """Yield the code of a notebook's cells that is Python alone."""
    try:
        content = json.loads(text)
    except ValueError:
        return
    for cell in content.get("cells", []):
        source = cell.get("source", "")
        code = source if isinstance(source, str) else "".join(source)
        if (
            cell.get("cell_type") == "code"
            and code.strip()
            and not re.search(r"^\s*[%!?]|\?\s*$", code, re.MULTILINE)
        ):
            yield code


def join_cells(codes: list[str]) -> Iterator[str]:
    """Yield pieces that stand one after the other as one, as the cells of a notebook would."""
    gathered: list[str] = []
    size = 0
    for code in codes:
        lines = sum(bool(line.strip()) for line in code.split("\n"))
        if size and size + lines > 45:
            if size >= 15 and len(gathered) > 1:
                yield "\n".join(gathered)
            gathered, size = [], 0
        if 0 < lines <= 45:
            gathered.append(code)
            size += lines
    if size >= 15 and len(gathered) > 1:
        yield "\n".join(gathered)


def session_code(text: str) -> str:
    """Return what was typed in an interpreter session."""
    try:
        return "".join(example.source for example in DocTestParser().get_examples(text))
    except ValueError:
        return ""


def code_samples(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, code) from one file."""
    if path.endswith(".ipynb"):
        found = list(notebook_cells(text))
        yield from (("tutorial", code) for code in found)
        yield from (("long", code) for code in join_cells(found))
        return
    if path.endswith((".md", ".rst")):
        found = list(document_examples(text))
        yield from (("docs", code) for code in found)
        yield from (("long", code) for code in join_cells(found))
        return
    if path.endswith("METADATA"):
        found = list(document_examples(text.partition("\n\n")[2]))
        yield from (("docs", code) for code in found)
        yield from (("long", code) for code in join_cells(found))
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            document = ast.get_docstring(node) or ""
            if any(mark in document for mark in (">>>", "```", "::")):
                found += document_examples(document)
    yield from (("docs", code) for code in found)
    yield from (("long", code) for code in join_cells(found))
    lines = text.split("\n")
    starts = [
        min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) for node in tree.body
    ]
    ends = [node.end_lineno or node.lineno for node in tree.body]
    defines = [isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in tree.body]
    for place, node in enumerate(tree.body):
        long = ends[place] - starts[place] + 1
        if defines[place] and 8 <= long <= 60:
            yield "function", "\n".join(lines[starts[place] - 1 : ends[place]])
        elif isinstance(node, ast.ClassDef):
            for method in node.body[:5]:
                if (
                    isinstance(method, ast.FunctionDef)
                    and 8 <= (method.end_lineno or 0) - method.lineno <= 60
                ):
                    yield "function", textwrap.dedent("\n".join(lines[method.lineno - 1 : method.end_lineno]))
    first = 0
    for _ in range(3):
        last = first
        while last + 1 < len(starts) and ends[last + 1] - starts[first] < 60:
            last += 1
        if last > first and any(defines[first : last + 1]):
            yield "fragment", "\n".join(lines[starts[first] - 1 : ends[last]])
        first = last + 1
        if first >= len(starts):
            break
    full = sum(bool(line.strip()) for line in lines)
    if 15 <= full <= 120 and True in defines and False in defines[defines.index(True) :]:
        yield "script", text


class Sample(NamedTuple):
    """Code without its indentation, and the indentation."""

    kind: str
    lines: list[str]
    columns: list[int]


def strip_indentation(code: str) -> tuple[list[str], list[int]]:
    """Return the lines without indentation, and their columns."""
    lines = [line.expandtabs(8) for line in code.replace("\f", "").split("\n") if line.strip()]
    return [" ".join(line.split()) for line in lines], [len(line) - len(line.lstrip()) for line in lines]


def load_samples(cache: Path) -> list[Sample]:
    """Return the samples to learn from; the same for the same packages."""
    kept = cache / "samples.pickle"
    if kept.exists():
        found: list[Sample] = pickle.loads(kept.read_bytes())  # noqa: S301 - written below
        return found
    pool: dict[str, dict[str, Sample]] = {kind: {} for kind in WANTED}
    for package, path, text in chain(tutorial_texts(cache), module_texts(cache)):
        document = path.endswith(("METADATA", ".ipynb", ".md", ".rst"))
        if len(text) > (3_000_000 if document else 400_000) or not (document or "def " in text):
            continue
        for kind, code in code_samples(path, text):
            lines, columns = strip_indentation(code)
            if not 3 <= len(lines) <= 120 or max(map(len, lines)) > 220 or not any(columns):
                continue
            try:
                ast.parse(textwrap.dedent(code))
            except (SyntaxError, ValueError, RecursionError):
                continue
            mark = hashlib.sha1("\n".join(lines).encode("utf-8", "replace")).hexdigest()  # for order only
            pool[kind].setdefault(mark + "\t" + package, Sample(kind, lines, columns))
    result = []
    for kind, wanted in WANTED.items():
        taken: Counter[str] = Counter()
        seen: set[str] = set()
        for key in sorted(pool[kind]):
            mark, _, package = key.partition("\t")
            if mark in seen or taken[package] >= wanted * MOST_PER_PACKAGE or sum(taken.values()) >= wanted:
                continue
            seen.add(mark)
            taken[package] += 1
            result.append(pool[kind][key])
        log(f"{kind}: {sum(taken.values())} of {len(pool[kind])}")
    kept.write_bytes(pickle.dumps(result))
    return result


def log(sentence: str) -> None:
    """Tell how far it is."""
    print(sentence, file=sys.stderr)
