"""Directives: the words that an author may add to a fence or a comment, and how they are parsed.

The table in docs/guide-reference.md is its description for people; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from cards.guide.importance import Importance
from cards.program.requirement import parse_package_requirement
from cards.program.snippet import ExpectedException, KerasFlavour, Misread, RunDirectives
from cards.regex import regex

_WORD = regex(
    r"""\s*(?P<name>[^\s="]+)(?:(?P<equals>=)(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s"]*)))?(?=\s|$)"""
)
# Words on a fence that other programs read: MkDocs, Docusaurus, Quarto, Pandoc, editors.
_WORDS_OF_OTHERS = regex(
    r"(?<!\S)(?:(?:title|linenums|hl_lines|linenostart|show_?line_?numbers|numberlines|filename|caption|class|live|name"
    r"|collapsible|editable|runnable|copy|wrap|hide_lines|highlight|highlightlines|startline|annotate|lines|label"
    r"|no_?run_?button|playground|eval|echo|include|warning|message|tab|group|exec|execute|lineno)"
    r"(?:=(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\}|\S*))?|\{[^{}]*\}|[.#][\w-]+|[\w.-]*\})(?!\S)",
    re.IGNORECASE,
)
UNKNOWN_DIRECTIVE = Misread.UNKNOWN.value
_NAME = regex(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_REQUIREMENTS = ("network", "service", "tpu", "gpu", "processes")
IMPORTANCES = {"core": Importance.CORE, "extra": Importance.EXTRA}
"""The words that say how much something matters."""
NO_REVERSE = "no-reverse"
CODE_CARD_KINDS = ("predict", "why", "trait", "complete", "line")

_NEVER_A_TASK = frozenset({"check", "context", "outline", "raises", "syntax-error", "shrink"})
"""Directives that `task` excludes: a hidden, failing or altered block is no reference answer."""


class DirectiveError(ValueError):
    """A directive is unknown, misspelt or impossible; the text is a sentence for the author."""


class UnknownDirectiveError(DirectiveError):
    """A word is no directive."""

    def __init__(self, word: str, near: str) -> None:
        super().__init__(f"`{word}` is no directive{near}")
        self.is_near = bool(near)
        """A directive may be meant."""


class BlockPurpose(Enum):
    """The purpose of a block, as its directives state it."""

    ANSWER = auto()
    """It is shown and makes cards."""
    CONTEXT = auto()
    """It is shown and makes no cards."""
    OUTLINE = auto()
    """It is the outline that answers its question."""
    TASK = auto()
    """It is the reference answer of a coding task."""
    CHECK = auto()
    """It is a hidden check."""
    FIXTURE = auto()
    """It is hidden and defines a fixture."""
    STAND_IN = auto()
    """It defines a fixture that is made up."""
    QUESTION_ID = auto()
    """It holds no code and fixes the question's identity."""


@dataclass(frozen=True, slots=True)
class BlockDirectives:
    """All that the directives of one fence or comment say about a block."""

    directives: RunDirectives = RunDirectives()
    purpose: BlockPurpose = BlockPurpose.ANSWER
    name: str = ""
    """The fixture that the block defines, or the question's fixed identity."""
    without: tuple[str, ...] = ()
    """Kinds of cards that the block does not make."""
    importance: Importance | None = None
    """How much it matters to know what it says; None where its author says nothing."""
    no_reverse: bool = False
    """Of a table or list: its cards are asked one way only."""
    given: frozenset[str] = frozenset()
    """The names that were written, for messages about combinations."""

    @property
    def is_of_cards_only(self) -> bool:
        """Whether it says of the cards of a block how much they matter, or which way they are asked."""
        return bool(self.given) and self.given <= {*IMPORTANCES, NO_REVERSE}

    @property
    def is_of_importance_only(self) -> bool:
        """Whether it says how much something matters, and nothing else."""
        return bool(self.given) and self.given <= IMPORTANCES.keys()


_Rule: TypeAlias = Callable[[BlockDirectives, str], BlockDirectives]


def parse_directives(text: str) -> BlockDirectives:
    """Return the directives that the words state; raise DirectiveError for the first impossible one."""
    block = BlockDirectives()
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _WORD.match(text, position)
        if match is None:
            raise DirectiveError(
                f"the directives cannot be read from {text[position:].strip()[:30]!r} on; "
                'write them as `name`, `name=value` or `name="two words"`'
            )
        position = match.end()
        name, value = match["name"], match["bare"]
        if match["quoted"] is not None:
            value = re.sub(r"\\(.)", r"\1", match["quoted"])
        block = _apply_rule(block, name, value if match["equals"] else None)
    _refuse_impossible(block)
    return block


class ReadDirectives(NamedTuple):
    """Directives as far as they can be followed, and what is wrong with the others."""

    block: BlockDirectives
    faults: tuple[str, ...] = ()


