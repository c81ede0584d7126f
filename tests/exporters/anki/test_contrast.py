"""The cards can be read by day and by night: contrast as WCAG 2.2 defines it, level AA."""

from __future__ import annotations

import re

import pytest

from exporters.anki import note_type

AA = 4.5
GROUNDS = ("paper", "well")
TEXTS = (
    "ink",
    "quiet",
    "accent",
    "keyword",
    "string",
    "number",
    "remark",
    "name",
    "builtin",
    "mark",
    "wrong",
)
PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS] + [("accent", "tint"), ("ink", "tint")]


def palette(selector: str) -> dict[str, str]:
    rule = re.search(
        rf"^{re.escape(selector)} \{{(.*?)\}}", note_type.theme().style, re.DOTALL | re.MULTILINE
    )
    assert rule is not None
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", rule[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [".card", ".card.nightMode"], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=[f"{text} on {ground}" for text, ground in PAIRS])
def test_every_colour_of_text_stands_out_from_its_ground(selector: str, text: str, ground: str) -> None:
    colours = palette(selector)

    assert contrast(colours[text], colours[ground]) >= AA


def test_day_and_night_have_the_same_colours_and_every_one_in_use_exists() -> None:
    used = set(re.findall(r"var\(--(\w+)\)", note_type.theme().style))

    assert set(palette(".card")) == set(palette(".card.nightMode"))
    assert used <= set(palette(".card"))
