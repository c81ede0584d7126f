"""A formula as a line of text for a terminal: in Unicode where that is plain, else as its author wrote it."""

from __future__ import annotations

import re
from functools import lru_cache

from cards.markup.formula import formula_of, is_bracket_formula, is_dollar_formula
from cards.regex import regex

_WORDS = regex(r"\\(?:text|textbf|textit|textrm|mathrm|mathit|mathbf|operatorname|mbox)\*?\s*\{([^{}]*)\}")
_FRACTION = regex(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = regex(r"\\sqrt\s*\{([^{}]*)\}")
_SIZES = regex(r"\\(?:left|right|bigl|bigr|Bigl|Bigr|big|Big|displaystyle|limits|nolimits)(?![A-Za-z])\.?")
_GAPS = regex(r"\\(?:[,;:!> ]|quad(?![A-Za-z])|qquad(?![A-Za-z]))|~|&")
_FUNCTION = regex(
    r"\\(arccos|arcsin|arctan|argmax|argmin|cosh|cos|det|dim|exp|inf|lim|ln|log|max|min|sinh|sin"
    r"|softmax|sup|tanh|tan|Pr)(?![A-Za-z])\s*([_^])?"
)
_SIMPLE = regex(r"[\w.]+|\\[A-Za-z]+|\w[\^_](?:\w|\{\w+\})")
_SCRIPT = regex(r"([\^_])\{([^{}]*)\}")
_WRITTEN = regex(r"\$\$.+?\$\$|\$(?![\s$])(?:\\.|[^\\$])+?(?<!\s)\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_BRACES = str.maketrans({"\ue000": "{", "\ue001": "}"})


@lru_cache(maxsize=1024)
def formula_text(written: str) -> str:
    """Return a formula, given with its delimiters, as text that reads well in a terminal."""
    tex = formula_of(written).tex
    if "\\begin" in tex or "\\\\" in tex:
        return tex
    plain = _in_unicode(tex)
    # What is still a command, or a group that means something, reads better as it was written.
    return tex if re.search(r"[\\{}]", plain) else plain.translate(_BRACES)


def words_with_formulas(words: str) -> str:
    """Return plain words, as a breadcrumb has them, with the formulas in them readable."""
    return _WRITTEN.sub(_readable, words) if "$" in words or "\\" in words else words


def _readable(found: re.Match[str]) -> str:
    written, (first, end) = found[0], found.span()
    tex = formula_of(written).tex
    before, after = found.string[:first][-1:], found.string[end : end + 8]
    is_formula = is_dollar_formula(tex, before, after) if written[0] == "$" else is_bracket_formula(tex)
    return formula_text(written) if is_formula else written


def _in_unicode(tex: str) -> str:
    import unicodeit

    text = _SIZES.sub("", tex).replace("\\{", "\ue000").replace("\\}", "\ue001")
    text = _FUNCTION.sub(lambda found: found[1] + (found[2] or " "), _GAPS.sub(" ", text))
    for _ in range(4):  # from the inside out
        before = text
        text = _ROOT.sub(lambda found: f"√{_in_brackets(found[1])}", _WORDS.sub(r"\1", text))
        text = _FRACTION.sub(lambda found: f"{_in_brackets(found[1])}/{_in_brackets(found[2])} ", text)
        if text == before:
            break
    text = str(unicodeit.replace(text))
    # An index that has no small letters: `x_(max,i)`.
    text = _SCRIPT.sub(lambda found: f"{found[1]}{_in_brackets(found[2])}", text)
    return re.sub(r" {2,}", " ", text).strip()


def _in_brackets(part: str) -> str:
    return part.strip() if _SIMPLE.fullmatch(part.strip()) else f"({part.strip()})"
