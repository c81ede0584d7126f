"""Tell words that hold the place of an answer: `TODO`, `coming soon`, `...`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.text import plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.text import Inline

_PLACEHOLDER = regex(
    r"\W*(?:(?:your |the |my )?(?:answers?|solution)"
    r"(?: (?:goes )?(?:here|is coming|to (?:come|follow)|pending))?"
    r"|(?:@|#)?to[- ]?do(?:\W+(?:answer|write|fill|add|finish|complete|expand)\b.{0,30})?"
    r"|(?:todo|fixme|tb[ad]|xxx)\s*(?:\([^)]*\))?\s*[:–-].{0,80}|pending"  # noqa: RUF001 - a dash
    r"|tb[acd]|tk|w\.?i\.?p|fix ?me|xxx+|\?+|(?:answer )?(?:is )?coming (?:soon|later)"
    r"|work in progress|under construction"
    r"|to be (?:done|added|answered|written|continued|completed|defined|determined|announced|filled in)"
    r"|placeholder"
    r"|no answer(?: yet)?"
    r"|not (?:yet )?(?:answered|written)(?: yet)?|n/?a"
    r"|(?:for (?:specifics|details|more),? )?(?:see|refer to) (?:the )?"
    r"(?:above|below|previous|next)(?: \w+){0,2}|待补充|待完成|未完待续|待续|ответа нет|pendiente|por hacer"
    r"|(?:推荐|参考|详见|参见)[:：]?\s*\S+://\S+)\W*"  # noqa: RUF001 - a fullwidth colon
    r"|[.…\s]+|\[[.…\s]*\]|[–—-]{1,3}|_{2,}|[🚧⏳📝]+",  # noqa: RUF001 - a dash
    re.IGNORECASE,
)


def is_placeholder(answer: Inline) -> bool:
    """Tell whether an answer is still to be written; code and formulas say something."""
    return not any(run.style.is_verbatim for run in answer if run.text.strip()) and bool(
        _PLACEHOLDER.fullmatch(plain_text(answer).strip())
    )
