"""What blocks of code ask of each other: fixtures by name, and the code of the question before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.errors import Problem
from cards.guide.directive import suggestion
from cards.program.snippet import Misread, RunDirectives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.guide.guide import Question
    from cards.program.snippet import Snippet


@dataclass(frozen=True, slots=True)
class MendedCode:
    """The code of a guide in which every reference leads somewhere."""

    questions: tuple[Question, ...]
    fixtures: tuple[Snippet, ...]
    preamble: tuple[Snippet, ...]
    warnings: tuple[Problem, ...]


def mend_code(
    questions: Sequence[Question], fixtures: Mapping[str, Snippet], preamble: Sequence[Snippet]
) -> MendedCode:
    """Return the code, its blocks not run that refer to what is not there, with a warning for each."""
    defined = tuple(fixtures)
    warnings: list[Problem] = []
    mended_preamble = tuple(
        _mended(snippet, _faults_in_preamble(snippet, defined), warnings) for snippet in preamble
    )
    mended: list[Question] = []
    code_before = False
    for question in questions:
        snippets = tuple(
            _mended(snippet, _faults(snippet, place, defined, code_before=code_before), warnings)
            for place, snippet in enumerate(question.snippets)
        )
        is_sound = all(one is other for one, other in zip(snippets, question.snippets, strict=True))
        is_same = is_sound and question.preamble == mended_preamble[: len(question.preamble)]
        shared = mended_preamble[: len(question.preamble)]
        mended.append(question if is_same else replace(question, snippets=snippets, preamble=shared))
        code_before = bool(question.snippets)
    return MendedCode(tuple(mended), tuple(fixtures.values()), mended_preamble, tuple(warnings))


def _mended(snippet: Snippet, faults: Iterator[str], warnings: list[Problem]) -> Snippet:
    """Return a snippet as it is, or, with a warning for each fault, so that it is not run."""
    found = tuple(faults)
    warnings += (Problem(snippet.span.path, snippet.span.first, sentence) for sentence in found)
    if not found:
        return snippet
    return replace(snippet, directives=RunDirectives(no_run=Misread.LEADS_NOWHERE.value), stated=None)


def _faults_in_preamble(snippet: Snippet, defined: tuple[str, ...]) -> Iterator[str]:
    if snippet.directives.continues:
        yield "`continues` belongs on the first block of a question."
    yield from _missing_fixtures(snippet, defined)


def _faults(snippet: Snippet, place: int, defined: tuple[str, ...], *, code_before: bool) -> Iterator[str]:
    if snippet.directives.continues and place:
        yield "`continues` belongs on the first block of its question."
    elif snippet.directives.continues and not code_before:
        yield "`continues` needs code in the question before, which has none."
    yield from _missing_fixtures(snippet, defined)


def _missing_fixtures(snippet: Snippet, defined: tuple[str, ...]) -> Iterator[str]:
    for name in (*snippet.directives.fixtures, *(fixture for _, fixture in snippet.directives.files)):
        if name not in defined:
            yield f"no hidden block defines the fixture `{name}`" + (suggestion(name, defined) or ".")
