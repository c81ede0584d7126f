"""Pictures on the screen: words everywhere, drawn where the terminal can, opened by a viewer anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.guide.block import Picture
from srs.screen.line.look import LINK
from srs.screen.line.screen_line import ScreenLine, styled
from srs.screen.side_view import SideLook, side_lines
from srs.screen.terminal_picture import (
    ROWS,
    PicturePlace,
    PictureProtocol,
    drawn_pictures,
    open_picture,
    picture_protocol,
    pictures_of,
)
from tests.builders.side import side
from tests.builders.text_screen import text_of, text_screen

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = Picture("n.png", "A net", "proofdeck-1.png")


@pytest.mark.parametrize(
    ("environment", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, PictureProtocol.KITTY),
        ({"TERM": "xterm-ghostty"}, PictureProtocol.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, PictureProtocol.ITERM),
        ({"TERM": "xterm-256color"}, PictureProtocol.NONE),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, PictureProtocol.NONE),
        ({"TERM": "xterm-kitty", "TMUX": "x"}, PictureProtocol.NONE),
        ({}, PictureProtocol.NONE),
    ],
)
def test_a_terminal_says_how_it_takes_pictures(
    environment: dict[str, str], protocol: PictureProtocol
) -> None:
    assert picture_protocol(environment) is protocol


def test_words_stand_for_a_picture_with_room_where_it_is_drawn(tmp_path: Path) -> None:
    shown = {}
    for protocol in PictureProtocol:
        screen = text_screen(60, 40)
        screen.print(side_lines((PICTURE,), {}, 60, SideLook(PicturePlace(str(tmp_path), protocol))))
        shown[protocol] = text_of(screen)

    assert shown[PictureProtocol.NONE] == "▣ A net  o: open it\n"
    assert shown[PictureProtocol.KITTY] == "▣ A net  o: open it\n" + "\n" * ROWS


@pytest.mark.parametrize("protocol", [PictureProtocol.KITTY, PictureProtocol.ITERM])
def test_a_picture_is_drawn_below_its_caption_if_it_fits(protocol: PictureProtocol, tmp_path: Path) -> None:
    (tmp_path / PICTURE.name).write_bytes(b"content")
    link = (tmp_path / PICTURE.name).as_uri()
    caption = styled("▣ A net", f"{LINK}{link}")
    empty = ScreenLine()
    place = PicturePlace(str(tmp_path), protocol)

    drawn = drawn_pictures([empty, caption, *[empty] * (ROWS + 1)], place)

    assert "\x1b[3;5H" in drawn
    assert "Y29udGVudA==" in drawn
    assert "Y29udGVudA==" not in drawn_pictures([empty, caption, *[empty] * (ROWS - 2)], place)


def test_no_other_file_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"content")
    place = PicturePlace(str(tmp_path / "pictures"), PictureProtocol.ITERM)

    assert place.path(Picture("", name="../secret.png")) == tmp_path / "pictures" / "secret.png"
    assert open_picture(place.path(PICTURE)) == "The picture's file is gone; build the guide again."


def test_pictures_are_found_on_every_side() -> None:
    assert pictures_of([side("a"), (*side("b"), PICTURE)]) == [PICTURE]
