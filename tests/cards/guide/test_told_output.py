from __future__ import annotations

import pytest

from cards.guide.reading.parse import parse_guide


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("This prints `[1, 2]`, because the list is repeated.", "[1, 2]"),
        ("It will print `3`.", "3"),
        ("The above code outputs `3`", "3"),
        ("**Output:** `ba`", "ba"),
        ("Output: `ba`", "ba"),
        ("Output: 100", "100"),
        ("**Output:** [1, 2]", "[1, 2]"),
        ("Output:\n`[1, 3]`", "[1, 3]"),
        ("This prints `1` and then `2`.", ""),
        ("This prints `name` in colours.", ""),
        ("This prints nothing, as `x` is empty.", ""),
        ("With `-O` it prints `3`.", ""),
        ("Output (Python 2): `3`", ""),
        ("Output: a list of numbers", ""),
        ("Output: 1.", ""),
        ("We print `3`.", ""),
    ],
)
def test_the_words_right_below_code_may_say_what_it_prints(words: str, told: str) -> None:
    guide = parse_guide(f"### What?\n\n```python\nprint(x)\n```\n\n{words}\n", "guide.md")
    assert [snippet.told for snippet in guide.questions[0].snippets] == [told]


def test_words_further_below_say_nothing_of_code() -> None:
    guide = parse_guide("### What?\n\n```python\nprint(x)\n```\n\nA word.\n\nOutput: 3\n", "guide.md")
    assert [snippet.told for snippet in guide.questions[0].snippets] == [""]
