"""Which module may know which: the map of the house, read from the code.

Imports for type checking count too, as knowing a name is knowing its module. `cards` knows nothing of
`exporters` and `srs`, `exporters` nothing of `srs`; only the command line knows everything.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("cards", "exporters", "srs")

# Module or folder -> what it may import. A folder stands for all that is in it and is not listed itself;
# within a folder everything may import everything, as long as there is no circle.
ALLOWED: dict[str, set[str]] = {
    # Values: what a guide, a card and a run are.
    "cards": set(),
    "cards.errors": set(),
    "cards.guide.guide": {"cards.program.snippet"},
    "cards.program.snippet": {"cards.guide.guide"},
    "cards.card.sides": {"cards.guide.guide"},
    "cards.answer.worth": set(),
    "cards.card.card": {
        "cards.exercise.exercise",
        "cards.card.sides",
        "cards.guide.guide",
        "cards.exercise.measured",
        "cards.program.snippet",
    },
    # Text -> guide.
    "cards.guide.inline": {"cards.guide.guide"},
    "cards.guide.directive": {"cards.program.snippet"},
    "cards.guide.element": {"cards.guide.directive", "cards.guide.guide"},
    "cards.guide.segment": set(),
    "cards.guide.markdown": {
        "cards.guide.directive",
        "cards.errors",
        "cards.guide.guide",
        "cards.guide.inline",
        "cards.guide.element",
        "cards.guide.segment",
    },
    "cards.guide.heading": {"cards.guide.guide", "cards.guide.element"},
    "cards.guide.open_question": {"cards.guide.guide", "cards.guide.heading", "cards.program.snippet"},
    "cards.guide.task_blocks": {
        "cards.errors",
        "cards.guide.guide",
        "cards.program.snippet",
        "cards.python.syntax",
    },
    "cards.guide.assemble": {
        "cards.guide.directive",
        "cards.errors",
        "cards.guide.guide",
        "cards.guide.inline",
        "cards.guide.heading",
        "cards.guide.element",
        "cards.guide.open_question",
        "cards.program.snippet",
        "cards.guide.task_blocks",
    },
    "cards.guide.read": {
        "cards.guide.assemble",
        "cards.errors",
        "cards.guide.guide",
        "cards.guide.markdown",
        "cards.guide.heading",
        "cards.guide.element",
    },
    # A scrape -> the text of a guide, its code tried out on the way.
    "cards.recover": {
        "cards.errors",
        "cards.guide.heading",
        "cards.guide.read",
        "cards.prove",
        "cards.python.syntax",
    },
    # Guide -> cards.
    "cards.python.syntax": set(),
    # What running code showed, and the gaps that a learner fills.
    "cards.exercise.measured": {"cards.program.snippet"},
    "cards.exercise.gap": {
        "cards.guide.guide",
        "cards.exercise.measured",
        "cards.program.snippet",
        "cards.python.syntax",
    },
    "cards.exercise.variant": {"cards.exercise.measured", "cards.program.snippet", "cards.python.syntax"},
    "cards.exercise.exercise": {"cards.exercise.gap", "cards.exercise.measured", "cards.program.snippet"},
    "cards.atomize": {
        "cards.card.card",
        "cards.card.sides",
        "cards.exercise.gap",
        "cards.guide.guide",
        "cards.guide.inline",
        "cards.exercise.measured",
        "cards.guide.heading",
        "cards.guide.element",
        "cards.program.snippet",
        "cards.python.syntax",
        "cards.guide.task_blocks",
    },
    "cards.check.lint": {"cards.atomize", "cards.card.card", "cards.card.sides", "cards.guide.guide"},
    # Guide -> programs -> verdicts -> proved deck.
    "cards.guide.programs": {"cards.guide.guide", "cards.program.snippet", "cards.python.syntax"},
    "cards.check.captured_output": {"cards.guide.guide", "cards.guide.read", "cards.program.snippet"},
    "cards.check.upgrade": {"cards.program.snippet"},
    "cards.check.block_report": {"cards.guide.guide", "cards.prove", "cards.program.snippet"},
    "cards.prove": {
        "cards.card.card",
        "cards.errors",
        "cards.exercise.exercise",
        "cards.exercise.gap",
        "cards.exercise.measured",
        "cards.guide.programs",
        "cards.program.snippet",
        "cards.python.syntax",
        "cards.exercise.variant",
        "cards.answer.worth",
    },
    # What a learner is asked to write, and what of it is run.
    "cards.practice": {
        "cards.errors",
        "cards.guide.guide",
        "cards.guide.heading",
        "cards.guide.programs",
        "cards.python.unbound",
        "cards.program.snippet",
        "cards.python.syntax",
        "cards.guide.task_blocks",
    },
    # What is remembered.
    "cards.files": set(),
    "cards.lock.lock": {
        "cards.card.card",
        "cards.errors",
        "cards.exercise.measured",
        "cards.program.snippet",
    },
    "cards.lock.reconcile": {"cards.card.card", "cards.card.sides", "cards.lock.lock"},
    "cards.lock.rebind": {"cards.card.card", "cards.errors", "cards.lock.lock", "cards.lock.reconcile"},
    # All of it in one place.
    "cards.build.pipeline": {
        "cards.atomize",
        "cards.card.card",
        "cards.exercise.exercise",
        "cards.card.sides",
        "cards.guide.guide",
        "cards.lock.lock",
        "cards.exercise.measured",
        "cards.guide.read",
        "cards.guide.programs",
        "cards.prove",
        "cards.lock.reconcile",
        "cards.program.snippet",
    },
    # The same for what changed since the last build.
    "cards.guide.chunk": {"cards.guide.heading"},
    "cards.build.cache": {"cards.card.card", "cards.guide.guide", "cards.guide.heading"},
    "cards.build.incremental": {
        "cards.guide.assemble",
        "cards.atomize",
        "cards.card.card",
        "cards.build.pipeline",
        "cards.guide.guide",
        "cards.lock.lock",
        "cards.guide.markdown",
        "cards.exercise.measured",
        "cards.build.cache",
        "cards.guide.heading",
        "cards.guide.read",
        "cards.guide.element",
        "cards.prove",
        "cards.guide.chunk",
        "cards.program.snippet",
        "cards.guide.segment",
    },
    # Where cards go, and when they are asked.
    "exporters": {"cards.card.card", "cards.errors", "cards.card.sides", "cards.guide.guide"},
    "srs": {
        "cards.card.card",
        "cards.errors",
        "cards.exercise.exercise",
        "cards.card.sides",
        "cards.guide.guide",
        "cards.answer.worth",
    },
    # The command line puts everything together.
    "srs.cli": {"cards", "exporters", "srs"},
}

# What makes a result depend on when, where and by whom it is computed.
IMPURE = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.environb",
    "os.getcwd",
    "os.getenv",
    "pathlib.Path.cwd",
    "pathlib.Path.home",
    "random",
    "secrets",
    "time.localtime",
    "time.monotonic",
    "time.perf_counter",
    "time.time",
    "uuid",
}
EXCEPTIONS = {
    "srs.cli": "the command line reads clock, environment and paths and hands them on",
    "cards.prove": "measures how long code runs, and gives it an environment and a seed of its own",
}


class Import(NamedTuple):
    """One module imports another, or a name of a library."""

    target: str
    name: str
    """The name that the import binds."""
    bound: str
    """What that name stands for: `os` after `import os.path`."""
    for_types: bool


def sources() -> dict[str, str]:
    """Return the text of every module by its name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text(
            encoding="utf-8"
        )
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


