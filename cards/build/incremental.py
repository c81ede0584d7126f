"""A build that takes over what an earlier one made of the parts of a guide that did not change.

The guide is cut into sheets of whole questions. A sheet is settled if it, its surroundings and its cards'
lines in the lock are as they were: then its cards are bound to those lines by their keys, and show what they
showed. The rest goes through the pipeline of `cards.build.pipeline` as a guide of its own. A sheet with
code is never settled, because its cards depend on proofs, fixtures and the code of other questions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.atomize import Atoms, atomize
from cards.build.cache import Leaf, Memory, digest_of
from cards.build.gate import revised
from cards.build.pipeline import finish, planned
from cards.guide.assemble import Assembler
from cards.guide.chunk import sheets_of
from cards.guide.guide import Question
from cards.guide.heading import heading_signs
from cards.guide.markdown import pieces_of
from cards.guide.read import bare, guide_of, parse
from cards.guide.segment import stretches
from cards.lock.lock import WrittenLock, card_line, card_lines, lock_text, parse_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cards.build.pipeline import Changes, Held, Plan
    from cards.card.card import Card, CardId, Kept
    from cards.card.deck import ProvedDeck, ProvedRevision
    from cards.exercise.measured import Measured
    from cards.guide.chunk import Sheet
    from cards.guide.element import Piece
    from cards.guide.guide import Guide, QuestionSlug
    from cards.guide.heading import Sign
    from cards.guide.segment import Stretch
    from cards.lock.lock import Lock
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet, and what is known of it or has to be made of it."""

    key: str
    """Of all that its cards depend on, but the lock; empty for one that is never taken over."""
    before: int
    """How many lines of the guide stand before it."""
    title: str = ""
    leaf: Leaf | None = None
    """What an earlier build made of it; None if that does not count."""
    questions: tuple[Question, ...] = ()
    """What it holds, if there is no leaf."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A guide with the parts to take over and the plan for the others."""

    parts: tuple[Part, ...]
    plan: Plan
    """For what is open; the settled questions stand in its guide without their blocks."""
    lines: dict[CardId, str]
    """The lock's lines."""
    signs: dict[str, tuple[Sign, ...]]


@dataclass(frozen=True, slots=True)
class Revised:
    """What the build made."""

    deck: ProvedDeck | ProvedRevision
    """A whole deck if nothing was taken over."""
    lock: str
    """The text of the new lock."""
    held: tuple[Held, ...]
    marked: tuple[Held, ...]
    changes: Changes
    verdicts: dict[SnippetName, Verdict]
    memory: Memory
    """For the next build."""


def revise(
    text: str,
    path: str,
    lock: Lock | WrittenLock | None,
    memory: Memory,
    runtimes: frozenset[Runtime],
    version_of: Callable[[str], str] = lambda _: "",
) -> Revision:
    """Find out what is settled and plan the rest, as `cards.build.pipeline.plan` does.

    Raises GuideError or LockError.

    Of a lock that is given as it is written, only the lines that matter are read.
    """
    lines = card_lines(lock.lines) if isinstance(lock, WrittenLock) else {}
    parts, guide, atoms, signs = _read(bare(text), path, lines, memory) or _whole(text, path)
    if isinstance(lock, WrittenLock):
        settled = {lines[card] for part in parts if part.leaf for card, *_ in part.leaf.cards}
        slugs = {slug for part in parts if part.leaf for slug, *_ in part.leaf.questions}
        read = parse_lines(lock.lines, lock.path, settled)
        if any(not card.retired and card.key.split("/", 1)[0] in slugs for card in read.cards):
            # Somebody else wrote this lock: a settled question has cards that nothing made.
            return revise(text, path, lock, Memory(), runtimes, version_of)
        lock = read
    plan = planned(guide, lock, runtimes, version_of, atoms=atoms, given=frozenset(lines))
    return Revision(parts, plan, lines, signs)


