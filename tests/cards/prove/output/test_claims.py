from __future__ import annotations

from dataclasses import replace

import pytest

from cards.program.snippet import RunDirectives
from cards.prove.client.transcript import ExceptionInfo, ObservedStatement, ObservedValue, SnippetRun
from cards.prove.output.claims import first_unmet_claim, shown_output, unmet_exception
from cards.python.syntax import tree_of
from tests.builders.program import snippet

SIX = "tf.Tensor(6.0, shape=(), dtype=float32)"


def unmet(source: str, printed: str, stated: str | None = None, tolerance: float | None = None) -> str:
    """Return what is said of a snippet of one statement that printed this; empty where all is met."""
    run = SnippetRun(1, (ObservedStatement(1, 1, f"{printed}\n", 0.0),), done=True, printed=printed)
    claim = first_unmet_claim(snippet(source, RunDirectives(tolerance=tolerance), stated=stated), run)
    return claim.sentence if claim else ""


@pytest.mark.parametrize(
    ("comment", "printed"),
    [
        ("# 5", "5"),
        ("# -> 5", "5"),
        ("# => 5", "5"),
        ("#=> 5", "5"),
        ("# Output: 5", "5"),
        ("# Prints: 5", "5"),
        ("# 0.67", "0.6666666666666666"),
        ("# -> 0.67", "0.6666666666666666"),
        ("# Output: 6.0", SIX),
        ("# -> 6.0", SIX),
        ("# 6.0", SIX),
        ("# Output: 6.0", "<tf.Tensor: shape=(), dtype=float32, numpy=6.0>"),
        ("# Output: 3", "<tf.Variable 'Variable:0' shape=() dtype=int32, numpy=3>"),
        ("# Output: [1 2]", "tf.Tensor([1 2], shape=(2,), dtype=int32)"),
        ("# Output: 6.0", "np.float32(6.0)"),
        ('# Output: "Patched"', "Patched"),
        ("# Output: 'Patched'", "Patched"),
        ('# -> "Patched"', "Patched"),
        ("# [[1 2] [3 4]]", "[[1 2]\n [3 4]]"),
        ("# -> (batch, features)", "(2, 4)"),
        ("# -> the same tensor", "5"),
        ("# see chapter 3", "5"),
        ("# = 29 at x=3", "29"),
        ("# = 5", "5"),
        ("# == 5", "5"),
        ("# --> 5", "5"),
        ("# >>> 5", "5"),
        ("# OUTPUT: 5", "5"),
        ("# Result: 5", "5"),
        ("# prints 5.", "5"),
        ("# prints 5 times", "6"),
        ("# prints the sum", "5"),
        ("# returns True", "True"),
        ("# True", "True"),
        ("# True, since both are one object", "True"),
        ("# => 6, since it is even", "6"),
        ("# 3 (not 3.33)", "3"),
        ("# 'Alice' (her name)", "Alice"),
        ("# 4; the fifth is left out", "4"),
        ("# True: an empty list is false", "True"),
        ("# 0.9 (yours may differ)", "0.83"),
        ("# 2: print the number", "5"),
        ("# 1 + 2 = 3", "3"),
        ("# becomes [1, 2]", "[1, 2]"),
        ("# becomes longer", "[1, 2]"),
        ("# 'a'", "a"),
        ('# ["a", "b"]', "['a', 'b']"),
        ("# {'a', 'b'}", "{'b', 'a'}"),
        ("# ['a', ...]", "['b', 'c']"),
        ("# <class 'int'>", "<class 'int'>"),
        ("# <class 'str'> in Python 2", "<class 'int'>"),
        ("# shape (2, 3)", "(2, 3)"),
        ("# shape (2, 3)", "[[1 2 3]\n [4 5 6]]"),
        ("# Output: 5", "total = 5"),
        ("# Output: [5 7 9]", "a + b = [5 7 9]"),
        ("# 5", "sum: 5"),
        ("# Output: [[1]]", "Result:\n[[1]]"),
    ],
)
def test_a_comment_that_gives_the_output_or_its_value_is_right(comment: str, printed: str) -> None:
    assert unmet(f"print(x)  {comment}", printed) == ""


