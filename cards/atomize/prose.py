"""Cards about prose: one for a sentence that gives a definition, cause, number or name; none for others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.atomize.lists.equation import equation_of
from cards.atomize.question_context import NoCard
from cards.atomize.sentence import text_from, without_label
from cards.atomize.whole.point import only_sends
from cards.atomize.wording import (
    GAP_TEXT,
    contains_words,
    gives_away,
    in_bold,
    lower_first_letter,
    prose_of,
    prose_words,
    sentence_case,
    tokens,
    without_bold,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.exercise.worth_asking import SAY_LITTLE
from cards.guide.answer.placeholder import is_placeholder
from cards.guide.block import FollowUp, Prose, inlines_of
from cards.guide.inline import collapse_space, mask_code, merge_adjacent, slice_inline, split_sentences
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.frame import Frame
from cards.language.general_word import says_only_general_words
from cards.language.natural_language import QUESTION_MARKS, Language
from cards.language.plain_claim import goes_on, plain_claim
from cards.language.weak_cue import why_cue_is_weak, without_aside
from cards.language.word_count import count_words, has_unspaced
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.atomize.sentence import Sentence
    from cards.card.sides import Side
    from cards.language.grammar import Grammar

MAX_UNCUT_ANSWER_WORDS = 25
"""A longer answer is cut to its first sentence; the rest stays as context."""

_NUMBER = regex(
    r"(?<![\w.`])(?P<number>[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?"  # noqa: RUF001 - a minus sign
    r"(?:\s?(?:%|ms|GB|MB|KB|bits?|bytes?|times))?)(?![\w]|\.\d)"
)
# A decimal comma, and no blanks between a number and the letters around it.
_NUMBER_ELSEWHERE = regex(
    r"(?<![A-Za-z0-9_.,`])(?P<number>[-−]?\d+(?:[.\u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:\s?%)?)"  # noqa: RUF001
    r"(?![A-Za-z0-9_]|[.,]\d)"
)
_PROPER_NAME_BEFORE = regex(
    r"(?<![A-Za-z])(?!(?:About|After|All|At|By|Every|For|From|Nearly|Of|On|Only|Over|The|Up|With)\s)"
    r"[A-Z][A-Za-z]*\s\Z"
)
_MAX_GAP_WORDS = 10
"""More hidden words are a sentence, not an answer."""
_MIN_CLAIM_WORDS = 3
"""Fewer on a side of `is` or `because` define and explain nothing."""
# A claim that is cut off (`..., and because of memory`), or is a cause itself.
_NO_CLAIM = regex(
    r"(?:because|since|yes|no|well)\b|.*(?:\b(?:and|or|but|nor|not|partly|is|are|was|were|be)|[,;:(])\Z",
    re.IGNORECASE | re.DOTALL,
)
_GENERAL = NoCard("its bold words are general ones, which the sentence gives away")
_ADDRESS = regex(r"\S*://\S*")
# What stands right before or behind a piece of a name, formula or address: `k-1`, `axis=0`, `f(3)`, `2^10`.
_NAME_BEFORE = regex(r"[$\\]\Z|[\w)\]`][-^=/*+:@.]\Z|[_^=/\\]\Z|\w[(\[]\Z|[A-Za-z0-9_`]\Z")
_NAME_AFTER = regex(r"[_^=/*@\\(]|[-.][A-Z0-9_]|`|(?!(?:e?s|[’']s)\b)\w")  # noqa: RUF001 - typographic apostrophe
_OPERATOR_BEFORE = regex(r"[-+*/=<>\u00d7\u00b7\u2212\u2248\u2264\u2265^]\s*\Z")
_OPERATOR_AFTER = regex(r"\s*[+*/=<>\u00d7\u00b7\u2212\u2248\u2264\u2265^]|\s+-\s")
_REFERENCE_BEFORE = regex(r"\u7b2c\s*\Z")
_REFERENCE_AFTER = regex(r"\s*[\u9898\u7ae0\u8282\u9875\u56fe\u8868]|\s*[:\uff1a](?!\d)")
"""Of the number of an exercise or a page, or of one that is a label: `403: Forbidden`."""
_YEAR = regex(r"(?:1[89]|20)\d\d\Z")
_CIRCUMSTANCE = regex(
    r"(?:if|when(?:ever)?|while|unless|until|once|because|since|although|though|as|after|before)\s",
    re.IGNORECASE,
)
_SORT_OF_NAME = regex(
    r"\s+(?:methods?|functions?|class|operator|parameter|argument|keyword|decorator|module|statement|attribute"
    r"|option|flag|command|object|block|clause)\b"
)
_CONDITION = regex(r"(?:if|unless|whenever)\s", re.IGNORECASE)
_NAMES_WHAT_FOLLOWS = regex(r"\b(?:is|are|was|were|called|named|as|ist|sind|heißt|es|son|é|são|est|это)\s+\Z")
_MIN_WORDS_AROUND = 5
"""Fewer words around a gap say nothing; around a name in code or a number, one less."""
_MAX_SUBJECT_WORDS = 5
"""More words before a verb are a clause."""
_MOST_TIMES_NAMED = 2
"""A name that an answer repeats oftener is what it is about, and no answer."""
_DASHES = frozenset("-–—")  # noqa: RUF001 - dashes people type
_LABEL_WORDS = regex(
    r"(?:the )?(?:notes?|examples?|use cases?|when to use(?: it)?|usage|purpose|tips?|warnings?|pros?|cons?|"
    r"(?:dis)?advantages?|benefits?|drawbacks?|limitations?|outputs?|inputs?|results?|explanation|definition|"
    r"key (?:point|idea|feature|difference)s?|best practices?|summary|answer|syntax)",
    re.IGNORECASE,
)
# `3. **Diffing** React compares ...`: a heading that runs into the sentence.
_RUN_IN_NUMBER = regex(r"(?:\d{1,2}[.)]?)?")
_BEGINS_SENTENCE = regex(r"\s+(?!I\b)[A-Z][a-z]*\s+[a-z]")
_SUBJECT = regex(r"\s+(?:It|This|These|They|We|You)\b")
# Words that an author stresses and nobody asks for.
_SAYS_NOTHING = regex(
    r"(?:(?:a|all|always|also|an|and|any|are|both|but|can|cannot|do|does|each|every|important|if|is|it|may|more"
    r"|must|never|no|none|nor|not|note|of|on|only|or|same|should|the|this|to|very|was|will)"
    r"\s*)+",
    re.IGNORECASE,
)
_MIN_UNSPACED_CLAIM_WORDS = 2
"""The same where two characters count as a word, articles being none."""
# `Compare`, `Write` and the like begin answers too.
_TOLD_TO_ANSWER = regex(
    r"(?:explain|describe|discuss|can you (?:explain|describe|give|name)|give (?:an|some) examples?)\b",
    re.IGNORECASE,
)
_SENDER = regex(
    r"(?:(?:see|read|source|reference|further reading|link)s?|推荐|参考|详见|参见|来源|出处)\s*[:：]?\s*<?https?://\S+>?[\s,;，；]+(?=\S)",  # noqa: RUF001
    re.IGNORECASE,
)
_BARE_YES_OR_NO = regex(r"(?:yes|no)\b(?:,? (?:it|they|you|we|there) \w+)?\W*\Z", re.IGNORECASE)


def definition_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a definition: `**Term** is ...` -> What is Term?"""
    words, grammar = plain_text(sentence.inline), context.grammar
    article = grammar.article.match(words)
    place = article.end() if article else 0
    term = _styled_text_at(sentence.inline, place)
    if term is None or not (term.style is Style.STRONG or term.style.is_verbatim):
        return []
    after = place + len(term.text)
    linking = _linking_verb(plain_text(text_from(sentence.inline, after)), grammar)
    if linking is None:
        return []
    verb, length = linking
    meaning = slice_inline(sentence.inline, after + length)
    if not _is_claim(meaning, context):
        return []
    frame = grammar.linking_frames.get(verb, Frame.WHAT_IS)
    begun = "" if article else _as_within_a_sentence(term.text, context)
    named = merge_adjacent(
        (
            StyledText(article[0].lower() if article else ""),
            *in_bold((StyledText(begun or term.text, term.style),)),
        )
    )
    front = Prose(sentence_case(context.ask_or_repeat(frame, term=named).inline))
    back = prose_of(sentence_case(without_full_stop(meaning)))
    return [_fact_card(f"{term.text} {verb}", front, back, sentence, context)]


