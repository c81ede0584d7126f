"""Values that several tests need: drafts, remembered cards, verdicts, and strategies for them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cards.card.card import CardId, CardKey, Draft
from cards.card.kind import Kind
from cards.exercise.measured import Aspect, Gap, Measured, MeasureKey, Sort, Trait
from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from cards.guide.guide import QuestionSlug
from cards.guide.text import Run, Style
from cards.lock.lock import Lock, LockedCard
from cards.program.key import ProofKey, proof_key
from cards.program.runtime import Runtime
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.sides import Side
    from cards.program.program import Program

HERE = Runtime("3.11", "2.21.0", "3.15.0")
ELSEWHERE = Runtime("3.12", "2.22.0", "3.16.0")


def text(words: str) -> Side:
    """Return a side with one paragraph; `…` is a gap."""
    runs = [Run("…", Style.GAP) if piece == "…" else Run(piece) for piece in _split(words) if piece]
    return (Prose(tuple(runs)),)


def _split(words: str) -> list[str]:
    left, gap, right = words.partition("…")
    return [left, gap, *(_split(right) if gap else [])]


def draft(front: str | Side = "What is it?", back: str | Side = "A thing", **fields: Any) -> Draft:  # noqa: ANN401 - any field
    """Return a fact with these sides, given as words or whole; its cue is its front."""
    values: dict[str, Any] = {
        "kind": Kind.FACT,
        "slug": QuestionSlug("q"),
        "cue": front if isinstance(front, str) else "cue",
        "front": text(front) if isinstance(front, str) else front,
        "back": text(back) if isinstance(back, str) else back,
    }
    return Draft(**(values | fields))


def locked(key: str = "q/fact/cue", **fields: Any) -> LockedCard:  # noqa: ANN401 - any field
    """Return a remembered card."""
    values: dict[str, Any] = {
        "id": CardId(f"id-of-{key}"),
        "key": CardKey(key),
        "section": "",
        "front": f"front of {key}",
        "back": f"back of {key}",
        "digest": "d",
        "changed_at": 100,
    }
    return LockedCard(**(values | fields))


def verdict(name: str, outcome: Outcome = Outcome.PASSED, **fields: Any) -> Verdict:  # noqa: ANN401 - any field
    """Return a verdict on a snippet that counts for nothing but itself."""
    values: dict[str, Any] = {"key": ProofKey("k"), "runtime": HERE, "proved_on": "2026-01-02"}
    return Verdict(snippet=SnippetName(name), outcome=outcome, **(values | fields))


def verdicts_of(
    programs: tuple[Program, ...],
    runtime: Runtime = HERE,
    on: str = "2026-01-02",
    outcomes: Mapping[str, Outcome] = MappingProxyType({}),
) -> list[Verdict]:
    """Return what a run of the programs ends in: all pass, except those that `outcomes` names."""
    return [
        Verdict(
            snippet=snippet.name,
            key=proof_key(program, position, runtime),
            outcome=outcomes.get(snippet.name, Outcome.PASSED),
            runtime=runtime,
            proved_on=on,
        )
        for program in programs
        for position, snippet in enumerate(program.snippets)
    ]


_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=12)
_INLINES = st.lists(st.builds(Run, _WORDS, st.sampled_from(Style)), max_size=4).map(tuple)
_ITEMS = st.recursive(
    st.builds(Item, _INLINES),
    lambda inner: st.builds(Item, _INLINES, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)
_ROWS = st.lists(st.builds(Row, st.lists(_INLINES, max_size=3).map(tuple)), max_size=3).map(tuple)
FACES = st.lists(
    st.one_of(
        st.builds(Prose, _INLINES),
        st.builds(Code, st.text(), _WORDS),
        st.builds(Listing, st.booleans(), st.lists(_ITEMS, max_size=3).map(tuple)),
        st.builds(Table, st.lists(_INLINES, max_size=3).map(tuple), _ROWS),
    ),
    max_size=4,
).map(tuple)

_TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
_PACKAGES = st.dictionaries(_TEXTS, _TEXTS, max_size=2).map(lambda versions: tuple(versions.items()))
_LOCKED = st.builds(
    LockedCard,
    id=_TEXTS.map(CardId),
    key=_TEXTS.map(CardKey),
    section=_TEXTS,
    front=_TEXTS,
    back=_TEXTS,
    digest=_TEXTS,
    changed_at=st.integers(0, 2**40),
    retired=st.booleans(),
    was=_TEXTS.map(CardKey),
)
_VERDICTS = st.builds(
    Verdict,
    snippet=_TEXTS.map(SnippetName),
    key=_TEXTS.map(ProofKey),
    outcome=st.sampled_from(Outcome),
    runtime=st.builds(Runtime, _TEXTS, _TEXTS, _TEXTS, _PACKAGES),
    sentence=_TEXTS,
    line=st.integers(0, 9999),
    output=_TEXTS,
    seconds=st.integers(0, 10**6).map(lambda hundredths: hundredths / 100),
    proved_on=_TEXTS,
    confinement=_TEXTS,
    notes=st.lists(_TEXTS, max_size=3).map(tuple),
)
_GAPS = st.builds(
    lambda sort, line, start, text: Gap(sort, line, start, start + len(text), text),
    st.sampled_from(Sort),
    st.integers(1, 99),
    st.integers(0, 99),
    _TEXTS,
)
_TRAITS = st.builds(Trait, _TEXTS, st.sampled_from(Aspect), st.integers(1, 99), _TEXTS)
_MEASURED = st.builds(
    Measured,
    snippet=_TEXTS.map(SnippetName),
    key=_TEXTS.map(MeasureKey),
    printed=_TEXTS,
    gaps=st.lists(_GAPS, max_size=3).map(tuple),
    traits=st.lists(_TRAITS, max_size=3).map(tuple),
)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """Return a lock as its file can hold it: identities unique, retired cards last."""
    cards = draw(st.lists(_LOCKED, max_size=6, unique_by=lambda card: card.id))
    return Lock(
        draw(_TEXTS),
        tuple(sorted(cards, key=lambda card: card.retired)),
        tuple(draw(st.lists(_VERDICTS, max_size=4))),
        tuple(draw(st.lists(_MEASURED, max_size=3))),
    )
