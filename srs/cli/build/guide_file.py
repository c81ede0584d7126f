"""Find a guide and its lock on disk, and read and write them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cards
from cards.errors import ExportError, FormatError, LockError, ProofdeckError
from srs.cli.project.project_file import project_settings
from srs.cli.project.project_settings import NO_SETTINGS
from srs.cli.volume import tell_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cards.build.cache import BuildCache
    from cards.build.pictures import PictureReader
    from cards.build.pipeline import BuildPlan
    from cards.errors import Problem
    from cards.lock.lock import Lock, UnparsedLock
    from cards.part_cache import PartCache
    from cards.program.runtime import Runtime
    from srs.cli.context import CommandContext
    from srs.cli.project.project_settings import ProjectSettings

BUNDLED = "tensorflow-interview.md"
PIPED = "stdin"
"""How messages name a guide that came through standard input."""


class GuideSource(NamedTuple):
    """The text of a guide as the parser takes it."""

    text: str
    path: str
    """The path as messages show it; that of a notebook knows the cell of each line."""
    notes: tuple[Problem, ...] = ()
    """What of the file is not in the text."""
    language: str = ""
    """The language of the guide where its front matter names none; empty for what its words look like."""


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A guide on disk."""

    path: Path
    shown: str
    """The path as messages show it."""
    lock_path: Path
    """Where its lock is written."""
    seed_path: Path | None = None
    """A lock to begin with where there is none yet: the one that came with the program."""
    as_guide: bool = False
    """Whatever it looks like, it is a guide: its author says so."""
    piped: bytes | None = None
    """What came through standard input; such a guide has no lock, and the store does not keep it."""
    settings: ProjectSettings = NO_SETTINGS
    """What holds for the guides of its project."""
    home: Path | None = None
    """The folder that remembers what its owner agreed to."""

    @property
    def is_notebook(self) -> bool:
        """Whether the file is named as a notebook, which nothing writes into."""
        return self.path.suffix.lower() == ".ipynb"

    def text(self) -> str:
        """Return the guide's text: that of the file, or what the cells of a notebook come to."""
        return self.source().text

    def source(self) -> GuideSource:
        """Return the guide's text with the path for messages; raise FormatError where the file holds none."""
        from cards.document.document_format import DocumentFormat, format_of
        from cards.document.format_advice import refusal
        from cards.guide.reading.parse import decode_guide
        from cards.recover.scrape import looks_like_a_scrape, recover_suggestion

        raw = self._read()
        form = format_of(raw, self.shown)
        if (sentence := refusal(form, self.shown)) is not None:
            raise FormatError(sentence)
        text = decode_guide(raw, self.shown)
        if form is DocumentFormat.NOTEBOOK:
            from cards.notebook.notebook_text import notebook_text

            read, path, notes = notebook_text(text, self.shown)
            return GuideSource(read, path, notes, self.settings.language)
        is_known = self.as_guide or self.lock_path.exists()
        if not is_known and looks_like_a_scrape(text):
            raise ProofdeckError(recover_suggestion(self.shown))
        return GuideSource(text, self.shown, language=self.settings.language)

    def beside(self, name: str) -> Path:
        """Return where a file made of the guide goes: into the project's folder for them, else beside it.

        What is made of a guide that was installed goes to where the command is called.
        """
        if self.settings.output is None and self.seed_path is not None:
            return Path(name)
        folder = self.settings.output or self.path.parent
        with suppress(ValueError):
            return folder.relative_to(Path.cwd()) / name
        return folder / name

    def place_for(self, name: str) -> Path:
        """Return where a file made of the guide goes, with the project's folder made if there is none."""
        if self.settings.output is not None:
            try:
                self.settings.output.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                where = display_path(self.settings.output)
                raise ExportError(f"{where}: this folder cannot be made ({error.strerror}).") from None
        return self.beside(name)

    def _read(self) -> bytes:
        if self.piped is not None:
            return self.piped
        try:
            from cards.files import read_file

            return read_file(self.path)
        except FileNotFoundError:
            raise ProofdeckError(f"{self.shown}: no such guide; name a Markdown file.") from None
        except OSError as error:
            raise ProofdeckError(f"{self.shown}: cannot be read ({error.strerror}).") from None

    def plan(
        self,
        source: GuideSource,
        lock: Lock | UnparsedLock | None = None,
        runtimes: frozenset[Runtime] = frozenset(),
        version_of: Callable[[str], str] = lambda _: "",
        cache: BuildCache | None = None,
        *,
        keep_answers: bool = True,
        can_run: bool = True,
        has_pictures: bool = True,
        processes: int = 1,
        parts: PartCache | None = None,
    ) -> BuildPlan:
        """Return what has to run of the guide, whose text is `source`, and its cards.

        `runtimes` and `version_of` tell which versions are here; so many `processes` may read a long guide,
        and `parts` are those of earlier builds.
        Raises what `plan_build` does.
        """
        from cards.build.pipeline import plan_build

        return plan_build(
            source.text,
            source.path,
            lock,
            runtimes,
            version_of,
            cache,
            keep_answers=keep_answers,
            can_run=can_run,
            pictures=self.pictures() if has_pictures else None,
            language=source.language,
            processes=processes,
            parts=parts,
        )

    def pictures(self) -> PictureReader:
        """Return the reader of the pictures in the guide's folder."""
        from cards.build.pictures import picture_reader

        return picture_reader(self.path.parent)

    def lock(self) -> Lock | None:
        """Return the lock of the last build; None before the first one."""
        from cards.lock.lock import parse_lock_lines

        written = self.written_lock()
        return parse_lock_lines(*written) if written else None

    def written_lock(self) -> UnparsedLock | None:
        """Return the lock of the last build, unparsed; of one that a merge left, both sides joined."""
        from cards.lock.merged_lock import is_of_a_merge, merge_lock

        lock = self.lock_on_disk()
        return merge_lock(lock).lock if lock is not None and is_of_a_merge(lock) else lock

    def lock_on_disk(self) -> UnparsedLock | None:
        """Return the lock's lines as they are in the file; None before the first build."""
        from cards.lock.lock import UnparsedLock

        for path in (self.lock_path, self.seed_path):
            if path is not None and self.piped is None:
                with suppress(FileNotFoundError):
                    return UnparsedLock(_lock_text(path).split("\n"), display_path(path))
        return None

    def write_lock(self, text: str) -> bool:
        """Write the lock's text if it says something new; return whether it did."""
        from cards.files import write_atomically

        if self.piped is not None:
            return False
        try:
            return write_atomically(self.lock_path, text.encode())
        except OSError as error:
            where = display_path(self.lock_path)
            raise ProofdeckError(
                f"{where}: the lock cannot be written ({error.strerror}); nothing was changed."
            ) from None


