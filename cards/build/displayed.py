"""Find the cards whose displayed code has to run, and what earlier builds saw of the others."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cards.program.displayed_code import DisplayedVerdict, display_key
from cards.program.snippet import RunDirectives, Snippet, SnippetName, SnippetRole
from cards.prove.run_displayed import DisplayedProgram, DisplayRequest
from cards.python.imports import import_bindings
from cards.python.reads import CONVENTIONAL_IMPORTS, free_names
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.card.card import Draft
    from cards.lock.proofs import Proofs
    from cards.program.displayed_code import DisplayedCode, DisplayKey
    from cards.program.program import Program
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class DisplayedVerdicts:
    """The verdicts on displayed code that count, by what they depend on."""

    by_key: Mapping[DisplayKey, DisplayedVerdict]

    @classmethod
    def of(cls, verdicts: Iterable[DisplayedVerdict]) -> DisplayedVerdicts:
        """Return the verdicts by their keys; a later one replaces an earlier one."""
        return cls({verdict.key: verdict for verdict in verdicts})

    def find(
        self, draft: Draft, programs: Sequence[Program], verdicts: Mapping[SnippetName, Verdict]
    ) -> DisplayedVerdict | None:
        """Return the verdict on the code that a draft displays, or None if it was not run as it is now."""
        displayed = _displayed_program(draft, programs, verdicts)
        known = self.by_key.get(displayed.key) if displayed else None
        return replace(known, card=draft.key, runtime=displayed.runtime) if displayed and known else None

    def repeatable_of(
        self, drafts: Iterable[Draft], programs: Iterable[Program], proofs: Proofs
    ) -> tuple[DisplayedVerdict, ...]:
        """Return the verdicts on the drafts' displayed code that a lock keeps, in the drafts' order.

        They are those of every runtime under which the code is proved.
        """
        by_name = {program.name: (program,) for program in programs}
        return tuple(
            replace(known, card=draft.key, runtime=verdict.runtime)
            for draft in drafts
            if (alone := _program_of_draft(draft, by_name.get(draft.slug, ())))
            for verdict in proofs.by_snippet.get(draft.snippets[0], ())
            if (known := self.by_key.get(display_key(alone.program, alone.code, verdict.runtime)))
            and known.is_repeatable
        )


def required_displays(
    drafts: Iterable[Draft],
    programs: Iterable[Program],
    verdicts: Mapping[SnippetName, Verdict],
    known: DisplayedVerdicts,
) -> tuple[DisplayRequest, ...]:
    """Return the requests for the cards whose code holds and was not run as it is displayed now."""
    by_name = {program.name: program for program in programs}
    wanted: dict[str, dict[DisplayKey, DisplayedProgram]] = {}
    for draft in drafts:
        program = by_name.get(draft.slug)
        if program is None or not _holds(draft, verdicts):
            continue
        displayed = _displayed_program(draft, (program,), verdicts)
        if displayed and displayed.key not in known.by_key:
            wanted.setdefault(draft.slug, {})[displayed.key] = displayed
    return tuple(DisplayRequest(name, tuple(cards.values())) for name, cards in wanted.items())


def _holds(draft: Draft, verdicts: Mapping[SnippetName, Verdict]) -> bool:
    found = [verdicts.get(name) for name in draft.snippets]
    return all(verdict is not None and verdict.outcome.holds for verdict in found)


def _displayed_program(
    draft: Draft, programs: Sequence[Program], verdicts: Mapping[SnippetName, Verdict]
) -> DisplayedProgram | None:
    """Return the program of the code that a draft displays; None if it shows none or never ran."""
    if draft.displayed is None or not draft.snippets or draft.snippets[0] not in verdicts:
        return None
    runtime = verdicts[draft.snippets[0]].runtime
    alone = _program_of_draft(draft, programs)
    if alone is None:
        return None
    key = display_key(alone.program, alone.code, runtime)
    return DisplayedProgram(draft.key, key, alone.program, alone.code, runtime)


class _ProgramAlone(NamedTuple):
    program: Program
    code: DisplayedCode


def _program_of_draft(draft: Draft, programs: Sequence[Program]) -> _ProgramAlone | None:
    """Return the program of the code that a draft displays, whatever runs it; None if it shows none."""
    if draft.displayed is None or not draft.snippets:
        return None
    for program in programs:
        names = [snippet.name for snippet in program.snippets]
        if draft.snippets[0] in names:
            position = names.index(draft.snippets[0])
            return _ProgramAlone(program_alone(draft.displayed, program, position), draft.displayed)
    return None


def program_alone(code: DisplayedCode, program: Program, position: int) -> Program:
    """Return the program of displayed code: what is given, then the code as the snippet at `position` runs.

    The author's directives for the blocks before it hold for it too, as they do in the whole program.
    """
    before = program.snippets[: position + 1]
    given = [snippet for snippet in program.snippets if snippet.name in code.given]
    shown = Snippet(
        program.snippets[position].name, code.source, directives=_joint_directives(before, program)
    )
    imports = _conventional_imports(code.source, before)
    return replace(program, snippets=(*imports, *given, shown))


def _joint_directives(snippets: Sequence[Snippet], program: Program) -> RunDirectives:
    """Return how the last snippet runs where the ones before it do not."""
    directives = [snippet.directives for snippet in snippets]
    seeds = [each.seed for each in directives if each.seed is not None]
    timeouts = [each.timeout_seconds for each in directives if each.timeout_seconds is not None]
    environment = {name: value for each in directives for name, value in each.env}
    shrink = {name: value for each in directives for name, value in each.shrink}
    return RunDirectives(
        tolerance=directives[-1].tolerance,
        timeout_seconds=max(timeouts, default=None),
        shrink=tuple(shrink.items()),
        keras=min(each.directives.keras for each in program.snippets),
        env=tuple(environment.items()),
        seed=seeds[0] if seeds else None,
        requires=tuple(dict.fromkeys(name for each in directives for name in each.requires)),
        loopback=any(each.loopback for each in directives),
    )


def _conventional_imports(source: str, before: Sequence[Snippet]) -> Iterator[Snippet]:
    """Yield a set-up snippet of the imports that every reader of the code supplies: `tf`, `np` and the like.

    Each is taken from the program's own import of the name, if it has one.
    """
    tree = tree_of(source)
    names = sorted(free_names(tree) & CONVENTIONAL_IMPORTS.keys()) if tree else []
    if names:
        own = _import_lines(before)
        lines = dict.fromkeys(own.get(name, CONVENTIONAL_IMPORTS[name]) for name in names)
        yield Snippet(SnippetName("imports"), "\n".join(lines), SnippetRole.FIXTURE)


def _import_lines(snippets: Sequence[Snippet]) -> dict[str, str]:
    """Return the top-level import that binds each name last."""
    trees = [tree_of(snippet.source) for snippet in snippets]
    return {
        name: ast.unparse(node)
        for tree in trees
        for node in (tree.body if tree else ())
        for name in import_bindings(node)
    }
