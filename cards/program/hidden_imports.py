"""The hidden imports of a program: those supplied for names that its guide reads and never imports."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cards.program.snippet import Snippet, SnippetName, SnippetRole
from cards.python.imports import import_bindings
from cards.python.syntax import tree_of
from cards.python.undefined import global_names
from cards.python.usual_imports import missing_imports
from cards.regex import regex
from cards.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from cards.program.program import Program

_MARK = ":usual-import:"
_SEEN = frozenset({SnippetRole.SHOWN, SnippetRole.PREAMBLE})
_NAME_ERRORS = frozenset({"NameError", "UnboundLocalError"})
_TELLS_OF_MISSING_NAMES = regex(
    r"NameError|\b(?:is|are|was)(?: not|n't) (?:defined|imported)|\bnot imported|without (?:\w+ )?import"
    r"|(?:forg[eo]t\w*|missing) (?:\w+ ){0,2}import",
    re.IGNORECASE,
)


def usual_import_snippets(
    slug: str, snippets: Sequence[Snippet], written: Mapping[str, str]
) -> tuple[Snippet, ...]:
    """Return a hidden snippet for each import that a program's shown code reads and none of its code binds.

    `written` are imports that the guide itself has elsewhere, by name. Nothing is supplied for a name of a
    block that shows what happens without it.
    """
    running = [each for each in snippets if not (each.directives.no_run or each.directives.skip)]
    seen = [each for each in running if each.role in _SEEN]
    hidden = [each.source for each in running if each.role not in _SEEN]
    missing = missing_imports([each.source for each in seen], written, hidden)
    if not missing:
        return ()
    lacking = [global_names(each.source) for each in running if _tells_of_missing_names(each)]
    kept_out = {name for names in lacking if names for name in names.read}
    first = Span(seen[0].span.path, seen[0].span.first, seen[0].span.first)
    return tuple(
        Snippet(
            SnippetName(f"{slug}{_MARK}{each.name}"),
            each.source,
            SnippetRole.USUAL_IMPORT,
            span=first,
        )
        for each in missing
        if each.name not in kept_out
    )


def written_imports(snippets: Iterable[Snippet]) -> dict[str, frozenset[str]]:
    """Return the imports of each name that shown code imports at its top level."""
    lines: dict[str, set[str]] = {}
    for snippet in snippets:
        directives = snippet.directives
        if snippet.role is SnippetRole.SHOWN and not (
            directives.no_run or directives.skip or directives.raises
        ):
            tree = tree_of(snippet.source) if "import" in snippet.source else None
            for node in tree.body if tree else ():
                for name, line in _lines_of(node):
                    lines.setdefault(name, set()).add(line)
    return {name: frozenset(found) for name, found in lines.items()}


def hidden_imports(program: Program, position: int, but: Collection[int] = ()) -> tuple[str, ...]:
    """Return the import lines that a snippet runs with and a reader does not see, in their order.

    They are those that were supplied, and those of fixtures that do nothing but import; not of the snippets
    at the positions in `but`, which failed.
    """
    names = global_names(program.snippets[position].source)
    if names is None or program.snippets[position].role.is_setup:
        return ()
    found = (
        line
        for place, snippet in enumerate(program.snippets[:position])
        for name, line in _hidden_lines(snippet)
        if name in names.read and place not in but
    )
    return tuple(dict.fromkeys(found))


def supplied_name(snippet: Snippet) -> str:
    """Return the name that a supplied import binds; empty for any other snippet."""
    return snippet.name.rpartition(_MARK)[2] if snippet.role is SnippetRole.USUAL_IMPORT else ""


def supplied_imports(program: Program, position: int) -> tuple[int, ...]:
    """Return the positions of the supplied imports that a snippet reads."""
    names = global_names(program.snippets[position].source)
    return tuple(
        place
        for place, snippet in enumerate(program.snippets[:position])
        if names and supplied_name(snippet) in names.read
    )


def _hidden_lines(snippet: Snippet) -> list[tuple[str, str]]:
    """Return (name, line) of each import of a hidden snippet that does nothing else."""
    if snippet.role not in {SnippetRole.USUAL_IMPORT, SnippetRole.FIXTURE}:
        return []
    tree = tree_of(snippet.source)
    body = tree.body if tree else []
    if not all(isinstance(node, ast.Import | ast.ImportFrom) for node in body):
        return []
    return [found for node in body for found in _lines_of(node)]


def _lines_of(node: ast.stmt) -> list[tuple[str, str]]:
    """Return (name, line) for each name that an import binds, with a line that binds it alone."""
    match node:
        case ast.Import(names=aliases):
            start = ""
        case ast.ImportFrom(module=str(module), names=aliases, level=0) if module != "__future__":
            start = f"from {module} "
        case _:
            return []
    known = [alias for alias in aliases if alias.name != "*"]
    return [
        (name, f"{start}import {ast.unparse(alias)}")
        for name, alias in zip(import_bindings(node), known, strict=True)
    ]


def _tells_of_missing_names(snippet: Snippet) -> bool:
    raises = snippet.directives.raises
    if raises is not None and raises.exception in _NAME_ERRORS:
        return True
    return bool(_TELLS_OF_MISSING_NAMES.search(f"{snippet.source}\n{snippet.stated or ''}"))