def _as_within_a_sentence(term: str, context: QuestionContext) -> str:
    """Return a term that begins its sentence with a small letter where the text around writes it with one."""
    within = term[:1].lower() + term[1:]
    written = re.compile(rf"(?<!\w){re.escape(within)}(?!\w)")
    answer = (mask_code(inline) for inline in inlines_of(context.question.blocks))
    return within if any(map(written.search, (context.question.title, *answer))) else term


def cause_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a cause: `X because Y` -> X. Why?"""
    causes = list(context.grammar.cause.finditer(mask_code(sentence.inline)))
    if len(causes) != 1:
        return []
    claim = collapse_space(slice_inline(sentence.inline, 0, causes[0].start()))
    reason = slice_inline(sentence.inline, causes[0].start("word"))
    front = context.ask(Frame.WHY, claim=without_bold(claim))
    if front is None or not _is_claim(claim, context) or _NO_CLAIM.match(plain_text(claim)):
        return []
    if goes_on(plain_text(reason)):
        return []
    back = prose_of(sentence_case(without_full_stop(reason)))
    return [_fact_card(f"why {plain_text(claim)}", front, back, sentence, context)]


def bold_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card that hides the first bold phrase of a sentence, with names in code that are bold too."""
    for first, last in _bold_phrases(sentence.inline):
        hidden = mask_code(sentence.inline[first : last + 1])
        if _is_circumstance(sentence.inline, first, last, context):
            return [_condition_card(sentence, context)]
        if not _is_label(sentence.inline, first, last) and not _SAYS_NOTHING.fullmatch(hidden.strip(" .,")):
            if context.language is Language.ENGLISH and says_only_general_words(hidden):
                return [_GENERAL]
            return [_gap_card(sentence.inline, (first, last), sentence, context)]
    return []


