"""Words that a shell completes because the store, or this program, knows them."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from cards.errors import ProofdeckError
from cards.hidden_character import escape_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from srs.store.store import Store

    StoreFile = Callable[[click.Context], str]
    """Tells where the store is that a command line means."""
    Known = Callable[[str, click.Context], Iterable[tuple[str, str]]]
    """Tells the words that a store's file, or this program, knows, each with what it means."""


class StoredWord(click.types.StringParamType):
    """Text of which a shell may complete what is known."""

    def __init__(self, known: Known, store_file: StoreFile) -> None:
        """Complete what `known` returns: words, each with what it means."""
        self._known = known
        self._store_file = store_file

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        """Return the known words that begin as the incomplete one does."""
        words = []
        with suppress(ProofdeckError, OSError):
            words = [(_clear(word), _clear(means)) for word, means in self._known(self._store_file(ctx), ctx)]
        begun = incomplete.casefold()
        return [
            CompletionItem(word, help=means) for word, means in words if word.casefold().startswith(begun)
        ]


def add_completion(command: click.Command, store_file: StoreFile) -> click.Command:
    """Return the command, of which a shell completes every word that has a name of the table."""
    for param in command.params:
        known = _KNOWN.get((command.name, param.name)) or _KNOWN.get((None, param.name))
        if known is not None and type(param.type) is click.types.StringParamType:
            param.type = StoredWord(known, store_file)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            add_completion(each, store_file)
    return command


def _clear(words: str) -> str:
    """Return words of which a terminal takes none as a command."""
    return escape_hidden(words.replace("\n", " "))


def _decks(store_file: str, _ctx: click.Context) -> list[tuple[str, str]]:
    with _open(store_file) as store:
        return [(each.short_name, each.name) for each in store.decks.names()]


def _tags(store_file: str, _ctx: click.Context) -> list[tuple[str, str]]:
    with _open(store_file) as store:
        return [(tag, "") for tag in sorted(set(store.cards.tags(None)))]


def _open(store_file: str) -> Store:
    from srs.store.store import Store

    return Store.open_existing(store_file)


def _kinds(_store_file: str, _ctx: click.Context) -> list[tuple[str, str]]:
    from cards.card.kind import CardKind

    return [(kind.value, kind.plural) for kind in CardKind]


def _settings(_store_file: str, _ctx: click.Context) -> list[tuple[str, str]]:
    from srs.review.preferences import PREFERENCE_RULES

    return [(name, form) for name, (form, _) in PREFERENCE_RULES.items()]


def _values(_store_file: str, ctx: click.Context) -> list[tuple[str, str]]:
    from srs.review.preferences import PREFERENCE_RULES

    form, _ = PREFERENCE_RULES.get(ctx.params.get("name") or "", ("", None))
    return [
        (word, "") for word in re.findall(r"\b(?:six|four|sm2|fsrs|on|off|auto|fit|default|none)\b", form)
    ]


def _commands(_store_file: str, ctx: click.Context) -> list[tuple[str, str]]:
    root = ctx.find_root().command
    if not isinstance(root, click.Group):
        return []
    found = ((name, root.get_command(ctx, name)) for name in root.list_commands(ctx))
    return [(name, each.get_short_help_str(60)) for name, each in found if each is not None]


_KNOWN: dict[tuple[str | None, str | None], Known] = {
    (None, "deck"): _decks,
    (None, "tag"): _tags,
    (None, "kind"): _kinds,
    ("settings", "name"): _settings,
    ("settings", "value"): _values,
    ("help", "words"): _commands,
}
"""By a command's name, or for all, and the name of its parameter."""
