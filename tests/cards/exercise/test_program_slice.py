"""Which earlier snippets are left out where a snippet is run again and again."""

from __future__ import annotations

import pytest

from cards.exercise.program_slice import (
    WHOLE,
    NeededParts,
    needed_parts,
    part_to_run,
    unrelated_snippets,
)
from cards.program.snippet import RunDirectives
from tests.builders.program import program, snippet

TWICE = "def twice(x):\n    return x * 2\n\nfor n in range(3):\n    print(twice(n))"


@pytest.mark.parametrize(
    ("earlier", "last", "apart"),
    [
        pytest.param(TWICE, TWICE.replace("twice", "half"), True, id="parameters and loops"),
        pytest.param("total = [n for n in range(3)]", "n = 4\nprint(n)", True, id="a comprehension"),
        pytest.param("x = 1\nprint(x)", "x = 2\nprint(x)", True, id="a name that is bound anew"),
        pytest.param("x = [1]", "print(x)", False, id="a name that is read"),
        pytest.param("x = [1]", "print(len(x))", False, id="a name that is read in a call"),
        pytest.param("x = 1", "def f():\n    return x\n\nprint(f())", False, id="one that a function reads"),
        pytest.param("x = 1", "x += 1\nprint(x)", False, id="a name that is added to"),
        pytest.param("def f(y):\n    return y", "print(f(1))", False, id="a function"),
        pytest.param("import random\nn = 3\nrandom.seed(n)", "n = 4\nprint(n)", False, id="a seed"),
        pytest.param("n = 3\nopen('a', 'w').write('n')", "n = 4\nprint(n)", False, id="a file"),
    ],
)
def test_a_snippet_is_left_out_where_nothing_of_it_is_read(earlier: str, last: str, *, apart: bool) -> None:
    found = needed_parts(program(earlier, last), 1, ())
    assert found == NeededParts(frozenset({0} if apart else ()), frozenset())


def test_what_a_needed_snippet_reads_is_needed_too() -> None:
    given = program("rate = 2", "def scaled(x):\n    return x * rate", "x = 3", "print(scaled(1))")
    assert needed_parts(given, 3, ()).apart == {2}


def test_what_is_changed_under_its_name_is_needed() -> None:
    given = program("rows = []", "rows.append(1)", "rows = rows * 2", "x = 1\nprint(rows)")
    assert needed_parts(given, 3, ()).apart == frozenset()


def test_names_that_near_misses_read_are_needed() -> None:
    given = program("low = 1", "high = 9", "def f(low):\n    return low\n\nprint(f(3))")
    assert needed_parts(given, 2, ()).apart >= {0, 1}
    assert needed_parts(given, 2, ["print(high)"]).apart == unrelated_snippets(given, 2) | {0}


def test_what_checks_behind_the_snippet_read_is_needed() -> None:
    given = program("def g(x):\n    return x", "def f(x):\n    return x\n\nprint(f(1))", "assert g(1) == 1")
    assert needed_parts(given, 1, ()).apart == unrelated_snippets(given, 1)


def test_variables_of_the_environment_and_seeds_of_a_snippet_hold_for_all_after_it() -> None:
    for directives in (RunDirectives(env=(("A", "1"),)), RunDirectives(seed=3)):
        given = program(
            snippet("def g(x):\n    return x", directives), "def f(x):\n    return x\n\nprint(f(1))"
        )
        assert needed_parts(given, 1, ()).apart == unrelated_snippets(given, 1)


def test_of_a_snippet_that_is_there_for_an_import_nothing_else_runs() -> None:
    given = program("import math\nfrom os import path\n\nfor n in range(3):\n    print(n)", "print(math.pi)")
    parts = needed_parts(given, 1, ())
    assert parts == NeededParts(frozenset(), frozenset({0}))
    assert [each.source for each in parts.of(given).snippets] == [
        "import math\nfrom os import path",
        "print(math.pi)",
    ]


@pytest.mark.parametrize(
    "earlier",
    [
        "try:\n    import math\nexcept ImportError:\n    math = None",
        "import math\nmath.pi = 3",
        "import math\nimport numpy as np\nnp.random.seed(1)",
    ],
    ids=["an import that may fail", "a module that is changed", "a seed"],
)
def test_a_snippet_with_an_import_is_needed_whole_where_it_does_more(earlier: str) -> None:
    assert needed_parts(program(earlier, "print(math.pi)"), 1, ()) == NeededParts(frozenset(), frozenset())


def sources_to_run(*sources: str, position: int) -> list[str]:
    given = program(*sources)
    return [each.source for each in part_to_run(given, position).of(given).snippets]


def test_what_runs_is_what_a_snippet_builds_on_and_what_can_see_it() -> None:
    first, other, last = "import math\nx = math.pi", "y = 2\nprint(y)", "import math\nprint(x)"
    check, blind = "assert x > 3", "assert math.pi > 3"
    assert sources_to_run(first, other, last, position=2) == [first, "", last]
    assert sources_to_run(first, other, last, check, blind, position=2) == [first, "", last, check]
    assert sources_to_run(first, other, last, blind, "assert y == 2", position=2) == [first, "", last]


def test_what_a_check_that_can_see_the_snippet_builds_on_runs_too() -> None:
    given = ("def twice(n):\n    return 2 * n", "z = 1\nprint(z)", "x = 3\nprint(x)", "assert twice(x) == 6")
    assert sources_to_run(*given, position=2) == [given[0], "", *given[2:]]


@pytest.mark.parametrize(
    "acts", ["import random\nn = size\nrandom.seed(n)", "open('a', 'w').write(str(size))"]
)
def test_what_acts_from_afar_runs_with_all_that_it_builds_on(acts: str) -> None:
    given = ("size = 4\nprint(size)", "spare = 5\nprint(spare)", acts, "print(7)")
    assert sources_to_run(*given, position=3) == [given[0], "", *given[2:]]


@pytest.mark.parametrize("acts", ["open('a', 'w').write('7')", "import random\nrandom.seed(7)"])
def test_any_check_can_see_what_acts_from_afar(acts: str) -> None:
    assert sources_to_run(acts, "assert True", position=0) == [acts, "assert True"]


def test_a_part_that_lacks_something_does_not_do_for_another() -> None:
    found = part_to_run(program("x = 1", "print(2)", "assert True"), 1)
    for more in (("x = 1", "print(x)", "assert True"), ("x = 1", "tf = 2\nprint(tf)", "assert tf")):
        assert not found.has_all_of(part_to_run(program(*more), 1))
        assert WHOLE.has_all_of(part_to_run(program(*more), 1))
    assert found.has_all_of(found)
    assert not found.has_all_of(WHOLE)
