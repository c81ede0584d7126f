"""Pictures in a terminal: drawn by kitty and iTerm2, opened with the system's viewer in any other."""

# ruff: noqa: PTH118, PTH119, PTH120 - pathlib costs a third of an interpreter start

from __future__ import annotations

import os.path
import sys
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from cards.guide.block import Picture
from cards.value import NamedTuple
from srs.screen.line.look import link_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cards.card.sides import Side
    from srs.screen.line.screen_line import ScreenLine

ROWS = 12
"""Lines of the screen that a drawn picture takes."""
_KITTY_CHUNK = 4096


class PictureProtocol(Enum):
    """How a terminal takes pictures."""

    NONE = auto()
    KITTY = auto()
    ITERM = auto()


class PicturePlace(NamedTuple):
    """Where the pictures of the store's cards lie, and how they are shown."""

    folder: str
    protocol: PictureProtocol = PictureProtocol.NONE

    @property
    def root(self) -> Path:
        """The folder, for who looks into it."""
        from pathlib import Path

        return Path(self.folder)

    def path(self, picture: Picture) -> Path:
        """Return the file of a card's picture."""
        return self.root / os.path.basename(picture.name)

    def is_drawn(self, picture: Picture) -> bool:
        """Tell whether the terminal itself can draw it."""
        match self.protocol:
            case PictureProtocol.NONE:
                return False
            case PictureProtocol.KITTY:
                return picture.name.endswith(".png")
            case PictureProtocol.ITERM:
                return not picture.name.endswith(".svg")
            case _:
                assert_never(self.protocol)


def picture_folder(store_path: str) -> str:
    """Return the folder beside a store that holds its pictures."""
    return os.path.join(os.path.dirname(store_path), "pictures")


def picture_protocol(environment: Mapping[str, str]) -> PictureProtocol:
    """Return how the terminal takes pictures, by what it says of itself; none within tmux and screen."""
    terminal = environment.get("TERM", "")
    if environment.get("TMUX") or terminal.startswith(("screen", "tmux")):
        return PictureProtocol.NONE
    if "kitty" in terminal or "ghostty" in terminal or environment.get("KITTY_WINDOW_ID"):
        return PictureProtocol.KITTY
    if environment.get("TERM_PROGRAM") in {"iTerm.app", "WezTerm"}:
        return PictureProtocol.ITERM
    return PictureProtocol.NONE


def pictures_of(sides: Iterable[Side]) -> list[Picture]:
    """Return the pictures on some sides of a card."""
    return [block for side in sides for block in side if isinstance(block, Picture)]


def drawn_pictures(lines: Sequence[ScreenLine], place: PicturePlace) -> str:
    """Return what makes the terminal draw the pictures of a screen, those of the last one gone.

    A picture's caption links to its file; the picture takes the lines below, if they are on the screen.
    """
    if place.protocol is PictureProtocol.NONE:
        return ""
    parts = ["\x1b_Ga=d,q=2\x1b\\"] if place.protocol is PictureProtocol.KITTY else []
    root = place.root.absolute().as_uri()
    for row, line in enumerate(lines):
        link = next(filter(None, map(link_of, line.looks)), "")
        if link.startswith(root) and row + ROWS < len(lines):
            path = place.root / link.rpartition("/")[2]
            if place.is_drawn(Picture("", name=path.name)):
                from cards.files import read_file

                with suppress(OSError):
                    content = read_file(path)
                    parts.append(f"\x1b[{row + 2};5H{_escape(content, place.protocol)}")
    return "".join(parts)


def open_picture(path: Path) -> str:
    """Open a picture with the system's viewer; return a line about what happened."""
    if not path.exists():
        return "The picture's file is gone; build the guide again."
    opener = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    import subprocess

    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen([opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return f"No viewer was found ({opener}); the picture is {path}."
    return f"Opened {path.name}."


def _escape(content: bytes, protocol: PictureProtocol) -> str:
    from base64 import b64encode

    encoded = b64encode(content).decode()
    if protocol is PictureProtocol.ITERM:
        return f"\x1b]1337;File=inline=1;height={ROWS};preserveAspectRatio=1:{encoded}\a"
    pieces = [encoded[start : start + _KITTY_CHUNK] for start in range(0, len(encoded), _KITTY_CHUNK)]
    parts = []
    for number, piece in enumerate(pieces):
        first = f"a=T,f=100,r={ROWS},C=1,q=2," if number == 0 else ""
        parts.append(f"\x1b_G{first}m={int(number + 1 < len(pieces))};{piece}\x1b\\")
    return "".join(parts)
