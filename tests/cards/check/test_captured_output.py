from __future__ import annotations

import pytest

from cards.check.captured_output import correct_captured_outputs
from cards.guide.reading.parse import parse_guide
from cards.program.verdict import Outcome
from tests.builders.verdict import verdict

GUIDE = """\
# Guide

### What does it print?

```python
print(x)  # -> 2.2
print(y)
```

```output
{stated}
```
"""


def corrected(stated: str, output: str, outcome: Outcome = Outcome.OUTPUT_MISMATCH, **fields: object) -> str:
    """Return the guide after the correction; the number of changes is checked by the way."""
    text = GUIDE.format(stated=stated)
    guide = parse_guide(text, "guide.md")
    (snippet,) = guide.questions[0].snippets
    verdicts = {snippet.name: verdict(snippet.name, outcome, output=output, **fields)}
    found, count = correct_captured_outputs(text, guide, verdicts)
    assert (found != text) is (count > 0)
    again, none = correct_captured_outputs(found, parse_guide(found, "guide.md"), verdicts)
    assert (again, none) == (found, 0) or fields
    return found


@pytest.mark.parametrize(
    ("stated", "output", "expected"),
    [
        pytest.param("0.0", "0.0005", "0.0005", id="a zero that is none"),
        pytest.param("0.33", "0.3333", "0.33", id="a number that the author rounded"),
        pytest.param("0.33\n0.0", "0.3333\n0.0004", "0.33\n0.0004", id="only the lines that differ"),
        pytest.param("0.33\n2", "0.3333\n2\n3", "0.3333\n2\n3", id="all of them where lines are missing"),
        pytest.param("a ... c", "a b c", "a ... c", id="an open part"),
        pytest.param("0.00001", "1e-05", "1e-05", id="another notation"),
        pytest.param("2.1", "2.10", "2.10", id="a digit less"),
        pytest.param("5", "  5", "  5", id="leading spaces"),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.PASSED_WITH_FIXTURES, Outcome.OUTPUT_MISMATCH])
def test_a_fence_gets_the_captured_text_unless_the_author_only_rounded_it(
    stated: str, output: str, expected: str, outcome: Outcome
) -> None:
    assert corrected(stated, output, outcome) == GUIDE.format(stated=expected)


def test_a_block_that_fails_keeps_its_fence() -> None:
    assert corrected("1", "2", Outcome.FAILED) == GUIDE.format(stated="1")


def test_a_comment_gets_what_the_verdict_says_and_its_marker_stays() -> None:
    found = corrected("1", "1", line=6, correction="2.10")
    assert found == GUIDE.format(stated="1").replace("# -> 2.2", "# -> 2.10")


def test_a_correction_of_a_line_without_a_comment_changes_nothing() -> None:
    assert corrected("1", "1", line=7, correction="2.10") == GUIDE.format(stated="1")
