"""Pictures come from the guide's folder, are named by their content, and stand on their question's cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.build.pictures import MAX_PICTURE_BYTES, PictureError, picture_reader
from cards.build.pipeline import BuildResult, finish_build, plan_build
from cards.guide.block import Picture
from cards.lock.lock import Lock

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card
    from cards.card.sides import Side


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a guide's folder with a picture, beside a file that is none of its business."""
    (tmp_path / "guide" / "pics").mkdir(parents=True)
    (tmp_path / "guide" / "pics" / "a b.png").write_bytes(b"one")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return tmp_path / "guide"


def built(text: str, folder: Path) -> tuple[BuildResult, list[str]]:
    plan = plan_build(text, "guide.md", Lock("guide"), frozenset(), pictures=picture_reader(folder))
    return finish_build(plan, (), 1), [str(warning) for warning in plan.guide.warnings]


def names(side: Side) -> list[str]:
    return [block.name for block in side if isinstance(block, Picture)]


def only_card(result: BuildResult) -> Card:
    (card,) = result.deck.whole_cards
    return card


@pytest.mark.parametrize(
    ("answer", "front", "back"),
    [
        ("![A net](pics/a%20b.png)", 0, 1),
        ("It is **a net** of lines.\n\n<img src='pics/a b.png' alt=\"x\">", 0, 1),
        ("![A net](<pics/a b.png>) It is **a net** of lines.", 0, 1),
        ("It is **a net** of lines.\n\n![A net](pics/a b.png)", 0, 1),
        ("It is **a net** of lines.\n\n![A net](pics\\\\a%20b.png)", 0, 1),
        ("It is **a net** of lines.\n\n![A net](pics/a%20b.png) ![again](pics/a b.png)", 0, 1),
        ("It is **a net** of lines.\n\n![A net](data:image/png;base64,b25l)", 0, 1),
    ],
)
def test_a_picture_stands_on_the_back(answer: str, front: int, back: int, folder: Path) -> None:
    result, warnings = built(f"### What is a net?\n\n{answer}\n", folder)

    card = only_card(result)
    assert (len(names(card.front)), len(names(card.back))) == (front, back)
    assert [file.content for file in result.deck.pictures] == [b"one"]
    assert names(card.back) == [result.deck.pictures[0].name]
    assert warnings == []


def test_a_picture_that_the_question_points_at_stands_on_the_front(folder: Path) -> None:
    result, _ = built(
        "### What does this diagram show?\n\n![](pics/a%20b.png)\n\nIt shows **a net** of lines.\n", folder
    )

    assert len(names(only_card(result).front)) == 1


def test_a_new_picture_has_a_new_name_and_an_equal_one_the_same(folder: Path) -> None:
    text = "### What is a net?\n\n![A net](pics/a%20b.png)\n"
    before, again = built(text, folder)[0].deck.pictures, built(text, folder)[0].deck.pictures
    (folder / "pics" / "a b.png").write_bytes(b"two")
    after = built(text, folder)[0].deck.pictures

    assert before == again
    assert before[0].name != after[0].name
    assert before[0].name.startswith("proofdeck-")
    assert before[0].name.endswith(".png")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("gone.png", "is not there; mend its path"),
        ("../secret.png", "lies outside the guide's folder; copy it there"),
        ("%2e%2e/secret.png", "lies outside the guide's folder; copy it there"),
        ("/etc/passwd", "lies outside the guide's folder; copy it there"),
        ("empty.png", "is empty; save it again"),
        ("pointer.png", "is only a pointer of Git LFS; fetch it with `git lfs pull`"),
        ("link.png", "lies outside the guide's folder; copy it there"),
        ("large.png", "has 5.0 MB and a card takes 5; make it smaller"),
        ("note.txt", "is no picture that cards can show; save it as .png, .jpg or .svg"),
    ],
)
def test_what_cannot_be_shown_is_a_warning_with_its_line(address: str, why: str, folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "large.png").write_bytes(bytes(MAX_PICTURE_BYTES + 1))
    (folder / "note.txt").write_bytes(b"")
    (folder / "empty.png").write_bytes(b"")
    (folder / "pointer.png").write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n")

    result, warnings = built(f"### What is a net?\n\nIt is **a net** of lines.\n\n![x]({address})\n", folder)

    assert warnings == [f"guide.md:5: the picture {address} {why}."]
    assert result.deck.pictures == ()
    assert names(only_card(result).back) == []
    with pytest.raises(PictureError):
        picture_reader(folder)(address)


def test_a_picture_in_the_web_stays_as_its_address(folder: Path) -> None:
    result, warnings = built("### What is a net?\n\n![A net](https://a.example/n.png)\n", folder)

    assert "A net: https://a.example/n.png" in str(only_card(result).back)
    (warning,) = warnings
    assert warning.endswith("is in the web: cards show its address alone; save it beside the guide.")


def test_a_file_of_the_machine_is_not_in_the_web_and_its_path_stands_on_no_card(folder: Path) -> None:
    text = "### What is a net?\n\nIt is **a net** of lines.\n\n<img src='file:///etc/a.png' alt='x'>\n"
    result, warnings = built(text, folder)

    assert warnings == [
        "guide.md:5: the picture file:///etc/a.png lies outside the guide's folder; copy it there."
    ]
    assert "etc" not in str(only_card(result))


def test_a_picture_in_the_text_that_is_none_is_a_warning_without_its_content(folder: Path) -> None:
    text = f"### What is a net?\n\nIt is **a net** of lines.\n\n![x](data:image/png;base64,{'A' * 999})\n"
    result, warnings = built(text, folder)

    (warning,) = warnings
    assert warning == (
        "guide.md:5: the picture data:image/png;base64,AAAAAAAA... is written into the text and no card can "
        "show it; save it as a file."
    )
    assert "base64" not in str(only_card(result))


def test_a_changed_picture_reaches_a_build_with_a_cache(folder: Path) -> None:
    text = "### What is a net?\n\n![A net](pics/a%20b.png)\n\n### What is a line?\n\nIt is **short** here.\n"
    plan = plan_build(text, "guide.md", Lock("guide"), frozenset(), pictures=picture_reader(folder))
    first = finish_build(plan, (), 1)
    (folder / "pics" / "a b.png").write_bytes(b"two")
    reader = picture_reader(folder)
    again = plan_build(
        text, "guide.md", None, frozenset(), cache=first.cache, pictures=reader, keep_answers=False
    )

    assert [file.content for file in finish_build(again, (), 2).deck.pictures] == [b"two"]
