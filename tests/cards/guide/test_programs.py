"""Questions as programs: fixtures, files and what goes on where the question before ended."""

from __future__ import annotations

import pytest

from cards.guide.programs import programs_of
from cards.guide.reading.parse import parse_guide
from cards.program.packages import packages_of
from cards.program.proof_key import proof_key
from cards.program.snippet import RunDirectives, Snippet, SnippetName, SnippetRole, own_name
from tests.builders.place import ROOT
from tests.builders.verdict import HERE

FIXTURES = """
<!-- proofdeck: define=data
data = [1]
-->

<!-- proofdeck: define=rows
a,b
-->
"""


def programs(text: str) -> list[tuple[str, list[str]]]:
    guide = parse_guide(text + FIXTURES, "guide.md")
    return [(program.name, [snippet.name for snippet in program.snippets]) for program in programs_of(guide)]


def question(number: int, *fences: str) -> str:
    return f"### Q{number}. Number {number}?\n\nWords.\n\n" + "".join(
        f"```python {words}\nx = {number}\n```\n\n" for words in fences
    )


def test_a_program_says_what_its_guide_needs_and_proves_the_same() -> None:
    text = question(1, "")
    (plain,) = programs_of(parse_guide(text, "guide.md"))
    (asking,) = programs_of(
        parse_guide(f'---\nrequires: [pandas==2.*]\npython: "3.12"\n---\n\n{text}', "guide.md")
    )
    assert (asking.requires, asking.python) == (("pandas==2.*",), "3.12")
    assert proof_key(asking, 0, HERE) == proof_key(plain, 0, HERE)


def test_a_question_without_code_has_no_program() -> None:
    assert programs(question(1)) == []


def test_the_snippets_of_a_question_run_in_their_order() -> None:
    assert programs(question(1, "", "") + question(2, "")) == [
        ("number-1", ["number-1#1", "number-1#2"]),
        ("number-2", ["number-2#1"]),
    ]


def test_a_fixture_runs_once_right_before_the_first_snippet_that_asks_for_it() -> None:
    assert programs(question(1, "", "fixture=data", "fixture=data,rows")) == [
        (
            "number-1",
            [
                "number-1#1",
                "number-1:fixture:data",
                "number-1#2",
                "number-1:fixture:rows",
                "number-1#3",
            ],
        )
    ]


def test_each_question_borrows_a_fixture_under_its_own_name() -> None:
    assert programs(question(1, "fixture=data") + question(2, "fixture=data")) == [
        ("number-1", ["number-1:fixture:data", "number-1#1"]),
        ("number-2", ["number-2:fixture:data", "number-2#1"]),
    ]


def test_a_borrowed_fixture_keeps_its_role_and_its_place_in_the_guide() -> None:
    guide = parse_guide(question(1, "fixture=data") + FIXTURES, "guide.md")
    borrowed = programs_of(guide)[0].snippets[0]
    assert (borrowed.role, borrowed.source) == (SnippetRole.FIXTURE, "data = [1]")
    assert borrowed.span == guide.fixtures[0].span


def test_files_are_written_from_the_text_of_fixtures() -> None:
    guide = parse_guide(question(1, "file=in/a.csv:rows", "file=b.txt:data") + FIXTURES, "guide.md")
    (program,) = programs_of(guide)
    assert program.files == (("in/a.csv", "a,b"), ("b.txt", "data = [1]"))
    assert [snippet.name for snippet in program.snippets] == ["number-1#1", "number-1#2"]


def test_what_continues_runs_the_whole_program_before_it_under_names_of_its_own() -> None:
    text = question(1, "fixture=data file=a.csv:rows") + question(2, "continues") + question(3, "continues")
    assert programs(text)[1:] == [
        ("number-2", ["number-2:number-1:fixture:data", "number-2:number-1#1", "number-2#1"]),
        (
            "number-3",
            [
                "number-3:number-2:number-1:fixture:data",
                "number-3:number-2:number-1#1",
                "number-3:number-2#1",
                "number-3#1",
            ],
        ),
    ]
    guide = parse_guide(text + FIXTURES, "guide.md")
    assert [program.files for program in programs_of(guide)] == [(("a.csv", "a,b"),)] * 3


@pytest.mark.parametrize(
    ("source", "requires", "packages"),
    [
        ("import numpy as np, sklearn.svm", (), ("numpy", "sklearn")),
        ("from pandas.io import json", (), ("pandas",)),
        ("import os, json\nfrom . import x\nimport tensorflow, keras, tf_keras", (), ()),
        ("def f():\n    import jax", (), ("jax",)),
        ("x = 1", ("package:tf-models", "network"), ("tf-models",)),
        ("x = 1", ("package:numpy>=2", "package:json", "package:keras"), ("numpy",)),
        ("print(", ("package:a",), ("a",)),
    ],
    ids=["imports", "from", "what is always there", "inside", "asked for", "with a version", "no Python"],
)
def test_a_program_s_packages_are_what_it_imports_and_asks_for(
    source: str, requires: tuple[str, ...], packages: tuple[str, ...]
) -> None:
    snippet = Snippet(SnippetName("q#1"), source, directives=RunDirectives(requires=requires))
    assert packages_of((snippet,)) == packages


