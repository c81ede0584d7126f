from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.hidden_character import clear_prose, escape_hidden, has_hidden, hidden_names

HIDDEN = (
    *map(chr, (*range(9), *range(0x0B, 0x20), 0x7F, *range(0x80, 0xA0))),
    *map(chr, (0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    *map(chr, (0x180E, 0x200C, 0x200D, 0x2028, 0x2029, *range(0x2060, 0x2065), *range(0x206A, 0x2070))),
    *map(chr, (0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))),
)


@pytest.mark.parametrize("character", HIDDEN, ids=lambda each: f"U+{ord(each):04X}")
def test_what_nobody_sees_is_escaped(character: str) -> None:
    text = f"a{character}b"
    escaped = escape_hidden(text)
    assert (has_hidden(text), hidden_names(text)) == (True, (f"U+{ord(character):04X}",))
    assert escaped.isprintable()
    assert escaped.encode().decode("unicode_escape") == text


@pytest.mark.parametrize(
    "text",
    [
        "plain\ttext\n",
        "größer ≥ 3 → ∑, 日本語, עברית",
        "\U0001f469\u200d\U0001f4bb \U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f469",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
    ],
    ids=["plain", "other scripts", "emoji", "a flag", "Persian", "Hindi"],
)
def test_what_is_seen_stays(text: str) -> None:
    assert (escape_hidden(text), clear_prose(text), has_hidden(text)) == (text, text, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("x\u202ey\x1b[31m", "xy\\x1b[31m"),
        ("two\u2028lines", "two lines"),
        ("joined\u200dletters", "joinedletters"),
    ],
)
def test_prose_is_cleared(text: str, expected: str) -> None:
    assert clear_prose(text) == expected


@given(st.text())
def test_nothing_hidden_is_left_in_any_text(text: str) -> None:
    assert not has_hidden(escape_hidden(text))
    assert not has_hidden(clear_prose(text))
