"""Columns are counted as rich does it, which knows all of Unicode."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, chop_cells, set_cell_size

from srs.screen.line.columns import chop, columns_of, cut_to

characters = st.one_of(
    st.characters(max_codepoint=0x7E), st.characters(max_codepoint=0x2FFF), st.characters()
)
texts = st.one_of(st.text(characters, max_size=12), st.text(st.sampled_from("ab…“─→é漢\u0301\ufe0f ")))


def test_each_character_takes_the_columns_that_rich_says() -> None:
    other = [c for c in map(chr, range(sys.maxunicode + 1)) if columns_of(c) != cell_len(c)]
    assert [unicodedata.name(c, hex(ord(c))) for c in other] == []


@given(texts, st.integers(1, 20))
def test_text_is_measured_cut_and_broken_as_rich_does_it(text: str, columns: int) -> None:
    assert columns_of(text) == cell_len(text)
    assert cut_to(text, columns) == set_cell_size(text, columns)
    assert chop(text, columns) == chop_cells(text, columns)


@pytest.mark.parametrize("columns", [0, 3, 5, 9])
def test_a_text_of_a_column_a_character_is_padded_or_cut(columns: int) -> None:
    assert cut_to("“ab”…", columns) == set_cell_size("“ab”…", columns) == "“ab”…"[:columns].ljust(columns)
