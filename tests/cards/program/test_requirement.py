"""Packages that blocks require, by name and by version."""

from __future__ import annotations

import pytest

from cards.program.requirement import PackageRequirement, parse_package_requirement, required_packages
from cards.program.snippet import RunDirectives, Snippet, SnippetName


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("package:numpy", PackageRequirement("numpy")),
        ("package:tf-keras", PackageRequirement("tf-keras")),
        ("package:ruamel.yaml", PackageRequirement("ruamel.yaml")),
        ("package:numpy>=2", PackageRequirement("numpy", ">=2")),
        ("package:numpy>=1.26,<3", PackageRequirement("numpy", ">=1.26,<3")),
        ("package:", None),
        ("package:numpy>=two", None),
        ("package:numpy~=2.0", None),
        ("gpu", None),
    ],
)
def test_a_requirement_names_a_package_and_may_name_versions(
    text: str, package: PackageRequirement | None
) -> None:
    assert parse_package_requirement(text) == package


@pytest.mark.parametrize(
    ("versions", "installed", "met"),
    [
        ("", "2.4.6", True),
        ("", "", False),
        (">=2", "2.0", True),
        (">=2", "1.26.4", False),
        (">=2", "", False),
        ("<3", "2.99", True),
        (">=2,<3", "3.0.1", False),
        ("==2.0", "2", True),
        ("==2.0", "2.0.1", False),
        ("!=2.0", "2.0.0", False),
        (">2.9", "2.10", True),
        ("<=2.21", "2.21.0rc1", True),
        (">=2", "present", True),
    ],
)
def test_versions_are_compared_number_by_number(versions: str, installed: str, *, met: bool) -> None:
    assert PackageRequirement("a", versions).is_met_by(installed) is met


def test_only_packages_are_counted_among_what_is_required() -> None:
    snippet = Snippet(
        SnippetName("q#1"), "x", directives=RunDirectives(requires=("gpu", "package:json", "package:a>=2"))
    )
    assert required_packages((snippet,)) == {"json", "a"}