def finish_revision(
    revision: Revision,
    ran: Iterable[Verdict],
    now: int,
    measured: Iterable[Measured] = (),
    *,
    include_failing: bool = False,
) -> Revised:
    """Return the proved deck and the new lock, given what ran; `now` is in seconds since 1970."""
    built = finish(revision.plan, ran, now, measured, include_failing=include_failing)
    deck, changes, verdicts = built.deck, built.changes, built.verdicts
    held, marked = built.held, built.marked
    active, lock = list(built.lock.active), replace(built.lock, cards=built.lock.retired)
    del built  # in a long guide there is room for the cards of the lock or for their lines
    active.reverse()
    lines: dict[str, list[str]] = defaultdict(list)
    while active:
        locked = active.pop()
        lines[locked.key.split("/", 1)[0]].append(card_line(locked))
    cards: dict[str, list[Card]] = defaultdict(list)
    for card in deck.cards:
        cards[card.slug].append(card)
    path = revision.plan.guide.span.path
    entries: list[Card | Kept] = []
    new_lines: list[str] = []
    leaves: dict[str, Leaf] = {}
    unchanged: list[CardId] = []
    """The cards that are taken over."""
    for part in revision.parts:
        if part.leaf:
            kept = part.leaf.kept(path, part.before)
            entries += kept
            new_lines += [revision.lines[card.id] for card in kept]
            unchanged += [card.id for card in kept]
            leaves[part.key] = part.leaf
            continue
        for question in part.questions:
            entries += cards[question.slug]
            new_lines += lines[question.slug]
        if part.key:
            leaves[part.key] = _leaf(part, cards, lines)
    return Revised(
        deck=revised(deck, entries) if unchanged else deck,
        lock=lock_text(lock, new_lines),
        held=held,
        marked=marked,
        changes=replace(changes, unchanged=(*unchanged, *changes.unchanged)),
        verdicts=verdicts,
        memory=Memory(revision.signs, leaves),
    )


_Read = tuple[tuple[Part, ...], "Guide", dict["QuestionSlug", Atoms], dict[str, tuple["Sign", ...]]]


def _read(text: str, path: str, lines: dict[CardId, str], memory: Memory) -> _Read | None:
    """Return the parts of a guide that is in order, with the blocks of the open ones; else None."""
    cut = list(stretches(text))
    digests = [digest_of(stretch.text) for stretch in cut]
    pieces: dict[int, list[Piece]] = {}
    signs: dict[str, tuple[Sign, ...]] = {}
    for place, digest in enumerate(digests):
        known = memory.signs.get(digest)
        if known is None:
            pieces[place], problems = pieces_of(cut[place], path)
            if problems:
                return None
            known = heading_signs(pieces[place])
        signs[digest] = known
    assembler = Assembler(path)
    parts = []
    atoms: dict[QuestionSlug, Atoms] = {}
    for sheet in sheets_of([signs[digest] for digest in digests]):
        key = digest_of(
            digests[sheet.first : sheet.after], [role.name for role in sheet.roles], sheet.section
        )
        before = cut[sheet.first].first
        leaf = memory.leaves.get(key)
        if leaf and leaf.lock == _lock_digest([lines.get(card, "") for card, *_ in leaf.cards]):
            for slug, title, section in leaf.questions:
                assembler.keep(Question(slug, title, (), section, ()))
                atoms[slug] = Atoms((), ())
            assembler.title = leaf.title or assembler.title
            parts.append(Part(key, before, leaf=leaf))
        else:
            title, first, fixtures = assembler.title, len(assembler.questions), len(assembler.fixtures)
            assembler.take(tuple(_pieces(cut, sheet, pieces, path)), sheet.roles, sheet.section)
            alone = len(assembler.fixtures) == fixtures
            for place, question in enumerate(assembler.questions[first:], start=first):
                if question.snippets:
                    alone = False
                else:
                    # The answers of a long guide would take more room than the cards that are made of them.
                    atoms[question.slug] = replace(atomize(question), accounts=())
                    assembler.forget_answer(place)
            title = assembler.title if assembler.title != title else ""
            questions = tuple(assembler.questions[first:])
            parts.append(Part(key if alone else "", before, title, questions=questions))
    contents = assembler.contents()
    if contents.problems or not contents.questions:
        return None
    return tuple(parts), guide_of(contents, path, text.count("\n") + 1), atoms, signs


def _whole(text: str, path: str) -> _Read:
    """Return the guide as one part of which nothing is remembered; raises GuideError with every problem."""
    guide = parse(text, path)
    return (Part("", 0, questions=guide.questions),), guide, {}, {}


def _pieces(
    cut: Sequence[Stretch], sheet: Sheet, pieces: dict[int, list[Piece]], path: str
) -> Iterator[Piece]:
    """Yield what a sheet holds; what is read already is not kept any longer."""
    for place in range(sheet.first, sheet.after):
        yield from pieces.pop(place, None) or pieces_of(cut[place], path)[0]


def _leaf(part: Part, cards: dict[str, list[Card]], lines: dict[str, list[str]]) -> Leaf:
    """Return what the next build may take over."""
    return Leaf(
        part.title,
        tuple((question.slug, question.title, question.section) for question in part.questions),
        tuple(
            (card.id, card.kind, place, card.changed_at, card.span.first - part.before)
            for place, question in enumerate(part.questions)
            for card in cards[question.slug]
        ),
        _lock_digest([line for question in part.questions for line in lines[question.slug]]),
    )


def _lock_digest(lines: Iterable[str]) -> str:
    return digest_of("\n".join(lines))
