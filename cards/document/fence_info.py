"""What stands behind the marks of a fence: its language, and the words that are meant for proofdeck.

Site generators write words of their own there: titles, line numbers, lines to highlight. They say nothing
about the code, and are dropped.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cards.regex import regex

_IN_BRACES = regex(r"\{(?P<inside>[^{}]*)\}?(?P<rest>.*)", re.DOTALL)
_LANGUAGE = regex(r"(?P<language>[^\s{:,=\"']*)(?::(?=\S)[^\s{]*|(?:,[\w-]+)+)?(?P<rest>.*)", re.DOTALL)
_MYST_CODE = frozenset({"code", "code-block", "code-cell", "sourcecode"})
"""The directives of MyST whose argument is the language."""
_FOREIGN_KEYS = (
    "title|filename|file-name|name|caption|label|class|tags|lang"
    "|linenums|linenos|lineno|lineNumbers|line-numbers|showLineNumbers|numberLines"
    "|start|startline|start-line|startFrom|startLineNumber|lineno-start|linenostart|first"
    "|hl|hl_lines|hl-lines|highlight|highlights|highlightLines|highlight-lines|highlight_lines|emphasize-lines"
    "|mark|ins|del|collapse|diff|meta|frame|theme|eval|echo|fig"
)
_FOREIGN_WORDS = (
    "showLineNumbers|noLineNumbers|noLines|nolinenos|linenums|linenos|lineNumbers|line-numbers|numberLines"
    "|number-lines|live|copy|nocopy|wrap|nowrap|editable|runnable|playground|collapse|collapsible|fold|focus"
    "|twoslash|expandable|highlight|render|example|interactive"
)
_WORDS = regex(
    rf"(?<!\S)(?P<directive>(?!(?:{_FOREIGN_KEYS})=)[^\s=\"]+=\"(?:[^\"\\]|\\.)*\")(?!\S)"
    r"|(?<!\S)(?:"
    rf"(?:{_FOREIGN_KEYS})\s?=\s?(?:\"[^\"]*\"|'[^']*'|\{{[^{{}}]*\}}|[^\s\"'{{]+)"
    rf"|(?:{_FOREIGN_WORDS})"
    r"|:?\{[^{}]*\}|\[[^\[\]]*\]|:[\w-]+|/[^/\s][^/]*/|[.#][\w-]+|[\"'][^\"'=]*[\"']"
    r")(?!\S)",
    re.IGNORECASE,
)


class FenceInfo(NamedTuple):
    """The info string of a fence, read."""

    language: str
    """In lower case; empty where it names none."""
    words: str
    """The directives, as they are written."""


def fence_info_of(info: str) -> FenceInfo:
    """Return the language and the directives of an info string: `{.python .numberLines}` is Python."""
    info = info.strip()
    if match := _IN_BRACES.match(info):
        inside = re.split(r"[\s,]+", match["inside"].strip())
        language, rest = inside[0].lstrip(".=").lower(), match["rest"]
        if language in _MYST_CODE:
            given, rest = _split_language(rest.strip())
            language = given or ("python" if language == "code-cell" else "")
    else:
        language, rest = _split_language(info)
    words = _WORDS.sub(lambda match: match["directive"] or "", rest)
    return FenceInfo("python" if language == "ipython3" else language, words.strip())


def _split_language(info: str) -> tuple[str, str]:
    match = _LANGUAGE.match(info)
    return (match["language"].strip(".}").lower(), match["rest"]) if match else ("", info)