@pytest.mark.parametrize(
    ("comment", "printed"),
    [
        ("# 5", "6"),
        ("# -> 5", "6"),
        ("# => 5", "6"),
        ("# → 5", "6"),
        ("# -> True", "False"),
        ("# -> 'a'", "b"),
        ("# -> [1, 2]", "[2, 1]"),
        ("# 0.0", "0.0004"),
        ("# -> 0.0", "0.0004"),
        ("# Output: 0.0", "0.0004"),
        ("# 0.66", "0.6666666666666666"),
        ("# 5.0", SIX),
        ("# Output: 6.0", "tf.Tensor(5.0, shape=(), dtype=float32)"),
        ("# Output: 6", SIX),
        ('# Output: "Patched"', "'Patched'"),
        ("# Output: 'patched'", "Patched"),
        ("# Output: 2.1", "2.10"),
        ("# 5", "5.0"),
        ("# Output: 6", "total = 5"),
        ("# Output: 5", "a = 1, b = 5"),
    ],
)
def test_a_comment_that_gives_another_output_is_wrong(comment: str, printed: str) -> None:
    claimed = comment.lstrip("#=->→ ").removeprefix("Output: ")
    assert unmet(f"print(x)  {comment}", printed) == (
        f"The comment says `{claimed}`, the run showed `{printed}`."
    )


@pytest.mark.parametrize(
    ("comment", "printed", "claimed"),
    [
        ("# = 5", "6", "5"),
        ("# == 5", "6", "5"),
        ("# --> 5", "6", "5"),
        ("# OUTPUT: 5", "6", "5"),
        ("# Result: 5", "6", "5"),
        ("# prints 5.", "6", "5"),
        ("# returns True", "False", "True"),
        ("# True", "False", "True"),
        ("# None", "[]", ""),
        ("# 'a'", "b", "'a'"),
        ('# ["a", "b"]', "['b', 'a']", '["a", "b"]'),
        ("# {'a', 'b'}", "{'a', 'c'}", "{'a', 'b'}"),
        ("# <class 'float'>", "<class 'int'>", "<class 'float'>"),
        ("# ValueError", "KeyError", "ValueError"),
        ("# 7 (an odd number)", "6", "7"),
        ("# => 7, since it is odd", "6", "7"),
        ("# True, since both are one object", "False", "True"),
        ("# True: an empty list is true", "False", "True"),
        ("# 4; the fifth is left out", "5", "4"),
        ("# 1 + 2 = 4", "3", "4"),
        ("# becomes [1, 2]", "[2, 1]", "[1, 2]"),
        ("# Out[1]: 5", "4", "5"),
    ],
)
def test_a_comment_that_holds_a_value_states_it(comment: str, printed: str, claimed: str) -> None:
    said = f"The comment says `{claimed}`, the run showed `{printed}`."
    assert unmet(f"print(x)  {comment}", printed) == (said if claimed else "")


def unmet_among(source: str, *printed: str) -> str:
    """Return what is said of a snippet whose statements printed these texts."""
    tree = tree_of(source)
    assert tree is not None
    statements = tuple(
        ObservedStatement(each.lineno, each.end_lineno or each.lineno, text, 0.0)
        for each, text in zip(tree.body, printed, strict=True)
    )
    claim = first_unmet_claim(snippet(source), SnippetRun(len(printed), statements, done=True))
    return claim.sentence if claim else ""


LOOP = "for x in y:\n    print(x)\n"