SOURCES = sources()


def imports(source: str) -> Iterator[Import]:
    """Yield what a module imports, wherever in it: `from a import b` as `a.b`."""
    tree = ast.parse(source)
    only_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                bound = alias.name if alias.asname else top
                yield Import(alias.name, alias.asname or top, bound, id(node) in only_types)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not read here"
            for alias in node.names:
                target = f"{node.module}.{alias.name}"
                yield Import(target, alias.asname or alias.name, target, id(node) in only_types)


def module_of(target: str) -> str:
    """Return the module that a dotted name lies in; empty if it is none of ours."""
    while target and target not in SOURCES:
        target = target.rpartition(".")[0]
    return target


def entry_of(module: str) -> str:
    """Return the most particular entry of the map for a module; empty if there is none.

    A package's entry stands for what is in it only where the package is a layer of its own.
    """
    if module in ALLOWED:
        return module
    folder = module.rpartition(".")[0]
    return entry_of(folder) if folder and folder != "cards" else ""


def known_by(module: str, *, types: bool = True) -> set[str]:
    """Return our modules that a module imports."""
    found = {module_of(one.target) for one in imports(SOURCES[module]) if types or not one.for_types}
    return found - {"", module}


def allows(entry: str, target: str) -> bool:
    """Tell whether the map lets an entry import a module."""
    inside = (target == name or target.startswith(f"{name}.") for name in ALLOWED[entry])
    return entry_of(target) == entry or any(inside)


