"""A guide's questions as programs to run."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.program.program import Program
from cards.program.snippet import Snippet, SnippetName
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.guide.guide import Guide


def programs_of(guide: Guide) -> tuple[Program, ...]:
    """Return one program for each question that has Python, in the guide's order.

    A fixture stands right before the first snippet that asks for it, once. `continues` puts the whole
    program of the question before it in front. What is borrowed in this way is named after the program
    that borrows it (`slug:fixture:digits`), because it may fare differently in each.
    """
    fixtures = {snippet.name.removeprefix("fixture:"): snippet for snippet in guide.fixtures}
    programs: list[Program] = []
    before: Program | None = None
    for question in guide.questions:
        snippets: list[Snippet] = []
        files: dict[str, str] = {}
        if before and question.snippets and question.snippets[0].directives.continues:
            snippets += [_rename_for(snippet, question.slug) for snippet in before.snippets]
            files.update(before.files)
        for snippet in question.snippets:
            for name in snippet.directives.fixtures:
                fixture = _rename_for(fixtures[name], question.slug)
                if fixture not in snippets:
                    snippets.append(fixture)
            files.update({path: fixtures[name].source for path, name in snippet.directives.files})
            snippets.append(snippet)
        before = Program(question.slug, tuple(snippets), tuple(files.items())) if snippets else None
        if before:
            programs.append(before)
    return tuple(programs)


def packages_of(program: Program) -> tuple[str, ...]:
    """Return the packages that the code imports or asks for, in order; not what every proof names anyway."""
    names: set[str] = set()
    for snippet in program.snippets:
        asked = (want.partition(":") for want in snippet.directives.requires)
        names |= {name for kind, _, name in asked if kind == "package"}
        tree = tree_of(snippet.source)
        for node in ast.walk(tree) if tree else ():
            match node:
                case ast.Import(names=aliases):
                    names |= {alias.name.partition(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    names.add(module.partition(".")[0])
                case _:
                    pass
    return tuple(sorted(names - sys.stdlib_module_names - {"tensorflow", "keras", "tf_keras"}))


def _rename_for(snippet: Snippet, slug: str) -> Snippet:
    return replace(snippet, name=SnippetName(f"{slug}:{snippet.name}"))
