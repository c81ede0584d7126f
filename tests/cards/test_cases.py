"""The Markdown case files of the parser and of the card rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.atomize import atomize
from cards.errors import GuideError
from cards.parse import parse
from tests.cards.case import Case, cases_in, read_cases, rewrite
from tests.cards.rendering import atoms_text, guide_text

HERE = Path(__file__).parent
PARSE = cases_in(HERE / "parse")
ATOMIZE = cases_in(HERE / "atomize")


def parsed(text: str) -> str:
    """Return the guide or its problems."""
    try:
        return guide_text(parse(text, "guide.md"))
    except GuideError as error:
        return str(error)


def atomized(text: str) -> str:
    """Return the cards of every question; a case without a heading is the answer of one question."""
    if not text.startswith(("#", "<!--")):
        text = f"### What is asked here?\n\n{text}"
    guide = parse(text, "guide.md")
    return "\n\n".join(atoms_text(question, atomize(question)) for question in guide.questions)


@pytest.mark.parametrize("case", PARSE, ids=str)
def test_text_becomes_this_guide_or_these_problems(case: Case, request: pytest.FixtureRequest) -> None:
    held_to(case, parsed(case.given), request)


@pytest.mark.parametrize("case", ATOMIZE, ids=str)
def test_an_answer_becomes_these_cards(case: Case, request: pytest.FixtureRequest) -> None:
    held_to(case, atomized(case.given), request)


def held_to(case: Case, actual: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        rewrite(case, actual)
    else:
        assert case.expected is not None, "the case has no expectation; run pytest --rewrite and read it"
        assert actual == case.expected


@pytest.mark.parametrize("folder", ["parse", "atomize"])
def test_no_folder_of_cases_and_no_file_in_it_is_empty(folder: str) -> None:
    files = sorted((HERE / folder).glob("*.md"))
    assert files
    assert [path.name for path in files if not list(read_cases(path))] == []