def _lock_text(path: Path) -> str:
    """Return a lock's text; raises LockError where it is not UTF-8."""
    from cards.files import read_file

    try:
        raw = read_file(path)
    except (FileNotFoundError, IsADirectoryError):
        raise
    except OSError as error:
        raise LockError(f"{display_path(path)}: the lock cannot be read: {error.strerror}.") from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        sentence = "the lock is no UTF-8 here; restore it from git, or delete it: the store knows the cards."
        raise LockError(f"{display_path(path)}:{line}: {sentence}") from None


def find_guide(context: CommandContext, named: str | None) -> GuideFile:
    """Return the named guide, else the bundled one, with the settings of its project."""
    file = _find_file(context, named)
    settings = project_settings(file.path.parent, context.environment)
    tell_step(
        f"{file.shown}: the lock is {display_path(file.lock_path)}, and the project's settings are "
        f"{f'those of {settings.path}' if settings.path else 'the usual ones'}"
    )
    return replace(file, settings=settings, home=context.home)


def _find_file(context: CommandContext, named: str | None) -> GuideFile:
    if named == "-":
        return GuideFile(Path(PIPED), PIPED, Path(f"{PIPED}.lock"), piped=sys.stdin.buffer.read())
    if named is not None:
        path = Path(named)
        if path.is_dir():
            raise ProofdeckError(f"{named}: a folder; name the Markdown file in it.")
        return GuideFile(path, named, _lock_beside(path))
    package = Path(cards.__file__).parent
    installed = package / "_guides" / BUNDLED
    if installed.exists():
        # What was installed is nobody's to write to; the lock lives with the store.
        lock = context.home / "locks" / BUNDLED
        return GuideFile(installed, BUNDLED, lock.with_suffix(".lock"), installed.with_suffix(".lock"))
    path = package.parent / "source" / BUNDLED
    return GuideFile(path, display_path(path), path.with_suffix(".lock"))


def find_guides(context: CommandContext, named: Sequence[str]) -> tuple[GuideFile, ...]:
    """Return the named guides and those of the named folders, each once; the bundled one if none is named.

    In a folder, every Markdown file and notebook may be a guide, also in folders of it that are not hidden.
    """
    if not named:
        return (find_guide(context, None),)
    paths = [path for each in named for path in (_files_in(each) if Path(each).is_dir() else [each])]
    files = {os.path.realpath(path): find_guide(context, path) for path in reversed(paths)}
    return tuple(reversed(files.values()))


def plan_of_other(context: CommandContext, path: str) -> BuildPlan | None:
    """Return the plan of another guide as it is now, without a lock; None where it cannot be read."""
    with suppress(ProofdeckError):
        other = find_guide(context, path)
        return other.plan(other.source(), can_run=False, has_pictures=False)
    return None


def files_read(guides: Sequence[GuideFile]) -> list[str]:
    """Return the paths of all guides and their locks."""
    return [str(path) for each in guides for path in (each.path, each.lock_path)]


def with_clashes(files: tuple[GuideFile, ...]) -> Iterator[tuple[GuideFile, str]]:
    """Yield each guide, with the sentence that refuses it where one before it has the same lock."""
    seen: dict[Path, str] = {}
    for file in files:
        first = seen.setdefault(file.lock_path, file.shown)
        clash = f"{file.shown}: its lock would be that of {first}, by their names; rename one of the files."
        yield file, "" if first == file.shown else clash


def _files_in(folder: str) -> list[str]:
    from cards.document.document_format import GUIDE_ENDINGS

    found = sorted(
        path
        for path in Path(folder).rglob("*")
        if path.suffix.lower() in GUIDE_ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise FormatError(f"{folder}: no Markdown file (*.md) and no notebook (*.ipynb) is in this folder.")
    return list(map(str, found))


def _lock_beside(path: Path) -> Path:
    """Return where a guide's lock lies: beside the file itself where a link of the same name leads to it."""
    real = Path(os.path.realpath(path))
    return (real if real.name == path.name else path).with_suffix(".lock")


def display_path(path: Path) -> str:
    """Return the path as a person standing here would write it."""
    with suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    home = os.path.expanduser("~")  # noqa: PTH111 - text is all that is wanted
    return f"~{text[len(home) :]}" if (text := str(path)).startswith(home + os.sep) else text
