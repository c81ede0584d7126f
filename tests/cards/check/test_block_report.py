"""What blocks are worth: groups, and what is said beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.check.block_report import BlockReport, BlockStatus, block_status, report_blocks
from cards.guide.programs import programs_of
from cards.guide.reading.parse import parse_guide
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome, Verdict
from tests.builders.verdict import verdict

GUIDE = """\
# Training

### How do you train?

Call **fit** in a loop.

<!-- recovered: review; the indentation of line 2 is uncertain (60%). -->

```python fixture=rows
for row in rows:
    print(row)
```

### What is a callback?

A callback is called by **fit**.

<!-- recovered: broken; no way to indent this makes it Python. Mend it and set it as python. -->

```text
[class Logger:
```

<!-- proofdeck: stand-in=rows
rows = [1]
-->
"""


def verdicts(**outcomes: Outcome) -> dict[SnippetName, Verdict]:
    named = {"shown": "how-do-you-train#1", "rows": "how-do-you-train:fixture:rows"}
    return {
        SnippetName(named[short]): verdict(
            named[short], outcome, sentence="An error. Mend it.", advice="Mend it."
        )
        for short, outcome in outcomes.items()
    }


def said(**outcomes: Outcome) -> tuple[BlockReport, ...]:
    guide = parse_guide(GUIDE, "guide.md")
    return report_blocks(GUIDE, guide, programs_of(guide), verdicts(**outcomes))


def test_code_that_is_no_python_in_the_page_is_wrong_although_nothing_could_run() -> None:
    (one,) = said()
    assert (one.condition, one.question, one.line) == (BlockStatus.WRONG, "What is a callback?", 20)
    assert one.error == "No way to indent this makes it Python."
    assert one.advice == "Mend it and set it as python."


def test_what_ran_on_made_up_data_stands_apart() -> None:
    one, _ = said(shown=Outcome.PASSED_WITH_FIXTURES, rows=Outcome.PASSED)
    assert (one.condition, one.stand_ins, one.line) == (BlockStatus.STAND_INS, ("rows",), 10)


def test_what_fails_says_so_in_two_parts_and_that_its_indentation_is_a_guess() -> None:
    one, _ = said(shown=Outcome.FAILED, rows=Outcome.PASSED)
    assert (one.condition, one.error, one.advice) == (BlockStatus.FAILS, "An error.", "Mend it.")
    assert one.remarks == ("recovered, and the indentation of line 2 is uncertain (60%): that may be why",)


def test_a_failing_stand_in_is_told_where_nothing_shown_says_it() -> None:
    told = [one.snippet for one in said(shown=Outcome.FAILED, rows=Outcome.FAILED)]
    alone = [one.snippet for one in said(shown=Outcome.PASSED, rows=Outcome.FAILED)]
    assert told == ["how-do-you-train#1", None]
    assert alone == ["how-do-you-train#1", None, "how-do-you-train:fixture:rows"]


CASCADE = """\
### What fails?

```python
a = 1 / 0
```

```python
b = a
```

```python
print(b)
```

### What goes on?

```python continues
print(b)
```
"""


def test_a_consequence_stands_under_the_first_cause_that_is_reported() -> None:
    guide = parse_guide(CASCADE, "guide.md")
    causes = {
        "what-fails#1": "",
        "what-fails#2": "what-fails#1",
        "what-fails#3": "what-fails#2",
        "what-goes-on#1": "what-fails#2",
    }
    known = {
        SnippetName(name): replace(
            verdict(name, Outcome.FAILED),
            qualifiers=(Qualifier(QualifierKind.CONSEQUENCE, cause),) if cause else (),
        )
        for name, cause in causes.items()
    }
    reports = report_blocks(CASCADE, guide, programs_of(guide), known)
    assert [(one.snippet, one.follows, one.remarks) for one in reports] == [
        ("what-fails#1", None, ()),
        ("what-fails#2", "what-fails#1", ()),
        ("what-fails#3", "what-fails#1", ()),
        ("what-goes-on#1", "what-fails#1", ()),
    ]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.FAILED, BlockStatus.FAILS),
        (Outcome.OUTPUT_MISMATCH, BlockStatus.FAILS),
        (Outcome.SYNTAX_ERROR, BlockStatus.WRONG),
        (Outcome.NOT_PYTHON, BlockStatus.NOT_PYTHON),
    ],
)
def test_only_what_no_python_parses_is_wrong_on_any_version(outcome: Outcome, status: BlockStatus) -> None:
    assert block_status(outcome, with_stand_ins=False) is status


def test_a_supplied_import_is_no_block_and_code_that_leaned_on_it_stands_apart() -> None:
    text = (
        "```python\nimport math\n```\n\n### What is the root?\n\nIt.\n\n```python\nprint(np.sqrt(4))\n```\n"
    )
    guide = parse_guide(text, "guide.md")
    line = Qualifier(QualifierKind.USUAL_IMPORTS, "`import numpy as np`")
    names = ("usual-import:np", "(preamble)#1")
    found = [
        verdict("(preamble)#1"),
        *(verdict(f"what-is-the-root:{name}", Outcome.NEEDS) for name in names),
        verdict("what-is-the-root#1", qualifiers=(line,)),
    ]
    known = {each.snippet: each for each in found}
    reports = report_blocks(text, guide, programs_of(guide), known)
    assert [(one.snippet, one.condition) for one in reports] == [
        ("(preamble)#1", BlockStatus.RUNS),
        ("what-is-the-root#1", BlockStatus.USUAL_IMPORTS),
    ]


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_holds_runs(outcome: Outcome) -> None:
    runs = block_status(outcome, with_stand_ins=False) is BlockStatus.RUNS
    assert runs == outcome.holds
    assert (block_status(outcome, with_stand_ins=True) is BlockStatus.STAND_INS) == outcome.holds
