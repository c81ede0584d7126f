"""Cards before and after they have an identity: one prompt, one fact, and where it came from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NewType

from cards.card import sides
from cards.card.kind import CardKind
from cards.regex import regex
from cards.span import NOWHERE, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.card.proof_stamp import Stamp
    from cards.card.sides import Side
    from cards.exercise.exercise import Exercise
    from cards.exercise.gap import Gap
    from cards.guide.guide import QuestionSlug
    from cards.guide.importance import Importance
    from cards.program.displayed_code import DisplayedCode
    from cards.program.snippet import SnippetName

CardId = NewType("CardId", str)
"""16 characters of a-z and 2-7; made once and then kept by the lock. It is also the note's guid in Anki."""

CardKey = NewType("CardKey", str)
"""`question-slug/kind/cue`: what a card is made from; it changes when its question or cue is reworded."""


def question_of_key(key: CardKey) -> str:
    """Return the slug of the question that a card of this key belongs to."""
    return key.split("/", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A card as a rule makes it, before it is known which old card it is."""

    kind: CardKind
    slug: QuestionSlug
    cue: str
    """What tells it from the other cards of its kind and question, in the author's words."""
    front: Side
    back: Side
    context: Side = ()
    """For understanding, folded below the answer: the table, the paragraph, the code around."""
    breadcrumb: tuple[str, ...] = ()
    """Section and question, without any part that would give the answer away."""
    tags: tuple[str, ...] = ()
    """Lower case, hyphens for spaces, `::` between levels."""
    snippets: tuple[SnippetName, ...] = ()
    """The code that must hold before this card may be shown; empty where it shows none."""
    gap: Gap | None = None
    """What a typed answer fills, in the first of the snippets; None where nothing is typed."""
    displayed: DisplayedCode | None = None
    """The code on its front and what its back says of it; None for a card that says nothing of a run."""
    gone: str = ""
    """The mark of a card whose words name a call that is gone as if it were there; empty for any other."""
    block: int | None = None
    """The place of the block that it is made from; None for one made from none, such as an overview."""
    said: Importance | None = None
    """How much its author says that it matters; None for nothing said."""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> CardKey:
        """What the card is made from."""
        return CardKey(f"{self.slug}/{self.kind}/{self.cue}")

    @property
    def term(self) -> str:
        """The words that it defines; empty for a card that defines none."""
        return self.cue if self.kind is CardKind.TERM else ""


FAILING_TAG = "proofdeck::failing"
"""The tag of every card that is shown although its code does not hold."""

STALE_TAG = "proofdeck::stale"
"""The tag of every card in words that names what is gone, or whose question has code that is stale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Draft):
    """A card with its identity."""

    id: CardId
    changed_at: int
    """When what it shows last changed, in seconds since 1970; never goes back."""
    stamp: Stamp | None = None
    """Present on every card that shows Python which holds."""
    exercise: Exercise | None = None
    """What runs when an answer is typed into the gap."""
    failing: str = ""
    """The mark of a card that is shown although its code does not hold or its words are stale."""
    digest: str = field(default="", compare=False)
    """Its content digest as the build that made it computed it; empty for a card made otherwise."""


class UnchangedCard(NamedTuple):
    """A card that looks as it did in the last build, reduced to what is needed to recognise it."""

    id: CardId
    kind: CardKind
    slug: QuestionSlug
    changed_at: int
    path: str
    """The guide it stands in."""
    line: int
    """Its line in the guide, which may have changed."""
    block: int | None = None
    """As of a draft."""
    said: Importance | None = None
    """As of a draft."""
    term: str = ""
    """As of a draft."""


def content_digest(
    draft: Draft, stamp: Stamp | None, failing: str = "", tags: tuple[str, ...] | None = None
) -> str:
    """Digest all that a person sees of a card; while it stays equal, `changed_at` stays.

    `tags` are those that it is shown with where they are not the draft's.
    """
    texts = (
        *map(sides.side_text, (draft.front, draft.back, draft.context)),
        sides.texts_text(draft.breadcrumb),
        sides.texts_text(draft.tags if tags is None else tags),
    )
    return digest_of_texts(texts, _stamp_record(stamp) if stamp else None, failing)


def digest_of_texts(texts: Iterable[str], stamp: list[str] | None, failing: str) -> str:
    """Return the content digest of a card, given sides, breadcrumb and tags as JSON, and its stamp."""
    parts = [*texts, json.dumps(stamp, separators=(",", ":")) if stamp else "null"]
    if failing:
        parts.append(json.dumps(failing))
    # Not needed to show a card, and slow to load.
    import hashlib

    return hashlib.sha256(_with_escapes(f"[{','.join(parts)}]").encode()).hexdigest()[:16]


_BEYOND_ASCII = regex(r"[^\x00-\x7e]")


def _with_escapes(text: str) -> str:
    """Return a JSON text with escapes for all letters beyond ASCII, as the first digests had it."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _BEYOND_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _stamp_record(stamp: Stamp) -> list[str]:
    added_later = filter(None, [stamp.since, stamp.ran_with])
    return [stamp.tensorflow, stamp.keras, stamp.proved_on, *added_later]
