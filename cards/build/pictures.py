"""The pictures of a guide: found in its folder, and named by their content."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import unquote

from cards.card.picture import PictureFile
from cards.errors import Problem
from cards.guide.block import Picture
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.block import Block
    from cards.guide.guide import Guide

MAX_PICTURE_BYTES = 5_000_000
_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp"})

_POINTER = b"version https://git-lfs"
_WRITTEN_OUT = regex(
    r"data:image/(?P<kind>png|jpe?g|gif|webp|svg\+xml|avif|bmp);base64,(?P<content>[\w+/=%-]+)", re.IGNORECASE
)
_SHOWN_CHARACTERS = 30

PictureReader: TypeAlias = Callable[[str], bytes]
"""Returns the content of the picture at an address of the guide; raises PictureError."""


class PictureError(Exception):
    """A picture cannot be shown; its text says why and what to do, as the end of a sentence."""


class NamedPictures(NamedTuple):
    """A guide whose pictures have names, and their files."""

    guide: Guide
    files: tuple[PictureFile, ...]


def picture_reader(folder: Path) -> PictureReader:
    """Return a reader of the pictures in a guide's folder and those below it."""
    root = folder.resolve()

    def read(address: str) -> bytes:
        # A path of Windows has backslashes.
        named = unquote(address.partition("#")[0].partition("?")[0]).replace("\\", "/")
        path = (root / named).resolve()
        if named.lower().startswith("file:") or not path.is_relative_to(root):
            raise PictureError("lies outside the guide's folder; copy it there")
        if path.suffix.lower() not in _ENDINGS:
            raise PictureError("is no picture that cards can show; save it as .png, .jpg or .svg")
        try:
            size_bytes = path.stat().st_size
            if size_bytes > MAX_PICTURE_BYTES:
                limit = MAX_PICTURE_BYTES // 1_000_000
                raise PictureError(f"has {size_bytes / 1e6:.1f} MB and a card takes {limit}; make it smaller")
            content = path.read_bytes()
        except FileNotFoundError:
            raise PictureError("is not there; mend its path") from None
        except OSError as error:
            raise PictureError(f"cannot be read ({error.strerror}); mend its path") from None
        if not content:
            raise PictureError("is empty; save it again")
        if content.startswith(_POINTER):
            raise PictureError("is only a pointer of Git LFS; fetch it with `git lfs pull`")
        return content

    return read


def name_pictures(guide: Guide, read: PictureReader) -> NamedPictures:
    """Return the guide with each picture named by its content; what cannot be shown is a warning."""
    files: dict[str, PictureFile] = {}
    problems: list[Problem] = []

    def named(block: Block) -> Block:
        if not isinstance(block, Picture):
            return block
        try:
            file = _picture_file(block, read)
        except PictureError as error:
            sentence = f"the picture {_shown_address(block)} {error}."
            problems.append(Problem(block.span.path, block.span.first, sentence))
            return block
        files[file.name] = file
        return replace(block, name=file.name, address=file.name if block.is_written_out else block.address)

    questions = tuple(
        replace(question, blocks=tuple(map(named, question.blocks))) if question.has_pictures else question
        for question in guide.questions
    )
    return NamedPictures(
        replace(guide, questions=questions, warnings=(*guide.warnings, *problems)), tuple(files.values())
    )


def _picture_file(picture: Picture, read: PictureReader) -> PictureFile:
    if picture.is_remote:
        raise PictureError("is in the web: cards show its address alone; save it beside the guide")
    if picture.is_written_out:
        return _written_out_file(picture.address)
    content = read(picture.address)
    ending = PurePosixPath(unquote(picture.address)).suffix.lower()
    return _file_of(content, ending)


def _written_out_file(address: str) -> PictureFile:
    """Return the picture that an address is; raises PictureError for one that is none."""
    found = _WRITTEN_OUT.fullmatch(address)
    try:
        content = b64decode(unquote(found["content"]), validate=True) if found else b""
    except ValueError:
        content = b""
    if found is None or not content or len(content) > MAX_PICTURE_BYTES:
        raise PictureError("is written into the text and no card can show it; save it as a file")
    return _file_of(content, f".{found['kind'].lower().partition('+')[0].replace('jpeg', 'jpg')}")


def _file_of(content: bytes, ending: str) -> PictureFile:
    return PictureFile(f"proofdeck-{sha256(content).hexdigest()[:20]}{ending}", content)


def _shown_address(picture: Picture) -> str:
    """Return the address for a message: of a picture that is written out, only its beginning."""
    return f"{picture.address[:_SHOWN_CHARACTERS]}..." if picture.is_written_out else picture.address
