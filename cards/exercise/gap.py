"""Gaps in code: where a piece may be hidden, how the program is mutated there, how an answer is put in.

Which of these gaps are worth asking is measured (`cards.prove.measure`): one counts only if the program
notices every mutation of it.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.exercise.measurement import Gap, GapKind
from cards.guide.text import BLANK
from cards.program.snippet import SnippetRole
from cards.python.syntax import DEFINITIONS, called_name, dotted_root_name, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.program import Program

MOST_CHARACTERS = 44
"""Of a hidden piece; more is copying, not recalling."""

_MODULE_NAMES = frozenset({"tf", "keras", "layers", "np", "tfp", "tensorflow"})
_EVERYDAY_CALLS_TEXT = """
    constant Variable array asarray zeros ones zeros_like ones_like range arange linspace normal uniform
    random randn rand randint default_rng set_seed set_random_seed seed print numpy item as_list tolist
    list tuple dict len int float str bool sum min max sorted zip enumerate isinstance round abs any all
    repr type format append items keys values join split strip encode decode upper lower startswith
    replace count index open read write close flush sleep perf_counter time mkdtemp exists listdir loads
    dumps compress ZipFile namelist ceil floor getattr hasattr setattr super submit ThreadPoolExecutor
    result allclose assert_allclose array_equal assert_array_equal astype reshape expand_dims shape
    Input Dense Sequential Module Add Subtract Adam SGD compile fit predict evaluate build summary
    count_params Session Graph run placeholder Int Choice run_functions_eagerly deserialize on_epoch_end
    on_batch_end set_model insecure_channel unary_unary
"""
_FREE_KEYWORDS_TEXT = """
    name seed verbose epochs sep end file dtype shape input_shape message rtol atol key default flush
    steps steps_per_epoch x y inputs outputs loss optimizer metrics layers learning_rate units data
    signature args kwargs kernel_initializer bias_initializer vocabulary idf_weights weights size target
"""
_EVERYDAY_CALLS = frozenset(_EVERYDAY_CALLS_TEXT.split())
"""What makes the data of an example, shows it, or is everyday Python: no question of TensorFlow."""
_FREE_KEYWORDS = frozenset(_FREE_KEYWORDS_TEXT.split())
"""What is set at will, so that nobody can know it."""


def gap_candidates(source: str) -> tuple[Gap, ...]:
    """Return the pieces that may be asked for, best sort first, later ones before earlier ones."""
    tree = tree_of(source)
    if tree is None or BLANK in source:
        return ()
    lines = source.split("\n")
    own = {node.name for node in ast.walk(tree) if isinstance(node, DEFINITIONS)}
    found = [gap for node in _searchable_nodes(tree, own) for gap in _node_gaps(node, lines)]
    order = list(GapKind)
    # The call of a decorator or of a `with` statement comes before the same call by itself.
    unique: dict[tuple[int, int, int], Gap] = {}
    for gap in found:
        if _can_be_asked(gap, lines):
            unique.setdefault((gap.line, gap.start, gap.end), gap)
    return tuple(sorted(unique.values(), key=lambda gap: (order.index(gap.sort), -gap.line, -gap.start)))


def _searchable_nodes(tree: ast.AST, own: set[str]) -> Iterator[ast.AST]:
    """Yield the nodes in which a piece may be hidden: no imports, assertions and formatted strings.

    Calls of the code's own functions are left out, not what they are given.
    """
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.JoinedStr):
            continue
        if not (isinstance(node, ast.Call) and called_name(node.func) in own):
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def _node_gaps(node: ast.AST, lines: list[str]) -> Iterator[Gap]:
    match node:
        case ast.Call(func=func, keywords=keywords):
            if called_name(func) not in {"print", "dict", "super"}:
                for keyword in keywords:
                    if keyword.arg and keyword.arg not in _FREE_KEYWORDS and _is_short(keyword.value):
                        yield from _node_gap(GapKind.ARGUMENT, keyword, lines)
            if isinstance(func, ast.Attribute) and called_name(func) not in _EVERYDAY_CALLS:
                yield from _call_gaps(node, func, lines)
        case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
            for decorator in decorators:
                if isinstance(decorator, ast.Attribute | ast.Call):
                    yield from _node_gap(GapKind.DECORATOR, decorator, lines)
        case ast.BinOp(op=ast.MatMult()):
            yield from _node_gap(GapKind.OPERATOR, node, lines)
        case ast.With(items=items):
            for item in items:
                if (
                    isinstance(item.context_expr, ast.Call)
                    and called_name(item.context_expr.func) not in _EVERYDAY_CALLS
                ):
                    yield from _node_gap(GapKind.CONTEXT, item.context_expr, lines)
        case _:
            pass


def _call_gaps(node: ast.Call, func: ast.Attribute, lines: list[str]) -> Iterator[Gap]:
    whole = next(_node_gap(GapKind.CALL, node, lines), None)
    if dotted_root_name(func) in _MODULE_NAMES:
        if whole:
            yield whole
        return
    if dotted_root_name(func) == "self" and func.attr != "add_weight":
        return
    if not node.args and not node.keywords:
        return
    line = node.end_lineno or 0
    if func.end_lineno == line:
        text = lines[line - 1]
        end = _character_column(text, node.end_col_offset or 0)
        start = _character_column(text, func.end_col_offset or 0) - len(func.attr)
        yield Gap(GapKind.CALL, line, start, end, text[start:end])


def _node_gap(sort: GapKind, node: ast.expr | ast.keyword, lines: list[str]) -> Iterator[Gap]:
    if node.lineno == node.end_lineno:
        text = lines[node.lineno - 1]
        start, end = (
            _character_column(text, node.col_offset),
            _character_column(text, node.end_col_offset or 0),
        )
        yield Gap(sort, node.lineno, start, end, text[start:end])


def _character_column(line: str, offset: int) -> int:
    """Return the character that a node's UTF-8 offset means."""
    return len(line.encode()[:offset].decode(errors="ignore"))