def test_every_module_is_on_the_map() -> None:
    assert [module for module in SOURCES if not entry_of(module)] == []


def test_the_map_names_nothing_that_is_not_there() -> None:
    named = {*ALLOWED, *(name for allowed in ALLOWED.values() for name in allowed)}
    assert sorted(named - set(SOURCES)) == []


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_imports_only_what_the_map_allows(module: str) -> None:
    entry = entry_of(module)
    assert [target for target in sorted(known_by(module)) if not allows(entry, target)] == []


@pytest.mark.parametrize(
    ("lower", "upper"), [("cards", "exporters"), ("cards", "srs"), ("exporters", "srs")], ids=str
)
def test_the_map_itself_lets_no_layer_know_the_one_above(lower: str, upper: str) -> None:
    knowing = {
        entry: {name for name in allowed if name.split(".")[0] == upper}
        for entry, allowed in ALLOWED.items()
        if entry.split(".")[0] == lower
    }
    assert {entry: names for entry, names in knowing.items() if names} == {}


def test_what_runs_imports_in_no_circle() -> None:
    graph = {module: known_by(module, types=False) - packages_above(module) for module in SOURCES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(reversed(error.args[1]))}")


def packages_above(module: str) -> set[str]:
    """Return the packages that a module lies in; importing the module has imported them before."""
    parts = module.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts))}


@pytest.mark.parametrize(
    "module", [module for module in SOURCES if not any(module.startswith(entry) for entry in EXCEPTIONS)]
)
def test_a_module_reads_no_clock_no_environment_and_no_chance(module: str) -> None:
    assert impurities(SOURCES[module]) == []


@pytest.mark.parametrize("entry", EXCEPTIONS)
def test_every_exception_is_still_needed(entry: str) -> None:
    assert [module for module in SOURCES if module.startswith(entry) and impurities(SOURCES[module])]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from datetime import datetime\nx = datetime.now()", ["datetime.datetime.now"]),
        ("import datetime as d\nx = d.date.today()", ["datetime.date.today"]),
        ("from time import monotonic\nx = monotonic()", ["time.monotonic"]),
        ("import os\nx = os.environ['A']", ["os.environ"]),
        ("import random\nx = random.random()", ["random"]),
        ("from random import Random\nx = Random(3)", ["random"]),
        ("def f():\n    from uuid import uuid4\n    return uuid4()", ["uuid"]),
        ("from pathlib import Path\nx = Path.home()", ["pathlib.Path.home"]),
        ("from datetime import date\nx = date(2026, 1, 1)", []),
        ("import os\nx = os.replace", []),
        ("def f(random, now):\n    return random.random(), now()", []),
        ("if TYPE_CHECKING:\n    from random import Random\ndef f(r: 'Random'): ...", []),
    ],
)
def test_what_counts_as_reading_clock_environment_or_chance(source: str, found: list[str]) -> None:
    assert impurities(source) == found


def impurities(source: str) -> list[str]:
    """Return what a module reads of clock, environment and chance."""
    running = [one for one in imports(source) if not one.for_types]
    names = {one.name: one.bound for one in running}
    read = {one.target.split(".")[0] for one in running} & IMPURE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = ast.unparse(node).partition(".")
            read.add(names.get(first, "") + dot + rest)
    return sorted(read & IMPURE)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import cards.lock.lock", {"cards.lock.lock"}),
        ("from cards import face", {"cards.card.sides"}),
        ("from cards.lock.lock import Lock, lock_text", {"cards.lock.lock"}),
        ("def f():\n    from exporters.anki.package import export", {"exporters.anki.package"}),
        ("import json", {""}),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, found: set[str]) -> None:
    assert {module_of(one.target) for one in imports(source)} == found


def test_the_map_can_say_no() -> None:
    assert not allows("cards.guide.guide", "cards.guide.read")
    assert not allows("cards.atomize", "cards.lock.lock")
    assert not allows("exporters", "cards.lock.lock")
    assert allows("cards.build.pipeline", "cards.build.gate")
    assert allows("srs.cli", "cards.prove.prover")
    assert entry_of("cards.nobody") == ""
