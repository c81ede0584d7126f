"""Regular expressions that are compiled when they are first used.

The rules have some eight hundred, and a command seldom needs most of them: compiled with their modules, they
were a third of the start of a build.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_COMPILED = (
    "findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "search", "split", "sub",
    "subn",
)  # fmt: skip


class _Regex:
    """Has what a compiled expression has; the first use of anything but its text compiles it."""

    __slots__ = (*_COMPILED, "_written_flags", "pattern")

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._written_flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a compiled one has
        """Compile it; from then on its methods are found before this one is asked."""
        if name not in _COMPILED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._written_flags)
        for each in _COMPILED:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled when it is first used.

    What it finds names the compiled one (`found.re`), which is another object than this.
    """
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))