@pytest.mark.parametrize(
    ("source", "printed", "sentence"),
    [
        pytest.param(f"{LOOP}# Output:\n# 0\n# 1", ("0\n1\n",), "", id="below a loop"),
        pytest.param(
            f"{LOOP}# Output:\n# 0\n# 2",
            ("0\n1\n",),
            "The comment says `2`, the run showed `1`.",
            id="below a loop, another line",
        ),
        pytest.param("print(1)\nprint(2)\n\n# Output:\n# 1\n# 2", ("1\n", "2\n"), "", id="of two prints"),
        pytest.param("print(1)\nprint(2)\n# Output: 2", ("1\n", "2\n"), "", id="of the last print"),
        pytest.param(
            "print(1)\nprint(2)\n\n# Output:\n# 1\n# 3",
            ("1\n", "2\n"),
            "The comment says `3`, the run showed `2`.",
            id="of two prints, another line",
        ),
        pytest.param("print(1)\n# 1\nprint(2)", ("1\n", "2\n"), "", id="without a marker"),
        pytest.param(
            "print(1)\n# 3", ("1\n",), "The comment says `3`, the run showed `1`.", id="unmarked, another"
        ),
        pytest.param("x = 3\n# Output: the last value\nprint(x)", ("", "3\n"), "", id="a heading"),
        pytest.param("x = 3\n# prints 3.5\nprint(x + 0.5)", ("", "3.5\n"), "", id="above the print"),
        pytest.param("x = 3\n# Output: 3.5\nprint(x + 0.5)", ("", "3.5\n"), "", id="marked, above the print"),
        pytest.param(
            "x = 3\n# prints 4\nprint(x)",
            ("", "3\n"),
            "The comment says `4`, the run showed `3`.",
            id="above the print, another",
        ),
        pytest.param("print(1)\n# -> 1", ("1\n",), "", id="an arrow below"),
        pytest.param(
            "print(1)\n# -> 3", ("1\n",), "The comment says `3`, the run showed `1`.", id="an arrow, another"
        ),
        pytest.param("print(1)\n# -> the first step\nprint(2)", ("1\n", "2\n"), "", id="an arrow to words"),
        pytest.param("def f(x):\n    print(x)  # 3\nf(3)", ("", "3\n"), "", id="in a function called once"),
        pytest.param(
            "def f(x):\n    print(x)  # 4\nf(3)",
            ("", "3\n"),
            "The comment says `4`, the run showed `3`.",
            id="in a function called once, another",
        ),
        pytest.param("def f(x):\n    print(x)  # 4\nf(3)\nf(4)", ("", "3\n", "4\n"), "", id="called twice"),
        pytest.param(
            "def f(x):\n    print(x)  # the number\nf(3)", ("", "3\n"), "", id="words in a function"
        ),
        pytest.param(
            "def f(x):\n    if x:\n        print(x)  # 4\n    print(1)\nf(3)",
            ("", "3\n1\n"),
            "",
            id="in a branch of one",
        ),
        pytest.param("print(1)\n\n# Output: more\nprint(2)", ("1\n", "2\n"), "", id="a heading set apart"),
        pytest.param("for x in y:\n    print(x)  # 1", ("0\n1\n",), "", id="in a loop"),
        pytest.param("for x in y:\n    print(x)  # 0, 1, 2", ("0\n1\n",), "", id="all that a loop prints"),
        pytest.param(
            "with x:\n    print(5)  # => 6",
            ("5\n",),
            "The comment says `6`, the run showed `5`.",
            id="in a body that surely runs",
        ),
        pytest.param(
            "if __name__ == '__main__':\n    print(5)  # 6",
            ("5\n",),
            "The comment says `6`, the run showed `5`.",
            id="below the main guard",
        ),
        pytest.param("if x:\n    print(1)  # 1\nelse:\n    print(2)  # 2", ("1\n",), "", id="in a branch"),
        pytest.param("def f():\n    print(2)  # 2", ("",), "", id="in a function"),
        pytest.param(
            "try:\n    f()\nexcept KeyError as e:\n    print(e)  # 'b'",
            ("'a'\n",),
            "The comment says `'b'`, the run showed `'a'`.",
            id="in the only print of a statement",
        ),
        pytest.param(
            "try:\n    f()\nexcept KeyError as e:\n    print(e)  # 'b'", ("",), "", id="not reached"
        ),
    ],
)
def test_comments_below_and_within_statements(source: str, printed: tuple[str, ...], sentence: str) -> None:
    assert unmet_among(source, *printed) == sentence


