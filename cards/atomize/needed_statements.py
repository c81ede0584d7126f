"""The earlier statements of its question that code on a card needs to be read, and to run, alone."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.program.snippet import SnippetRole
from cards.python.bindings import bound_names, names_bound_in, surely_bound_names
from cards.python.effects import alias_of, changed_names, name_facts, printing_names
from cards.python.global_state import (
    LibraryNames,
    is_setting_relevant,
    path_names_in,
    paths_in,
    sets_default,
    setter_of,
    setting_function_of,
    settings_of,
    writes_file_of,
)
from cards.python.reads import (
    CONVENTIONAL_IMPORTS,
    CONVENTIONAL_NAMES,
    attribute_owners,
    called_names,
    free_names,
    names_read,
)
from cards.python.syntax import DEFINITIONS, tree_of
from cards.python.undefined import unresolved_names
from cards.python.usual_imports import missing_imports

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from cards.atomize.question_context import QuestionContext
    from cards.program.snippet import Snippet, SnippetName
    from cards.python.effects import NameFacts

MAX_PROGRAM_LINES = 12
"""Longer code cannot be read in seconds."""


@dataclass(frozen=True, slots=True)
class ShownCode:
    """Code as a card shows it: part of a block below what it builds on."""

    needed: tuple[str, ...]
    """The earlier statements."""
    part: str
    missing: tuple[str, ...] = ()
    """The names that it builds on and does not show: hidden fixtures bind them."""
    given: tuple[SnippetName, ...] = ()
    """Those fixtures, as the program of the question names them."""
    is_compact: bool = False
    """It is shown without blank lines and the imports that every reader supplies, so that it is short."""

    @property
    def source(self) -> str:
        """All lines of it."""
        return self.with_part(self.part)

    def with_part(self, shown: str) -> str:
        """Return it with another text in place of the part: one with a gap."""
        whole = "\n".join([*self.needed, shown])
        return _compact(whole) if self.is_compact else whole


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    """All of its block."""
    node: ast.stmt
    counts_by_change: bool
    """It is shown too if all that it does for the code is to change an object."""


@dataclass(slots=True)
class _Selection:
    """The statements that were chosen so far, from the last to the first, and what they ask of the others."""

    needed: set[str]
    read: set[str]
    paths: set[str]
    chosen: list[_Statement] = field(default_factory=list)
    setters: set[str] = field(default_factory=set)
    """Functions that the statements right behind here set something with; a call before them is vain."""
    set_by_part: frozenset[str] = frozenset()
    """Functions that the code itself sets something with: it is about that, not about an earlier setting."""

    def add(self, statement: _Statement) -> None:
        self.chosen.append(statement)
        self.read |= names_read(statement.node)
        self.paths |= paths_in(statement.node)


def runnable_code(snippet: Snippet, context: QuestionContext) -> ShownCode | NoCard:
    """Return the block with the earlier statements it builds on, or why it cannot be shown alone."""
    return code_with_needs(snippet, snippet.source, context)


def code_with_needs(snippet: Snippet, part: str, context: QuestionContext) -> ShownCode | NoCard:
    """Return a part of the block, or the block, below the earlier statements that it builds on."""
    before = snippet.source.partition(part)[0].rstrip("\n") if part != snippet.source else ""
    return _code_below(snippet, before, part, context)


def slice_at(snippet: Snippet, line: int, context: QuestionContext) -> ShownCode | NoCard:
    """Return the statement that begins at a line of the block, below all statements that it builds on."""
    tree = tree_of(snippet.source)
    node = next((node for node in tree.body if node.lineno == line), None) if tree else None
    if node is None:
        return NoCard("its statement is no longer there")
    before = "\n".join(snippet.source.split("\n")[: line - 1])
    part = _statement_source(snippet.source, node)
    return _code_below(snippet, before, part, context, with_changes=True)


def lone_code(snippet: Snippet, context: QuestionContext) -> ShownCode:
    """Return the block alone; what it builds on, in fixtures and the blocks above, is given."""
    before = (*context.fixtures_before(snippet), *_earlier_blocks(snippet, context))
    missing = unresolved_names(snippet.source)
    given = tuple(context.name_in_program(each) for each in before) if missing else ()
    return ShownCode((), snippet.source, tuple(sorted(missing)), given)


def _code_below(
    snippet: Snippet, before: str, part: str, context: QuestionContext, *, with_changes: bool = False
) -> ShownCode | NoCard:
    """Return a part of the block below what it builds on, in the fullest form that is short enough.

    What is left off of a form that is too long may not matter; running the card's code alone tells.
    """
    earlier = [other.source for other in _earlier_blocks(snippet, context)]
    fixtures = context.fixtures_before(snippet)
    set_ups = [each.source for each in fixtures if each.role is SnippetRole.FIXTURE]
    first: ShownCode | NoCard | None = None
    for shown_fixtures in [set_ups, []] if set_ups else [[]]:
        for with_settings in (True, False):
            blocks = (*shown_fixtures, *earlier)
            lines = _select_statements(
                blocks, before, part, with_settings=with_settings, with_changes=with_changes
            )
            found = (
                lines if isinstance(lines, NoCard) else _shown_code(lines, part, blocks, fixtures, context)
            )
            if isinstance(found, ShownCode):
                return found
            first = first or found
    return first or NoCard("nothing of it can be shown")


def _earlier_blocks(snippet: Snippet, context: QuestionContext) -> list[Snippet]:
    """Return the shown blocks before a block that run to their ends."""
    return [
        other
        for other in (*context.question.preamble, *context.question.snippets)
        if other.role is SnippetRole.SHOWN
        and other.span.last < snippet.span.first
        and other.directives.is_meant_to_hold
    ]


def _shown_code(
    lines: list[str],
    part: str,
    blocks: Sequence[str],
    fixtures: Sequence[Snippet],
    context: QuestionContext,
) -> ShownCode | NoCard:
    # The imports that the guide leaves out, but for those that every reader knows the name of.
    hidden_code = [*blocks, *(each.source for each in fixtures)]
    imports = missing_imports(["\n".join([*lines, part])], hidden=hidden_code)
    lines = [*(each.source for each in imports if each.name not in CONVENTIONAL_NAMES), *lines]
    whole = "\n".join([*lines, part])
    hidden = {name for each in fixtures for name in names_bound_in(each.source)}
    unseen = unresolved_names(whole)
    if undefined := unseen - hidden:
        return NoCard(f"it uses `{min(undefined)}`, which no block above defines")
    is_compact = whole.count("\n") >= MAX_PROGRAM_LINES
    if is_compact and (not lines or _compact(whole).count("\n") >= MAX_PROGRAM_LINES):
        return NoCard(f"with what it builds on it has more than {MAX_PROGRAM_LINES} lines")
    given = tuple(context.name_in_program(each) for each in fixtures) if unseen else ()
    return ShownCode(tuple(lines), part, tuple(sorted(unseen)), given, is_compact)


def _compact(source: str) -> str:
    """Return code without blank lines and without the imports that every reader supplies."""
    if any(quotes in source for quotes in ('"""', "'''")):
        return source
    left_off = {"", *CONVENTIONAL_IMPORTS.values()}
    return "\n".join(line for line in source.split("\n") if line.rstrip() not in left_off)


