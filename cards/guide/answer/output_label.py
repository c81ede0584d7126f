"""Tell whether words only name what stands below them as the output of code: `Output:`, `The output is:`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.text import plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.text import Inline

_OUTPUT_LABEL = regex(
    r"\W*(?:(?:the|sample|expected|console|program|its|this|it|will)\s+)*"
    r"(?:outputs?|results?|prints?|stdout|ausgabe|salida|sortie|вывод|输出(?:结果)?)"
    r"(?:\s+(?:is|are|will be|would be|should be|looks like(?: this)?"
    r"|of (?:the|this|above) (?:code|program|snippet)))*\W*",
    re.IGNORECASE,
)


def is_output_label(inline: Inline) -> bool:
    """Tell whether words say no more than that the output of the code above them is below."""
    return _OUTPUT_LABEL.fullmatch(plain_text(inline)) is not None
