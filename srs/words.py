"""Wording for screens: numbers with their nouns, and lines cut to a width."""


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: 1 card, 2 cards; `plural` where the noun takes more than an s."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def shorten(line: str, width: int) -> str:
    """Return a line cut to a number of columns, with … where something is missing."""
    return line if len(line) <= width else f"{line[: width - 1]}…"