def _is_short(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant | ast.Attribute | ast.Name | ast.UnaryOp | ast.Tuple | ast.List)


def _can_be_asked(gap: Gap, lines: list[str]) -> bool:
    """Leave out what is too long, and what stands on another line in the same words."""
    elsewhere = sum(line.count(gap.text) for line in lines)
    return 2 < len(gap.text) <= MOST_CHARACTERS and elsewhere == 1


def computed_names(source: str) -> frozenset[tuple[int, str]]:
    """Return (line, name) of the top-level assignments whose value is worked out, not written down."""
    tree = tree_of(source)
    found = set()
    for statement in tree.body if tree else ():
        if isinstance(statement, ast.Assign) and not _is_written_down(statement.value):
            names = [node for target in statement.targets for node in ast.walk(target)]
            found |= {(statement.lineno, node.id) for node in names if isinstance(node, ast.Name)}
    return frozenset(found)


def _is_written_down(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Attribute(value=inner, attr="astype" | "numpy" | "reshape")):
            return _is_written_down(inner)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in _EVERYDAY_CALLS or name in {"ragged", "sparse", "convert_to_tensor", "add_weight"}
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(_is_written_down(element) for element in elements)
        case ast.Constant() | ast.Name() | ast.Dict():
            return True
        case _:
            return False


def mutants(source: str, gap: Gap) -> tuple[str, ...]:
    """Return the source without the piece, and with a changed one where it has an opposite."""
    texts = [
        _remove_gap(source, gap),
        *(fill_gap(source, gap, text) for text in _changed_texts(gap, source.split("\n")[gap.line - 1])),
    ]
    # One that does not parse would be noticed whatever it hides.
    return tuple(text for text in texts if text != source and tree_of(text) is not None)


def _remove_gap(source: str, gap: Gap) -> str:
    match gap.sort:
        case GapKind.ARGUMENT:
            return _remove_argument(source, gap)
        case GapKind.DECORATOR:
            lines = source.split("\n")
            return "\n".join([*lines[: gap.line - 1], *lines[gap.line :]])
        case GapKind.CONTEXT:
            return fill_gap(source, gap, "__import__('contextlib').nullcontext()")
        case GapKind.OPERATOR:
            return fill_gap(source, gap, _operands(gap)[0])
        case GapKind.CALL:
            before = source.split("\n")[gap.line - 1][: gap.start]
            if before.endswith("."):
                return fill_gap(source, replace(gap, start=gap.start - 1), "")
            return fill_gap(source, gap, _first_argument(gap))


def _remove_argument(source: str, gap: Gap) -> str:
    line = source.split("\n")[gap.line - 1]
    before, after = line[: gap.start], line[gap.end :]
    if before.rstrip().endswith(","):
        start = len(before.rstrip()) - 1
        return fill_gap(source, replace(gap, start=start), "")
    if after.lstrip().startswith(","):
        end = gap.end + len(after) - len(after.lstrip()) + 1
        return fill_gap(source, replace(gap, end=end), "")
    return fill_gap(source, gap, "")