def sources(text: str) -> list[list[tuple[str, str]]]:
    """Return (role, source) of each snippet, program by program."""
    guide = parse_guide(text, "guide.md")
    return [[(each.role.value, each.source) for each in program.snippets] for program in programs_of(guide)]


def asked(number: int, code: str, words: str = "") -> str:
    return f"### Q{number}. Number {number}?\n\nWords.\n\n```python {words}\n{code}\n```\n\n"


def test_an_import_that_stands_in_the_first_question_only_is_supplied_to_the_later_ones() -> None:
    text = asked(1, "import numpy as np\nx = np.ones(2)") + asked(2, "print(np.pi)") + asked(3, "print(x)")
    assert sources(text) == [
        [("shown", "import numpy as np\nx = np.ones(2)")],
        [("usual import", "import numpy as np"), ("shown", "print(np.pi)")],
        [("shown", "print(x)")],
    ]


def test_the_guide_s_own_import_comes_before_the_usual_one_if_it_always_imports_alike() -> None:
    text = (
        asked(1, "import tensorflow.compat.v1 as tf\nfrom datetime import datetime")
        + asked(2, "import datetime")
        + asked(3, "tf.Session(); datetime.timedelta(1); Shop()")
    )
    assert sources(text)[2][:-1] == [
        ("usual import", "import datetime"),
        ("usual import", "import tensorflow.compat.v1 as tf"),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("print(np.pi)", "raises=NameError"),
        ("print(np.pi)  # NameError: name 'np' is not defined", ""),
        ("try:\n    np.pi\nexcept NameError:\n    print('no')", ""),
        ("# without the import it fails\nprint(np.pi)", ""),
        ("np = 1\nprint(np)", ""),
        ("print(np.pi)", 'no-run="why"'),
        ("def f(np):\n    return np.pi", ""),
        ("print(np.pi)", "fixture=data"),
    ],
)
def test_nothing_is_supplied_where_the_name_is_bound_or_its_lack_is_the_point(code: str, words: str) -> None:
    fixture = "<!-- proofdeck: define=data\nimport numpy as np\n-->\n"
    assert [role for role, _ in sources(asked(1, code, words) + fixture)[0]] in (
        ["shown"],
        ["fixture", "shown"],
    )


def test_the_code_before_the_first_question_runs_first_in_every_program() -> None:
    text = (
        "# Guide\n\nWords.\n\n```python\nLIMIT = 3\n```\n\n## Setup\n\n```python\nimport os\n```\n\n"
        + asked(1, "print(LIMIT)")
        + asked(2, "print(os.sep, np.pi)")
        + asked(3, "print(1)", "continues")
    )
    preamble = [("preamble", "LIMIT = 3"), ("preamble", "import os")]
    assert sources(text) == [
        [("shown", "LIMIT = 3"), ("shown", "import os")],
        [*preamble, ("shown", "print(LIMIT)")],
        [("usual import", "import numpy as np"), *preamble, ("shown", "print(os.sep, np.pi)")],
        [
            ("usual import", "import numpy as np"),
            *preamble,
            ("shown", "print(os.sep, np.pi)"),
            ("shown", "print(1)"),
        ],
    ]
    assert programs(text)[0] == ("(preamble)", ["(preamble)#1", "(preamble)#2"])
    assert programs(text)[1] == ("number-1", ["number-1:(preamble)#1", "number-1:(preamble)#2", "number-1#1"])


def test_a_reader_sees_neither_fixtures_nor_what_a_question_borrows() -> None:
    text = question(1, "fixture=data") + "<!-- proofdeck: check\nassert x\n-->\n\n" + question(2, "continues")
    guide = parse_guide(text + FIXTURES, "guide.md")
    shown = [[snippet.name for snippet in program.shown] for program in programs_of(guide)]
    assert shown == [["number-1#1"], ["number-2#1"]]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("number-1#2", "number-1#2"),
        ("number-2:number-1#2", "number-1#2"),
        ("number-3:number-2:number-1#2", "number-1#2"),
        ("number-1:fixture:data", "number-1:fixture:data"),
    ],
)
def test_a_borrowed_snippet_is_known_by_its_own_name(name: str, own: str) -> None:
    assert own_name(SnippetName(name)) == own


def test_the_bundled_guide_leaves_out_no_import_and_keeps_its_programs() -> None:
    guide = parse_guide((ROOT / "source" / "tensorflow-interview.md").read_text(), "tensorflow-interview.md")
    added = {SnippetRole.USUAL_IMPORT, SnippetRole.PREAMBLE}
    names = [each.name for one in programs_of(guide) for each in one.snippets if each.role in added]
    assert (names, guide.preamble) == ([], ())
