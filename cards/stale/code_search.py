"""Find the calls in code that are gone, also where no run reaches them.

A call that is gone raises only if it is reached. So code that ran is read too: names of modules are followed
through imports and aliases, attributes and keywords count only where it is known whose they are. What stands
in a branch for other versions, or is said to be old, is no fault.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cards.python.imports import imported_packages
from cards.python.syntax import DEFINITIONS, tree_of
from cards.regex import regex
from cards.stale.api_change import ApiChange
from cards.stale.module_alias import dotted_name, module_aliases, table_name
from cards.stale.names import NAMES, REFUSED_NAMES, name_change
from cards.stale.object_calls import (
    ATTRIBUTES,
    DISTINCT_ATTRIBUTES,
    FEED_DICT,
    KEYWORD_OWNERS,
    KEYWORDS,
    MODEL_ATTRIBUTES,
    OBJECT_CALLS,
    OPTIMIZER_RATE,
    SESSION_RUN,
)
from cards.stale.said_old import lines_said_old
from cards.stale.version_guard import is_guarded, is_version_test

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OTHER_LIBRARIES = frozenset(
    {"sklearn", "xgboost", "lightgbm", "catboost", "torch", "statsmodels", "scikeras", "jax", "joblib"}
)
"""Libraries whose objects have attributes and keywords that Keras lost."""
_SESSION_NAME = regex(r"(?:self\.)?_?sess(?:ion)?")
_MODEL_NAME = regex(r"(?:self\.)?(?:\w+_)?(?:model|net|network|autoencoder|encoder|decoder|cnn|rnn|lstm)")

_LAST_PARTS = frozenset(
    name.strip("=").rpartition(".")[2] for name in (*NAMES, *REFUSED_NAMES, *OBJECT_CALLS, "lr", "run")
)
"""Code without any of these words holds nothing that is gone."""


class GoneCall(NamedTuple):
    """A call in code that is gone."""

    line: int
    """Within the code, from 1."""
    change: ApiChange


@lru_cache(maxsize=64)
def gone_calls(
    source: str, program: tuple[str, ...] = (), *, with_keras: bool = True, has_run: bool = False
) -> tuple[GoneCall, ...]:
    """Return the calls of a snippet that are gone, the first of each, in the order of their lines.

    `program` are the sources of all snippets that share its names. Of code that has run only what it may not
    have reached counts: the bodies of functions and branches.
    """
    if _LAST_PARTS.isdisjoint(re.findall(r"\w+", source)) or (tree := tree_of(source)) is None:
        return ()
    sources = program if source in program else (*program, source)
    search = _CodeSearch(_program_facts(sources), with_keras)
    for statement in tree.body:
        search.read(statement, surely_runs=has_run)
    said_old = lines_said_old(source, tree)
    first: dict[str, GoneCall] = {}
    for call in sorted(search.found, key=lambda call: call.line):
        if call.line not in said_old:
            first.setdefault(call.change.old, call)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class _ProgramFacts:
    """What is known of the names of a program."""

    aliases: Mapping[str, str]
    """The module that a name stands for, as the tables write it."""
    made_by_keras: frozenset[str]
    """The names of what a class of Keras was called for: models, layers, optimizers."""
    own_attributes: frozenset[str]
    """The attributes and methods that classes of the program define."""
    has_other_library: bool
    has_session: bool
    """It has sessions of its own: TensorFlow 1 by its old module, or another library's."""