def _changed_texts(gap: Gap, line: str) -> tuple[str, ...]:
    """Return the piece with another meaning of the same kind, if it has an obvious one."""
    match gap.sort:
        case GapKind.ARGUMENT:
            name, _, value = gap.text.partition("=")
            return tuple(f"{name}={other}" for other in _other_values(value.strip()))
        case GapKind.OPERATOR:
            left, right = _operands(gap)
            return (f"{left} * {right}",)
        case GapKind.CALL if not gap.text.partition("(")[0].isidentifier():
            # What does as well with nothing is no question (`bool(None)` is False too), nor is a layer that
            # could be left out.
            is_called = line[gap.end :].lstrip().startswith("(")
            return ("None", *(["(lambda *given, **_: given[0])"] if is_called else []))
        case _:
            return ()


def _other_values(value: str) -> tuple[str, ...]:
    match tree_of(value):
        case ast.Module(body=[ast.Expr(value=ast.Constant(value=bool(was)))]):
            return (str(not was),)
        case ast.Module(body=[ast.Expr(value=ast.Constant(value=int(number)))]):
            return (str(number + 1),)
        case ast.Module(body=[ast.Expr(value=ast.Constant(value=float(real)))]):
            return (repr(real * 2 + 1),)
        case _:
            return ()


def _operands(gap: Gap) -> tuple[str, str]:
    tree = ast.parse(gap.text, mode="eval").body
    assert isinstance(tree, ast.BinOp)  # noqa: S101 - `gap_candidates` made it from one
    return ast.unparse(tree.left), ast.unparse(tree.right)


def _first_argument(gap: Gap) -> str:
    match tree_of(gap.text):
        case ast.Module(body=[ast.Expr(value=ast.Call(args=[first, *_]))]):
            return f"({ast.unparse(first)})"
        case _:
            return "None"


def fill_gap(source: str, gap: Gap, text: str) -> str:
    """Return the source with the text in the gap; further lines of it keep the line's indentation."""
    lines = source.split("\n")
    line = lines[gap.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    text = text.replace("\n", f"\n{indent}")
    lines[gap.line - 1] = line[: gap.start] + text + line[gap.end :]
    return "\n".join(lines)


def possible_sources(source: str, gap: Gap, typed: str) -> tuple[str, ...]:
    """Return the sources that a typed answer may mean, the likeliest first.

    People type what stands in the gap, the gap with the `.` or `@` before it, an argument without its name,
    the whole line, or another line for it.
    """
    line = source.split("\n")[gap.line - 1]
    before, after = line[: gap.start], line[gap.end :]
    typed = typed.strip("\n").rstrip()
    text = typed.strip()
    if before.endswith((".", "@")):
        text = text[_repeated_length(text, before) :]
    name = gap.text.partition("=")[0] if gap.sort is GapKind.ARGUMENT else ""
    is_named = bool(name) and text.startswith(name)
    whole = fill_gap(source, replace(gap, start=0, end=len(line)), _indent_like(text, line))
    found = [fill_gap(source, gap, text)]
    if _repeats_line(text, before, after) or _starts_like_line(text, line):
        found.insert(1 if is_named else 0, whole)
    if name and not is_named:
        found.append(fill_gap(source, gap, f"{name}={text}"))
    return tuple(dict.fromkeys(found))


_LINE_START = re.compile(r"\s*(?:return\b|with\b|[\w.]+(?:\s*,\s*[\w.]+)*\s*=(?!=))")
"""How a line begins that nobody means as a piece of itself."""


def _repeated_length(text: str, before: str) -> int:
    """Return how many characters before the gap were typed too: `.`, `tape.`, `@`."""
    return max((size for size in range(1, len(before) + 1) if text.startswith(before[-size:])), default=0)


def _starts_like_line(text: str, line: str) -> bool:
    """Tell whether another line was typed for the whole one: `total = ...`, `return ...`."""
    head = _LINE_START.match(line)
    return head is not None and "".join(text.split()).startswith("".join(head[0].split()))


def _repeats_line(text: str, before: str, after: str) -> bool:
    """Tell whether what stands around the gap was typed too."""
    around = before.strip()
    flat = "".join(text.split())
    ahead = "".join(around.split())
    return (
        len(ahead) > 1
        and flat.startswith(ahead)
        and flat.endswith("".join(after.split("#", maxsplit=1)[0].split()))
    )


def _indent_like(text: str, line: str) -> str:
    return line[: len(line) - len(line.lstrip())] + text


def with_source(program: Program, position: int, source: str) -> Program:
    """Return the program with another text of the snippet at `position`, up to the next shown snippet."""
    snippets = list(program.snippets[: end_of_checks(program, position)])
    snippets[position] = replace(snippets[position], source=source)
    return replace(program, snippets=tuple(snippets))


def end_of_checks(program: Program, position: int) -> int:
    """Return where the snippet's part of the program ends: after the hidden checks that follow it."""
    end = position + 1
    while end < len(program.snippets) and program.snippets[end].role is SnippetRole.CHECK:
        end += 1
    return end
