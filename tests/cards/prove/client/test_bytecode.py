"""Where the bytecode of what a process with TensorFlow imports is kept, and what programs see of it."""

from __future__ import annotations

import os
from importlib.machinery import ModuleSpec
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from cards.program.verdict import Outcome
from cards.prove.client import bytecode
from cards.prove.client.bytecode import bytecode_environment, bytecode_folder
from tests.builders.program import Prove, snippet

NO_BYTECODE, PREFIX = "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"
IN_CACHE = {PREFIX: str(bytecode_folder())}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a TensorFlow installed that nobody has imported yet."""
    path = tmp_path / "tensorflow" / "__init__.py"
    path.parent.mkdir()
    path.touch()
    monkeypatch.setattr(bytecode, "find_spec", lambda name: ModuleSpec(name, None, origin=str(path)))
    for name in (NO_BYTECODE, PREFIX):
        monkeypatch.delenv(name, raising=False)
    return path


def test_it_lies_beside_the_source(source: Path) -> None:
    assert source.exists()
    assert bytecode_environment(None) == {}


def test_it_lies_in_the_cache_where_the_person_wants_none_beside_the_source(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NO_BYTECODE, "1")
    assert bytecode_environment(None) == IN_CACHE
    assert bytecode_environment("/usr/bin/another-python") == {NO_BYTECODE: "1"}
    compiled = Path(cache_from_source(str(source)))
    compiled.parent.mkdir()
    compiled.touch()
    assert bytecode_environment(None) == {NO_BYTECODE: "1"}


def test_it_lies_in_the_cache_where_nothing_can_be_written(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda folder, _: folder != source.parent)
    assert bytecode_environment(None) == IN_CACHE


def test_it_lies_where_the_person_says(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX, str(source.parent))
    assert bytecode_environment(None) == {PREFIX: str(source.parent)}


def test_without_tensorflow_nothing_is_asked_for(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "find_spec", lambda _: None)
    assert source.exists()
    assert bytecode_environment(None) == {}


def test_programs_see_a_python_that_writes_none(prove: Prove) -> None:
    code = """import os, sys
assert sys.dont_write_bytecode and sys.pycache_prefix is None
assert os.environ["PYTHONDONTWRITEBYTECODE"] == "1" and "PYTHONPYCACHEPREFIX" not in os.environ"""
    (verdict,) = prove(snippet(code))
    assert (verdict.outcome, verdict.sentence) == (Outcome.PASSED, "")