def equation_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of an equation: `F1 = ...` -> what stands behind the sign."""
    equation = equation_of(plain_text(sentence.inline))
    if equation is None or any(run.style.is_verbatim for run in sentence.inline):
        return []
    name = without_bold(slice_inline(sentence.inline, *equation.name))
    value = without_bold(slice_inline(sentence.inline, *equation.value))
    front = prose_of(name, " = ", (GAP_TEXT,))
    return [_fact_card(f"{plain_text(name)} equals", front, prose_of(value), sentence, context)]


def _is_circumstance(inline: Inline, first: int, last: int, context: QuestionContext) -> bool:
    """Tell whether a bold phrase is a clause before what is said: `**If it is slow**, cache it.`"""
    words, after = plain_text(inline[first : last + 1]).rstrip(), plain_text(inline[last + 1 :]).lstrip()
    ends_in_comma = words.endswith((",", ", then")) or after.startswith((",", "then "))
    begins = not plain_text(inline[:first]).strip() and _CIRCUMSTANCE.match(words)
    is_clause = bool(begins) and ends_in_comma
    return context.language is Language.ENGLISH and (is_clause or bool(_CONDITION.match(words)))


def _condition_card(sentence: Sentence, context: QuestionContext) -> CardOrReason:
    """Return the card of a sentence that begins with a condition: what if that is so -> what is said then."""
    words = plain_text(sentence.inline)
    end = re.search(r",\s", mask_code(sentence.inline))
    if not words.startswith("If ") or end is None:
        return NoCard("the bold words say when, not what")
    condition = slice_inline(sentence.inline, len("If "), end.start())
    front = context.ask(Frame.WHAT_IF, condition=without_bold(condition))
    said = re.sub(r"\Athen\s+", "", words[end.end() :])
    back = without_full_stop(slice_inline(sentence.inline, len(words) - len(said)))
    if front is None or count_words(said) < _MIN_CLAIM_WORDS:
        return NoCard("the bold words say when, not what")
    return _fact_card(plain_text(condition), front, prose_of(sentence_case(back)), sentence, context)


def _stresses_general_word(inline: Inline, language: Language) -> bool:
    """Tell whether an author stressed a general word in a sentence; then a number is not the point."""
    return language is Language.ENGLISH and any(
        says_only_general_words(mask_code(inline[first : last + 1])) for first, last in _bold_phrases(inline)
    )


def number_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card that hides the only number of a sentence, unless it belongs to a name (`TensorFlow 2`)."""
    if _stresses_general_word(sentence.inline, context.language):
        return [_GENERAL]
    number = _NUMBER if context.language is Language.ENGLISH else _NUMBER_ELSEWHERE
    found = [
        (place, match)
        for place, run in enumerate(sentence.inline)
        if run.style in {Style.PLAIN, Style.EMPHASIS}
        for match in number.finditer(run.text)
        if not _PROPER_NAME_BEFORE.search(run.text[: match.start()])
        and not any(
            each.start() < match.end() and match.start() < each.end() for each in _ADDRESS.finditer(run.text)
        )
    ]
    if len(found) != 1:
        return []
    place, match = found[0]
    run = sentence.inline[place]
    before, after = run.text[: match.start()], run.text[match.end() :]
    if _OPERATOR_BEFORE.search(before) or _OPERATOR_AFTER.match(after):
        return [NoCard("its number is a piece of a formula")]
    if _REFERENCE_BEFORE.search(before) or _REFERENCE_AFTER.match(after):
        return [NoCard("its number is a label")]
    if re.search(rf"[A-Za-z]{re.escape(match['number'])}\b", plain_text(sentence.inline)):
        return [NoCard("its number stands in a name of the sentence")]
    if _YEAR.match(match["number"]) and before.endswith("(") and after.startswith(")"):
        return [NoCard("its number is the year of a source")]
    split = (
        *sentence.inline[:place],
        StyledText(run.text[: match.start()], run.style),
        StyledText(match["number"], Style.EMPHASIS),
        StyledText(run.text[match.end() :], run.style),
        *sentence.inline[place + 1 :],
    )
    return [_gap_card(split, (place + 1, place + 1), sentence, context)]


