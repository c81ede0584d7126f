from __future__ import annotations

from collections import Counter

import pytest

from cards.card.card import CardId
from cards.card.deck import GuideId
from cards.lock.guide_id import new_guide_id
from cards.lock.lock import LockHead
from srs.cli.identity.claim import (
    Claim,
    GuideMatch,
    LockInPlace,
    claim_of_lock,
    claim_of_words,
    has_given_up,
)
from srs.store.read_only import KnownGuide, KnownWords


def guide(identity: str, path: str | None = "/there/faq.md", *, removed: bool = False) -> KnownGuide:
    return KnownGuide(identity, "FAQ", path, identity, "", removed)


def cards(letters: str) -> frozenset[CardId]:
    return frozenset(map(CardId, letters))


MADE = LockHead("faq", GuideId("made"))
OLD = LockHead("faq")


@pytest.mark.parametrize(
    ("head", "slug", "known", "in_store", "there", "finding"),
    [
        pytest.param(MADE, "faq", None, "", None, GuideMatch.SAME, id="nobody has built it here"),
        pytest.param(MADE, "faq", guide("made", "/here/faq.md"), "", None, GuideMatch.SAME, id="same place"),
        pytest.param(MADE, "faq", guide("made", None), "", None, GuideMatch.SAME, id="known from a merge"),
        pytest.param(MADE, "faq", guide("made"), "", None, GuideMatch.MOVED, id="old place empty"),
        pytest.param(MADE, "new", guide("made"), "", None, GuideMatch.MOVED, id="renamed with its lock"),
        pytest.param(
            MADE,
            "faq",
            guide("made"),
            "",
            LockHead("faq", GuideId("x")),
            GuideMatch.MOVED,
            id="another there",
        ),
        pytest.param(MADE, "faq", guide("made"), "", MADE, GuideMatch.ELSEWHERE, id="two clones"),
        pytest.param(MADE, "copy", guide("made"), "", MADE, GuideMatch.IN_DOUBT, id="copied with its lock"),
        pytest.param(
            MADE,
            "faq",
            guide("made"),
            "",
            LockHead("b", GuideId("made")),
            GuideMatch.IN_DOUBT,
            id="it was copied",
        ),
        pytest.param(OLD, "faq", guide("faq"), "abc", OLD, GuideMatch.ELSEWHERE, id="old lock, two clones"),
        pytest.param(OLD, "faq", guide("faq"), "xyz", OLD, GuideMatch.NAMESAKE, id="old lock, one name"),
        pytest.param(
            OLD, "faq", guide("faq"), "xyz", None, GuideMatch.NAMESAKE, id="old lock, namesake deleted"
        ),
        pytest.param(OLD, "faq", guide("faq"), "axyz", OLD, GuideMatch.NAMESAKE, id="one card of one key"),
        pytest.param(OLD, "faq", guide("faq"), "ab", None, GuideMatch.MOVED, id="old lock, moved"),
    ],
)
def test_a_lock_says_which_guide_a_file_is(
    head: LockHead,
    slug: str,
    known: KnownGuide | None,
    in_store: str,
    there: LockHead | None,
    finding: GuideMatch,
) -> None:
    own = LockInPlace(head, cards("abc"))
    assert claim_of_lock(own, slug, "/here/faq.md", known, cards(in_store), there) == Claim(finding, known)


def known_words(guide: str, words: str, *, retired: bool = False) -> list[KnownWords]:
    return [KnownWords(CardId(f"{guide}{word}"), guide, retired, word) for word in words.split()]


@pytest.mark.parametrize(
    ("drafts", "known", "is_there", "finding", "which"),
    [
        pytest.param("a b c", known_words("x", "a b c"), False, GuideMatch.MOVED, "x", id="renamed"),
        pytest.param(
            "a b n", known_words("x", "a b c"), False, GuideMatch.MOVED, "x", id="renamed and edited"
        ),
        pytest.param("a b c", known_words("x", "a b c"), True, GuideMatch.IN_DOUBT, "x", id="copied"),
        pytest.param("a m n", known_words("x", "a b c"), False, GuideMatch.NEW, None, id="one card alike"),
        pytest.param("a", known_words("x", "a b c d e f"), True, GuideMatch.NEW, None, id="a part taken out"),
        pytest.param("m n", known_words("x", "a b"), False, GuideMatch.NEW, None, id="another guide"),
        pytest.param(
            "a b", known_words("x", "a b", retired=True), False, GuideMatch.MOVED, "x", id="of a removed deck"
        ),
        pytest.param(
            "a b c",
            [*known_words("x", "a b"), *known_words("y", "a b c")],
            False,
            GuideMatch.MOVED,
            "y",
            id="the likelier one",
        ),
        pytest.param("", [], False, GuideMatch.NEW, None, id="nothing to compare"),
    ],
)
def test_words_say_which_guide_a_file_without_a_lock_is(
    drafts: str, known: list[KnownWords], finding: GuideMatch, which: str | None, *, is_there: bool
) -> None:
    claim = claim_of_words(drafts.split(), [guide("x"), guide("y")], known, lambda _: is_there)
    assert claim == Claim(finding, guide(which) if which else None)


@pytest.mark.parametrize(
    ("words", "makes", "is_given_up"),
    [
        pytest.param("c d", "a b", True, id="a part became a file of its own"),
        pytest.param("c d e n", "a b c", True, id="and one card stayed in both"),
        pytest.param("c d", "a b c d", False, id="copied"),
        pytest.param("c d", "a b c", False, id="half of it copied"),
        pytest.param("a b c d", "m n", False, id="moved as a whole, and another guide in its place"),
        pytest.param("a b c d", "", False, id="moved as a whole"),
    ],
)
def test_a_guide_gave_up_what_it_makes_no_more_while_it_makes_others(
    words: str, makes: str, *, is_given_up: bool
) -> None:
    made = ["a", "b", "c", "d", "e"]
    assert has_given_up(Counter(words.split()), makes.split(), made) == is_given_up


def test_of_a_guide_that_is_gone_and_one_that_is_there_the_gone_one_was_renamed() -> None:
    guides = [guide("x", "/gone.md"), guide("y", "/there.md")]
    known = [*known_words("x", "a b"), *known_words("y", "a b c")]
    claim = claim_of_words(["a", "b", "c"], guides, known, lambda path: path == "/there.md")
    assert claim == Claim(GuideMatch.MOVED, guides[0])


def test_an_identity_is_made_of_name_and_words_and_given_once() -> None:
    first = new_guide_id("faq", "text", ())
    assert new_guide_id("faq", "text", ()) == first
    assert len({first, new_guide_id("faq", "text", {first}), new_guide_id("faq", "other", ())}) == 3
