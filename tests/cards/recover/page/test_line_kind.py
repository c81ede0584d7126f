"""What the lines of a page are."""

from __future__ import annotations

import pytest

from cards.recover.page.line_kind import kinds_of
from cards.recover.page.page import LineKind

QUESTION, HEADING, PROSE, LIST, TABLE, PYTHON, SHELL, PLAIN = LineKind

PAGES = {
    "python between words": [
        ("Here is the code, which prints three numbers one after the other:", PROSE),
        ("for number in range(3):", PYTHON),
        ("print(number)", PYTHON),
        ("As you can see, the loop variable counts from zero.", PROSE),
    ],
    "what stands in brackets and strings is code": [
        ("settings = {", PYTHON),
        ("'name': 'a nice long name for it',", PYTHON),
        ("}", PYTHON),
        ("def main():", PYTHON),
        ('"""Says what it does.', PYTHON),
        ("Then it says a little more about it.", PYTHON),
        ('"""', PYTHON),
    ],
    "a shell session between two comments": [
        ("# Install it", SHELL),
        ("pip install flask", SHELL),
        ("curl -X POST http://localhost:8501/v1/models/m:predict \\", SHELL),
        ("-d '{\"instances\": [1]}'", SHELL),
    ],
    "numbers count questions through the page": [
        ("1. What is a heap?", QUESTION),
        ("A heap is a tree whose smallest value is on top of it.", PROSE),
        ("2. Explain the call stack.", QUESTION),
        ("Every call puts a frame on it, every return takes one away.", PROSE),
        ("3. How deep is it?", QUESTION),
        ("As deep as the limit of recursion, which you can raise.", PROSE),
    ],
    "a table, a list and a FAQ": [
        ("| A | B |", TABLE),
        ("|---|---|", TABLE),
        ("- one thing", LIST),
        ("FAQ", HEADING),
        ("Q: Is it free? A: Yes, it is.", QUESTION),
    ],
    "another language is no Python": [
        ("public class Queue {", PLAIN),
        ("private int size = 0;", PLAIN),
        ("}", PLAIN),
    ],
    "a formula is no code": [
        ("The loss is computed as follows for every value of the batch.", PROSE),
        ("f(x) = \\frac{1}{1 + e^{-x}}", PROSE),
    ],
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_lines_of_a_page_are_told_apart(page: list[tuple[str, LineKind]]) -> None:
    assert kinds_of([text for text, _ in page]) == [kind for _, kind in page]


def test_what_the_page_says_itself_is_not_doubted() -> None:
    assert kinds_of(["import this", "Some words"], [PROSE, None])[0] is PROSE


def test_nothing_is_nothing() -> None:
    assert kinds_of([]) == []
