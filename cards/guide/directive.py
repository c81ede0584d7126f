"""The closed vocabulary of words that an author may add to a fence or a comment.

The table in docs/guide-format.md is its description for people; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeAlias

from cards.program.snippet import Directives, Raises

_WORD = re.compile(
    r"""\s*(?P<name>[^\s="]+)(?:(?P<equals>=)(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s"]*)))?(?=\s|$)"""
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_REQUIREMENTS = ("network", "service", "tpu", "gpu", "processes")
_KINDS_OF_CODE = ("predict", "why", "trait", "complete")

_NEVER_A_TASK = frozenset({"check", "context", "raises", "syntax-error", "shrink"})
"""What is hidden, fails or does not run as it stands is no reference answer."""


class DirectiveError(ValueError):
    """A directive is unknown, misspelt or impossible; the text is a sentence for the author."""


@dataclass(frozen=True, slots=True)
class Order:
    """All that one info string or comment asks for."""

    directives: Directives = Directives()
    check: bool = False
    """The block is a hidden check."""
    define: str = ""
    """The fixture that the block defines."""
    stand_in: bool = False
    """That fixture is made up."""
    pin: str = ""
    """The question's fixed identity."""
    context: bool = False
    """The block makes no cards."""
    task: bool = False
    """The block is the reference answer of a coding task."""
    without: tuple[str, ...] = ()
    """Kinds of cards that the block does not make."""
    given: frozenset[str] = frozenset()
    """The names that were written, for messages about combinations."""


_Rule: TypeAlias = Callable[[Order, str], Order]


