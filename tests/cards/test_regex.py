from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from cards.regex import regex
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def _regexes() -> Iterator[tuple[str, re.Pattern[str]]]:
    for top in ("cards", "exporters", "srs"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "import regex" not in path.read_text("utf-8"):
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            module = import_module(name)
            yield from ((f"{name}.{key}", each) for key, each in vars(module).items() if _is_regex(each))


def _is_regex(value: object) -> bool:
    return type(value) is type(regex(""))