def code_name_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make a card that hides the only name in code of a sentence."""
    in_code = [place for place, run in enumerate(sentence.inline) if run.style is Style.CODE]
    if len({sentence.inline[place].text for place in in_code}) > 1:
        return [NoCard("several names in code: set in bold the one to ask for")]
    if in_code and _is_topic(sentence.inline, in_code[0], context):
        return [NoCard("the answer is about that name: it stands in sentence after sentence")]
    return [_gap_card(sentence.inline, (place, place), sentence, context) for place in in_code[:1]]


def plain_claim_cards(sentence: Sentence, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a plain sentence that defines or explains: `X, as Y`, `X is known as Y`."""
    claim = plain_claim(mask_code(sentence.inline)) if context.language is Language.ENGLISH else None
    if claim is None or _bold_phrases(sentence.inline):
        return []
    asked, answer = slice_inline(sentence.inline, *claim.asked), slice_inline(sentence.inline, *claim.answer)
    if claim.frame is Frame.WHY:
        asked = sentence_case(asked)
    elif contains_words(context.question.title, plain_text(asked)):
        return []
    elif claim.frame is not Frame.WHAT_IF:
        asked = lower_first_letter(asked, context.language)
    front = context.ask(claim.frame, **{claim.piece: asked})
    if front is None:
        return []
    back = prose_of(sentence_case(prose_of(claim.lead, answer).inline if claim.lead else answer))
    return [_fact_card(f"{claim.frame.name.lower()} {plain_text(asked)}", front, back, sentence, context)]


def _is_topic(inline: Inline, place: int, context: QuestionContext) -> bool:
    """Tell whether an answer says a name in code again and again; not where it is `the ... method`."""
    name = inline[place].text
    paragraphs = [block.inline for block in context.question.blocks if isinstance(block, Prose)]
    times = sum(run.text == name and run.style is Style.CODE for each in paragraphs for run in each)
    return times > _MOST_TIMES_NAMED and not _SORT_OF_NAME.match(plain_text(inline[place + 1 :]))


def _bold_phrases(inline: Inline) -> list[tuple[int, int]]:
    """Return where the bold phrases of a sentence stand, with names in code that are bold too."""
    phrases: list[tuple[int, int]] = []
    for place, run in enumerate(inline):
        if run.style is not Style.STRONG and not run.is_bold:
            continue
        if phrases and phrases[-1][1] == place - 1:
            phrases[-1] = (phrases[-1][0], place)
        else:
            phrases.append((place, place))
    return phrases


