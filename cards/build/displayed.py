"""Find the cards whose displayed code has to run, and what earlier builds saw of the others."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cards.program.displayed_code import DisplayedVerdict, display_key
from cards.program.snippet import RunDirectives, Snippet, SnippetName, SnippetRole
from cards.prove.run_displayed import DisplayedProgram, DisplayRequest
from cards.python.imports import import_bindings
from cards.python.reads import CONVENTIONAL_IMPORTS, free_names
from cards.python.syntax import tree_of
from cards.span import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cards.card.card import CardKey, Draft
    from cards.lock.proofs import Proofs
    from cards.part_cache import PartCache
    from cards.program.displayed_code import DisplayedCode, DisplayKey
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.verdict import Verdict


DisplayKeys: TypeAlias = "Mapping[tuple[CardKey, Runtime], DisplayKey]"
"""What the outcome of the code that a card displays depends on, by the card's key and what runs it."""


@dataclass(frozen=True, slots=True)
class DisplayedVerdicts:
    """The verdicts on displayed code that count, by what they depend on."""

    by_key: Mapping[DisplayKey, DisplayedVerdict]

    @classmethod
    def of(cls, verdicts: Iterable[DisplayedVerdict]) -> DisplayedVerdicts:
        """Return the verdicts by their keys; a later one replaces an earlier one."""
        return cls({verdict.key: verdict for verdict in verdicts})

    def find(
        self, draft: Draft, verdicts: Mapping[SnippetName, Verdict], keys: DisplayKeys
    ) -> DisplayedVerdict | None:
        """Return the verdict on the code that a draft displays, or None if it was not run as it is now."""
        if draft.displayed is None or not draft.snippets or draft.snippets[0] not in verdicts:
            return None
        return self._find_under(verdicts[draft.snippets[0]].runtime, draft, keys)

    def _find_under(self, runtime: Runtime, draft: Draft, keys: DisplayKeys) -> DisplayedVerdict | None:
        key = keys.get((draft.key, runtime))
        known = self.by_key.get(key) if key else None
        return replace(known, card=draft.key, runtime=runtime) if known else None

    def repeatable_of(
        self, drafts: Iterable[Draft], proofs: Proofs, keys: DisplayKeys
    ) -> tuple[DisplayedVerdict, ...]:
        """Return the verdicts on the drafts' displayed code that a lock keeps, in the drafts' order.

        They are those of every runtime under which the code is proved.
        """
        return tuple(
            known
            for draft in drafts
            if draft.displayed and draft.snippets
            for verdict in proofs.by_snippet.get(draft.snippets[0], ())
            if (known := self._find_under(verdict.runtime, draft, keys)) and known.is_repeatable
        )


def display_keys(
    drafts: Iterable[Draft],
    programs: Iterable[Program],
    verdicts: Mapping[SnippetName, Verdict],
    proofs: Proofs,
    parts: PartCache,
) -> DisplayKeys:
    """Return the keys of the code that drafts display, under every runtime that it is proved with."""
    asked: dict[str, list[_Asked]] = defaultdict(list)
    for draft in drafts:
        if draft.displayed and draft.snippets:
            name = draft.snippets[0]
            counting = [verdicts[name]] if name in verdicts else []
            for runtime in dict.fromkeys(
                each.runtime for each in (*counting, *proofs.by_snippet.get(name, ()))
            ):
                asked[draft.slug].append(_Asked(draft.key, draft.displayed, name, runtime))
    return {
        (each.card, each.runtime): key
        for program in programs
        if program.name in asked
        for each, key in zip(
            asked[program.name], _keys_once(asked[program.name], program, parts), strict=True
        )
        if key
    }


class _Asked(NamedTuple):
    """The code of a card, and what runs it."""

    card: CardKey
    code: DisplayedCode
    snippet: SnippetName
    """The snippet that it stands for."""
    runtime: Runtime


def _keys_once(asked: list[_Asked], program: Program, parts: PartCache) -> list[DisplayKey | None]:
    facts = ("display keys", parts.fact(program, NOWHERE), asked)
    return parts.recall(facts, NOWHERE, lambda: [_key_of(each, program) for each in asked])


def _key_of(asked: _Asked, program: Program) -> DisplayKey | None:
    alone = _program_of(asked.code, asked.snippet, program)
    return display_key(alone, asked.code, asked.runtime) if alone else None


def required_displays(
    drafts: Iterable[Draft],
    programs: Iterable[Program],
    verdicts: Mapping[SnippetName, Verdict],
    known: DisplayedVerdicts,
    keys: DisplayKeys,
) -> tuple[DisplayRequest, ...]:
    """Return the requests for the cards whose code holds and was not run as it is displayed now."""
    by_name = {program.name: program for program in programs}
    wanted: dict[str, dict[DisplayKey, DisplayedProgram]] = {}
    for draft in drafts:
        if draft.displayed is None or draft.slug not in by_name or not _holds(draft, verdicts):
            continue
        runtime = verdicts[draft.snippets[0]].runtime
        key = keys.get((draft.key, runtime))
        if key is None or key in known.by_key:
            continue
        if alone := _program_of(draft.displayed, draft.snippets[0], by_name[draft.slug]):
            found = DisplayedProgram(draft.key, key, alone, draft.displayed, runtime)
            wanted.setdefault(draft.slug, {})[key] = found
    return tuple(DisplayRequest(name, tuple(cards.values())) for name, cards in wanted.items())


def _holds(draft: Draft, verdicts: Mapping[SnippetName, Verdict]) -> bool:
    found = [verdicts.get(name) for name in draft.snippets]
    return all(verdict is not None and verdict.outcome.holds for verdict in found)


def _program_of(code: DisplayedCode, name: SnippetName, program: Program) -> Program | None:
    """Return the program of code that a card displays for a snippet, whatever runs it."""
    names = [snippet.name for snippet in program.snippets]
    return program_alone(code, program, names.index(name)) if name in names else None


@lru_cache(maxsize=4096)  # a card is asked for under several runtimes
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
