"""A notebook becomes the Markdown of a guide, and every line knows its cell."""

from __future__ import annotations

import json

import pytest

from cards.errors import FormatError
from cards.guide.reading.parse import parse_guide
from cards.notebook.notebook_text import notebook_text
from cards.span import NotebookPath, line_name, lines_name, place_of
from tests.builders.notebook import code, displayed, drawn, markdown, notebook, printed, raised

MERGED = (
    "this notebook holds marks of a merge (line 2); "
    "keep one side of each, or restore one of the two versions."
)
RESTORE = "restore it, or save it again in Jupyter."
QUESTION = markdown("## What is a deque?\n\nA queue.")


def lines_after_question(*cells: dict[str, object]) -> list[str]:
    """Return the lines that cells below a question become."""
    text = notebook_text(notebook(QUESTION, *cells), "a.ipynb").text
    return [line for line in text.split("\n")[4:] if line]


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        pytest.param(code("print(1)"), ["```python", "print(1)", "```"], id="nothing stored"),
        pytest.param(
            code("print(1)", printed("1\n")),
            ["```python", "print(1)", "```", "```output", "1", "```"],
            id="printed",
        ),
        pytest.param(
            code("x = [2]\nx", displayed("[2]")),
            ["```python", "x = [2]", "print(repr(x))", "```", "```output", "[2]", "```"],
            id="the value of the last expression",
        ),
        pytest.param(
            code("print('a')\n1", printed("a\n"), displayed("1")),
            ["```python", "print('a')", "print(repr(1))", "```", "```output", "a", "1", "```"],
            id="printed, then a value",
        ),
        pytest.param(
            code("type(1)", displayed("int")),
            ["```python", "print(repr(type(1)))", "```", "```output", "<class 'int'>", "```"],
            id="a class, which Jupyter displays by its name",
        ),
        pytest.param(
            code("list(range(3))", displayed("[0,\n 1,\n 2]")),
            ["```python", "print(repr(list(range(3))))", "```", "```output", "[0, 1, 2]", "```"],
            id="a list over several lines",
        ),
        pytest.param(
            code("plot()", displayed("[<Line2D at 0x7f12ab34cd>]"), drawn()),
            ["```python", "plot()", "```"],
            id="an address and a picture are not compared",
        ),
        pytest.param(
            code("1 / 0", raised("ZeroDivisionError", "division by zero")),
            ['```python raises="ZeroDivisionError:division by zero"', "1 / 0", "```"],
            id="an exception",
        ),
        pytest.param(
            code("import nowhere", raised("ModuleNotFoundError", "No module named 'nowhere'")),
            ["```python", "import nowhere", "```"],
            id="what the author's machine lacked says nothing",
        ),
        pytest.param(
            code("if x\n  1", raised("SyntaxError", "invalid syntax")),
            ["```python syntax-error", "if x", "  1", "```"],
            id="code that does not parse",
        ),
        pytest.param(
            code("fit()", printed("warned", "stderr"), printed("1/2\r2/2\n\x1b[1mdone\x1b[0m\x08!\n")),
            ["```python", "fit()", "```", "```output", "2/2", "don!", "```"],
            id="progress bars and colours as a screen shows them in the end",
        ),
        pytest.param(code("!pip install a\n!ls"), ["```bash", "pip install a", "ls", "```"], id="commands"),
        pytest.param(code("%%bash\nls -l"), ["```bash", "ls -l", "```"], id="a cell of the shell"),
        pytest.param(code("%matplotlib inline"), [], id="a magic alone"),
        pytest.param(code("  \n"), [], id="an empty cell"),
        pytest.param(
            code("%timeit f()\nf()"),
            ["```python", "# notebook: %timeit f()", "f()", "```"],
            id="a magic among code",
        ),
        pytest.param(
            code("s = '```'"), ["````python", "s = '```'", "````"], id="marks of a fence in the code"
        ),
        pytest.param(
            markdown("Look:\n\n```python\nprint(1)"),
            ["Look:", "```python", "print(1)", "```"],
            id="a fence that is open at the end of its cell",
        ),
    ],
)
def test_a_cell_becomes_these_lines(cell: dict[str, object], lines: list[str]) -> None:
    assert lines_after_question(cell) == lines


def test_what_is_left_out_is_named_with_its_cells() -> None:
    raw = {"cell_type": "raw", "metadata": {}, "source": "note to myself"}
    found = notebook_text(
        notebook(QUESTION, code("%matplotlib inline"), code("f()", drawn()), raw), "a.ipynb"
    )
    assert [str(note) for note in found.notes] == [
        "a.ipynb: left out: magics of the notebook (cell 2).",
        "a.ipynb: left out: the pictures that code drew (cell 3).",
        "a.ipynb: left out: raw text (cell 4).",
    ]


def test_many_cells_are_counted() -> None:
    cells = [code("%matplotlib inline")] * 7
    (note,) = notebook_text(notebook(*cells), "a.ipynb").notes
    assert note.sentence == "left out: magics of the notebook (cells 1, 2, 3, 4, 5 and 2 more)."


