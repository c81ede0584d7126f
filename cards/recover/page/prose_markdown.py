"""Convert plain text to Markdown, with names that the code knows set as code."""

from __future__ import annotations

from cards.regex import regex

# What stands as it is: code, bold text and links that survived the extraction.
_MARKUP = regex(r"`[^`\n]+`|\*\*[^*\s](?:[^*\n]*[^*\s])?\*\*")
_SPECIAL = regex(r"([\\`*<\[\]])|(?<![^\W_])(_)|(_)(?![^\W_])|(&)(?=#?\w+;)")
_COMMENT = regex(r"(<!--\s*)proofdeck\b")
"""What the parser takes for a comment of ours that stands in the wrong place, even behind a backslash."""
_STARTS = regex(r"(?:[-+>#=~|:]|\d{1,9}[.)](?=\s|$))")
_NAME = regex(
    r"(?<![\w.`@/$-])"
    r"(?:@?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\([\w., ]*\))?|\w*[^\W_]_\w*(?:\(\))?|[A-Za-z]\w*\(\))"
    r"(?![\w`(/-])"
)


def to_markdown(text: str, names: frozenset[str] = frozenset()) -> str:
    """Return Markdown whose words are the text, on one line; names among `names` become code."""
    parts = []
    position = 0
    for match in _MARKUP.finditer(text):
        parts += [_mark_names(text[position : match.start()], names), match[0]]
        position = match.end()
    parts.append(_mark_names(text[position:], names))
    markdown = "".join(parts)
    start = _STARTS.match(markdown)
    if start and start[0][0].isdigit():
        return f"{start[0][:-1]}\\{start[0][-1]}{markdown[start.end() :]}"
    return f"\\{markdown}" if start else markdown


def _mark_names(text: str, names: frozenset[str]) -> str:
    parts = []
    position = 0
    for match in _NAME.finditer(text):
        if _is_known(match[0], names):
            parts += [escape_markdown(text[position : match.start()]), f"`{match[0]}`"]
            position = match.end()
    parts.append(escape_markdown(text[position:]))
    return "".join(parts)


def _is_known(name: str, names: frozenset[str]) -> bool:
    bare = name.lstrip("@").partition("(")[0]
    return bare in names or ("." in bare and bare.partition(".")[0] in names)


def escape_markdown(text: str) -> str:
    """Return the text with everything that Markdown would read as markup behind a backslash."""
    text = _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
    return _COMMENT.sub(r"\1**proofdeck**", text)
