"""The identity of a guide, made once."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from cards.card.deck import GuideId

if TYPE_CHECKING:
    from collections.abc import Collection


def new_guide_id(slug: str, text: str, taken: Collection[str]) -> GuideId:
    """Return an identity for a guide that has none, different from all that are taken.

    Made from its name and its words at that moment: who builds the same file on two machines has one deck.
    """
    count = 0
    while True:
        digest = hashlib.sha256(f"guide\n{slug}\n{text}\n{count}".encode(errors="replace")).digest()
        identity = GuideId(base64.b32encode(digest[:10]).decode().lower())
        if identity not in taken:
            return identity
        count += 1
