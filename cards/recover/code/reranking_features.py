"""Features of a complete indentation, for reranking what the beam search found.

A step sees only what lies behind it; that a function's parameter is never used, or that code outside uses
a name which only a function knows, shows when all is placed. Each word stands once for each time it is met.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.recover.code.statement import Statement
    from cards.recover.code.statement_facts import StatementFacts

_COUNT_LIMIT = 4
"""Times that one word counts."""
_OFTEN_UNUSED = frozenset({"_", "self", "cls", "args", "kwargs"})


@dataclass(slots=True)
class _Block:
    kind: str
    header: int
    level: int
    parent: _Block | None
    body: list[int] = field(default_factory=list)
    """Statements directly in it."""
    inside: list[int] = field(default_factory=list)
    """All statements in it."""
    bound: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)


def reranking_features(
    statements: Sequence[Statement], all_facts: Sequence[StatementFacts], levels: Sequence[int]
) -> list[str]:
    """Return the features of a complete indentation."""
    module, blocks, home = _build_blocks(statements, levels)
    words: list[str] = []
    for word, count in _count(
        [*_block_features(statements, all_facts, blocks), *_scope_features(statements, module, home)]
    ):
        words += [word] * min(count, _COUNT_LIMIT)
    words += _shape_features(statements, all_facts, levels)
    words += _likeness_features(all_facts, blocks)
    words += _neighbour_features(statements, all_facts, levels, blocks)
    return words


def _count(words: list[str]) -> Iterator[tuple[str, int]]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    yield from counts.items()


def _build_blocks(
    statements: Sequence[Statement], levels: Sequence[int]
) -> tuple[_Block, list[_Block], list[_Block]]:
    """Return the module, all other blocks, and each statement's block."""
    module = _Block("module", -1, -1, None)
    stack = [module]
    blocks: list[_Block] = []
    home: list[_Block] = []
    for place, (statement, level) in enumerate(zip(statements, levels, strict=True)):
        del stack[level + 1 :]
        block = stack[-1]
        home.append(block)
        block.body.append(place)
        for outer in stack:
            outer.inside.append(place)
            outer.used |= statement.uses
        for outer in reversed(stack):
            outer.bound |= statement.binds
            if outer.kind in {"def", "class"}:
                break
        if statement.opens:
            new = _Block(statement.kind, place, level, block)
            if statement.kind == "def":
                new.bound |= set(statement.parameters)
            blocks.append(new)
            stack.append(new)
    return module, blocks, home


def _block_features(
    statements: Sequence[Statement], all_facts: Sequence[StatementFacts], blocks: list[_Block]
) -> Iterator[str]:
    for block in blocks:
        header = statements[block.header]
        last = statements[block.body[-1]].kind if block.body else ""
        yield f"block_ends {block.kind} {last}"
        yield f"block_length {block.kind} {min(len(block.inside), 6)}"
        inside = [statements[place] for place in block.inside]
        if block.kind in {"for", "while"} and inside and inside[-1].kind in {"break", "continue", "return"}:
            yield f"loop_ends_with_exit {block.kind} {inside[-1].kind}"
        match block.kind:
            case "def":
                body = [statements[place] for place in block.body]
                yield from _function_features(header, block, body, inside)
            case "for" | "with" | "except" if header.binds:
                yield f"block_header_names {block.kind} {'used' if header.binds & block.used else 'idle'}"
            case "while":
                yield _while_feature(header, inside)
            case "class":
                yield from _class_features([(statements[place], all_facts[place]) for place in block.body])
            case "if" | "elif" | "else" if header.uses:
                yield f"condition_names_read_inside {block.kind} {bool(header.uses & block.used):d}"
            case _:
                pass


def _while_feature(header: Statement, inside: list[Statement]) -> str:
    """Say whether the loop changes what its condition reads, and whether a statement may leave it."""
    moved = any(one.binds & header.uses or one.callee.partition(".")[0] in header.uses for one in inside)
    stops = any(one.needs_loop or one.needs_function for one in inside)
    return f"while_condition_changes {moved:d} {stops:d}"


def _class_features(body: list[tuple[Statement, StatementFacts]]) -> Iterator[str]:
    """Say whether a class has a method, and which statements stand in it that seldom stand in one."""
    yield f"class_has_method {any(one.kind == 'def' and facts.method for one, facts in body):d}"
    for one, _ in body:
        if one.kind not in {"def", "decorator", "assign", "string"}:
            yield f"class_body_kind {one.kind}"


