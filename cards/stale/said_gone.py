"""Tell whether words say of a name that it is gone, or teach it as if it were there."""

from __future__ import annotations

import re

from cards.regex import regex

_OF_OLD_TIMES = regex(
    r"\bTF[\s-]?1|\bTensorFlow[\s-]*(?:v|version\s*)?1(?:\b|\.)|\b[01]\.x\b|\bv1\b|compat\.v1|"
    r"\bKeras[\s-]*[12]\b|\bNumPy[\s-]*1\b|\bbefore (?:TensorFlow|TF|Keras|NumPy)\b|\blegacy\b|"
    r"\bdeprecat|\bobsolete\b|\bmigrat(?:e|es|ed|ing|ion)\b|\bhistoric(?:al|ally)?\b|\btf_upgrade",
    re.IGNORECASE,
)
"""What says so of all that stands around it: the paragraph, the list, the table, the question."""

_GONE = regex(
    r"\b(?:gone|removed|dropped|replaced|superseded|renamed|retired|outdated|formerly|previously|"
    r"no longer|any ?more|used to be|"
    r"old(?:er)? (?:way|code|name|style|API|call|version|guide|tutorial|script|model)s?|"
    r"(?:does|do|did) not (?:exist|work|run)|doesn't (?:exist|work)|"
    r"(?:is|are) not (?:there|needed|available)|(?:is|are)n't (?:there|needed|available)|the past|"
    r"has moved|have moved|moved to|became|disappeared|vanished|"
    r"AttributeError|ImportError|ModuleNotFoundError)\b",
    re.IGNORECASE,
)
"""What says so of a name in the same sentence."""

_BEFORE = regex(
    r"\b(?:instead of|rather than|in place of|replaces|replacing|replace|unlike|not|\w+n't|never|no|without|"
    r"avoid|old|once|ported? from|successor (?:of|to)|away from)\s+(?:\S+\s+){0,3}\S*$"
    r"|(?<!is )(?<!are )(?<!be )\b(?:used|needed|had|took|called|wrote|opened)\s+(?:an?\s+)?\S*$",
    re.IGNORECASE,
)
"""What says so of the name that follows within four words."""

_AFTER = regex(
    r"^\S*\s*(?:\([^)]*\)\s*)?(?:(?:,|and|or|with|\S*`\S*)\s+)*"
    r"(?:was|were|had|used to|→|->|=>|becomes?\b|is now\b|are now\b|raises?\b|fails?\b|is an error)",
    re.IGNORECASE,
)
"""What says so of the name before it."""

_OF_TODAY = regex(
    r"\b(?:today|nowadays|now|instead|since|TensorFlow[\s-]*2|TF[\s-]?2|Keras[\s-]*3|NumPy[\s-]*2)",
    re.IGNORECASE,
)

_OTHER_LIBRARY = regex(r"\b(?:onnx\w*|ort|PyTorch|torch|scikit-learn|sklearn|XGBoost|JAX)\b", re.IGNORECASE)


def is_of_old_times(words: str) -> bool:
    """Tell whether words speak of old versions, so that what they name is known to be old."""
    return bool(_OF_OLD_TIMES.search(words))


def is_said_gone(sentence: str, start: int, end: int) -> bool:
    """Tell whether a sentence says of the name at `start:end` that it is gone."""
    return bool(_GONE.search(sentence) or _BEFORE.search(sentence[:start]) or _AFTER.search(sentence[end:]))


def speaks_of_old(words: str) -> bool:
    """Tell whether words speak of old versions, or say of anything that it is gone."""
    return bool(_OF_OLD_TIMES.search(words) or _GONE.search(words))


def leads_old_code_in(words: str) -> bool:
    """Tell whether words that stand above code say that it is the old way, and not what replaced it."""
    return speaks_of_old(words) and not _OF_TODAY.search(words)


def is_of_other_library(sentence: str) -> bool:
    """Tell whether a sentence speaks of another library, which may have a name that TensorFlow lost."""
    return bool(_OTHER_LIBRARY.search(sentence))
