"""How many cards keep their identity through realistic edits of the bundled guide, and how many are mistaken.

    uv run python tests/bench/bench_rebinding.py [ROUNDS]

Each round edits a share of the guide's lines in one way and builds again. An edit changes few words of a
line, so a card is right if it says nearly what the card of its identity said before, wrong if it says
something else, and missed if it is new although a vanished card said nearly the same.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

from cards.build.pipeline import BuildResult, finish_build, plan_build
from cards.card import sides
from cards.lock.likeness import similarity
from tests.builders.built import lock_of
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

GUIDE = ROOT / "source" / "tensorflow-interview.md"
ALIKE = 0.7
SYNONYMS = {
    "because": "since",
    "before": "ahead of",
    "needs": "requires",
    "shows": "displays",
    "keeps": "holds",
    "every": "each",
    "returns": "gives back",
    "starts": "begins",
    "whole": "entire",
    "wrong": "false",
    "call": "invoke",
    "model": "network",
    "values": "numbers",
    "small": "tiny",
    "run": "execute",
}


def typo(line: str, chance: random.Random) -> str:
    """Two neighbouring letters of a longer word are swapped."""
    words = [match for match in re.finditer(r"\b[a-z]{5,}\b", line) if "`" not in line[: match.start()][-30:]]
    if not words:
        return line
    match = chance.choice(words)
    at = match.start() + chance.randrange(1, len(match[0]) - 2)
    return f"{line[:at]}{line[at + 1]}{line[at]}{line[at + 2 :]}"


def synonym(line: str, chance: random.Random) -> str:
    """A word is replaced by another of the same meaning."""
    words = [word for word in SYNONYMS if re.search(rf"\b{word}\b", line)]
    return re.sub(rf"\b{(word := chance.choice(words))}\b", SYNONYMS[word], line, count=1) if words else line


def shorter(line: str, chance: random.Random) -> str:
    """A small word is dropped."""
    words = list(re.finditer(r" (?:the|a|an|only|also|then|its|own|each|very)\b", line))
    if not words:
        return line
    match = chance.choice(words)
    return line[: match.start()] + line[match.end() :]


def longer(line: str, chance: random.Random) -> str:
    """Some words are added at the end of a sentence."""
    more = chance.choice([" in TensorFlow", " as well", " in practice", " by default", " at run time"])
    return re.sub(r"(?<=[a-z])\.(?=\s|$)", f"{more}.", line, count=1)


def question(line: str, chance: random.Random) -> str:
    """A question's heading is reworded."""
    if not line.startswith("### "):
        return line
    new = chance.choice(
        [("How do you", "How would you"), ("What is", "Can you explain what is"), ("Which", "What")]
    )
    return line.replace(*new, 1) if new[0] in line else re.sub(r"\?$", ", in your own words?", line)


EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "typo": typo,
    "synonym": synonym,
    "word dropped": shorter,
    "words added": longer,
    "question reworded": question,
}


def edited(text: str, edit: Callable[[str, random.Random], str], share: float, chance: random.Random) -> str:
    """Return the guide with a share of its prose, table and list lines edited in place; code stays."""
    lines, inside = text.split("\n"), False
    for place, line in enumerate(lines):
        if line.startswith(("```", "<!--")) or line.endswith("-->"):
            inside = not inside if line.startswith("```") else line.startswith("<!--") and "-->" not in line
        elif not inside and line.strip() and chance.random() < share:
            lines[place] = edit(line, chance)
    return "\n".join(lines)


def said(built: BuildResult) -> dict[str, str]:
    """Return each card's words by its identity."""
    return {
        card.id: f"{sides.words(card.front)}\n{sides.words(card.back)}" for card in built.deck.whole_cards
    }


def judged(before: dict[str, str], after: dict[str, str]) -> Counter[str]:
    """Count the new cards that are right, missed (an old one is as good as the same) and wrong."""
    counts: Counter[str] = Counter()
    vanished = [words for identity, words in before.items() if identity not in after]
    for identity, words in after.items():
        if identity in before:
            counts["right" if similarity(before[identity], words) >= ALIKE else "wrong"] += 1
        else:
            counts["missed"] += any(similarity(old, words) >= 0.9 for old in vanished)
    return counts


def main(rounds: int) -> None:
    """Print a line an edit and share."""
    text = GUIDE.read_text("utf-8")
    # Without code: what is compared here is words.
    text = re.sub(r"(?ms)^```.*?^```\n|^<!-- proofdeck:.*?-->\n", "", text)
    first = finish_build(plan_build(text, "guide.md", None, frozenset()), (), 1)
    before = said(first)
    print(f"{len(before)} cards without code; {rounds} rounds each")  # noqa: T201
    for name, edit in EDITS.items():
        for share in (0.05, 0.3):
            counts: Counter[str] = Counter()
            for seed in range(rounds):
                changed = edited(text, edit, share, random.Random(seed))  # noqa: S311 - repeatable edits
                counts += judged(
                    before,
                    said(finish_build(plan_build(changed, "guide.md", lock_of(first), frozenset()), (), 2)),
                )
            total = counts.total()
            shares = ", ".join(f"{kind} {counts[kind] / total:.2%}" for kind in ("right", "missed", "wrong"))
            print(f"{name:18} {share:4.0%} of lines: {shares} of {total}")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
