"""Takes away the indentation that a whole block of code shares."""

from __future__ import annotations

import textwrap

from cards.python.syntax import tree_of


def without_shared_indentation(source: str) -> str:
    """Return code that does not parse for its shared indentation without it; else as it is."""
    if tree_of(source) is not None:
        return source
    dedented = textwrap.dedent(source)
    return dedented if tree_of(dedented) is not None else source
