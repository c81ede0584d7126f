"""Tell whether code prints a fact of the machine that runs it, which is another one for each reader.

Two runs on one machine print the same folder, the same versions and, rounded, the same duration.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cards.python.syntax import called_name, nodes_in, tree_of
from cards.regex import regex
from cards.stale.module_alias import dotted_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FACTS_TEXT = """
    os.cpu_count os.process_cpu_count os.sched_getaffinity os.getcwd os.getcwdb os.getpid os.getppid os.getuid
    os.getlogin os.getloadavg os.uname os.environ os.path.expanduser os.path.abspath os.path.realpath
    pathlib.Path.home pathlib.Path.cwd multiprocessing.cpu_count getpass.getuser
    sys.version sys.version_info sys.hexversion sys.platform sys.executable sys.path sys.prefix sys.argv
    socket.gethostname socket.getfqdn shutil.disk_usage shutil.which shutil.get_terminal_size
    os.get_terminal_size tempfile.gettempdir tempfile.mkdtemp tempfile.mkstemp resource.getrusage
    time.time time.time_ns time.perf_counter time.perf_counter_ns time.monotonic time.monotonic_ns
    time.process_time time.process_time_ns time.thread_time
    datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.date.today
    threading.get_ident threading.get_native_id gc.get_count
    tf.timestamp tf.test.is_gpu_available tf.test.gpu_device_name tf.test.is_built_with_cuda
    tf.config.list_physical_devices tf.config.list_logical_devices
    tf.config.experimental.list_physical_devices tf.config.get_visible_devices
"""
_FACTS = frozenset(_FACTS_TEXT.split())
_FAMILIES = ("platform.", "locale.", "timeit.", "psutil.", "tf.sysconfig.", "tf.version.")
"""Modules of which everything tells of the machine."""
_OF_MODULES = frozenset({"__file__", "__path__", "__version__"})
_ENVIRONMENT = "os.environ"
"""Known variables of it are mostly those that the code sets."""
_HINT = regex(
    "|".join(
        rf"\b{name}\b"
        for name in sorted({*(fact.rpartition(".")[2] for fact in _FACTS), *_OF_MODULES})
        + [family.strip(".").rpartition(".")[2] for family in _FAMILIES]
    )
)
_PRINTING = frozenset({"print", "pprint", "pp", "display"})
_OF_KIND_ALONE = frozenset({"type", "isinstance", "callable", "hasattr"})
"""Calls that are the same for every fact."""


def prints_machine_fact(source: str) -> bool:
    """Tell whether something that code prints is computed from a fact of its machine, or from a clock."""
    tree = tree_of(source) if _HINT.search(source) else None
    return tree is not None and _Reader(_meanings(tree)).prints_fact(tree.body)


class _Reader:
    """Reads statements in their order, and what they bind to facts of the machine."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._aliases = aliases
        self._bound: set[str] = set()
        """Names that stand for such facts, and attributes with a dot before."""

    def prints_fact(self, body: Iterable[ast.stmt]) -> bool:
        """Tell whether statements print a fact, and note what they bind."""
        # Not `any`: what a statement binds is for those behind it.
        return True in [self._prints_fact_in(statement) for statement in body]

    def _prints_fact_in(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Assign(targets=targets, value=value):
                self._bind(targets, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind([target], value)
            case ast.AugAssign(target=target, value=value) if self._is_fact(value):
                self._bind([target], value)
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                self._bind([target], value)
            case ast.Expr(value=ast.Call() as call):
                return self._is_printed(call)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                prints = self.prints_fact(statement.body)
                self._bind([ast.Name(name)], ast.Tuple([*_results(statement)]))
                return prints
            case _:
                pass
        return self.prints_fact(_statements_within(statement))

    def _is_printed(self, call: ast.Call) -> bool:
        """Tell whether a call prints a fact; one that hands a fact to an object makes that one too."""
        has_fact = any(map(self._is_fact, [*call.args, *(each.value for each in call.keywords)]))
        match call.func:
            case ast.Attribute(value=ast.Name(id=name)) if has_fact and name not in self._aliases:
                self._bound.add(name)
            case _:
                pass
        return has_fact and called_name(call.func) in _PRINTING

    def _bind(self, targets: Sequence[ast.expr], value: ast.expr) -> None:
        names = {name for target in targets for node in nodes_in(target) if (name := _own_name(node))}
        self._bound = self._bound | names if self._is_fact(value) else self._bound - names

    def _is_fact(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _OF_KIND_ALONE:
                return False
            case ast.Lambda():
                return False
            case ast.Subscript(value=inner) | ast.Attribute(value=inner) if self._spells(inner, _ENVIRONMENT):
                return False
            case ast.Attribute() | ast.Name() if self._names_fact(node):
                return True
            case _:
                return any(map(self._is_fact, ast.iter_child_nodes(node)))

    def _names_fact(self, node: ast.Attribute | ast.Name) -> bool:
        full, name = dotted_name(node, self._aliases), _own_name(node)
        is_of_module = name.removeprefix(".") in _OF_MODULES
        return name in self._bound or is_of_module or full in _FACTS or full.startswith(_FAMILIES)

    def _spells(self, node: ast.expr, name: str) -> bool:
        return dotted_name(node, self._aliases) == name


def _meanings(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for, from its module on; TensorFlow is `tf`."""
    found: dict[str, str] = {}
    for node in nodes_in(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    root = alias.name.partition(".")[0]
                    found[alias.asname or root] = alias.name if alias.asname else root
            case ast.ImportFrom(module=str(module), names=aliases):
                found |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in aliases}
            case _:
                pass
    return {name: re.sub(r"^tensorflow\b", "tf", meaning) for name, meaning in found.items()}


def _own_name(node: ast.AST) -> str:
    """Return the name that a node binds or reads, an attribute's with a dot before; empty if it has none."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return f".{name}"
        case _:
            return ""


def _results(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    """Return what a function returns or yields."""
    return [
        node.value
        for statement in function.body
        for node in nodes_in(statement)
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None
    ]


def _statements_within(statement: ast.stmt) -> list[ast.stmt]:
    """Return the statements right below a compound one, in order."""
    found: list[ast.stmt] = []
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.stmt):
            found.append(child)
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            found += child.body
    return found
