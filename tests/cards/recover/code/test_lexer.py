"""What a statement reads and binds, told from its tokens."""

from __future__ import annotations

import pytest

from cards.recover.code.lexer import lex

USES = {
    "names of every field of an f-string": (
        'print(f"{epoch + 1}: {loss:.4f}, {score.result()}")',
        "epoch loss score",
    ),
    "names in the middle of a field": ('print(f"{time.time() - start:.2f} s")', "start time"),
    "no names of the words around a field": ('print(f"epoch {{not}} {epoch!r}")', "epoch"),
    "no names in quotes": ("print(f\"{row['name']}\")", "row"),
    "no names that a comprehension binds": ('print(f"{[x for x in values]}")', "values"),
    "no keywords of a call": ('print(f"{show(value, width=8)}")', "show value"),
    "nothing of a string that is not an f-string": ('print("{epoch}")', ""),
    "no builtins": ('print(f"{len(values)}")', "values"),
    "no keyword arguments": ("model.fit(x, epochs=count)", "count model x"),
    "no attributes": ("self.table.rows", "self"),
}


@pytest.mark.parametrize(("line", "names"), USES.values(), ids=USES)
def test_a_statement_uses(line: str, names: str) -> None:
    (statement,) = lex([line]).statements
    assert " ".join(sorted(statement.uses)) == names


@pytest.mark.parametrize(("line", "bare"), [("return", True), ("return 1", False), ("pass", True)])
def test_a_word_alone_is_bare(line: str, bare: bool) -> None:  # noqa: FBT001 - a table of cases
    (statement,) = lex([line]).statements
    assert statement.bare is bare
