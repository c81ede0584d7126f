"""Whose fault it is: the author's, another Python's, an earlier block's, or that of what is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.guide.block import Code
from cards.guide.reading.script import script_of
from cards.program.snippet import RunDirectives, SnippetRole
from cards.program.verdict import Outcome
from cards.prove.decide.verdicts import decide_verdicts
from tests.builders.evidence import plain_evidence
from tests.builders.program import snippet

if TYPE_CHECKING:
    from pathlib import Path

    from cards.program.snippet import Snippet
    from cards.program.verdict import Verdict


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def verdicts(*parts: str | Snippet) -> tuple[Verdict, ...]:
    return decide_verdicts(plain_evidence(*parts))


def verdict_of_block(source: str) -> Verdict:
    """The verdict on a block as a guide has it: a session, an indented one."""
    script = script_of(Code(source, "python"), RunDirectives())
    (verdict,) = verdicts(snippet(script.code.source, script.directives, stated=script.stated))
    return verdict


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(">>> x = [1, 2]\n>>> x + [3]\n[1, 2, 3]", id="a session"),
        pytest.param(">>> 'a' * 2\n'aa'\n>>> print('a')\na", id="a session with text"),
        pytest.param(
            ">>> def f(n):\n...     return n + 1\n>>> f(2)\n3\n>>> None\n>>> f(1)\n2", id="a function"
        ),
        pytest.param("    x = 1\n    if x:\n        print(x)", id="indented with spaces"),
        pytest.param("\tx = 1\n\tprint(x)", id="indented with tabs"),
        pytest.param("%timeit sum([1])\nx = 1", id="a magic beside code"),
        pytest.param("import math\nmath?\nx = math.pi", id="help beside code"),
    ],
)
def test_what_a_reader_calls_right_holds(source: str) -> None:
    assert verdict_of_block(source).outcome is Outcome.PASSED


def test_a_session_that_ends_in_an_exception_ends_as_it_says() -> None:
    right = verdict_of_block(
        ">>> int('x')\nTraceback (most recent call last):\n  ...\nValueError: invalid literal"
    )
    wrong = verdict_of_block(">>> int('x')\nTraceback (most recent call last):\n  ...\nKeyError: 'x'")
    assert (right.outcome, wrong.outcome) == (Outcome.RAISED_AS_EXPECTED, Outcome.FAILED)


@pytest.mark.parametrize("source", [">>> 1 + 1\n3", ">>> 'a'\na", ">>> x = 2\n>>> x\n2\n>>> x * 2\n5"])
def test_what_a_session_states_wrongly_is_a_mismatch(source: str) -> None:
    assert verdict_of_block(source).outcome is Outcome.OUTPUT_MISMATCH


def test_a_notebook_line_that_was_left_out_is_named() -> None:
    verdict = verdict_of_block("x = 1\n%timeit x")
    assert list(map(str, verdict.qualifiers)) == ["left out, a notebook line, line 102: %timeit x"]


@pytest.mark.parametrize(
    ("source", "outcome", "sentence"),
    [
        pytest.param(
            'print "x"',
            Outcome.STALE_API,
            'This is Python 2 (the statement `print`), which no Python 3 parses. Today: `print("x")`.',
            id="print",
        ),
        pytest.param(
            "try:\n    pass\nexcept ValueError, error:\n    pass",
            Outcome.STALE_API,
            "This is Python 2 (`except Class, name`), which no Python 3 parses. "
            "Today: `except ValueError as error:`.",
            id="except",
        ),
        pytest.param(
            "mode = 0777",
            Outcome.STALE_API,
            "This is Python 2 (the octal number), which no Python 3 parses. Today: `0o777`.",
            id="an octal number",
        ),
        pytest.param(
            "for i in xrange(3):\n    pass",
            Outcome.STALE_API,
            "NameError: name 'xrange' is not defined. An older Python had it. Today: `range`.",
            id="xrange",
        ),
        pytest.param(
            "{}.has_key(1)",
            Outcome.STALE_API,
            "AttributeError: 'dict' object has no attribute 'has_key'. An older Python had it. "
            "Today: `key in dictionary`.",
            id="has_key",
        ),
        pytest.param(
            "import urllib2",
            Outcome.STALE_API,
            "ModuleNotFoundError: No module named 'urllib2'. An older Python had it. "
            "Today: `urllib.request`.",
            id="urllib2",
        ),
        pytest.param(
            "!pip install tensorflow",
            Outcome.NOT_PYTHON,
            "These are notebook commands, not Python. Name its language after the fence: `bash`, `ipython`.",
            id="a command of a notebook",
        ),
        pytest.param(
            "%timeit f()\n%matplotlib inline",
            Outcome.NOT_PYTHON,
            "These are notebook commands, not Python. Name its language after the fence: `bash`, `ipython`.",
            id="magics",
        ),
        pytest.param(
            "return x",
            Outcome.NEEDS,
            "This is a fragment, which cannot run alone: `return` stands in no function here. "
            "Show what is around it, or say `no-run=`.",
            id="return",
        ),
        pytest.param(
            "x = 1\nif x:\n    break",
            Outcome.NEEDS,
            "This is a fragment, which cannot run alone: `break` stands in no loop here. "
            "Show what is around it, or say `no-run=`.",
            id="break",
        ),
        pytest.param(
            "fit(x=1, ...)",
            Outcome.NEEDS,
            "This is a fragment, which cannot run alone: `...` stands for code that is left out. "
            "Show what is around it, or say `no-run=`.",
            id="left out",
        ),
        pytest.param(
            "for x in ...:\n    print(x)",
            Outcome.NEEDS,
            "TypeError: 'ellipsis' object is not iterable. It leaves something out (`...`): write it, or say "
            "`no-run=`.",
            id="left out, and it parses",
        ),
        pytest.param(
            "self.units = 3",
            Outcome.NEEDS,
            "NameError: name 'self' is not defined. It is cut out of a class, where `self` has a value: "
            "show the class.",
            id="self",
        ),
        pytest.param(
            "else:\n    x = 1",
            Outcome.NEEDS,
            "This is a fragment, which cannot run alone: it begins with `else`, and what comes before is not "
            "shown. Show what is around it, or say `no-run=`.",
            id="else",
        ),
        pytest.param(
            "print(\u201chello\u201d)",
            Outcome.SYNTAX_ERROR,
            'It does not parse: column 7 holds \u201c (U+201C, left double quotation mark). Write `"`.',
            id="a curly quote",
        ),
        pytest.param(
            "x\u00a0= 1",
            Outcome.SYNTAX_ERROR,
            "It does not parse: column 2 holds an invisible character (U+00A0, no-break space). "
            "Write a plain space.",
            id="a space that does not break",
        ),
        pytest.param(
            "y = 3 \u2013 1",
            Outcome.SYNTAX_ERROR,
            "It does not parse: column 7 holds \u2013 (U+2013, en dash). Write `-`.",
            id="a dash",
        ),
        pytest.param(
            "x = \u200b1",
            Outcome.SYNTAX_ERROR,
            "It does not parse: column 5 holds an invisible character (U+200B, zero width space). Delete it.",
            id="nothing to see",
        ),
        pytest.param(
            "if 1:\n\tx = 1\n        y = 2",
            Outcome.SYNTAX_ERROR,
            "It does not parse: the line is indented with spaces, a line before it with tabs. "
            "Indent with spaces only.",
            id="tabs and spaces",
        ),
        pytest.param(
            "if x = 3:\n    pass",
            Outcome.SYNTAX_ERROR,
            None,
            id="wrong on any Python",
        ),
        pytest.param(
            "model = 1\nprint(modle)",
            Outcome.FAILED,
            "NameError: name 'modle' is not defined. Did you mean `model`?",
            id="a slip",
        ),
        pytest.param(
            "tensor = 1\nprint(tenosr)",
            Outcome.FAILED,
            "NameError: name 'tenosr' is not defined. Did you mean `tensor`?",
            id="another slip",
        ),
        pytest.param(
            "pritn(1)",
            Outcome.FAILED,
            "NameError: name 'pritn' is not defined. Did you mean `print`?",
            id="a slip in a built-in name",
        ),
        pytest.param(
            "import tensroflow as tf",
            Outcome.FAILED,
            "ModuleNotFoundError: No module named 'tensroflow'. Did you mean `tensorflow`?",
            id="a slip in the name of a module",
        ),
        pytest.param(
            "model = 1\nprint(zebra_crossing)",
            Outcome.NEEDS,
            "NameError: name 'zebra_crossing' is not defined. Define `zebra_crossing` before it, or in a "
            "hidden block asked for with `fixture=`.",
            id="a name like no other",
        ),
        pytest.param(
            "import cv2_missing.part",
            Outcome.NEEDS,
            "ModuleNotFoundError: No module named 'cv2_missing'. Install the package cv2_missing "
            "(`requires: [cv2_missing]` in the front matter does), or say `requires=package:cv2_missing`.",
            id="a package",
        ),
        pytest.param(
            "raise RuntimeError('[Errno 95] Operation not supported')",
            Outcome.NEEDS,
            "RuntimeError: [Errno 95] Operation not supported. It wants to start a process: say "
            "`requires=processes`.",
            id="a refused process in the text of another exception",
        ),
        pytest.param(
            "raise AttributeError('`np.float_` was removed in NumPy 2.0. Use `np.float64` instead.')",
            Outcome.STALE_API,
            "AttributeError: `np.float_` was removed in NumPy 2.0. Use `np.float64` instead. "
            "Use `np.float64`.",
            id="what a library says that it removed",
        ),
    ],
)
def test_a_failure_is_told_as_what_it_is(source: str, outcome: Outcome, sentence: str | None) -> None:
    verdict = verdict_of_block(source)
    assert verdict.outcome is outcome
    assert sentence is None or verdict.sentence == sentence


@pytest.mark.parametrize(
    ("first", "second", "outcome", "missing"),
    [
        pytest.param("a = 1 / 0", "print(a)", Outcome.FAILED, "a", id="a name"),
        pytest.param("a = 1\n1 / 0\na = 2", "a + 'x'", Outcome.FAILED, "a", id="a name with an older value"),
        pytest.param(
            "d = {}\n1 / 0\nd['x'] = 1", "d['x']", Outcome.FAILED, "d", id="an object that was not changed"
        ),
        pytest.param(
            "1 / 0\nopen('out.txt', 'w')", "open('out.txt')", Outcome.FAILED, "out.txt", id="a file"
        ),
        pytest.param(
            "1 / 0\nopen('a/b.csv', 'w')",
            "path = 'a/b.csv'\nopen(path)",
            Outcome.FAILED,
            "a/b.csv",
            id="another",
        ),
        pytest.param(
            "def f():\n    print 'x'", "f()", Outcome.STALE_API, "f", id="of code that does not parse"
        ),
        pytest.param("x = nothing_like_it", "x + 1", Outcome.NEEDS, "x", id="what the cause needs"),
        pytest.param(
            "a = 1\n1 / 0\na = 2", "b = a\nb + 'x'", Outcome.FAILED, "b", id="by way of a third name"
        ),
    ],
)
def test_what_fails_because_an_earlier_block_does_is_its_consequence(
    first: str, second: str, outcome: Outcome, missing: str
) -> None:
    cause, verdict = verdicts(first, second)
    assert (cause.follows, verdict.follows, verdict.outcome) == (None, "question#1", outcome)
    assert verdict.sentence.endswith(
        f"That follows from question#1, which should have made `{missing}` and did not."
    )


def test_an_output_that_an_earlier_failure_changes_is_its_consequence() -> None:
    _, verdict = verdicts(
        "steps = 1\n1 / 0\nsteps = 2", snippet("print(steps)", stated="2", name="question#2")
    )
    assert (verdict.outcome, verdict.follows) == (Outcome.OUTPUT_MISMATCH, "question#1")


def test_what_an_author_left_alone_is_needed_by_what_comes_after_it() -> None:
    left = snippet("size = 3", RunDirectives(no_run="a cluster"), name="question#1")
    _, verdict = verdicts(left, "print(size)")
    assert (verdict.outcome, verdict.follows) == (Outcome.NEEDS, "question#1")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("a = 1\n1 / 0", "a + 'x'", id="the name was bound"),
        pytest.param("1 / 0\na = 1", "a = 2\na + 'x'", id="the name is bound again"),
        pytest.param("x = 5\nx.no_such()", "x.no_other()", id="a method that is not there changes nothing"),
        pytest.param("1 / 0", "{}['x']", id="nothing is shared"),
        pytest.param("1 / 0\nprint(3)", "open('out.txt')", id="another file"),
    ],
)
def test_what_fails_by_itself_is_no_consequence(first: str, second: str) -> None:
    _, verdict = verdicts(first, second)
    assert not verdict.outcome.holds
    assert verdict.follows is None


@pytest.mark.parametrize(
    ("source", "outcome", "is_told"),
    [
        pytest.param("rows['x']", Outcome.FAILED, True, id="it fails"),
        pytest.param(
            "raise ValueError(f'model {rows} has never been called and thus has no defined output')",
            Outcome.NEEDS,
            True,
            id="it would be stale",
        ),
        pytest.param("open(rows[0])", Outcome.NEEDS, True, id="it needs a file that the stand-in names"),
        pytest.param("rows.nothing_like_it(zebra)", Outcome.FAILED, True, id="an attribute"),
        pytest.param("print(zebra, rows)", Outcome.NEEDS, False, id="a name is missing whatever it is"),
        pytest.param("{}.has_key(rows[0])", Outcome.STALE_API, True, id="what is gone is gone"),
    ],
)
def test_a_failure_that_a_stand_in_may_cause_says_so(source: str, outcome: Outcome, *, is_told: bool) -> None:
    made_up = snippet("rows = ['missing.txt']", role=SnippetRole.STAND_IN, name="fixture:rows", first=1)
    _, verdict = verdicts(made_up, snippet(source, name="question#1"))
    assert verdict.outcome is outcome
    assert ("the stand-in for rows may be why" in map(str, verdict.qualifiers)) == is_told