def _is_label(inline: Inline, first: int, last: int) -> bool:
    """Tell whether a bold phrase is a label before what is said: `**Use case:** ...`."""
    before = plain_text(inline[:first]).strip()
    runs_in = _RUN_IN_NUMBER.fullmatch(before) and _BEGINS_SENTENCE.match(plain_text(inline[last + 1 :]))
    if runs_in and (len(plain_text(inline[first : last + 1]).split()) > 1 or _SUBJECT.match(runs_in[0])):
        return True
    if before:
        return False
    words, after = plain_text(inline[first : last + 1]).rstrip(), plain_text(inline[last + 1 :]).lstrip()
    ends_in_colon = words.endswith(":") or after.startswith(":")
    return ends_in_colon or (after[:1] in _DASHES and bool(_LABEL_WORDS.fullmatch(words)))


def follow_up_cards(follow_up: FollowUp, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of a follow-up question: the question -> its answer, cut to its claim."""
    answer = Prose(follow_up.answer, follow_up.span)
    return [question_answer_card(follow_up.asked, answer, CardKind.FAQ, context)]


def question_answer_card(
    asked: Inline, prose: Prose, kind: CardKind, context: QuestionContext
) -> CardOrReason:
    """Return the card question -> answer, cut to its first sentence where it is long."""
    answer: Inline = _without_sender(without_label(prose.inline))
    if only_sends(plain_text(answer)):
        return NoCard("it only sends a reader elsewhere")
    if only_asks(answer, context.language):
        return NoCard("it asks something itself")
    if is_placeholder(answer):
        return NoCard("nothing answers it yet")
    whole: Side = ()
    if count_words(plain_text(answer)) > MAX_UNCUT_ANSWER_WORDS:
        answer = _short_answer(answer, context.language)
        whole = (Prose(prose.inline),)
    front = (Prose(without_bold(asked)),)
    back = (Prose(sentence_case(answer)),)
    return context.draft(kind, plain_text(asked), front, back, span=prose.span, context=whole)


def _without_sender(answer: Inline) -> Inline:
    """Return an answer without the words before it that send a reader to a page: `See: https://...`."""
    sender = _SENDER.match(plain_text(answer))
    return slice_inline(answer, sender.end()) if sender else answer


def only_asks(words: Inline, language: Language) -> bool:
    """Tell whether each sentence asks, or tells somebody to answer: further questions are no answer."""
    return all(
        plain_text(each).rstrip().endswith(QUESTION_MARKS) or _TOLD_TO_ANSWER.match(plain_text(each))
        for each in split_sentences(words, language)
    )


def _is_claim(words: Inline, context: QuestionContext) -> bool:
    """Tell whether a side of `is` or `because` is long enough to define or explain something."""
    least = _MIN_CLAIM_WORDS if context.language.has_spaces else _MIN_UNSPACED_CLAIM_WORDS
    return count_words(plain_text(words)) >= least


def _short_answer(answer: Inline, language: Language) -> Inline:
    """Return the first sentence of an answer, with the next one where the first is a bare yes or no."""
    first, *more = split_sentences(answer, language)
    return (
        merge_adjacent((*first, StyledText(" "), *more[0]))
        if more and _BARE_YES_OR_NO.match(plain_text(first))
        else first
    )


def _linking_verb(after: str, grammar: Grammar) -> tuple[str, int] | None:
    """Return the verb that links a term to what it is, and how far its definition is behind the term."""
    linking = grammar.linking.match(after)
    if linking is None:
        return None
    verb = linking["verb"].strip()
    says_meaning = grammar.linking_frames.get(verb) is Frame.WHAT_DOES_IT_MEAN
    if not says_meaning and grammar.no_definition.match(after[linking.end() :]):
        return None
    return verb, linking.end()


def _gap_card(
    inline: Inline, places: tuple[int, int], sentence: Sentence, context: QuestionContext
) -> CardOrReason:
    """Return a card that hides a stretch of a sentence: the rest -> the hidden words."""
    first, last = places
    hidden = inline[first : last + 1]
    if _is_inside_name(plain_text(inline[:first]), plain_text(inline[last + 1 :])):
        return NoCard("what would be hidden is a piece of a name, a formula or an address")
    if count_words(plain_text(hidden)) > _MAX_GAP_WORDS:
        return NoCard(f"more than {_MAX_GAP_WORDS} words would be hidden")
    before = plain_text(inline[:first])
    if "," in plain_text(hidden) and plain_text(inline[last + 1 :]).lstrip().startswith(","):
        return NoCard("the bold words hold a clause of the sentence")
    if plain_text(hidden).replace(".", "").isdigit() and _PROPER_NAME_BEFORE.search(before):
        return NoCard("its number belongs to a name")
    after = plain_text(inline[last + 1 :])
    if reason := _weakness_of_cue(before, hidden, after, context):
        return NoCard(reason)
    shown = _sentence_of_aside(inline, places, context) or (*inline[:first], GAP_TEXT, *inline[last + 1 :])
    front = Prose(without_bold(tuple(run for run in shown if run.text)))
    too_few = not context.language.has_spaces and count_words(prose_words((front,))) < _MIN_CLAIM_WORDS
    is_exact = hidden[0].style is not Style.STRONG or hidden[0].is_bold or plain_text(hidden).isdigit()
    least = _MIN_WORDS_AROUND - (is_exact or context.language is not Language.ENGLISH)
    if too_few or len(tokens(prose_words((front,)))) < least:
        return NoCard("too little is left around what would be hidden")
    if contains_words(prose_words((front,)), plain_text(hidden)):
        return NoCard("what would be hidden stands in the sentence twice")
    is_subject = not context.grammar.article.sub("", plain_text(inline[:first]), count=1).strip()
    is_named_above = (
        gives_away(context.question.title, plain_text(hidden)) and not hidden[0].style.is_verbatim
    )
    if is_named_above and not is_subject and not _NAMES_WHAT_FOLLOWS.search(plain_text(inline[:first])):
        return NoCard("what would be hidden is what the question is about")
    if is_named_above and is_subject and _is_setting(plain_text(hidden), context.question.title):
        return NoCard("what would be hidden is what the question names as its setting")
    if is_subject and count_words(plain_text(hidden)) > _MAX_SUBJECT_WORDS:
        return NoCard("a whole phrase would be hidden, and the question gives it away")
    answer = merge_adjacent(run if run.style is Style.CODE else StyledText(run.text) for run in hidden)
    words = " ".join(plain_text(inline).split()[:12])
    return _fact_card(f"{plain_text(hidden)} {words}", front, prose_of(answer), sentence, context)


def _weakness_of_cue(before: str, hidden: Inline, after: str, context: QuestionContext) -> str:
    """Return why a sentence is no question for what is hidden in it; empty where it is one."""
    if context.language is not Language.ENGLISH:
        return ""
    words = plain_text(hidden)
    is_common = hidden[0].style.is_verbatim and words.rpartition(".")[2].rstrip("()") in SAY_LITTLE
    return why_cue_is_weak(before, words, after, is_common_call=is_common)


def _sentence_of_aside(inline: Inline, places: tuple[int, int], context: QuestionContext) -> Inline | None:
    """Return the sentence of an aside that names its subject, with a gap for the name; None for none."""
    first, last = places
    parted = without_aside(plain_text(inline[:first]), plain_text(inline[last + 1 :]))
    if parted is None or context.language is not Language.ENGLISH:
        return None
    before, after = parted
    subject = before[: max(before.rfind(" is "), before.rfind(" are "))]
    kept = slice_inline(inline, 0, len(subject))
    return (*kept, StyledText(before[len(subject) :]), GAP_TEXT, StyledText(after))


def _is_setting(words: str, title: str) -> bool:
    """Tell whether a question names something only as what it plays in: `How do you sort a list in Ada?`"""
    name = re.escape(words.strip())
    return bool(
        re.search(
            rf"\b(?:in|with|using|from|how (?:does|do|can))\s+(?:an?\s+|the\s+)?{name}\b",
            title,
            re.IGNORECASE,
        )
    )


def _is_inside_name(before: str, after: str) -> bool:
    """Tell whether what stands between two texts is a piece of a longer name.

    Where no blanks part words, a letter beside it says nothing.
    """
    goes_on_before = not has_unspaced(before[-1:]) and _NAME_BEFORE.search(before)
    goes_on_after = not has_unspaced(after[:1]) and _NAME_AFTER.match(after)
    return bool(goes_on_before or goes_on_after)


def _fact_card(
    cue: str, front: Prose, back: Prose, sentence: Sentence, context: QuestionContext
) -> CardOrReason:
    paragraph = sentence.paragraph
    span, whole = paragraph.prose.span, paragraph.context
    return context.draft(CardKind.FACT, cue, (front,), (back,), span=span, context=whole)


def _styled_text_at(inline: Inline, place: int) -> StyledText | None:
    position = 0
    for run in inline:
        if position == place:
            return run
        position += len(run.text)
        if position > place:
            return None
    return None
