"""What the documents say is what there is."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from srs.cli import COMMANDS
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "line", ["pip install uv && uv run proofdeck build", "pip install uv && uv run pytest"]
)
def test_the_readme_has_the_two_commands_that_do_everything(line: str) -> None:
    assert re.search(rf"^{re.escape(line)}$", README, re.MULTILINE)


def test_continuous_integration_runs_the_readmes_test_command() -> None:
    assert "pip install uv && uv run pytest" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_forge_tests_every_python_that_the_package_names_and_no_other_is_let_in() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [word.rsplit(" ", 1)[-1] for word in project["classifiers"] if "Python :: 3." in word]
    forge = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    tested = re.search(r"python: \[(.*)\]", forge)
    assert tested is not None
    assert re.findall(r"[0-9.]+", tested[1]) == named
    assert re.search(r"run: uv run pytest$", forge, re.MULTILINE)
    first, last = named[0], named[-1].removeprefix("3.")
    assert project["requires-python"] == f">={first},<3.{int(last) + 1}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## proofdeck {command}\n" in (ROOT / "docs" / "commands.md").read_text("utf-8")


def test_every_link_between_the_documents_leads_somewhere() -> None:
    broken = [
        f"{document.name}: {target}"
        for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text("utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert broken == []


def test_every_link_to_a_heading_of_the_documents_leads_to_one() -> None:
    broken = [
        f"{document.name}: {target}#{anchor}"
        for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", _prose(document))
        if anchor not in _anchors((document.parent / target) if target else document)
    ]
    assert broken == []


def test_the_format_fits_on_one_page() -> None:
    assert len((ROOT / "docs" / "guide-format.md").read_text("utf-8").splitlines()) <= 100


def _anchors(document: Path) -> set[str]:
    """Return what a forge calls the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", _prose(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _prose(document: Path) -> str:
    """Return a document without its fenced blocks."""
    return re.sub(
        r"^(`{3,})[^`\n]*\n.*?^\1`*$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )


def test_no_file_names_a_registry() -> None:
    hosts = re.compile("|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.com"]))
    named = [
        str(path.relative_to(ROOT))
        for pattern in (
            "*.md",
            "*.toml",
            "docs/**/*.md",
            "cards/**/*.py",
            "srs/**/*.py",
            "exporters/**/*.py",
            "tests/**/*.py",
        )
        for path in ROOT.glob(pattern)
        if hosts.search(path.read_text("utf-8"))
    ]
    assert named == []