@pytest.mark.parametrize(
    ("source", "value", "sentence"),
    [
        ("x = f()  # [3, 1]", ObservedValue("list", "[1, 3]"), "the run showed `[1, 3]`."),
        ("x = [1, 3]  # [3, 1]", ObservedValue("list", "[1, 3]"), ""),
        ("n = f()  # 4", ObservedValue("int", "3"), "the run showed `3`."),
        ("n = f()  # 'r'", ObservedValue("str", "'text'"), ""),
        ("y = f()  # -> (None, 4)", ObservedValue("Tensor", "<tf.Tensor ...>", "(2, 4)"), ""),
        ("a = f()  # (2, 3)", ObservedValue("ndarray", "array(...)", "(2, 3)"), ""),
        ("a = f()  # (2, 3)", ObservedValue("ndarray", "array(...)", "(3, 2)"), "the shape was `(3, 2)`."),
        ("a = f()  # shape: [2, 3], rows", ObservedValue("t", "...", "(3, 2)"), "the shape was `(3, 2)`."),
        ("a = f()  # (batch, 3)", ObservedValue("ndarray", "array(...)", "(3, 2)"), ""),
        ("a = f()  # (1, 2)", ObservedValue("float64", "np.float64(1.5)", "()"), ""),
        ("a = f()  # int64", ObservedValue("t", "...", "(3,)", "int32"), "the dtype was `int32`."),
        ("a = f()  # dtype int32", ObservedValue("t", "...", "(3,)", "int32"), ""),
        ("a = f()  # float32 keeps it small", ObservedValue("t", "...", "(3,)", "int32"), ""),
    ],
)
def test_a_comment_states_the_value_shape_or_dtype_of_a_name(
    source: str, value: ObservedValue, sentence: str
) -> None:
    run = SnippetRun(1, (ObservedStatement(1, 1, "", 0.0, bound=(("x", value),)),), done=True)
    claim = first_unmet_claim(snippet(source), run)
    assert (claim.sentence if claim else "").endswith(sentence)
    assert (claim is None) is (not sentence)


@pytest.mark.parametrize(
    ("comment", "is_right"),
    [
        ("raises TypeError", True),
        ("-> raises a TypeError, as tuples stay", True),
        ("raises Exception", True),
        ("raises an error", True),
        ("ValueError would be wrong", True),
        ("raises ValueError", False),
        ("This would raise a ValueError!", False),
    ],
)
def test_a_comment_beside_what_raises_names_the_class(comment: str, *, is_right: bool) -> None:
    error = ExceptionInfo("TypeError", ("TypeError", "Exception"), "no", 2)
    claim = unmet_exception(snippet(f"x = (1, 2)\nx[0] = 3  # {comment}"), error, 2)
    said = "The comment says that it raises ValueError, but it raised TypeError."
    assert (claim.sentence if claim else "") == ("" if is_right else said)


@pytest.mark.parametrize(
    ("told", "printed", "is_right"),
    [
        ("[1, 2, 1, 2]", "[1, 2, 1, 2]", True),
        ("[1, 2, 1, 3]", "[1, 2, 1, 2]", False),
        ("ba", "ab", False),
        ("'ab'", "ab", True),
        ("3", "total: 3", True),
        ("3", "13", False),
        ("2", "0\n1\n2", True),
        ("0.33", "0.3333333333333333", True),
        ("name", "Ann", True),
        ("5", "", True),
    ],
)
def test_words_below_code_say_what_it_prints(told: str, printed: str, *, is_right: bool) -> None:
    run = SnippetRun(1, (ObservedStatement(1, 1, printed, 0.0),), done=True, printed=printed)
    claim = first_unmet_claim(replace(snippet("print(name)"), told=told), run)
    said = f"The text below says that it prints `{told}`, the run printed `{printed}`."
    assert (claim.sentence if claim else "") == ("" if is_right else said)


@pytest.mark.parametrize(
    ("value", "stated", "is_met"),
    [
        (ObservedValue("list", "[1, 2]"), "[1, 2]", True),
        (ObservedValue("list", "[1, 2]"), "look\n[1, 2]", True),
        (ObservedValue("list", "[1, 2]"), "look\n[2, 1]", False),
        (ObservedValue("NoneType", "None"), "look\nNone", False),
    ],
)
def test_a_stated_output_may_end_in_the_value_of_the_last_expression(
    value: ObservedValue, stated: str, *, is_met: bool
) -> None:
    printed = "look" if "look" in stated else ""
    statement = ObservedStatement(1, 1, printed, 0.0, value=value)
    run = SnippetRun(1, (statement,), done=True, printed=printed)
    assert (first_unmet_claim(snippet("f()", stated=stated), run) is None) is is_met
    assert shown_output(snippet("f()", stated=stated), run) == (stated if is_met else printed)


