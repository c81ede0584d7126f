"""Links: what remains of a paragraph that is nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_SAYS_NOTHING = re.compile(
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
                links.append(Link(" ".join(words.split()), address))
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


def addressed_links(links: Sequence[Link]) -> str:
    """Return the words of links with their addresses behind them."""
    return ", ".join(
        link.address
        if link.words in link.address or _SAYS_NOTHING.fullmatch(link.words)
        else f"{link.words}: {link.address}"
        for link in links
    )
