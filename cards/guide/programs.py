"""Make the programs to run from a guide's questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.program.hidden_imports import usual_import_snippets, written_imports
from cards.program.program import PREAMBLE_NAME, Program
from cards.program.snippet import Snippet, SnippetName, SnippetRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.guide.guide import Guide


def programs_of(guide: Guide) -> tuple[Program, ...]:
    """Return one program for each question that has Python, in the guide's order.

    A fixture stands right before the first snippet that asks for it, once. `continues` puts the whole
    program of the question before it in front. The blocks before the first question run first in every
    program, and the imports that all this leaves out before them. What is borrowed in this way is named
    after the program that borrows it (`slug:fixture:digits`), because it may fare differently in each.
    """
    fixtures = {snippet.name.removeprefix("fixture:"): snippet for snippet in guide.fixtures}
    shared = _borrow_fixtures(Program(PREAMBLE_NAME, guide.preamble), fixtures)
    programs = [_supply_imports(shared, {})] if guide.preamble else []
    written = written_imports(guide.preamble)
    before: Program | None = None
    for question in guide.questions:
        own = _borrow_fixtures(Program(question.slug, question.snippets), fixtures)
        if before and question.snippets and question.snippets[0].directives.continues:
            own = _continue(before, own)
        before = own if own.snippets else None
        if before:
            programs.append(_supply_imports(_share(shared, before), _agreed(written)))
        for name, lines in written_imports(question.snippets).items():
            written[name] = written.get(name, frozenset()) | lines
    said = guide.front_matter
    if not (said.requires or said.python):
        return tuple(programs)
    return tuple(replace(program, requires=said.requires, python=said.python) for program in programs)


def _borrow_fixtures(program: Program, fixtures: Mapping[str, Snippet]) -> Program:
    """Return the program with the fixtures and files that its snippets ask for."""
    snippets: list[Snippet] = []
    files = dict(program.files)
    for snippet in program.snippets:
        for name in snippet.directives.fixtures:
            fixture = _rename_for(fixtures[name], program.name)
            if fixture not in snippets:
                snippets.append(fixture)
        files.update({path: fixtures[name].source for path, name in snippet.directives.files})
        snippets.append(snippet)
    return replace(program, snippets=tuple(snippets), files=tuple(files.items()))


def _continue(before: Program, program: Program) -> Program:
    """Return the program with the whole program before it in front; a fixture that both ask for runs once."""
    borrowed = tuple(_rename_for(snippet, program.name) for snippet in before.snippets)
    own = (snippet for snippet in program.snippets if snippet not in borrowed)
    files = dict(before.files) | dict(program.files)
    return replace(program, snippets=(*borrowed, *own), files=tuple(files.items()))


def _share(preamble: Program, program: Program) -> Program:
    """Return the program with the blocks before the first question in front, as its set-up."""
    borrowed = tuple(
        replace(
            _rename_for(snippet, program.name),
            role=SnippetRole.PREAMBLE if snippet.role is SnippetRole.SHOWN else snippet.role,
        )
        for snippet in preamble.snippets
    )
    files = dict(preamble.files) | dict(program.files)
    return replace(program, snippets=(*borrowed, *program.snippets), files=tuple(files.items()))


def _agreed(written: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return the import of each name that the guide always imports alike."""
    return {name: line for name, lines in written.items() if len(lines) == 1 for line in lines}


def _supply_imports(program: Program, written: Mapping[str, str]) -> Program:
    """Return the program with the imports that it leaves out in front."""
    imports = usual_import_snippets(program.name, program.snippets, written)
    return replace(program, snippets=(*imports, *program.snippets)) if imports else program


def _rename_for(snippet: Snippet, slug: str) -> Snippet:
    return replace(snippet, name=SnippetName(f"{slug}:{snippet.name}"))
