"""TensorFlow is imported while a guide is read, where its code will surely run."""

from __future__ import annotations

import pytest

from cards.part_cache import PartCache
from srs.cli.making.new_code import has_new_code

CODE = """### What does it print?

```python
import tensorflow as tf
print(tf.ones(3))
```

Ones, because they are asked for.

<!-- proofdeck: check

assert tf.ones(3).shape == (3,)
-->
"""
EXCUSED = CODE.replace("```python", '```python no-run="It needs a TPU."')


@pytest.mark.parametrize(
    ("edited", "is_new"),
    [
        (CODE, False),
        (CODE.replace("because", "since"), False),
        (f"One more line.\n\n{CODE}", False),
        (CODE.replace("tf.ones(3))", "tf.zeros(3))"), True),
        (CODE.replace("(3,)", "(2,)"), True),
        (CODE.replace("```python", "```python continues"), True),
    ],
    ids=["nothing", "words", "lines above", "code", "a hidden check", "how it runs"],
)
def test_it_is_new_where_code_is_other_than_in_the_build_before(edited: str, *, is_new: bool) -> None:
    first = PartCache()
    has_new_code(CODE, first, is_new=True)
    assert has_new_code(edited, PartCache(first.used), is_new=False) == is_new


@pytest.mark.parametrize(
    ("text", "is_new"),
    [
        (CODE, True),
        (EXCUSED.partition("<!--")[0], False),
        ("### What is it?\n\nIt is `import keras`.", False),
    ],
    ids=["code", "code that does not run", "words"],
)
def test_without_an_earlier_build_a_new_guide_with_code_has_new_code(text: str, *, is_new: bool) -> None:
    assert has_new_code(text, PartCache(), is_new=True) == is_new
    assert not has_new_code(text, PartCache(), is_new=False)
