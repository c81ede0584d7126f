from __future__ import annotations

import ast
import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from cards.regex import regex
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_regex_does_what_a_compiled_one_does() -> None:
    written = regex(r"(?P<word>\w+)\s", re.ASCII)
    compiled = re.compile(r"(?P<word>\w+)\s", re.ASCII)
    text = "one two three"
    assert written.findall(text) == compiled.findall(text)
    assert [each["word"] for each in written.finditer(text)] == ["one", "two"]
    assert written.sub("-", text) == compiled.sub("-", text)
    assert (written.pattern, written.flags, written.groups) == (
        compiled.pattern,
        compiled.flags,
        compiled.groups,
    )


def test_a_regex_that_is_none_is_found_out_when_it_is_used() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("")


def test_a_regex_has_nothing_that_a_compiled_one_lacks() -> None:
    with pytest.raises(AttributeError):
        regex("a").compile  # type: ignore[attr-defined]  # noqa: B018


def test_every_regex_of_the_house_compiles() -> None:
    found = list(_regexes())
    assert len(found) > 500
    assert [name for name, each in found if each.groups < 0] == []


def test_no_module_compiles_a_regex_when_it_is_loaded() -> None:
    assert [str(path) for path in _house() if _compiles_at_load(path.read_text("utf-8"))] == []


def _compiles_at_load(text: str) -> bool:
    return "re.compile(" in text and any(map(_is_compiled, _at_load(ast.parse(text))))


def _at_load(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_load(child)


def _is_compiled(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"


def _house() -> Iterator[Path]:
    """Yield the modules but for those that run beside the guide's code, and use what they load."""
    for top in ("cards", "exporters", "srs"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if not path.is_relative_to(ROOT / "cards" / "prove" / "process"):
                yield path


def _regexes() -> Iterator[tuple[str, re.Pattern[str]]]:
    for path in _house():
        if "import regex" not in path.read_text("utf-8"):
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = import_module(name)
        yield from ((f"{name}.{key}", each) for key, each in vars(module).items() if _is_regex(each))


def _is_regex(value: object) -> bool:
    return type(value) is type(regex(""))
