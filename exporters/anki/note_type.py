"""The one note type of every deck, frozen: fields, templates, style, and when they last changed.

Anki recognises a note type by its id and forks it ("Proofdeck+") when a package's fields or templates
differ from the collection's. So nothing is ever added, removed or reordered here: a new need takes one
of the spare fields. Explicit ids on fields and templates make even a rename harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

ID = 1_594_833_077
NAME = "Proofdeck"

CHANGED_AT = 1_796_052_600
"""When style or templates last changed, in seconds since 1970 (2026-11-30).

Anki takes over a package's style only if this is later than its own copy's; if it moved at every build,
it would overwrite each time what a person changed in the style.
"""

THEME_DIGEST = "d71a645b2311e103"
"""Digest of style and templates at `CHANGED_AT`. Whoever changes one of them changes both constants."""


@dataclass(frozen=True, slots=True)
class NoteField:
    """One field of the note type."""

    name: str
    id: int
    folded: bool = False
    """Folded away in Anki's editor, and left out of searches that name no field: no person reads it."""


KEY = NoteField("Key", 5_301_774_201, folded=True)
"""The card's id, the same as the note's guid, so that `"Key:..."` finds a note in Anki's browser."""
FRONT = NoteField("Front", 5_301_774_202)
BACK = NoteField("Back", 5_301_774_203)
CONTEXT = NoteField("Context", 5_301_774_204)
BREADCRUMB = NoteField("Breadcrumb", 5_301_774_205)
PROOF = NoteField("Proof", 5_301_774_206)
TYPED_ANSWER = NoteField("Typed answer", 5_301_774_207, folded=True)
"""What fills the gap of a card, for who types it; it took the first of the spare fields."""
SPARE_FIELDS = tuple(
    NoteField(f"Spare {number}", 5_301_774_206 + number, folded=True) for number in range(2, 5)
)
"""Empty today; later needs take these, since a new field would fork the type in every collection."""

FIELDS = (KEY, FRONT, BACK, CONTEXT, BREADCRUMB, PROOF, TYPED_ANSWER, *SPARE_FIELDS)
SORT_FIELD = FIELDS.index(FRONT)

TEMPLATE_NAME = "Card"
TEMPLATE_ID = 5_301_774_301


TYPING_CHANGED_AT = CHANGED_AT + 1
"""As `CHANGED_AT`, for templates that let answers be typed: Anki takes them over, and keeps them."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates and the style sheet of the note type."""

    style: str
    front: str
    back: str
    typing: str
    """The part of both templates in which an answer is typed."""

    @property
    def digest(self) -> str:
        """The digest of the theme, which `THEME_DIGEST` must equal."""
        parts = (self.style, self.front, self.back, self.typing)
        return sha256("\0".join(parts).encode()).hexdigest()[:16]

    def templates(self, *, has_typing: bool) -> tuple[str, str]:
        """Return the templates of front and back."""
        typing = f"{self.typing}\n" if has_typing else ""
        front, back = (text.replace(_TYPING_HERE, typing) for text in (self.front, self.back))
        return front, back


_TYPING_HERE = "<!-- typing -->\n"


@cache
def theme() -> Theme:
    """Return the templates and the style sheet that are shipped."""
    folder = files("exporters") / "theme"
    names = ("card.css", "front.html", "back.html", "typing.html")
    texts = ((folder / name).read_text("utf-8") for name in names)
    return Theme(*(text.replace("\r\n", "\n").strip() for text in texts))
