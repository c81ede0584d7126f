"""Make the programs to run from a guide's questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.program.program import Program
from cards.program.snippet import Snippet, SnippetName

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


def _rename_for(snippet: Snippet, slug: str) -> Snippet:
    return replace(snippet, name=SnippetName(f"{slug}:{snippet.name}"))
