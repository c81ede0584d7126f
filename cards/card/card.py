"""Cards: one prompt, one fact, and where it came from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, NewType

from cards.card import sides
from cards.guide.guide import NOWHERE, Face, QuestionSlug, Span

if TYPE_CHECKING:
    from cards.exercise.exercise import Exercise
    from cards.exercise.measured import Gap
    from cards.program.snippet import SnippetName

CardId = NewType("CardId", str)
"""16 characters of a-z and 2-7; made once and then kept by the lock. It is also the note's guid in Anki."""

CardKey = NewType("CardKey", str)
"""`question-slug/kind/cue`: what a card is made from; it changes when its question or cue is reworded."""

GuideSlug = NewType("GuideSlug", str)
"""The guide's file name without its ending."""


class Kind(StrEnum):
    """Which rule made a card, in the order of a report."""

    CELL = "cell"
    """A table's cell: thing and aspect -> value."""
    CONTRAST = "contrast"
    """A row of a table of two things: how do they differ?"""
    REVERSE = "reverse"
    """A value -> the thing that has it."""
    TERM = "term"
    """A list entry `term: text`: term -> text."""
    NAME = "name"
    """The same, text -> term."""
    STEP = "step"
    """What follows a step."""
    ITEM = "item"
    """One entry of a list hidden among its neighbours."""
    FACT = "fact"
    """A sentence that defines, gives a cause, a number or a name."""
    FAQ = "faq"
    """A question and its short answer, as the guide has them."""
    WHY = "why"
    """Why is this line of code there?"""
    RECALL = "recall"
    """Which call does this?"""
    PREDICT = "predict"
    """What does this code print?"""
    TRAIT = "trait"
    """Which shape or dtype has this value?"""
    COMPLETE = "complete"
    """Which piece of this code is missing?"""
    SPOT = "spot"
    """Why does this code fail?"""
    OVERVIEW = "overview"
    """The interview question itself -> an outline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A card as a rule makes it, before it is known which old card it is."""

    kind: Kind
    slug: QuestionSlug
    cue: str
    """What tells it from the other cards of its kind and question, in the author's words."""
    front: Face
    back: Face
    context: Face = ()
    """For understanding, folded below the answer: the table, the paragraph, the code around."""
    breadcrumb: tuple[str, ...] = ()
    """Section and question, without any part that would give the answer away."""
    tags: tuple[str, ...] = ()
    """Lower case, hyphens for spaces, `::` between levels."""
    snippets: tuple[SnippetName, ...] = ()
    """The code that must hold before this card may be shown; empty where it shows none."""
    gap: Gap | None = None
    """What a typed answer fills, in the first of the snippets; None where nothing is typed."""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def key(self) -> CardKey:
        """What the card is made from."""
        return CardKey(f"{self.slug}/{self.kind}/{self.cue}")


FAILING_TAG = "proofdeck::failing"
"""On every card whose code does not hold and that was asked for nevertheless."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The proof as a card shows it."""

    tensorflow: str
    keras: str
    proved_on: str
    """ISO date."""


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
    """The mark of a card that is shown although its code does not hold: what happened, on which version."""


class Kept(NamedTuple):
    """A card that shows what it showed at the last build, as far as others have to know it again."""

    id: CardId
    kind: Kind
    slug: QuestionSlug
    changed_at: int
    path: str
    """The guide it stands in."""
    line: int
    """Where: that may have moved."""


@dataclass(frozen=True, slots=True)
class ProvedDeck:
    """Cards of one guide: each shows no Python, or carries the proof that it holds or the mark that it fails.

    Only `cards.build.gate` makes one, and exporters and the store take nothing else.
    """

    slug: GuideSlug
    title: str
    cards: tuple[Card, ...]
    """In the guide's order."""

    @property
    def entries(self) -> tuple[Card, ...]:
        """The cards: nothing is taken from another build."""
        return self.cards


@dataclass(frozen=True, slots=True)
class ProvedRevision:
    """A proved deck of which most cards are the last build's, and are where that build brought them.

    Only `cards.build.gate` makes one.
    """

    slug: GuideSlug
    title: str
    entries: tuple[Card | Kept, ...]
    """In the guide's order."""


def content_digest(draft: Draft, stamp: Stamp | None, failing: str = "") -> str:
    """Digest what a person sees of a card: equal digests need no change time."""
    shown: list[object] = [
        sides.encode(draft.front),
        sides.encode(draft.back),
        sides.encode(draft.context),
        draft.breadcrumb,
        draft.tags,
        [stamp.tensorflow, stamp.keras, stamp.proved_on] if stamp else None,
    ]
    if failing:
        shown.append(failing)
    text = json.dumps(shown, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
