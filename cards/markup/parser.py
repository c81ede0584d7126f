"""The parser of a guide's Markdown: CommonMark, and what people write beside it."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from cards.markup.editor_rule import add_editor_marks
from cards.markup.formula_rule import add_formulas
from cards.markup.name_rule import add_names


@cache
def markdown_parser() -> MarkdownIt:
    """Return the parser that every guide is read with."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(admon_plugin)
    add_formulas(parser)
    add_names(parser)
    add_editor_marks(parser)
    return parser
