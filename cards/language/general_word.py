"""General English words that no gap should hide: the sense or the grammar of a sentence gives them away.

Of the gaps of a guide that readers found given away, a list of such words caught more, and no good one; how
often a word stands in the guide told little (half of the frequent ones were its terms).
"""

from __future__ import annotations

_GENERAL_WORDS_TEXT = """
    one two three four five six seven eight nine ten both half double twice once several many few
    more most fewer less least all none every each any some other another same different similar
    equal single multiple various high higher highest low lower lowest large larger largest big
    bigger biggest small smaller smallest tiny huge long longer longest short shorter shortest deep
    shallow wide narrow full empty whole entire partial complete first second third last next
    previous final initial early earlier late later former latter new newer newest old older oldest
    current recent fast faster fastest slow slower slowest quick cheap cheaper expensive easy easier
    hard harder simple simpler complex good better best bad worse worst right wrong correct
    incorrect true false positive negative yes no always never often seldom sometimes usually only
    also up down left right inside outside before after above below forward forwards backward
    backwards global local public private internal external static dynamic sparse dense lossy
    lossless linear square random fixed constant variable empty temporary permanent automatic manual
    implicit explicit strong weak hot cold open closed active passive optional required mandatory
    necessary possible impossible important useful useless safe unsafe trainable non-trainable
    reject accept start stop begin end increase decrease
"""
GENERAL_WORDS = frozenset(_GENERAL_WORDS_TEXT.split())


def says_only_general_words(words: str) -> bool:
    """Tell whether every word is a general one: `highest`, `the last two`; not `last layer`."""
    found = [word for word in words.casefold().split() if word not in {"a", "an", "the", "of", "or", "and"}]
    return bool(found) and all(word.strip(".,;:") in GENERAL_WORDS for word in found)
