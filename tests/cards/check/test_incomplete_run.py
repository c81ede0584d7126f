"""A run without a package, or without the Keras, that a block needs is no proof of its question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.check.incomplete_run import complete_proofs, incomplete_runs
from cards.guide.programs import programs_of
from cards.guide.reading.parse import parse_guide
from cards.program.runtime import Runtime
from cards.program.verdict import Outcome
from tests.builders.verdict import verdicts_of

GUIDE = """# Guide

### Q1. What is plain?

```python
print(1)
```

### Q2. What needs more?

```python
print(2)
```

{directives}
```python
{code}
```
"""
PLAIN, SECOND = "what-is-plain#1", "what-needs-more#2"


@pytest.mark.parametrize(
    ("code", "directives", "keras", "packages", "lacks"),
    [
        ("import seaborn", "", "", {"seaborn": ""}, "seaborn"),
        ("import sklearn.svm", "", "", {"sklearn": ""}, "scikit-learn"),
        ("x = 1", "<!-- proofdeck: requires=package:rich>=99 -->", "", {"rich": "14.0"}, "rich>=99"),
        ("import tensorflow", "<!-- proofdeck: keras=2 -->", "3.15.1", {}, "tf-keras"),
        (
            "import tensorflow_model_optimization",
            "<!-- proofdeck: keras=2 requires=package:tensorflow_model_optimization -->",
            "3.15.1",
            {"tensorflow_model_optimization": ""},
            "tensorflow-model-optimization",
        ),
    ],
)
def test_a_block_that_failed_for_want_of_something_makes_its_question_no_proof(
    code: str, directives: str, keras: str, packages: dict[str, str], lacks: str
) -> None:
    programs = programs_of(parse_guide(GUIDE.format(code=code, directives=directives), "guide.md"))
    runtime = Runtime("3.11", keras and "2.21.0", keras, tuple(packages.items()))
    ran = verdicts_of(programs, runtime, outcomes={SECOND: Outcome.NEEDS})
    found = incomplete_runs(programs, {each.snippet: each for each in ran})
    assert [(each.program.name, each.span.first, each.lacks) for each in found] == [
        ("what-needs-more", 17, lacks)
    ]
    assert [each.snippet for each in complete_proofs(programs, ran)] == [PLAIN]


@pytest.mark.parametrize(
    ("outcome", "versions"),
    [
        # What it lacks it does without, or was never run, or the network is what it needs.
        (Outcome.PASSED, {"seaborn": ""}),
        (Outcome.NOT_RUN, {"seaborn": ""}),
        (Outcome.FAILED, {"seaborn": "0.13"}),
        (Outcome.NEEDS, {"seaborn": "0.13"}),
    ],
)
def test_what_ended_otherwise_is_a_proof(outcome: Outcome, versions: dict[str, str]) -> None:
    programs = programs_of(parse_guide(GUIDE.format(code="import seaborn", directives=""), "guide.md"))
    runtime = Runtime("3.11", packages=tuple(versions.items()))
    ran = verdicts_of(programs, runtime, outcomes={SECOND: outcome})
    assert complete_proofs(programs, ran) == tuple(ran)


def test_code_that_ran_under_keras_2_is_a_proof() -> None:
    code = "import tensorflow"
    text = GUIDE.format(code=code, directives="<!-- proofdeck: keras=2 -->")
    programs = programs_of(parse_guide(text, "guide.md"))
    ran = verdicts_of(programs, Runtime("3.11", "2.21.0", "2.21.0"))
    needs = [replace(each, outcome=Outcome.NEEDS) for each in ran]
    assert complete_proofs(programs, needs) == tuple(needs)