def parse_order(text: str) -> Order:
    """Return what the words ask for; raise DirectiveError for the first that cannot be meant."""
    order = Order()
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
        order = _apply(order, name, value if match["equals"] else None)
    _refuse_impossible(order)
    return order


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """Return `; did you mean ...?` for the nearest known word, or nothing."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean `{near[0]}`?" if near else ""


def _apply(order: Order, name: str, value: str | None) -> Order:
    if name not in RULES:
        raise DirectiveError(f"`{name}` is no directive{suggestion(name, tuple(RULES))}")
    if name in order.given:
        raise DirectiveError(f"`{name}` stands twice")
    rule, takes_value = RULES[name]
    if takes_value and not value:
        raise DirectiveError(f"`{name}` needs a value: `{name}=...`")
    if not takes_value and value is not None:
        raise DirectiveError(f"`{name}` takes no value")
    order = rule(order, value or "")
    return replace(order, given=order.given | {name})


def _refuse_impossible(order: Order) -> None:
    given = order.given
    kinds = given & {"check", "define", "stand-in", "id", "context"}
    if len(kinds) > 1:
        raise DirectiveError(f"{_both(kinds)} cannot stand together")
    if kinds & {"define", "stand-in", "id"} and given - kinds:
        raise DirectiveError(f"`{min(given - kinds)}` means nothing beside `{min(kinds)}`")
    if "without" in given and kinds & {"check", "context"}:
        raise DirectiveError(f"`without` means nothing beside `{min(kinds)}`, which makes no cards")
    left = given & {"no-run", "skip"}
    if left and len(given - {"context"}) > 1:
        raise DirectiveError(f"a block that does not run takes no other directive than `{min(left)}`")
    if "task" in given and (never := given & _NEVER_A_TASK):
        raise DirectiveError(f"{_both(frozenset({'task', min(never)}))} cannot stand together")
    fates = given & {"raises", "syntax-error"}
    if len(fates) > 1:
        raise DirectiveError(f"{_both(fates)} cannot stand together")


def _both(names: frozenset[str]) -> str:
    return " and ".join(f"`{name}`" for name in sorted(names))


def _names(what: str, value: str) -> tuple[str, ...]:
    names = tuple(value.split(","))
    for name in names:
        if not _NAME.match(name):
            raise DirectiveError(f"`{what}={value}`: {name!r} is not a name of letters, digits, `-` and `_`")
    return names


def _pair(what: str, value: str, form: str) -> tuple[str, str]:
    left, colon, right = value.partition(":")
    if not (left and colon and right):
        raise DirectiveError(f"`{what}={value}` must have the form `{what}={form}`")
    return left, right


def _number(what: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise DirectiveError(f"`{what}={value}`: {value!r} is not a number") from None
    if not 0 < number < 1e6:
        raise DirectiveError(f"`{what}={value}`: the number must lie between 0 and a million")
    return number


def _integer(what: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise DirectiveError(f"`{what}={value}`: {value!r} is not a whole number")
    return int(value)


def _file(order: Order, value: str) -> Order:
    path, fixture = _pair("file", value, "path:fixture")
    parts = path.split("/")
    if path.startswith(("/", "~")) or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        raise DirectiveError(f"`file={value}`: the path must be a plain relative one, without `..`")
    return _with(order, files=((path, *_names("file", fixture)),))


def _raises(order: Order, value: str) -> Order:
    exception, _, text = value.partition(":")
    if not exception.isidentifier():
        raise DirectiveError(f"`raises={value}`: {exception!r} is not the name of an exception")
    return _with(order, raises=Raises(exception, text))


def _keras(order: Order, value: str) -> Order:
    if value not in {"2", "3"}:
        raise DirectiveError(f"`keras={value}`: the flavours are 2 and 3")
    return _with(order, keras=int(value))


def _env(order: Order, value: str) -> Order:
    name, text = _pair("env", value, "NAME:value")
    return _with(order, env=((*_names("env", name), text),))


def _shrink(order: Order, value: str) -> Order:
    pairs = [_pair("shrink", part, "epochs:2") for part in value.split(",")]
    return _with(order, shrink=tuple((*_names("shrink", name), _integer("shrink", to)) for name, to in pairs))


def _requires(order: Order, value: str) -> Order:
    wanted = tuple(value.split(","))
    for want in wanted:
        if not (want in _REQUIREMENTS or re.fullmatch(r"package:[A-Za-z0-9._-]+", want)):
            known = (*_REQUIREMENTS, "package:NAME")
            raise DirectiveError(f"`requires={want}` is not known{suggestion(want, known)}")
    return _with(order, requires=wanted)


def _without(order: Order, value: str) -> Order:
    kinds = _names("without", value)
    for kind in kinds:
        if kind not in _KINDS_OF_CODE:
            raise DirectiveError(
                f"`without={kind}`: code makes no such cards, only {', '.join(_KINDS_OF_CODE)}"
            )
    return replace(order, without=kinds)


def _define(order: Order, value: str) -> Order:
    (name, *more) = _names("define", value)
    if more:
        raise DirectiveError(f"`define={value}`: a block defines one fixture")
    return replace(order, define=name)


def _stand_in(order: Order, value: str) -> Order:
    (name, *more) = _names("stand-in", value)
    if more:
        raise DirectiveError(f"`stand-in={value}`: a block stands in for one thing")
    return replace(order, define=name, stand_in=True)


def _pin(order: Order, value: str) -> Order:
    (name, *more) = _names("id", value)
    if more:
        raise DirectiveError(f"`id={value}`: a question has one identity")
    return replace(order, pin=name)


def _with(order: Order, **fields: object) -> Order:
    return replace(order, directives=replace(order.directives, **fields))  # type: ignore[arg-type]


# name -> (what it does, whether it takes a value)
RULES: dict[str, tuple[_Rule, bool]] = {
    "fixture": (lambda order, value: _with(order, fixtures=_names("fixture", value)), True),
    "file": (_file, True),
    "raises": (_raises, True),
    "syntax-error": (lambda order, _: _with(order, syntax_error=True), False),
    "no-output": (lambda order, _: _with(order, no_output=True), False),
    "tolerance": (lambda order, value: _with(order, tolerance=_number("tolerance", value)), True),
    "timeout": (lambda order, value: _with(order, timeout_seconds=_number("timeout", value)), True),
    "shrink": (_shrink, True),
    "keras": (_keras, True),
    "env": (_env, True),
    "seed": (lambda order, value: _with(order, seed=_integer("seed", value)), True),
    "requires": (_requires, True),
    "loopback": (lambda order, _: _with(order, loopback=True), False),
    "continues": (lambda order, _: _with(order, continues=True), False),
    "no-run": (lambda order, value: _with(order, no_run=value), True),
    "skip": (lambda order, value: _with(order, skip=value), True),
    "check": (lambda order, _: replace(order, check=True), False),
    "define": (_define, True),
    "stand-in": (_stand_in, True),
    "id": (_pin, True),
    "without": (_without, True),
    "context": (lambda order, _: replace(order, context=True), False),
    "task": (lambda order, _: replace(order, task=True), False),
}
