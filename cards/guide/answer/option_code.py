"""The code of options: most of it is wrong on purpose, so none of it is run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.guide.answer.quiz import quiz_of
from cards.program.snippet import SnippetRole

if TYPE_CHECKING:
    from cards.guide.guide import Question

NOT_RUN_REASON = "an option of a quiz"


def without_runs_of_options(question: Question) -> Question:
    """Return the question with the code of its options taken out of the run."""
    if not question.snippets:
        return question
    quiz = quiz_of(question)
    spans = {code.span for option in quiz.options for code in option.code} if quiz else set()
    if not spans:
        return question
    snippets = (
        replace(snippet, directives=replace(snippet.directives, no_run=NOT_RUN_REASON))
        if snippet.role is SnippetRole.SHOWN and snippet.span in spans and not snippet.directives.skip
        else snippet
        for snippet in question.snippets
    )
    return replace(question, snippets=tuple(snippets))
