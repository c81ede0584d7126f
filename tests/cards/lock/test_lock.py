"""The lock file: what it says of damage, and that nothing is lost on the way through it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.errors import LockError
from cards.exercise.gap import Gap, GapKind
from cards.exercise.measurement import Aspect, MeasureKey, SnippetMeasurement, Trait
from cards.exercise.worth_asking import GapWords
from cards.lock.lock import Lock, lock_text
from cards.lock.newer_lock import newer_warnings
from cards.lock.proofs import Proofs
from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.snippet import SnippetName
from tests.builders.lock import locked_card, locks, parse_lock
from tests.builders.verdict import ELSEWHERE, verdict

ONE = locked_card("q/fact/one")
TWO = locked_card("q/fact/two", retired=True)
QUALIFIERS = (
    Qualifier(QualifierKind.NEVER_CALLED, "f"),
    Qualifier(QualifierKind.WARNING, "UserWarning", 7),
    Qualifier(QualifierKind.OTHER, "what nobody words so today"),
)
PROOF = verdict("q#1", seconds=1.234, output="1", qualifiers=QUALIFIERS)
LOCK = Lock("guide", (ONE, TWO), Proofs((PROOF,)))
TEXT = lock_text(LOCK)
HEAD, FIRST, SECOND, *SLOTTED = TEXT.splitlines()
THIRD = next(line for line in SLOTTED if "slot" not in line)

MERGE = "`proofdeck build` joins both sides."
MEND = (
    "restore it from git or delete it, then build again: without a lock, cards are known by their words from "
    "the store."
)


@given(locks())
def test_a_lock_that_is_written_and_read_is_the_same(lock: Lock) -> None:
    read = parse_lock(lock_text(lock), "guide.lock")
    assert lock_text(read) == lock_text(lock)
    assert replace(read, proofs=lock.proofs, displayed=lock.displayed) == lock
    # In their slots they may stand in another order.
    assert sorted(map(repr, read.proofs.verdicts)) == sorted(map(repr, lock.proofs.verdicts))
    assert sorted(map(repr, read.displayed)) == sorted(map(repr, lock.displayed))


def test_what_was_measured_is_a_line_a_block_and_an_old_lock_has_none() -> None:
    gap = Gap(GapKind.ARGUMENT, 2, 17, 23, "axis=0")
    trait = Trait("y", Aspect.SHAPE, 2, "(3, 2)")
    measured = SnippetMeasurement(SnippetName("q#1"), MeasureKey("m"), "é 7", (gap,), (trait,))
    words = GapWords(("pad", "roll"), ("sum",), is_predicted=True)
    nothing = SnippetMeasurement(SnippetName("q#2"), MeasureKey("n"), words=words)
    plain = SnippetMeasurement(SnippetName("q#3"), MeasureKey("o"), words=GapWords())
    unasked = SnippetMeasurement(SnippetName("q#4"), MeasureKey("p"), words=GapWords(is_unasked=True))
    text = lock_text(replace(LOCK, proofs=Proofs(), measured=(measured, nothing, plain, unasked)))
    assert text.removeprefix(lines(HEAD, FIRST, SECOND)) == (
        '{"measured": "q#1", "key": "m", "printed": "é 7", "gaps": [["argument", 2, 17, "axis=0"]], '
        '"traits": [["y", "shape", 2, "(3, 2)"]]}\n'
        '{"measured": "q#2", "key": "n", '
        '"words": {"named": ["pad", "roll"], "asked": ["sum"], "predicted": true}}\n'
        '{"measured": "q#3", "key": "o", "words": {}}\n'
        '{"measured": "q#4", "key": "p", "words": {"unasked": true}}\n'
    )
    assert parse_lock(text, "guide.lock").measured == (measured, nothing, plain, unasked)
    assert parse_lock(TEXT, "guide.lock").measured == ()


@pytest.mark.parametrize(
    "line",
    [
        '{"measured": "q#1"}',
        '{"measured": "q#1", "key": "m", "prints": [1]}',
        '{"measured": "q#1", "key": "m", "gaps": [["call", 1, 0]]}',
        '{"measured": "q#1", "key": "m", "traits": [["y", "shape", 1]]}',
        '{"measured": "q#1", "key": "m", "words": ["pad"]}',
    ],
)
def test_a_measured_line_that_is_damaged_is_told_with_its_place(line: str) -> None:
    with pytest.raises(LockError, match=r"guide\.lock:4: the lock is damaged here"):
        parse_lock(lines(HEAD, FIRST, SECOND, line), "guide.lock")


def test_the_file_has_a_line_a_card_and_a_line_a_proof() -> None:
    assert lines(HEAD, FIRST, SECOND, THIRD) == (
        '{"proofdeck-lock": 2, "guide": "guide"}\n'
        '{"card": "id-of-q/fact/one", "key": "q/fact/one", "section": "", "front": "front of q/fact/one", '
        '"back": "back of q/fact/one", "digest": "d", "changed": 100}\n'
        '{"card": "id-of-q/fact/two", "key": "q/fact/two", "section": "", "front": "front of q/fact/two", '
        '"back": "back of q/fact/two", "digest": "d", "changed": 100, "retired": true}\n'
        '{"proof": "q#1", "key": "k", "outcome": "passed", "python": "3.11", "tensorflow": "2.21.0", '
        '"keras": "3.15.0", "on": "2026-01-02", "seconds": 1.23, "confinement": "full", "output": "1", '
        '"notes": ["never called: f", "warns, line 7: UserWarning", "what nobody words so today"]}\n'
    )


def test_each_runtime_has_a_slot_of_its_own_between_lines_that_never_change() -> None:
    newer = replace(PROOF, runtime=ELSEWHERE)
    displayed = DisplayedVerdict("q/predict/x", DisplayKey("d"), "it fails", runtime=ELSEWHERE)
    both = lock_text(replace(LOCK, proofs=Proofs((PROOF, newer)), displayed=(displayed,))).splitlines()
    assert [line for line in both if "slot" in line] == [f'{{"slot": {number}}}' for number in range(32)]
    added = [
        THIRD.replace("3.11", "3.12").replace("2.21.0", "2.22.0").replace("3.15.0", "3.16.0"),
        (
            '{"displayed": "q/predict/x", "key": "d", "python": "3.12", "tensorflow": "2.22.0", '
            '"keras": "3.16.0", "fault": "it fails"}'
        ),
    ]
    place = both.index('{"slot": 6}') + 1
    assert both[place : place + 2] == added
    assert [line for line in both if line not in added] == TEXT.splitlines()
    assert lock_text(replace(LOCK, proofs=Proofs())) == lines(HEAD, FIRST, SECOND)


def test_a_lock_of_format_1_is_read_and_written_anew() -> None:
    old = lines(HEAD.replace("2", "1"), FIRST, SECOND, THIRD, '{"displayed": "q/predict/x", "key": "d"}')
    seen = DisplayedVerdict("q/predict/x", DisplayKey("d"))
    proof = replace(PROOF, seconds=1.23)
    assert parse_lock(old, "guide.lock") == replace(LOCK, proofs=Proofs((proof,)), displayed=(seen,))


def test_retired_cards_are_written_last() -> None:
    assert parse_lock(lock_text(replace(LOCK, cards=(TWO, ONE))), "guide.lock").cards == (ONE, TWO)


def test_line_ends_of_windows_change_nothing() -> None:
    assert parse_lock(TEXT.replace("\n", "\r\n"), "guide.lock") == parse_lock(TEXT, "guide.lock")


def lines(*replaced: str) -> str:
    return "".join(line + "\n" for line in replaced)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "guide.lock: the lock is empty; restore it from git or delete it, then build again."),
        ("\n", f"guide.lock:1: the lock is damaged here; {MEND}"),
        ("hello\n", f"guide.lock:1: the lock is damaged here; {MEND}"),
        ("[1]\n", f"guide.lock:1: the lock is damaged here; {MEND}"),
        (lines(FIRST, SECOND), f"guide.lock:1: the lock is damaged here; {MEND}"),
        (lines(HEAD, FIRST[:-9], SECOND), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, FIRST, "", SECOND), f"guide.lock:3: the lock is damaged here; {MEND}"),
        (lines(HEAD, "7"), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, '"card"'), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, '["card"]'), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, "[" * 99999), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, '{"card": "a"}'), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, FIRST.replace("100", "null")), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, FIRST.replace("100", "Infinity")), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (lines(HEAD, THIRD.replace('"passed"', "7")), f"guide.lock:2: the lock is damaged here; {MEND}"),
        (
            lines(HEAD, THIRD.replace('"on"', '"packages": [], "on"')),
            f"guide.lock:2: the lock is damaged here; {MEND}",
        ),
        (lines(HEAD, "<<<<<<< HEAD", FIRST), f"guide.lock:2: the lock is a merge conflict here; {MERGE}"),
        (lines(HEAD, FIRST, "||||||| base"), f"guide.lock:3: the lock is a merge conflict here; {MERGE}"),
        (lines(HEAD, FIRST, "======="), f"guide.lock:3: the lock is a merge conflict here; {MERGE}"),
        (lines(HEAD, FIRST, ">>>>>>> topic"), f"guide.lock:3: the lock is a merge conflict here; {MERGE}"),
        (
            lines(HEAD.replace("2", "3"), FIRST),
            "guide.lock: the lock was written by a newer proofdeck (format 3); update proofdeck.",
        ),
        (lines(HEAD.replace("2", "0"), FIRST), f"guide.lock:1: the lock is damaged here; {MEND}"),
        (
            lines(HEAD, FIRST, SECOND, FIRST),
            (
                "guide.lock:4: the card id-of-q/fact/one stands in line 2 already, as after a merge; "
                "`proofdeck build` keeps the line that changed last."
            ),
        ),
    ],
    ids=[
        "empty",
        "an empty line",
        "no JSON",
        "no head",
        "the head is missing",
        "a line cut short",
        "an empty line inside",
        "a number",
        "a word",
        "a list",
        "nested too deeply",
        "a card without its fields",
        "a moment that is nothing",
        "a moment that never comes",
        "an outcome that is no word",
        "packages without versions",
        "conflict: ours",
        "conflict: base",
        "conflict: between",
        "conflict: theirs",
        "newer",
        "no format",
        "doubled",
    ],
)
def test_a_lock_that_cannot_be_read_says_where_and_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(LockError) as caught:
        parse_lock(text, "guide.lock")
    assert str(caught.value) == sentence


NEWER = [
    '{"lesson": "one", "cards": ["id-of-q/fact/one"]}',
    THIRD.replace('"passed"', '"passed on a GPU"'),
    THIRD.replace('"full"', '"hypervisor"'),
    '{"measured": "q#1", "key": "m", "gaps": [["import", 1, 0, "x"]]}',
    '{"measured": "q#1", "key": "m", "traits": [["y", "device", 1, "GPU"]]}',
]


@pytest.mark.parametrize("line", NEWER, ids=["kind", "outcome", "confinement", "gap", "trait"])
def test_a_line_that_only_a_newer_proofdeck_knows_is_kept_letter_for_letter(line: str) -> None:
    read = parse_lock(lines(HEAD, FIRST, SECOND, line), "guide.lock")
    assert (read.foreign, read.proofs, read.measured) == ((line,), Proofs(), ())
    assert lock_text(read) == lines(HEAD, FIRST, SECOND, line)
    assert [each.sentence[:60] for each in newer_warnings(read, "guide.lock")] == [
        "this version of proofdeck does not know 1 of its lines: they"
    ]


def test_fields_that_only_a_newer_proofdeck_knows_are_kept_with_their_lines() -> None:
    head, first, third = (f'{line[:-1]}, "mood": ["blue"]}}' for line in (HEAD, FIRST, THIRD))
    second = SECOND.replace(', "retired": true}', ', "mood": 1, "retired": true}')
    text = lock_text(parse_lock(lines(head, first, second, third), "guide.lock"))
    assert text.splitlines()[:3] == [head, first, second]
    assert third in text.splitlines()
    assert lock_text(parse_lock(text, "guide.lock")) == text
    (warning,) = newer_warnings(parse_lock(text, "guide.lock"), "guide.lock")
    assert "does not know the fields 'mood'" in warning.sentence
    assert newer_warnings(LOCK, "guide.lock") == ()


@given(locks(), st.data())
def test_a_damaged_lock_is_a_lock_error_or_a_lock(lock: Lock, data: st.DataObject) -> None:
    text = lock_text(lock)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    try:
        read = parse_lock(damaged, "guide.lock")
    except LockError as error:
        read = None
        said = str(error)
    assert read or said.startswith("guide.lock")


def test_active_and_retired_cards_are_told_apart() -> None:
    assert (LOCK.active, LOCK.retired) == ((ONE,), (TWO,))
