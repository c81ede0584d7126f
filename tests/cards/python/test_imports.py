"""What code imports."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import ast

import pytest

from cards.python.imports import import_origins, imported_names, imported_packages


@pytest.mark.parametrize(
    ("source", "packages", "names", "origins"),
    [
        pytest.param("import a", "a", "a", {"a": "a"}, id="a package"),
        pytest.param("import a.b, c", "a c", "a c", {"a": "a.b", "c": "c"}, id="a module of a package"),
        pytest.param("import a.b as c", "a", "c", {"c": "a.b"}, id="a module with another name"),
        pytest.param("from a.b import c as d, e", "a", "d e", {"d": "a.b", "e": "a.b"}, id="names of a module"),
        pytest.param("from a import *", "a", "", {}, id="a star import"),
        pytest.param("from . import a", "", "a", {}, id="a relative import"),
        pytest.param("from .b import a", "", "a", {"a": "b"}, id="a relative import of a module"),
        pytest.param("from __future__ import annotations", "__future__", "annotations", {"annotations": "__future__"}, id="a future import"),
        pytest.param("def f():\n    import a", "a", "a", {}, id="within a function"),
        pytest.param("try:\n    import a\nexcept ImportError:\n    a = None", "a", "a", {}, id="within a try"),
        pytest.param("a = 1", "", "", {}, id="none"),
    ],
)  # fmt: skip
def test_code_imports_packages_and_names(
    source: str, packages: str, names: str, origins: dict[str, str]
) -> None:
    tree = ast.parse(source)
    assert imported_packages(tree) == set(packages.split())
    assert imported_names(tree) == set(names.split())
    assert import_origins(tree.body[0]) == origins