def read_directives(text: str) -> ReadDirectives:
    """Return the directives of a fence or comment.

    A word that is nothing like a directive is left out. With any other fault the block is not run: what its
    author meant may decide what the code must do.
    """
    try:
        return ReadDirectives(parse_directives(text))
    except DirectiveError:
        words = _WORDS_OF_OTHERS.sub(" ", text)
    faults: list[str] = []
    while True:
        try:
            return ReadDirectives(parse_directives(words), tuple(faults))
        except UnknownDirectiveError as error:
            faults.append(str(error))
            shorter = _without_word(words, str(error).split("`")[1])
            if error.is_near or shorter == words:
                return ReadDirectives(not_run(UNKNOWN_DIRECTIVE), tuple(faults))
            words = shorter
        except DirectiveError as error:
            return ReadDirectives(not_run(UNKNOWN_DIRECTIVE), (*faults, str(error)))


def _without_word(text: str, name: str) -> str:
    """Return directives without the one of that name."""
    return re.sub(rf"(?<!\S){re.escape(name)}(?:=(?:\"[^\"]*\"|\S*))?(?!\S)", "", text, count=1)


def not_run(reason: str) -> BlockDirectives:
    """Return the directives of a block that is not run because nobody knows how."""
    return BlockDirectives(RunDirectives(no_run=reason), given=frozenset({"no-run"}))


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """Return `; did you mean ...?` with the nearest known word; empty where none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else ""


def _apply_rule(block: BlockDirectives, name: str, value: str | None) -> BlockDirectives:
    if name not in DIRECTIVE_RULES:
        raise UnknownDirectiveError(name, suggestion(name, tuple(DIRECTIVE_RULES)))
    if name in block.given:
        raise DirectiveError(f"`{name}` stands twice")
    rule, takes_value = DIRECTIVE_RULES[name]
    if takes_value and not value:
        raise DirectiveError(f"`{name}` needs a value: `{name}=...`")
    if not takes_value and value is not None:
        raise DirectiveError(f"`{name}` takes no value")
    block = rule(block, value or "")
    return replace(block, given=block.given | {name})


def _refuse_impossible(block: BlockDirectives) -> None:
    given = block.given
    kinds = given & {"check", "define", "stand-in", "id", "context", "outline"}
    if len(kinds) > 1:
        raise DirectiveError(f"{_quote_names(kinds)} cannot stand together")
    weights = given & IMPORTANCES.keys()
    if len(weights) > 1:
        raise DirectiveError(f"{_quote_names(weights)} cannot stand together")
    alone = given - kinds - (weights if kinds & {"id", "outline"} else frozenset())
    if kinds & {"define", "stand-in", "id", "outline"} and alone:
        raise DirectiveError(f"`{min(alone)}` means nothing beside `{min(kinds)}`")
    of_cards = weights | (given & {"without", NO_REVERSE})
    if of_cards and kinds & {"check", "context"}:
        raise DirectiveError(f"`{min(of_cards)}` means nothing beside `{min(kinds)}`, which makes no cards")
    if NO_REVERSE in given and (more := given - {NO_REVERSE} - weights):
        raise DirectiveError(
            f"`{min(more)}` means nothing beside `{NO_REVERSE}`, which is for tables and lists"
        )
    left = given & {"no-run", "skip"}
    if left and len(given - {"context"} - weights) > 1:
        raise DirectiveError(f"a block that does not run takes no other directive than `{min(left)}`")
    if "task" in given and (never := given & _NEVER_A_TASK):
        raise DirectiveError(f"{_quote_names(frozenset({'task', min(never)}))} cannot stand together")
    fates = given & {"raises", "syntax-error"}
    if len(fates) > 1:
        raise DirectiveError(f"{_quote_names(fates)} cannot stand together")


def _quote_names(names: frozenset[str]) -> str:
    return " and ".join(f"`{name}`" for name in sorted(names))


def _parse_names(what: str, value: str) -> tuple[str, ...]:
    names = tuple(value.split(","))
    for name in names:
        if not _NAME.match(name):
            raise DirectiveError(f"`{what}={value}`: {name!r} is not a name of letters, digits, `-` and `_`")
    return names


def _parse_pair(what: str, value: str, form: str) -> tuple[str, str]:
    left, colon, right = value.partition(":")
    if not (left and colon and right):
        raise DirectiveError(f"`{what}={value}` must have the form `{what}={form}`")
    return left, right


def _parse_number(what: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise DirectiveError(f"`{what}={value}`: {value!r} is not a number") from None
    if not 0 < number < 1e6:
        raise DirectiveError(f"`{what}={value}`: the number must lie between 0 and a million")
    return number


def _parse_integer(what: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise DirectiveError(f"`{what}={value}`: {value!r} is not a whole number")
    return int(value)


def _apply_file(block: BlockDirectives, value: str) -> BlockDirectives:
    path, fixture = _parse_pair("file", value, "path:fixture")
    parts = path.split("/")
    if path.startswith(("/", "~")) or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        raise DirectiveError(f"`file={value}`: the path must be a plain relative one, without `..`")
    return _with_run_directives(block, files=((path, *_parse_names("file", fixture)),))


def _apply_raises(block: BlockDirectives, value: str) -> BlockDirectives:
    name, _, text = value.partition(":")
    exception = name.removesuffix("+")
    if not exception.isidentifier():
        raise DirectiveError(f"`raises={value}`: {exception!r} is not the name of an exception")
    return _with_run_directives(
        block, raises=ExpectedException(exception, text, or_derived=name.endswith("+"))
    )


def _apply_keras(block: BlockDirectives, value: str) -> BlockDirectives:
    if value not in {"2", "3"}:
        raise DirectiveError(f"`keras={value}`: the flavours are 2 and 3")
    return _with_run_directives(block, keras=KerasFlavour(int(value)))


def _apply_env(block: BlockDirectives, value: str) -> BlockDirectives:
    name, text = _parse_pair("env", value, "NAME:value")
    return _with_run_directives(block, env=((*_parse_names("env", name), text),))


def _apply_shrink(block: BlockDirectives, value: str) -> BlockDirectives:
    pairs = [_parse_pair("shrink", part, "epochs:2") for part in value.split(",")]
    return _with_run_directives(
        block,
        shrink=tuple((*_parse_names("shrink", name), _parse_integer("shrink", to)) for name, to in pairs),
    )


def _apply_requires(block: BlockDirectives, value: str) -> BlockDirectives:
    wanted = tuple(re.split(r",(?![<>=!])", value))
    for want in wanted:
        if not (want in _REQUIREMENTS or parse_package_requirement(want)):
            known = (*_REQUIREMENTS, "package:NAME", "package:NAME>=2")
            raise DirectiveError(f"`requires={want}` is not known{suggestion(want, known)}")
    return _with_run_directives(block, requires=wanted)


def _apply_without(block: BlockDirectives, value: str) -> BlockDirectives:
    kinds = _parse_names("without", value)
    for kind in kinds:
        if kind not in CODE_CARD_KINDS:
            raise DirectiveError(
                f"`without={kind}`: code makes no such cards, only {', '.join(CODE_CARD_KINDS)}"
            )
    return replace(block, without=kinds)


def _apply_define(block: BlockDirectives, value: str) -> BlockDirectives:
    (name, *more) = _parse_names("define", value)
    if more:
        raise DirectiveError(f"`define={value}`: a block defines one fixture")
    return replace(block, purpose=BlockPurpose.FIXTURE, name=name)


def _apply_stand_in(block: BlockDirectives, value: str) -> BlockDirectives:
    (name, *more) = _parse_names("stand-in", value)
    if more:
        raise DirectiveError(f"`stand-in={value}`: a block stands in for one thing")
    return replace(block, purpose=BlockPurpose.STAND_IN, name=name)


def _apply_id(block: BlockDirectives, value: str) -> BlockDirectives:
    (name, *more) = _parse_names("id", value)
    if more:
        raise DirectiveError(f"`id={value}`: a question has one identity")
    return replace(block, purpose=BlockPurpose.QUESTION_ID, name=name)


def _with_run_directives(block: BlockDirectives, **fields: object) -> BlockDirectives:
    return replace(block, directives=replace(block.directives, **fields))  # type: ignore[arg-type]


# name -> (what it does, whether it takes a value)
DIRECTIVE_RULES: dict[str, tuple[_Rule, bool]] = {
    "fixture": (
        lambda block, value: _with_run_directives(block, fixtures=_parse_names("fixture", value)),
        True,
    ),
    "file": (_apply_file, True),
    "raises": (_apply_raises, True),
    "syntax-error": (lambda block, _: _with_run_directives(block, syntax_error=True), False),
    "no-output": (lambda block, _: _with_run_directives(block, no_output=True), False),
    "tolerance": (
        lambda block, value: _with_run_directives(block, tolerance=_parse_number("tolerance", value)),
        True,
    ),
    "timeout": (
        lambda block, value: _with_run_directives(block, timeout_seconds=_parse_number("timeout", value)),
        True,
    ),
    "shrink": (_apply_shrink, True),
    "keras": (_apply_keras, True),
    "env": (_apply_env, True),
    "seed": (lambda block, value: _with_run_directives(block, seed=_parse_integer("seed", value)), True),
    "requires": (_apply_requires, True),
    "loopback": (lambda block, _: _with_run_directives(block, loopback=True), False),
    "continues": (lambda block, _: _with_run_directives(block, continues=True), False),
    "no-run": (lambda block, value: _with_run_directives(block, no_run=value), True),
    "skip": (lambda block, value: _with_run_directives(block, skip=value), True),
    "check": (lambda block, _: replace(block, purpose=BlockPurpose.CHECK), False),
    "define": (_apply_define, True),
    "stand-in": (_apply_stand_in, True),
    "id": (_apply_id, True),
    "without": (_apply_without, True),
    "context": (lambda block, _: replace(block, purpose=BlockPurpose.CONTEXT), False),
    "outline": (lambda block, _: replace(block, purpose=BlockPurpose.OUTLINE), False),
    "task": (lambda block, _: replace(block, purpose=BlockPurpose.TASK), False),
    "core": (lambda block, _: replace(block, importance=Importance.CORE), False),
    "extra": (lambda block, _: replace(block, importance=Importance.EXTRA), False),
    NO_REVERSE: (lambda block, _: replace(block, no_reverse=True), False),
}
