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

CHANGED_AT = 1_796_050_800
"""When style or templates last changed, in seconds since 1970 (2026-11-30).

Anki takes over a package's style only if this is later than its own copy's; if it moved at every build,
it would overwrite each time what a person changed in the style.
"""

THEME_DIGEST = "9f08db11ba075634"
"""Digest of style and templates at `CHANGED_AT`. Whoever changes one of them changes both constants."""


@dataclass(frozen=True, slots=True)
class NoteField:
    """One field of the note type."""

    name: str
    id: int
    folded: bool = False
    """Folded away in Anki's editor: nothing that a person would edit."""


KEY = NoteField("Key", 5_301_774_201, folded=True)
"""The card's id, the same as the note's guid, so that `"Key:..."` finds a note in Anki's browser."""
FRONT = NoteField("Front", 5_301_774_202)
BACK = NoteField("Back", 5_301_774_203)
CONTEXT = NoteField("Context", 5_301_774_204)
BREADCRUMB = NoteField("Breadcrumb", 5_301_774_205)
PROOF = NoteField("Proof", 5_301_774_206)
SPARE_FIELDS = tuple(
    NoteField(f"Spare {number}", 5_301_774_206 + number, folded=True) for number in range(1, 5)
)
"""Empty today; later needs take these, since a new field would fork the type in every collection."""

FIELDS = (KEY, FRONT, BACK, CONTEXT, BREADCRUMB, PROOF, *SPARE_FIELDS)
SORT_FIELD = FIELDS.index(FRONT)

TEMPLATE_NAME = "Card"
TEMPLATE_ID = 5_301_774_301


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates and the style sheet of the note type."""

    style: str
    front: str
    back: str

    @property
    def digest(self) -> str:
        """The digest of the theme, which `THEME_DIGEST` must equal."""
        return sha256(f"{self.style}\0{self.front}\0{self.back}".encode()).hexdigest()[:16]


@cache
def theme() -> Theme:
    """Return the templates and the style sheet that are shipped."""
    folder = files("exporters") / "theme"
    texts = ((folder / name).read_text("utf-8") for name in ("card.css", "front.html", "back.html"))
    style, front, back = (text.replace("\r\n", "\n").strip() for text in texts)
    return Theme(style, front, back)
