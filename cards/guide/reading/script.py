"""Makes a block that is no plain script one: sessions, notebook lines, shared indentation."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cards.program.snippet import ExpectedException
from cards.python.foreign.indented import without_shared_indentation
from cards.python.foreign.notebook import without_notebook_lines
from cards.python.foreign.session import is_session, session_script
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.guide.block import Code
    from cards.program.snippet import RunDirectives


class Script(NamedTuple):
    """A block of Python as it runs and as cards show it, with what a session states of it."""

    code: Code
    directives: RunDirectives
    stated: str | None = None


def script_of(code: Code, directives: RunDirectives) -> Script:
    """Return a block as a script whose lines keep their numbers; one that is meant not to parse as it is."""
    if directives.syntax_error:
        return Script(code, directives)
    if is_session(code.source):
        return _session_script(code, directives)
    source = without_notebook_lines(without_shared_indentation(code.source))
    if tree_of(source) is None:
        dedented = without_notebook_lines(textwrap.dedent(source))
        source = dedented if tree_of(dedented) is not None else source
    return Script(code if source == code.source else replace(code, source=source), directives)


def _session_script(code: Code, directives: RunDirectives) -> Script:
    session = session_script(code.source)
    if session is None:
        return Script(code, directives)
    if session.exception and directives.raises is None:
        # Of an elided text the beginning is stated.
        text = session.exception_text.partition("...")[0].strip()
        directives = replace(directives, raises=ExpectedException(session.exception, text))
    is_compared = not (directives.no_run or directives.skip or directives.no_output)
    return Script(replace(code, source=session.source), directives, session.stated if is_compared else None)
