"""What stands behind the marks of a fence."""

from __future__ import annotations

import pytest

from cards.document.fence_info import FenceInfo, fence_info_of


@pytest.mark.parametrize(
    ("info", "language", "words"),
    [
        ("", "", ""),
        ("Python", "python", ""),
        ("python fixture=a,b", "python", "fixture=a,b"),
        ('python raises="ValueError:two words"', "python", 'raises="ValueError:two words"'),
        ("python file=data/x.txt:name", "python", "file=data/x.txt:name"),
        ("python fixtur=a", "python", "fixtur=a"),
        ('python title="a.py" linenums="1" hl_lines="2 3"', "python", ""),
        ("python title='a.py' seed=7", "python", "seed=7"),
        ("{python}", "python", ""),
        ("{python, echo=FALSE, fig.width=5}", "python", ""),
        ('{.python .numberLines startFrom="10"} fixture=a', "python", "fixture=a"),
        ("{ .python .annotate }", "python", ""),
        ("{code-cell} ipython3", "python", ""),
        ("{code-block} python", "python", ""),
        ("py {1,3} showLineNumbers", "py", ""),
        ("py{2}", "py", ""),
        ("js:line-numbers {1}", "js", ""),
        ("python:app.py", "python", ""),
        ("python [app.py]", "python", ""),
        ("python /words/ copy", "python", ""),
        ("rust,ignore", "rust", ""),
        ("c++", "c++", ""),
        ('python no-run="the live {1} site" title="b c"', "python", 'no-run="the live {1} site"'),
    ],
)
def test_an_info_string_is_a_language_and_directives(info: str, language: str, words: str) -> None:
    assert fence_info_of(info) == FenceInfo(language, words)