def _function_features(
    header: Statement, block: _Block, body: list[Statement], inside: list[Statement]
) -> Iterator[str]:
    given = set(header.parameters)
    idle = given - block.used - _OFTEN_UNUSED
    for _ in idle:
        yield "def_unread_parameter"
    if given and not idle:
        yield "def_all_parameters_read"
    for one in body:
        if one.callee == header.name and one.kind in {"call", "assign", "return"}:
            yield f"def_calls_itself {one is body[0]:d} {one is body[-1]:d}"
    if any(one.kind == "return" for one in inside) and not any(one.kind == "return" for one in body):
        yield "def_returns_only_nested"
    if body and body[-1].kind == "def":
        yield "def_ends_with_def"
    dead = block.bound - block.used - given - _OFTEN_UNUSED
    yield f"def_unread_names {min(len(dead), 2)}"
    for one in body:
        if one.binds & given and not one.binds & one.uses:
            yield "def_rebinds_parameter"


def _scope_features(statements: Sequence[Statement], module: _Block, home: list[_Block]) -> Iterator[str]:
    everywhere = {name for statement in statements for name in (*statement.binds, *statement.parameters)}
    seen: set[str] = set()
    for place, statement in enumerate(statements):
        scope, visible = _enclosing_scope(home[place])
        visible |= module.bound if scope == "def" else seen
        for name in statement.uses:
            if name in everywhere and name not in visible:
                late = name in module.bound
                yield f"unresolved_name {scope} {'late' if late else 'never'}"
        if scope != "def":
            seen |= statement.binds


def _enclosing_scope(home: _Block) -> tuple[str, set[str]]:
    """Return `def` or `class`, whichever is innermost, or empty for the module, and the names bound around.

    The names of a class are not seen from the functions in it.
    """
    visible: set[str] = set()
    scope = ""
    in_function = False
    block: _Block | None = home
    while block is not None:
        if block.kind == "def" or (block.kind == "class" and not in_function):
            visible |= block.bound
            scope = scope or block.kind
        in_function = in_function or block.kind == "def"
        block = block.parent
    return scope, visible


def _shape_features(
    statements: Sequence[Statement], all_facts: Sequence[StatementFacts], levels: Sequence[int]
) -> Iterator[str]:
    yield f"final_level {min(levels[-1], 3)}" if levels else "final_level"
    if levels:
        yield f"final_level_and_kind {min(levels[-1], 2)} {statements[-1].kind}"
        defines = any(statement.kind == "def" for statement in statements)
        after = any(
            level == 0 and statement.kind not in {"def", "class", "decorator", "import"}
            for statement, level in zip(statements, levels, strict=True)
        )
        yield f"module_defines_and_runs {defines:d} {after:d}"
    latest: dict[tuple[str, str, str], int] = {}
    same = other = 0
    for place, facts in enumerate(all_facts):
        mark = (facts.kind, facts.callee, facts.target)
        if (facts.callee or facts.target) and mark in latest:
            if levels[latest[mark]] == levels[place]:
                same += 1
            else:
                other += 1
        latest[mark] = place
    for _ in range(min(other, _COUNT_LIMIT)):
        yield "same_call_other_level"
    dips = sum(after < before - 1 for before, after in pairwise(levels))
    for _ in range(min(dips, _COUNT_LIMIT)):
        yield "closes_several_blocks"


def _likeness_features(all_facts: Sequence[StatementFacts], blocks: list[_Block]) -> Iterator[str]:
    """Say whether blocks with similar headers hold similar statements."""
    latest: dict[tuple[str, str], list[str]] = {}
    for block in blocks:
        head = all_facts[block.header]
        mark = (head.kind, head.stem)
        content = [all_facts[place].subkind for place in block.inside]
        if mark in latest:
            other = latest[mark]
            yield f"like_headers_same_body {block.kind} {content == other:d}"
            difference = min(abs(len(content) - len(other)), 3)
            yield f"like_headers_same_start {content[:1] == other[:1]:d} {difference}"
        latest[mark] = content


def _neighbour_features(
    statements: Sequence[Statement],
    all_facts: Sequence[StatementFacts],
    levels: Sequence[int],
    blocks: list[_Block],
) -> Iterator[str]:
    """Say what blocks end with and what follows them, and whether like pairs of statements stand alike."""
    for block in blocks:
        head = all_facts[block.header]
        name = f"{block.kind} of {head.stem or head.kind}"
        if not block.inside:
            continue
        last = all_facts[block.inside[-1]]
        yield f"header_ends {name} {last.stem or last.subkind}"
        yield f"header_length {name} {min(len(block.inside), 6)}"
        behind = block.inside[-1] + 1
        if behind < len(all_facts):
            after, told = all_facts[behind], bool(statements[behind].comments)
            yield f"header_then {name} {after.stem or after.subkind}"
            yield f"block_end_then {block.kind} {last.subkind} {after.subkind} {told:d}"
    for place, facts in enumerate(all_facts):
        if facts.earlier_match >= 1:
            step = levels[place] - levels[place - 1]
            earlier = levels[facts.earlier_match] - levels[facts.earlier_match - 1]
            yield f"indentation_repeats_pair {earlier == step:d}"
