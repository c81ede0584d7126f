"""Words that a shell completes because the store, or this program, knows them."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from cards.errors import ProofdeckError
from srs.cli.shown_output import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from srs.store.store import Store


class StoredWord(click.ParamType):
    """Text of which a shell may complete what is known."""

    name = "text"

    def __init__(self, known: Callable[[click.Context], Iterable[tuple[str, str]]]) -> None:
        """Complete what `known` returns: words, each with what it means."""
        self._known = known

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the text as it is; what it means is the command's affair."""
        return value

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        """Return the known words that begin as the incomplete one does."""
        words = []
        with suppress(ProofdeckError, OSError):
            words = [
                (shown(word, may_look=False), shown(means, may_look=False))
                for word, means in self._known(ctx)
            ]
        begun = incomplete.casefold()
        return [
            CompletionItem(word, help=means) for word, means in words if word.casefold().startswith(begun)
        ]


def add_completion(command: click.Command) -> click.Command:
    """Return the command, of which a shell completes every word that has a name of the table."""
    for param in command.params:
        known = _KNOWN.get((command.name, param.name)) or _KNOWN.get((None, param.name))
        if known is not None and isinstance(param.type, click.types.StringParamType):
            param.type = StoredWord(known)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            add_completion(each)
    return command


def _store(ctx: click.Context) -> Store:
    from srs.cli.context import CommandContext
    from srs.store.store import Store

    home = ctx.find_root().params.get("home")
    return Store.open_existing(CommandContext(home=home, environment=os.environ).store_file)


def _decks(ctx: click.Context) -> list[tuple[str, str]]:
    with _store(ctx) as store:
        return [(each.short_name, each.name) for each in store.decks.names()]


def _tags(ctx: click.Context) -> list[tuple[str, str]]:
    with _store(ctx) as store:
        return [(tag, "") for tag in sorted(set(store.cards.tags(None)))]


def _kinds(_ctx: click.Context) -> list[tuple[str, str]]:
    from cards.card.kind import CardKind

    return [(kind.value, kind.plural) for kind in CardKind]


def _settings(_ctx: click.Context) -> list[tuple[str, str]]:
    from srs.review.preferences import PREFERENCE_RULES

    return [(name, form) for name, (form, _) in PREFERENCE_RULES.items()]


def _values(ctx: click.Context) -> list[tuple[str, str]]:
    from srs.review.preferences import PREFERENCE_RULES

    form, _ = PREFERENCE_RULES.get(ctx.params.get("name") or "", ("", None))
    return [
        (word, "") for word in re.findall(r"\b(?:six|four|sm2|fsrs|on|off|auto|fit|default|none)\b", form)
    ]


def _commands(ctx: click.Context) -> list[tuple[str, str]]:
    root = ctx.find_root().command
    if not isinstance(root, click.Group):
        return []
    found = ((name, root.get_command(ctx, name)) for name in root.list_commands(ctx))
    return [(name, each.get_short_help_str(60)) for name, each in found if each is not None]


_KNOWN: dict[tuple[str | None, str | None], Callable[[click.Context], Iterable[tuple[str, str]]]] = {
    (None, "deck"): _decks,
    (None, "tag"): _tags,
    (None, "kind"): _kinds,
    ("settings", "name"): _settings,
    ("settings", "value"): _values,
    ("help", "words"): _commands,
}
"""By a command's name, or for all, and the name of its parameter."""
