"""Links: what remains of a paragraph that is nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_SAYS_NOTHING = regex(
    r"(?:see )?(?:the )?(?:answers?|here|click here|links?|sources?|solutions?)", re.IGNORECASE
)
_SEPARATORS = " \t\n|·•,;/–—-.:&[]()↑⬆"  # noqa: RUF001 - what stands between links


class Link(NamedTuple):
    """A link of a paragraph."""

    words: str
    address: str

    @property
    def is_web(self) -> bool:
        """Whether it leads to a page in the web, and not into the page or its folder."""
        return self.address.startswith(("http://", "https://"))


def lone_links(children: Sequence[Token]) -> list[Link]:
    """Return the links of a paragraph that holds nothing else; none of another paragraph."""
    links: list[Link] = []
    words, address = "", ""
    for child in children:
        match child.type:
            case "link_open":
                words, address = "", str(child.attrGet("href") or "")
            case "link_close":
                links.append(Link(" ".join(words.split()).removeprefix("[").removesuffix("]"), address))
                address = ""
            case _ if address:
                words += "" if child.type == "image" else child.content or " "
            case "softbreak" | "hardbreak" | "strong_open" | "strong_close" | "em_open" | "em_close":
                pass
            case _ if child.content.strip(_SEPARATORS):
                return []
            case _:
                pass
    return [link for link in links if link.words]


def is_reference(children: Sequence[Token]) -> bool:
    """Tell whether a text leads elsewhere and says little itself.

    It is nothing but links, or begins with a link to a file beside the page, or is for the most part one
    link at its end: an author and the title of a paper.
    """
    inside: list[str] = []
    outside: list[str] = []
    address, first, behind = "", "", ""
    for child in children:
        if child.type == "link_open":
            address = str(child.attrGet("href") or "")
            first = first or ("" if _has_word(outside) else address)
        elif child.type == "link_close":
            address, behind = "", ""
        else:
            (inside if address else outside).append(child.content)
            behind += "" if address else child.content
    if not _has_word(inside):
        return False
    is_local = bool(first) and not first.startswith(("http://", "https://", "#"))
    is_title = not _has_word([behind]) and len(_words(inside)) > len(_words(outside)) > 1
    return not _has_word(outside) or is_local or (is_title and not first)


def _words(texts: Sequence[str]) -> list[str]:
    return "".join(texts).split()


def _has_word(texts: Sequence[str]) -> bool:
    return any(letter.isalnum() for text in texts for letter in text)


def addressed_links(links: Sequence[Link]) -> str:
    """Return the words of links with their addresses behind them."""
    return ", ".join(
        link.address
        if link.words in link.address or _SAYS_NOTHING.fullmatch(link.words)
        else f"{link.words}: {link.address}"
        for link in links
    )