@lru_cache(maxsize=8)
def _program_facts(sources: tuple[str, ...]) -> _ProgramFacts:
    trees = [tree for tree in map(tree_of, sources) if tree is not None]
    aliases = module_aliases(trees)
    nodes = [node for tree in trees for node in ast.walk(tree)]
    methods = {node.name for node in nodes if isinstance(node, DEFINITIONS)}
    assigned = {
        node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    made = {
        ast.unparse(target)
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if table_name(dotted_name(node.value.func, aliases)).startswith("tf.keras.")
    }
    packages = {name for tree in trees for name in imported_packages(tree)}
    return _ProgramFacts(
        aliases,
        frozenset(made),
        frozenset(methods | assigned),
        not _OTHER_LIBRARIES.isdisjoint(packages),
        has_session=any(re.search(r"compat\.v1|onnx", source) for source in sources),
    )


class _CodeSearch:
    """Reads statements and collects the calls that are gone."""

    def __init__(self, facts: _ProgramFacts, with_keras: bool) -> None:  # noqa: FBT001 - private
        self.facts = facts
        self.aliases = facts.aliases
        self.with_keras = with_keras
        self.found: list[GoneCall] = []

    def read(self, node: ast.AST, *, surely_runs: bool) -> None:
        """Collect from a node and what it holds; what surely ran without an error holds nothing gone."""
        if is_guarded(node):
            return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            self._read_function(node, surely_runs=surely_runs)
            return
        if not surely_runs:
            if isinstance(node, ast.Attribute | ast.Name) and self._read_name(node):
                return
            self._collect(node)
        for part, is_reached in _parts(node):
            self.read(part, surely_runs=surely_runs and is_reached)

    def _read_function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, *, surely_runs: bool
    ) -> None:
        if any(isinstance(inner, ast.If) and is_version_test(inner.test) for inner in ast.walk(node)):
            return
        at_definition = [each for each in (*node.args.defaults, *node.args.kw_defaults) if each]
        if not isinstance(node, ast.Lambda):
            at_definition += node.decorator_list
        for default in at_definition:
            self.read(default, surely_runs=surely_runs)
        before = self.aliases
        arguments = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
        self.aliases = {name: module for name, module in before.items() if name not in arguments}
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [node.args, *node.body]
        for part in body:
            self.read(part, surely_runs=False)
        self.aliases = before

    def _read_name(self, node: ast.Attribute | ast.Name) -> bool:
        """Collect a name of a module; return whether it is one, and there is no more in it to read."""
        name = dotted_name(node, self.aliases)
        if name:
            self._add(node, name_change(name, with_keras=self.with_keras))
        return bool(name)

    def _collect(self, node: ast.AST) -> None:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    self._add_import(node, alias.name)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                for alias in names:
                    self._add_import(node, f"{module}.{alias.name}")
            case ast.Attribute():
                self._collect_attribute(node)
            case ast.Call():
                self._collect_keywords(node)
            case _:
                pass

    def _add_import(self, node: ast.AST, module: str) -> None:
        first, _, rest = module.partition(".")
        name = {"tensorflow": "tf", "numpy": "np"}.get(first, first)
        if rest:
            self._add(node, name_change(f"{name}.{rest}", with_keras=self.with_keras))

    def _collect_attribute(self, node: ast.Attribute) -> None:
        old = f".{node.attr}"
        if not self.with_keras or node.attr in self.facts.own_attributes:
            return
        if (
            old == ".lr"
            and ast.unparse(node.value).endswith("optimizer")
            and not self.facts.has_other_library
        ):
            self._add(node, OPTIMIZER_RATE)
        is_known = old in DISTINCT_ATTRIBUTES or (old in MODEL_ATTRIBUTES and self._is_model(node.value))
        if is_known and not isinstance(node.ctx, ast.Store):
            self._add(node, ApiChange(old, ATTRIBUTES[old]))

    def _collect_keywords(self, node: ast.Call) -> None:
        owner = table_name(dotted_name(node.func, self.aliases))
        if not owner and isinstance(node.func, ast.Attribute) and self._is_model(node.func.value):
            owner = f".{node.func.attr}"
        if owner.startswith((".", "tf.keras.")) and not self.with_keras:
            return
        if isinstance(node.func, ast.Attribute) and node.func.attr == "run" and not self.facts.has_session:
            self._add(node, _session_change(node, ast.unparse(node.func.value)))
        passed = [(f"{keyword.arg}=", keyword) for keyword in node.keywords]
        for pattern, names in KEYWORD_OWNERS:
            if owner and pattern.fullmatch(owner):
                for old, keyword in passed:
                    if old in names:
                        self._add(keyword.value, ApiChange(old, KEYWORDS[old]))

    def _is_model(self, receiver: ast.expr) -> bool:
        """Tell whether an expression is surely something that Keras made."""
        if isinstance(receiver, ast.Call):
            return table_name(dotted_name(receiver.func, self.aliases)).startswith("tf.keras.")
        words = ast.unparse(receiver)
        if words in self.facts.made_by_keras:
            return True
        return not self.facts.has_other_library and bool(_MODEL_NAME.fullmatch(words))

    def _add(self, node: ast.AST, change: ApiChange | None) -> None:
        if change is not None:
            self.found.append(GoneCall(getattr(node, "lineno", 1), change))


def _session_change(run: ast.Call, receiver: str) -> ApiChange | None:
    """Return what became of a call of `run`, if that is a session's."""
    if any(keyword.arg == "feed_dict" for keyword in run.keywords):
        return FEED_DICT
    return SESSION_RUN if _SESSION_NAME.fullmatch(receiver) else None


def _parts(node: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """Yield the parts of a node, each with whether it runs whenever the node does."""
    sure: frozenset[str] | None = None
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            sure = frozenset({"test"})
        case ast.For() | ast.AsyncFor():
            sure = frozenset({"target", "iter"})
        case ast.Try() | ast.Match() | ast.BoolOp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
            sure = frozenset()
        case ast.GeneratorExp() | ast.ExceptHandler():
            sure = frozenset()
        case _:
            pass
    for name, value in ast.iter_fields(node):
        parts: list[object] = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, ast.AST):
                yield part, sure is None or name in sure
