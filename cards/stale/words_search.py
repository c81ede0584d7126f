"""Find the calls in words - prose, comments, cells of tables - that are gone and are not said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.regex import regex
from cards.stale.api_change import ApiChange
from cards.stale.names import name_change
from cards.stale.object_calls import DISTINCT_ATTRIBUTES, FEED_DICT, OBJECT_CALLS, OPTIMIZER_RATE, SESSION_RUN
from cards.stale.said_gone import is_of_old_times, is_of_other_library, is_said_gone

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


_DISTINCT = "|".join(sorted(name.removeprefix(".") for name in DISTINCT_ATTRIBUTES))
_CALL = regex(
    r"(?<![\w./@-])(?:"
    r"(?P<name>(?:tf|tensorflow|keras|np|numpy|K)(?:\.[A-Za-z_]\w*)+)"
    rf"|(?:\w+\.)?(?P<attribute>{_DISTINCT})\b"
    r"|(?:model|classifier)(?P<of_model>\.predict_proba|\.to_yaml)\b"
    r"|(?P<session>sess|session)\.run\b|(?P<feed>feed_dict)\b|(?:\w+\.)?(?P<rate>optimizer\.lr)\b"
    r"|(?:(?:tf\.)?(?:keras\.)?optimizers\.)?(?:Adam|AdamW|Adamax|Nadam|SGD|RMSprop|Adagrad|Adadelta|Ftrl)\("
    r"(?:[^()]*[\s,(])?(?P<keyword>lr=)"
    r")"
)
_SENTENCE_END = regex(r"(?<=[.!?;])\s+(?=[A-Z`*])|\n(?=\s*\n)")


class NamedCall(NamedTuple):
    """A call that words name although it is gone."""

    line: int
    """Counts from 0 within the words."""
    change: ApiChange


def gone_calls_in_words(words: str, around: str = "") -> Iterator[NamedCall]:
    """Yield the calls that words name as if they were there; `around` is what stands above and beside them.

    A name is right where the sentence says that it is gone, or anything around it speaks of old versions.
    """
    found = [(match, change) for match in _CALL.finditer(words) if (change := _change_at(match))]
    # What a name itself says (`optimizers.legacy`) is nothing said of it.
    if not found or is_of_old_times(_CALL.sub("", words)) or is_of_old_times(_CALL.sub("", around)):
        return
    for match, change in found:
        start, end = _sentence_around(words, match.start(), match.end())
        sentence = words[start:end]
        is_doubtful = change is SESSION_RUN or change.old in OBJECT_CALLS
        if is_said_gone(sentence, match.start() - start, match.end() - start):
            continue
        if is_doubtful and is_of_other_library(f"{around} {words}"):
            continue
        yield NamedCall(words.count("\n", 0, match.start()), change)


def names_a_call(words: str) -> bool:
    """Tell whether words name any call that is gone, whatever they say of it."""
    return any(map(_change_at, _CALL.finditer(words)))


def _change_at(match: re.Match[str]) -> ApiChange | None:
    found = match.groupdict()
    if found["name"]:
        first, _, rest = found["name"].partition(".")
        first = {"tensorflow": "tf", "numpy": "np", "K": "keras.backend"}.get(first, first)
        return name_change(f"{first}.{rest}")
    if found["session"]:
        return SESSION_RUN
    if found["feed"]:
        return FEED_DICT
    if found["rate"]:
        return OPTIMIZER_RATE
    old = found["of_model"] or found["keyword"] or f".{found['attribute']}"
    return ApiChange(old, OBJECT_CALLS[old])


def _sentence_around(words: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that holds a place begins and ends."""
    begin, finish = 0, len(words)
    for match in _SENTENCE_END.finditer(words):
        if match.end() <= start:
            begin = match.end()
        elif match.start() >= end:
            finish = match.start()
            break
    return begin, finish