def test_every_line_is_called_by_its_cell() -> None:
    text, path, _ = notebook_text(
        notebook(markdown("# Deques\n\nText."), QUESTION, code("a = 1\na", displayed("1"))), "a.ipynb"
    )
    lines = text.split("\n")
    assert {line: place_of(path, lines.index(line) + 1) for line in lines if line not in {"", "```"}} == {
        "# Deques": "a.ipynb:cell 1 line 1",
        "Text.": "a.ipynb:cell 1 line 3",
        "## What is a deque?": "a.ipynb:cell 2 line 1",
        "A queue.": "a.ipynb:cell 2 line 3",
        "```python": "a.ipynb:cell 3",
        "a = 1": "a.ipynb:cell 3 line 1",
        "print(repr(a))": "a.ipynb:cell 3 line 2",
        "```output": "a.ipynb:cell 3",
        "1": "a.ipynb:cell 3",
    }
    assert lines_name(path, [1, 5]) == "cell 1 line 1, cell 2 line 1"
    assert line_name("a.md", 5) == "line 5"
    assert lines_name("a.md", [1, 5]) == "lines 1, 5"
    assert NotebookPath("a.ipynb").cell_line(3) == "cell 1"


def test_a_question_goes_on_with_the_names_of_the_one_before() -> None:
    text = notebook_text(
        notebook(
            code("import numpy as np"),
            markdown("## What is a?\n\nA number."),
            code("a = np.ones(2)"),
            markdown("## What is a + 1?"),
            code("a + 1", displayed("array([2., 2.])")),
            markdown("## What is the sum of ones?"),
            code("print(np.ones(2).sum())"),
        ),
        "a.ipynb",
    ).text
    fences = [line for line in text.split("\n") if line.startswith("```python")]
    assert fences == ["```python", "```python", "```python continues", "```python"]


def test_directives_in_the_cell_above_are_for_the_code() -> None:
    above = markdown('Do not run this.\n\n<!-- proofdeck: no-run="asks for keys" -->')
    text = notebook_text(notebook(QUESTION, above, code("input()", printed("x\n"))), "a.ipynb").text
    (snippet,) = parse_guide(text, "a.ipynb").questions[0].snippets
    assert (snippet.directives.no_run, snippet.stated) == ("asks for keys", None)


def test_a_notebook_of_another_language_is_not_run() -> None:
    text = notebook_text(notebook(QUESTION, code("x <- 1"), language="R"), "a.ipynb").text
    assert "```r\nx <- 1\n```" in text


def test_front_matter_in_a_raw_cell_stays() -> None:
    raw = {"cell_type": "raw", "metadata": {}, "source": "---\ntitle: Deques\n---"}
    assert notebook_text(notebook(raw, QUESTION), "a.ipynb").text.startswith("---\ntitle: Deques\n---\n")


def test_the_older_format_is_read() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["What is 2 + 2?"]},
        {
            "cell_type": "code",
            "language": "python",
            "input": ["2 + 2"],
            "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": ["4"]}],
        },
        {
            "cell_type": "code",
            "input": "print(1)\n1 / 0",
            "outputs": [
                {"output_type": "stream", "stream": "stdout", "text": "1\n"},
                {"output_type": "pyerr", "ename": "ZeroDivisionError", "evalue": "", "traceback": []},
            ],
        },
    ]
    raw = json.dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]})
    assert [line for line in notebook_text(raw, "a.ipynb").text.split("\n") if line] == [
        "## What is 2 + 2?",
        *("```python", "print(repr(2 + 2))", "```", "```output", "4", "```"),
        *("```python raises=ZeroDivisionError", "print(1)", "1 / 0", "```", "```output", "1", "```"),
    ]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (
            '{"cells": [\n{"cell_type": "mark',
            f"this notebook is damaged (its JSON breaks off in line 2); {RESTORE}",
        ),
        (
            '{"nbformat": 4, "cells": [1]}',
            "this file is no notebook that Jupyter can read: its cells are missing or damaged.",
        ),
        (
            '{\n<<<<<<< HEAD\n"cells": []\n=======\n"cells": [1]\n>>>>>>> b\n}',
            MERGED,
        ),
        (
            "# Queues\n\n## What is a queue?\n",
            "this is no notebook but is named as one; if it is Markdown, let it end in .md.",
        ),
        ("[]", "this file is no notebook that Jupyter can read: its cells are missing or damaged."),
        (
            '{"nbformat": 2, "worksheets": [{}]}',
            "this notebook is of format 2; open it in Jupyter and save it again.",
        ),
    ],
)
def test_a_damaged_notebook_is_refused_in_one_sentence(raw: str, sentence: str) -> None:
    with pytest.raises(FormatError) as caught:
        notebook_text(raw, "a.ipynb")
    assert str(caught.value) == f"a.ipynb: {sentence}"


def test_a_picture_that_is_attached_to_a_cell_stands_in_its_place() -> None:
    cell = markdown("## What is a net?\n\n![A net](attachment:a%20b.png)") | {
        "attachments": {"a b.png": {"image/png": ["b25", "l\n"]}}
    }
    assert notebook_text(notebook(cell), "a.ipynb").text == (
        "## What is a net?\n\n![A net](data:image/png;base64,b25l)\n\n"
    )