@lru_cache(maxsize=4096)  # a build asks for the same several times: before and after its code has run
def _select_statements(
    earlier: tuple[str, ...], before: str, source: str, *, with_settings: bool, with_changes: bool
) -> list[str] | NoCard:
    """Return the top-level statements that the source builds on, in their order, each as it is written.

    These bind the names that it needs, set what holds for all code after them, or write the files that it
    names; in its own block, `before` it, also those that change what it needs, and in the others
    `with_changes`. None are selected where it would print something else without the statements between.
    """
    tree = tree_of(source)
    trees = [(text, tree_of(text)) for text in (*earlier, before)]
    if tree is None or any(body is None for _, body in trees):
        return []
    statements = [
        _Statement(text, node, counts_by_change=with_changes or place == len(earlier))
        for place, (text, body) in enumerate(trees)
        if body
        for node in body.body
    ]
    chosen = _chosen_statements(statements, tree, with_settings=with_settings)
    if isinstance(chosen, NoCard):
        return chosen
    return [_statement_source(each.text, each.node) for each in _without_defaults(chosen[::-1])]


def _chosen_statements(
    statements: Sequence[_Statement], tree: ast.Module, *, with_settings: bool
) -> list[_Statement] | NoCard:
    """Return the statements that code builds on, the last first."""
    nodes = [each.node for each in statements]
    inspected = attribute_owners(tree).union(*map(attribute_owners, nodes))
    known = name_facts(nodes, inspected)
    libraries = LibraryNames.of(nodes, known.definitions)
    prints = printing_names(nodes)
    conventional = _imported_by_convention(nodes)
    selection = _Selection(
        _with_names_read_by_functions(free_names(tree) - conventional, known),
        set(names_read(tree)),
        set(paths_in(tree)),
        set_by_part=frozenset(filter(None, map(setting_function_of, tree.body))),
    )
    path_names = path_names_in(nodes)
    changed: set[str] = set()
    changed_anywhere: set[str] = set()
    for statement in reversed(statements):
        node = statement.node
        needed = selection.needed
        bound = bound_names(node)
        changed_here = changed_names(node, known)
        is_printing = not isinstance(node, DEFINITIONS) and bool(called_names(node) & prints)
        binds = bool(bound & needed)
        if binds or (statement.counts_by_change and changed_here & needed):
            if is_printing:
                return NoCard("what it builds on prints too")
            if (overwritten := changed & bound) and not isinstance(node, ast.Import | ast.ImportFrom):
                return NoCard(f"the blocks above also change `{min(overwritten)}`")
            selection.setters.clear()
        elif is_printing or not (
            (with_settings and _sets_something(node, selection, libraries))
            or writes_file_of(node, frozenset(selection.paths), path_names & needed)
        ):
            changed_anywhere |= changed_here
            changed |= changed_here & needed
            changed |= _changed_origin(node, needed, changed_anywhere)
            continue
        selection.add(statement)
        read = free_names(node) - conventional
        selection.needed = (needed - surely_bound_names(node)) | _with_names_read_by_functions(read, known)
        changed |= _changed_origin(node, selection.needed, changed_anywhere)
    return selection.chosen


