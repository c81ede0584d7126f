"""Which module may know which: the map of the house, read from the code.

A package is a room. The table of each room says which other rooms it may import from, and for each of its
modules which neighbours. Imports for type checking count too, as knowing a name is knowing its module.
"""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("cards", "exporters", "srs")


class Room(NamedTuple):
    """The table of a package."""

    knows: str
    """The packages that its modules may import from."""
    modules: dict[str, str]
    """Each module, with the modules of the same package that it may import."""


# From the ground up: a room knows only rooms that stand above it in this list.
# BEGIN
# END

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
PACKAGE_MODULES = {
    ".".join(path.parent.relative_to(ROOT).parts)
    for package in PACKAGES
    for path in (ROOT / package).rglob("__init__.py")
}


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


def room_of(module: str) -> str:
    """Return the package that a module lies in; of a package itself, that package."""
    return module if module in PACKAGE_MODULES else module.rpartition(".")[0]


def known_by(module: str) -> set[str]:
    """Return our modules that a module imports."""
    return {module_of(one.target) for one in imports(SOURCES[module])} - {"", module}


def name_in_room(module: str) -> str:
    """Return a module's name within its package."""
    return "__init__" if module in PACKAGE_MODULES else module.rpartition(".")[2]


def rooms_known_in(room: str) -> set[str]:
    """Return the other packages that a package's modules import from."""
    known = {room_of(target) for module in SOURCES if room_of(module) == room for target in known_by(module)}
    return known - {room}


def neighbours_of(module: str) -> set[str]:
    """Return the modules of its own package that a module imports, by their names there."""
    return {name_in_room(target) for target in known_by(module) if room_of(target) == room_of(module)}


def test_every_package_has_its_table() -> None:
    assert sorted(HOUSE) == sorted(PACKAGE_MODULES)


@pytest.mark.parametrize("room", HOUSE)
def test_a_table_lists_every_module_of_its_package(room: str) -> None:
    there = {name_in_room(module) for module in SOURCES if room_of(module) == room}
    assert there - {"__init__"} == HOUSE[room].modules.keys() - {"__init__"}


@pytest.mark.parametrize("room", HOUSE)
def test_a_package_knows_just_the_packages_of_its_table(room: str) -> None:
    assert sorted(rooms_known_in(room)) == sorted(HOUSE[room].knows.split())


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_knows_just_the_neighbours_of_its_table(module: str) -> None:
    allowed = HOUSE[room_of(module)].modules.get(name_in_room(module), "")
    assert sorted(neighbours_of(module)) == sorted(allowed.split())


def test_a_package_knows_only_packages_that_stand_above_it_in_the_list() -> None:
    order = list(HOUSE)
    wrong = {
        room: [known for known in table.knows.split() if order.index(known) >= order.index(room)]
        for room, table in HOUSE.items()
    }
    assert {room: known for room, known in wrong.items() if known} == {}


@pytest.mark.parametrize("room", HOUSE)
def test_the_modules_of_a_package_import_in_no_circle(room: str) -> None:
    graph = {module: set(known.split()) for module, known in HOUSE[room].modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(reversed(error.args[1]))}")


@pytest.mark.parametrize("room", HOUSE)
def test_a_newcomer_takes_in_a_package_at_a_glance(room: str) -> None:
    assert len(HOUSE[room].modules) <= 16


def test_no_module_name_and_no_public_class_name_stands_for_two_things() -> None:
    names = Counter(name_in_room(module) for module in SOURCES if module not in PACKAGE_MODULES)
    names.update(
        node.name
        for source in SOURCES.values()
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


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
        ("def f():\n    from exporters.anki.anki_export import export", {"exporters.anki.anki_export"}),
        ("import json", {""}),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, found: set[str]) -> None:
    assert {module_of(one.target) for one in imports(source)} == found
