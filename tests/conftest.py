"""Options and settings of all tests, and the guard of the inner loop."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.builders.golden import golden_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.builders.golden import Expect

# No example depends on how fast a machine is, and a run that failed is the same run again.
settings.register_profile("proofdeck", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("proofdeck")

_SLOW_FIXTURES = frozenset({"anki", "collection", "gap_judge", "new_anki", "prover"})
"""Who asks for one of these has TensorFlow or the real Anki imported."""
_HEAVY = frozenset({"anki", "keras", "tensorflow"})
_HEAVY_PROCESSES = (
    "bootstrap.py",
    "cards.answer.judge_server",
    "srs.cli",
    "import tensorflow",
    "from anki",
)
"""Words in the arguments of processes that import, or may import, anything."""

_LONGEST = (
    "test_bundled_answers.py",
    "test_bundled_guide.py",
    "test_task_answer.py",
    "test_hostile.py",
    "test_cluster.py",
    "test_random_editor.py",
    "test_edits.py",
)
"""The files that take minutes, the longest first: begun last, they would leave the other worker idle."""

_seen: list[str] = []
"""What only a slow test may do, and was done since the last test began."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write what comes out of the case files and the screens into them as what must come out",
    )


@pytest.fixture(autouse=True)
def _is_called_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let messages name the command as who installed it calls it, also where `uv run` runs the tests."""
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Expect:
    """What compares a screen or a report with its file below `screens/` beside the test."""
    return golden_files(request)


def pytest_configure() -> None:
    # No process that a person keeps warm takes part; this path is no folder.
    os.environ["XDG_RUNTIME_DIR"] = __file__
    sys.addaudithook(_watch)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are slow by their fixtures, before `-m` chooses; have long files run first."""
    for item in items:
        if isinstance(item, pytest.Function) and not _SLOW_FIXTURES.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.slow)
    slow = {item.path for item in items if item.get_closest_marker("slow") is not None}
    items.sort(key=lambda item: _turn(item.path, slow))


def _turn(path: Path, slow: set[Path]) -> int:
    """Return when a file's tests run: the longest, then others with slow tests, then the rest."""
    if path.name in _LONGEST:
        return _LONGEST.index(path.name)
    return len(_LONGEST) + (path not in slow)


def pytest_collection_finish() -> None:
    """Stop where a test file imports at its top what a test that is not slow must not load."""
    if loaded := _HEAVY & sys.modules.keys():
        raise pytest.UsageError(
            f"Collecting the tests imports {', '.join(sorted(loaded))}. Import it where it is used."
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _seen.clear()
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Fail a test that does what the inner loop must not wait for, unless it is marked as slow."""
    if _seen and item.get_closest_marker("slow") is None:
        pytest.fail(f"{', '.join(dict.fromkeys(_seen))}: mark this test with `slow`.", pytrace=False)


def _watch(event: str, given: tuple[object, ...]) -> None:
    # Called for everything that Python does: what is looked for must be told apart at once.
    if event == "import":
        if given[0] in _HEAVY:
            _seen.append(f"imports {given[0]}")
    elif event == "os.forkpty":
        _seen.append("starts a terminal")
    elif event == "subprocess.Popen":
        started = str(given[1])
        _seen.extend(f"starts {words}" for words in _HEAVY_PROCESSES if words in started)