def _changed_origin(node: ast.stmt, needed: AbstractSet[str], changed_anywhere: AbstractSet[str]) -> set[str]:
    """Return what a statement makes a second name of, if that name's object is changed later."""
    name, origin = alias_of(node)
    return {origin} & needed if name in changed_anywhere else set()


def _sets_something(node: ast.stmt, selection: _Selection, libraries: LibraryNames) -> bool:
    """Tell whether a statement sets something that holds for the code chosen so far, and is not set again."""
    setter = setter_of(node)
    if (setter and setter in selection.setters) or setting_function_of(node) in selection.set_by_part:
        return False
    if not is_setting_relevant(settings_of(node, libraries), frozenset(selection.read), libraries):
        return False
    selection.setters |= {setter} if setter else set()
    return True


def _without_defaults(statements: list[_Statement]) -> list[_Statement]:
    """Return the statements without those that set what holds anyway, as nothing before them set it."""
    kept: list[_Statement] = []
    seen: set[str] = set()
    for each in statements:
        if setter := setter_of(each.node):
            if setter not in seen and sets_default(each.node):
                continue
            seen.add(setter)
        kept.append(each)
    return kept


def _imported_by_convention(nodes: Sequence[ast.stmt]) -> frozenset[str]:
    """Return the conventional names that no statement binds to something else than their import."""
    others = [node for node in nodes if not isinstance(node, ast.Import | ast.ImportFrom)]
    return CONVENTIONAL_NAMES - frozenset().union(*map(bound_names, others))


def _with_names_read_by_functions(names: AbstractSet[str], known: NameFacts) -> set[str]:
    """Return the names and all names that the functions among them read when they are called."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in known.definitions:
            waiting |= free_names(known.definitions[name]) - CONVENTIONAL_NAMES - found
    return found


def _statement_source(source: str, node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])