@pytest.mark.parametrize(
    ("comment", "is_right"),
    [("# 3", True), ("# 4", False), ("# = 3", True), ("# returns 4", False), ("# 4 letters", True)],
)
def test_a_comment_states_the_value_of_an_expression(comment: str, *, is_right: bool) -> None:
    run = SnippetRun(1, (ObservedStatement(1, 1, "", 0.0, value=ObservedValue("int", "3")),), done=True)
    assert (first_unmet_claim(snippet(f"len(x)  {comment}"), run) is None) is is_right


def test_a_marked_comment_may_give_a_text_with_or_without_quotes() -> None:
    value = ObservedValue("str", "'Patched'")
    run = SnippetRun(1, (ObservedStatement(1, 1, "", 0.0, value=value),), done=True)
    for said in ("'Patched'", "Patched"):
        assert first_unmet_claim(snippet(f"name  #=> {said}"), run) is None
    assert first_unmet_claim(snippet("name  #=> Patch"), run) is not None


def test_an_arrow_beside_what_prints_nothing_is_a_remark() -> None:
    assert unmet("y = layer(x)  # -> (None, 4)", "") == ""


def test_the_lines_of_a_comment_are_lines() -> None:
    source = "print(x)\n# Output: [[1 2]\n#          [3 4]]"
    assert unmet(source, "[[1 2]\n [3 4]]") == ""
    assert unmet(source, "[[3 4]\n [1 2]]") == "The comment says `[[1 2]`, the run showed `[[3 4]`."


@pytest.mark.parametrize("stated", ["41322472", "id 41322472"])
def test_the_address_of_an_object_is_another_in_each_run(stated: str) -> None:
    printed = stated.replace("41322472", "140213377041408")
    assert unmet(f"print(id(a))  # {stated}", printed) == ""
    assert unmet("print('id', id(a))", printed, stated) == ""
    assert unmet("print(a)  # 41322472", "140213377041408") != ""


@pytest.mark.parametrize("source", ["print(time.perf_counter() - t, 's')", "print(timeit.timeit(f), 's')"])
def test_a_duration_is_another_in_each_run_where_a_clock_is_read(source: str) -> None:
    assert unmet(source, "took 0.000254 s", "took 0.00004 s") == ""
    assert unmet(source, "took 0.000254 s of 3", "took 0.00004 s of 2") != ""
    assert unmet("print(t, 's')", "took 2 s", "took 3 s") != ""


@pytest.mark.parametrize(
    ("stated", "printed", "sentence"),
    [
        ("0.0", "0.0005", "The guide says `0.0`, the run printed `0.0005`."),
        ("1\n2", "1\n3", "The guide says `2`, the run printed `3`."),
        ("  5", "5", "The guide says `  5`, the run printed `5`."),
        ("a\nb", "a\n\nb", "The guide says `b`, the run printed an empty line."),
        ("a", "a\nb", "The run printed more than the guide says, from `b` on."),
        ("a\nb", "a", "The run ended before printing `b`."),
        ("1", "", "The guide says that it prints `1`, but it prints nothing."),
        ("", "1", "The guide says an empty line, the run printed `1`."),
        (
            "a ... 2",
            "a b 3",
            "The guide says `a ... 2`, which is not among what the run printed in its order.",
        ),
    ],
)
def test_a_stated_output_that_was_not_printed_is_told(stated: str, printed: str, sentence: str) -> None:
    assert unmet("print(x)", printed, stated) == sentence


def test_a_tolerance_is_for_fences_and_comments() -> None:
    assert unmet("print(x)  # 0.5", "0.51", tolerance=0.1) == ""
    assert unmet("print(x)", "0.51", "0.5", tolerance=0.1) == ""
