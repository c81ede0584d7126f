"""Which blocks are not run for what they require."""

from __future__ import annotations

import pytest

from cards.program.snippet import RunDirectives, Snippet, SnippetName
from cards.prove.client.options import Options
from cards.prove.client.run_request import ProverContext
from cards.prove.decide.not_run import reason_not_run
from tests.builders.verdict import HERE

CONTEXT = ProverContext(
    options=Options(workers=1, today="2026-01-02"),
    runtime=HERE,
    packages={"numpy": "2.4.6", "json": "present", "tensorflow": "2.21.0", "sklearn": "", "cv2": ""},
)


def reason(*requires: str) -> str:
    snippet = Snippet(SnippetName("q#1"), "x = 1", directives=RunDirectives(requires=requires))
    found = reason_not_run(snippet, CONTEXT)
    return f"{found.sentence} {found.advice}".strip() if found else ""


INSTALL = "Install it where the code runs, then prove again."


@pytest.mark.parametrize(
    ("requires", "said"),
    [
        (("package:numpy",), ""),
        (("package:json", "package:tensorflow>=2.20,<3"), ""),
        (("package:sklearn",), f"Needs the package scikit-learn. {INSTALL}"),
        (("package:cv2>=4",), f"Needs the package opencv-python>=4. {INSTALL}"),
        (("package:never.heard-of",), f"Needs the package never.heard-of. {INSTALL}"),
        (
            ("package:numpy>=3",),
            "Needs numpy>=3, and 2.4.6 is installed. " + INSTALL.replace("it", "another version"),
        ),
        (("package:numpy", "gpu"), "Needs a GPU, so it was not run."),
        (("processes",), ""),
    ],
    ids=[
        "there",
        "several",
        "missing",
        "missing with a version",
        "with a dot",
        "too old",
        "no GPU",
        "processes",
    ],
)
def test_a_block_is_run_where_all_that_it_requires_is_there(requires: tuple[str, ...], said: str) -> None:
    assert reason(*requires) == said
