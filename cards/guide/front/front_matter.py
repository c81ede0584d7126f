"""A guide's front matter: the YAML between two `---` lines at its top.

The pages of Jekyll, Hugo and Docusaurus begin with one too; keys that are not known are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cards.errors import Problem
from cards.hidden_character import clear_prose
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml.nodes import Node

_BLOCK = regex(
    # A rule (`---`) may open a guide too; in front matter a key follows, after comments.
    r"\A---[ \t]*\n(?P<yaml>(?:#[^\n]*\n)*[\"']?[\w-]+[\"']?[ \t]*:.*?)^(?:---|\.\.\.)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_WORD_KEYS = ("title", "lang", "deck", "python")
_LIST_KEYS = ("tags", "requires")
_KNOWN_KEY = regex(rf"^[\"']?(?:{'|'.join((*_WORD_KEYS, *_LIST_KEYS))})[\"']?[ \t]*:", re.MULTILINE)
_TAG_OF_NULL = "tag:yaml.org,2002:null"
_TAG_OF_TEXT = "tag:yaml.org,2002:str"
_KNOWN_KEYS = frozenset((*_WORD_KEYS, *_LIST_KEYS))
_FIRST_LINE = 2
"""The line of the guide at which its YAML begins."""
_IS_BOUND = regex(r"[<>=!~]")
"""What only the rest of a requirement begins with: YAML cuts `[torch>=2,<3]` at the comma."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an author says of a whole guide; empty where nothing is said."""

    title: str = ""
    lang: str = ""
    """The language that the guide is written in, as written: `en`, `zh-Hant`."""
    deck: str = ""
    """The name of the Anki deck, `::` between its levels; guides that name the same are one deck there."""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    """The packages that the code needs, as installers take them: `torch==2.*`."""
    python: str = ""
    """The Python that the code needs: `3.12`."""
    lines: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """The line of each key."""

    @property
    def card_tags(self) -> tuple[str, ...]:
        """The tags as cards bear them: in lower case, without spaces, levels between two colons."""
        return tuple(dict.fromkeys(filter(None, map(_card_tag, self.tags))))

    def line_of(self, key: str) -> int:
        """Return the line at which a key stands in the guide; 0 for none."""
        return dict(self.lines).get(key, 0)


NO_FRONT_MATTER = FrontMatter()


class FrontMatterReading(NamedTuple):
    """A guide's text without its front matter, and what that says."""

    text: str
    """With empty lines for the front matter, so that line numbers stay."""
    front_matter: FrontMatter = NO_FRONT_MATTER
    warnings: tuple[Problem, ...] = ()


def read_front_matter(text: str, path: str) -> FrontMatterReading:
    """Return the text without its front matter, what that says, and what is wrong in it.

    Its lines end with line feeds, whatever ended them, and it has no halves of characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatterReading(text)
    rest = "\n" * block[0].count("\n") + text[block.end() :]
    if not _KNOWN_KEY.search(block["yaml"]):
        return FrontMatterReading(rest)
    nodes, problem = _nodes_by_key(block["yaml"], path)
    warnings = [problem] if problem else []
    words: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    for key, node in nodes.items():
        line = lines[key] = node.start_mark.line + _FIRST_LINE
        if node.tag == _TAG_OF_NULL:
            continue
        value: str | tuple[str, ...] | None
        if key in _WORD_KEYS:
            value = words[key] = _word(node) or ""
            wanted = "words on one line"
        else:
            value = lists[key] = _list(key, node) or ()
            wanted = "a list: `[one, two]`"
        if not value:
            sentence = f"`{key}` in the front matter must be {wanted}; it is left out."
            warnings.append(Problem(path, line, sentence))
    found = FrontMatter(**words, **lists, lines=tuple(lines.items()))  # type: ignore[arg-type]
    return FrontMatterReading(rest, found, tuple(warnings))


def _nodes_by_key(text: str, path: str) -> tuple[Mapping[str, Node], Problem | None]:
    """Return the value of each known key, or why the text is no YAML."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return {}, _no_yaml(path, mark.line + _FIRST_LINE if mark else 1, error.problem or "")
    except (yaml.YAMLError, RecursionError):
        return {}, _no_yaml(path, 1, "")
    if not isinstance(root, yaml.MappingNode):
        return {}, None
    return {
        key.value: node for key, node in root.value if key.id == "scalar" and key.value in _KNOWN_KEYS
    }, None


def _no_yaml(path: str, line: int, reason: str) -> Problem:
    because = f" ({' '.join(reason.split())})" if reason else ""
    return Problem(
        path,
        line,
        f"the front matter is no YAML{because} and is left out; quote text with a colon or bracket.",
    )


def _card_tag(words: str) -> str:
    """Return a tag as Anki keeps it; empty where nothing is left of it."""
    levels = ("-".join(level.split()) for level in re.split(r":+", words))
    return unicodedata.normalize("NFC", "::".join(filter(None, levels)).lower())


def _word(node: Node) -> str | None:
    """Return a scalar as it is written, on one line; None for anything else."""
    # A number, a date or a truth value is words too: `python: 3.10`, `lang: no`.
    return clear_prose(" ".join(node.value.split())) if isinstance(node.value, str) else None


def _list(key: str, node: Node) -> tuple[str, ...] | None:
    """Return the words of a list, or of a text that lists them; None for anything else."""
    if isinstance(node.value, str):
        if node.tag != _TAG_OF_TEXT:
            return None
        return tuple(_items_of_text(key, node.value))
    if not node.tag.endswith(":seq"):
        return None
    words = [_word(each) for each in node.value if each.tag != _TAG_OF_NULL]
    found = [word for word in words if word]
    if len(found) < len(words):
        return None
    return tuple(_join_bounds(found)) if key == "requires" else tuple(found)


def _items_of_text(key: str, text: str) -> Iterator[str]:
    """Yield what a text lists: split at commas, tags at spaces where there is none."""
    parts = text.split() if key == "tags" and "," not in text else re.split(r"[,\n]", text)
    words = [clear_prose(" ".join(part.split())) for part in parts if part.strip()]
    yield from _join_bounds(words) if key == "requires" else words


def _join_bounds(parts: list[str]) -> list[str]:
    """Return requirements whole: `torch>=2` and `<3` are one."""
    joined: list[str] = []
    for part in parts:
        if joined and _IS_BOUND.match(part):
            joined[-1] += f",{part}"
        else:
            joined.append(part)
    return joined
