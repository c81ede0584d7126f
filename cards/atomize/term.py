"""Cards about terms: an entry `term: text` is asked both ways, in words that fit the term."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.lists.general_point import is_general_point
from cards.atomize.question_context import NoCard
from cards.atomize.wording import (
    contains_words,
    gives_away,
    in_bold,
    lower_first_letter,
    prose_of,
    sentence_case,
    tokens,
    with_end_mark,
    without_end_mark,
    without_full_stop,
)
from cards.card.kind import CardKind
from cards.guide.block import Listing
from cards.guide.inline import slice_inline, split_sentences
from cards.guide.repeated_work import remembered
from cards.guide.text import Inline, Style, plain_text
from cards.language.frame import Frame
from cards.language.grammar import GRAMMARS
from cards.language.natural_language import COLONS, QUESTION_MARKS, Language
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.atomize.question_context import CardOrReason, QuestionContext
    from cards.card.sides import Side
    from cards.guide.block import Item, Prose

_TERM = regex(r"(?P<term>[^:\uff1a\n]{1,60}?)(?::\s+|\uff1a\s*|\s+[-–—]\s+)(?P<text>\S.*)\Z", re.DOTALL)  # noqa: RUF001
_JUDGED = regex(
    r"(?P<term>[^\n]{1,200}?)\s*(?::|\s[-–—])\s+(?P<text>(?:True|False|Yes|No|Correct|Incorrect)\b.*)\Z",  # noqa: RUF001
    re.DOTALL,
)
"""A statement of any length with whether it is true."""
_NUMBER = regex(r"[-\u2212~\u2248<>]?\s?[$\u20ac]?\d[\d.,:]*\s?(?:%|[kKMG]?i?[bB]|m?s|[kMGT]Hz|times)?")
_LITERAL = regex(r"[\[({\"'\d]")
_DOES = regex(r"\w\(|\S\s+\S|\w\s*=[^=]")
"""In code that calls, assigns, or is a command of several words."""
_PARTICIPLE = regex(
    r"\w+ed|seen|taken|held|given|made|kept|shown|drawn|sent|set|used|found|known|written|chosen|built|run|read"
)
"""What stands behind a plural noun: `examples seen together`."""
_MIN_CUE_WORDS = 2
"""Fewer words above a list say nothing of its values: `Example.`"""
MAX_UNCUT_TEXT_WORDS = 25
"""Of a longer text the first sentence is the answer; the rest stands below."""
_NOUN_AFTER = frozenset(
    {"of", "that", "which", "and", "plus", "with", "for", "in", "from", "on", "or", "instead", "rather"}
    | {"are", "is", "were", "was", "have", "has", "can", "must", "may", "will", "do", "does"}
    | {"agree", "arrive", "collide", "come", "differ", "exist", "expire", "fail", "go", "grow", "happen"}
    | {"lose", "occur", "remain", "vary"}
)
"""What stands behind a noun, and not behind a verb: `writes fail`."""
_NOUN_ENDINGS = regex(r"(?:ss|us|is)\Z")
_SINGULAR_ENDINGS = regex(r"(?:ss|us|is|as|os|ics)\Z")
_LABEL = regex(
    r"(?:pros?|cons?|(?:dis)?advantages?|benefits?|drawbacks?|notes?|examples?|tips?|warnings?|yes|no)\Z",
    re.IGNORECASE,
)
_IMPERATIVES = frozenset(
    {
        "add",
        "avoid",
        "call",
        "check",
        "choose",
        "do",
        "don",
        "don't",
        "keep",
        "make",
        "move",
        "never",
        "pass",
        "prefer",
    }
    | {"put", "read", "run", "save", "set", "start", "stop", "turn", "use", "write"}
)
"""Words that begin an order (`Use small batches`), not a name."""
_POINT_STARTS = frozenset(
    {"when", "if", "while", "by", "to", "for", "because", "since", "you", "we", "it", "they", "there", "this"}
    | {"these", "in", "with", "without", "your", "once", "as", "although", "though", "depending", "starting"}
    | {"its", "their", "that", "such", "our", "here", "both"}
)
"""Words that begin a circumstance or a sentence, never what something is."""
_NEVER_IN_NAMES = frozenset(
    {"a", "after", "an", "are", "at", "before", "between", "by", "during", "for", "from", "has", "have", "if"}
    | {"in", "is", "no", "not", "on", "over", "than", "the", "to", "too", "under", "was", "were", "when"}
    | {"while", "with", "without"}
)
"""Words that stand in a sentence or a circumstance (`NaN after warm-up`), not in a name."""
_VERB = regex(
    r"(?<=\s)(?:is|are|was|were|has|have|can|cannot|could|may|might|must|should|will|would|does|do|needs?|takes?"
    r"|gives?|costs?|allows?|supports?|consists?|uses|provides?|offers?|enables?|requires?|contains?|includes?"
    r"|works?|makes?|helps?|excels?|becomes?|tends?|facilitates?|simplifies|simplify|ensures?|operates?|handles?"
    r"|maintains?)\b"
)
_CASE = regex(
    r"\A\S*[^\Ws]s (?:agree|arrive|come|collide|differ|drop|exist|fail|fall|go|grow|have|increase|lose|match"
    r"|meet|overlap|rise|run|stay|vary|win)\b|\s(?:arrives?|comes?|wins?|loses?|fails?|matches|differs?|rises?|falls?"
    r"|grows?|exists?|increases?|decreases?)"
    r"(?:\s(?:first|last|late|later|early|earlier|again|together|twice|often|alone))?\Z"
)
"""A label that says when something holds, and names nothing: `Lyfts arrive first`."""
# `A, B, C`, `1, 2, NaN`: what some variable holds.
_DATA = regex(
    r"(?:[A-Za-z]|-?\d+(?:\.\d+)?|NaN|None|nan)(?:,\s*(?:[A-Za-z]|-?\d+(?:\.\d+)?|NaN|None|nan))+\.?"
)
_RUSSIAN_ADJECTIVE = regex(r"(?:ая|яя|ое|ый|ые|[гкхжшчщ]ий|ной|вой)\Z")  # noqa: RUF001
"""What an adjective ends in that stands alone (`Локальная`) and names nothing."""
_ORDER = regex(
    r"(?:assess|avoid|choose|consider|determine|ensure|examine|inspect|maintain|prevent|verify"
    # Those that are nouns too begin no order before what a noun leads into: `Measure of spread`.
    r"|(?:group|handle|measure|employ|specify|pinpoint|track|manage|provide|support|enable|allow|reduce|increase"
    r"|improve|minimize|maximize|optimize|offer|apply|create|define|compute|calculate|convert|combine|compare"
    r"|remove|select|implement|develop|perform|leverage|monitor|evaluate|adjust|identify|configure)"
    r"(?!\s+(?:of|that|which|is|are)\b)"
    r"|(?:(?!(?:template|state|certificate|predicate|rate|date|gate|candidate|aggregate|noise|size|exercise|private"
    r"|separate|precise|intermediate|duplicate|delegate)\b)[a-z]+(?:ize|ise|ate|ify)|add|analy[sz]e|ask|check|confirm|find|follow|get|give|help|keep|let|limit|list"
    r"|look|replace|review|search|send|store|test|try|use|view|watch)\s+(?:\w+\s+)?(?:an?|all|any|at|each|every"
    r"|for|from|how|if|into|it|only|that|the|their|them|to|whether|which|with|your)"
    r")\b",
    re.IGNORECASE,
)
"""Begins an order: `Check the logs`, but no `Set of keys`."""
_SUBJECT = regex(r"(?P<name>[A-Z][\w.]*)\s+\w+s\s+(?!(?:of|for|that|which|with|in|and|or|to|from|by|on)\b)")
"""A name before what may be its verb."""
_MAX_NAMED_WORDS = 20
"""A longer text gives too many hints to be one question."""
_BEGINS_PARTICIPLE = regex(
    r"(?:\w+ly\s+)?(?:\w{2,}ed|done|built|made|given|known|seen|written)\s"
    r"(?:by|for|with|as|to|in|on|from|when|within|using|via|at|through)\b"
)
_GENERAL_POINT = NoCard("a point in general words: name in it what a learner is to know")
_PLURAL_NOUNS = frozenset(
    {"metrics", "algorithms", "methods", "functions", "layers", "operations", "classes", "values", "numbers"}
    | {"parameters", "tools", "libraries", "tensors", "arrays", "nodes", "techniques", "objects", "images"}
    | {
        "variables",
        "weights",
        "gradients",
        "rules",
        "patterns",
        "files",
        "packages",
        "modules",
        "types",
        "keys",
    }
    | {"constraints", "frames", "packets", "rows", "columns", "tables", "records", "requests", "responses"}
    | {"messages", "events", "queries", "services", "servers", "clients", "threads", "errors", "transactions"}
    | {"containers", "pods", "factors", "steps", "numbers", "words", "lines", "characters", "bugs", "people"}
    | {"decimals", "integers", "strings", "bytes", "bits", "users", "developers", "components", "elements"}
)
"""Nouns that end as a verb in the third person does."""
_SURE_VERBS = frozenset(
    {"allows", "provides", "enables", "requires", "ensures", "includes", "contains", "depends", "consists"}
)
"""Verbs that are no nouns, whatever follows them."""
_RELATIVE = frozenset({"that", "which", "who", "whose", "where", "when", "what", "how", "why", "if", "while"})


@dataclass(frozen=True, slots=True)
class TermEntry:
    """An entry `term: text` of a list."""

    item: Item
    term: Inline
    text: Inline
    is_compared: bool
    """Whether the list sets its entries against each other."""
    shares_text: bool
    """Whether another entry of the list has the same text."""
    cue: Inline = ()
    """The words above the list, which say what is asked."""


def term_entries(items: Sequence[Item], cue: Inline, language: Language) -> list[TermEntry]:
    """Return the entries of a list in which each is `term: text`; none of another list.

    `cue` are the words above the list.
    """
    split = [(item, *halves) for item in items if (halves := split_term(item.inline))]
    if len(split) < len(items):
        return []
    comparing = is_comparison(cue, language)
    meanings = Counter(tokens(plain_text(text)) for _, _, text in split)
    return [
        TermEntry(item, term, text, comparing, meanings[tokens(plain_text(text))] > 1, cue)
        for item, term, text in split
    ]


def term_cards(entry: TermEntry, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the card of `term: text`: term -> text."""
    term, text = entry.term, entry.text
    if _LABEL.match(plain_text(term)):
        return [NoCard(f"“{plain_text(term)}” is no term")]
    if plain_text(text).endswith(COLONS):
        return [NoCard("its text leads into what follows")]
    if _DATA.fullmatch(plain_text(text)):
        return [NoCard("data of an example")]
    if _is_general_point(entry, context):
        return [_GENERAL_POINT]
    if plain_text(term).endswith(QUESTION_MARKS):
        front = prose_of(in_bold(term))
    elif _is_value(text) and not _says_of_what(entry.cue, context):
        return [NoCard("a value, and nothing above says of what")]
    else:
        is_aspect = _is_aspect(term, context)
        frame = Frame.WHAT_IS_SAID_OF if is_aspect else _term_frame(entry, context)
        if _is_call(text) and not _is_verbatim(term):
            frame = Frame.WHICH_CODE
        cue = with_end_mark(entry.cue, context.language)
        front = context.ask(frame, term=in_bold(term), cue=cue) or names_under_question((term,), context)
    short = _cut(text, context.language)
    back = prose_of(sentence_case(without_full_stop(short)))
    whole: Side = () if short == text else (prose_of(entry.item.inline),)
    return [
        context.draft(CardKind.TERM, plain_text(term), (front,), (back,), span=entry.item.span, context=whole)
    ]


@remembered
def _is_general_point(entry: TermEntry, context: QuestionContext) -> bool:
    """Tell whether the text of a term makes a point and names nothing that one can learn."""
    says_what_it_is = _term_frame(entry, context) in {Frame.WHAT_IS, Frame.WHAT_ARE}
    is_apart = says_what_it_is or _is_verbatim(entry.term)
    return not is_apart and is_general_point(entry.text, entry.cue, entry.item.span, context.question)


def _cut(text: Inline, language: Language) -> Inline:
    """Return a text, or its first sentence where it is long."""
    is_long = count_words(plain_text(text)) > MAX_UNCUT_TEXT_WORDS
    return _first_sentence(text, language) if is_long else text


def _first_sentence(text: Inline, language: Language) -> Inline:
    return next(iter(split_sentences(text, language)), text)


@remembered
def _is_aspect(term: Inline, context: QuestionContext) -> bool:
    """Tell whether several lists of an answer have the same term: what is said of several things."""
    lists = [block for block in context.question.blocks if isinstance(block, Listing)]
    items = [item for block in lists for top in block.items for item in (top, *top.items)]
    name = plain_text(term).casefold()
    split = (split_term(item.inline) for item in items)
    return sum(plain_text(halves[0]).casefold() == name for halves in split if halves) > 1


@remembered
def _term_frame(entry: TermEntry, context: QuestionContext) -> Frame:
    """Return what is asked of a term, so that its text is the answer."""
    term, text, language = entry.term, entry.text, context.language
    is_plural = language is Language.ENGLISH and _is_plural(term)
    does = starts_with_verb(lower_first_letter(text, language), language)
    is_point = is_point_text(text, language) or (is_plural and (does or not _is_noun_phrase(text)))
    # `Extrapolation: forests fail at extrapolation` defines nothing.
    is_point = is_point or _is_named_in(term, text, language) or _is_about_question(term, text, context)
    if not is_name(term, language) or is_point or _is_value(text):
        return Frame.WHAT_IS_SAID_OF
    if does:
        return Frame.WHAT_DOES_IT_DO
    return Frame.WHAT_ARE if is_plural else Frame.WHAT_IS


def _says_of_what(cue: Inline, context: QuestionContext) -> bool:
    """Tell whether the words above a list say what its values are: a question or a sentence."""
    words = plain_text(cue)
    is_title = words.strip() == plain_text(context.question.wording).strip()
    return words.endswith(QUESTION_MARKS) or (not is_title and count_words(words) >= _MIN_CUE_WORDS)


def _is_value(text: Inline) -> bool:
    """Tell whether a text is a number or a literal in code, which says nothing of what its term is."""
    words = plain_text(text).strip().rstrip(".")
    return bool(_NUMBER.fullmatch(words)) or (_is_verbatim(text) and bool(_LITERAL.match(words)))


def _is_verbatim(text: Inline) -> bool:
    """Tell whether a text is code, with marks beside it at most."""
    return all(run.style.is_verbatim or not run.text.strip(" .,;") for run in text)


def _is_about_question(term: Inline, text: Inline, context: QuestionContext) -> bool:
    """Tell whether an English text has its subject from the question: `Speed: Redis keeps all ...`."""
    subject = _SUBJECT.match(plain_text(text))
    if subject is None or context.language is not Language.ENGLISH:
        return False
    name = subject["name"].casefold()
    return name in tokens(context.question.title) and name not in tokens(plain_text(term))


def _is_named_in(term: Inline, text: Inline, language: Language) -> bool:
    """Tell whether the sentence that would say what a term is names it again behind a subject of its own."""
    words = plain_text(_first_sentence(text, language))
    begins = (*(f"{article} " for article in ("A", "An", "The")), plain_text(term))
    return not words.startswith(begins) and contains_words(words, plain_text(term))


def _is_call(text: Inline) -> bool:
    """Tell whether a text is code that does something, so that it is how to do what the term says."""
    return _is_verbatim(text) and bool(_DOES.search(plain_text(text)))


@remembered
def is_point_text(text: Inline, language: Language) -> bool:
    """Tell whether an English text makes a point about its term and does not say what that is."""
    first = re.split(r"[’']", plain_text(text).split()[0].casefold().strip(","))[0]  # noqa: RUF001
    is_point = (
        first in _IMPERATIVES | _POINT_STARTS
        or bool(_ORDER.match(plain_text(text)))
        or bool(_BEGINS_PARTICIPLE.match(plain_text(text).casefold()))
        or is_full_sentence(text, language)
    )
    return language is Language.ENGLISH and is_point


def _is_noun_phrase(text: Inline) -> bool:
    """Tell whether a text begins as what a plural is: with an article, or within a sentence."""
    words = plain_text(text)
    return words[:1].islower() or words.startswith(("The ", "All ", "Those ", "Things "))


def names_under_question(names: Sequence[Inline], context: QuestionContext) -> Prose:
    """Return the question itself with what is asked about in quotes, for a language without a frame."""
    quoted = [part for name in names for part in (" “", in_bold(without_end_mark(name)), "”")]
    return prose_of(with_end_mark(context.question.wording, context.language), *quoted)


def name_cards(entry: TermEntry, context: QuestionContext) -> Iterable[CardOrReason]:
    """Make the reverse card of `term: text`: text -> term, where only one term fits."""
    return [NoCard("two terms have the same text") if entry.shares_text else _name_card(entry, context)]


@remembered
def split_term(inline: Inline) -> tuple[Inline, Inline] | None:
    """Return term and text of an entry `term: text`, without emphasis on the term, or None."""
    words = plain_text(inline)
    judged = _JUDGED.match(words)
    match = judged or _TERM.match(words)
    if not match or (not judged and count_words(match["term"]) > 6):
        return None
    colon = match.end("term")
    position = 0
    for run in inline:  # a colon inside code (`x: int`) separates nothing
        if run.style.is_verbatim and position <= colon < position + len(run.text):
            return None
        position += len(run.text)
    return slice_inline(inline, *match.span("term")), slice_inline(inline, *match.span("text"))


def starts_with_verb(inline: Inline, language: Language) -> bool:
    """Tell whether an English text starts with a verb in the third person: `stops training ...`."""
    words = plain_text(inline).split()
    if language is not Language.ENGLISH or len(words) < 2 or inline[0].style is not Style.PLAIN:
        return False
    first = words[0].casefold()
    if words[0] in _SURE_VERBS:
        return True
    return (
        words[0].islower()
        and first.isalpha()
        and first.endswith("s")
        and first not in _PLURAL_NOUNS
        and not _NOUN_ENDINGS.search(first)
        and words[1].casefold() not in _NOUN_AFTER
        and not _PARTICIPLE.fullmatch(words[1].casefold())
        and first not in {"its", "this", "always", "sometimes", "perhaps", "as", "plus", "yes", "less"}
    )


def is_name(term: Inline, language: Language) -> bool:
    """Tell whether a term names something: one in code, or a noun phrase of at most three words."""
    words = [word.casefold() for word in plain_text(term).split()]
    if all(run.style.is_verbatim for run in term):
        return True
    if language is Language.RUSSIAN and len(words) == 1 and _RUSSIAN_ADJECTIVE.search(words[0]):
        return False
    if language is not Language.ENGLISH:
        return count_words(plain_text(term)) <= 3
    if _CASE.search(" ".join(words)):
        return False
    return len(words) <= 3 and words[0] not in _IMPERATIVES and not _NEVER_IN_NAMES & set(words)


def is_full_sentence(text: Inline, language: Language) -> bool:
    """Tell whether an English text is a sentence with a subject of its own: `GPUs are faster`."""
    if language is not Language.ENGLISH or starts_with_verb(lower_first_letter(text, language), language):
        return False
    verb = _VERB.search(plain_text(text))
    before = plain_text(text)[: verb.start()].casefold().split() if verb else []
    return 0 < len(before) <= 7 and not _RELATIVE & set(before)


def is_comparison(words: Inline, language: Language) -> bool:
    """Tell whether a question or a lead-in sets things against each other."""
    return bool(GRAMMARS[language].comparison.search(plain_text(words)))


def _name_card(entry: TermEntry, context: QuestionContext) -> CardOrReason:
    term, text = entry.term, _first_sentence(entry.text, context.language)
    if _is_general_point(entry, context):
        return _GENERAL_POINT
    if _LABEL.match(plain_text(term)) or plain_text(term).endswith(QUESTION_MARKS):
        return NoCard(f"“{plain_text(term)}” is no term")
    if _is_value(text):
        return NoCard("a value is no description of its term")
    if len(tokens(plain_text(text))) < 4:
        return NoCard("the text is too short to point back")
    if any(contains_words(plain_text(text), word) for word in tokens(plain_text(term)) if len(word) > 3):
        return NoCard("the text names its term")
    if gives_away(plain_text(text), plain_text(term)):
        return NoCard("the text names its term")
    if _is_verbatim(text):
        return NoCard("code is no description of its term")
    if why := _why_not_named(text):
        return NoCard(why)
    if _is_aspect(term, context):
        return NoCard("several lists have that term")
    frame = _name_frame(entry, context)
    if frame is Frame.WHAT_IS_THIS_SAID_OF and context.language is Language.ENGLISH:
        return NoCard("the text makes a point about its term, which many things could be")
    front = context.ask(frame, text=without_end_mark(lower_first_letter(text, context.language)))
    if front is None:
        return NoCard("no words to ask for the term in this language")
    return context.draft(CardKind.NAME, plain_text(term), (front,), (prose_of(term),), span=entry.item.span)


def _why_not_named(text: Inline) -> str:
    """Return why nobody is asked what a text is about; empty where one may be."""
    words = plain_text(text).rstrip()
    if words.endswith(COLONS) or ". " in words:
        return "the text is more than one sentence, or leads into something"
    if count_words(words) > _MAX_NAMED_WORDS:
        return f"the text has more than {_MAX_NAMED_WORDS} words"
    return ""


def _name_frame(entry: TermEntry, context: QuestionContext) -> Frame:
    """Return how the text of a term asks for it."""
    language = context.language
    if starts_with_verb(lower_first_letter(entry.text, language), language):
        return Frame.WHAT_DOES_THIS
    is_point = _term_frame(entry, context) is Frame.WHAT_IS_SAID_OF
    return Frame.WHAT_IS_THIS_SAID_OF if is_point else Frame.WHAT_IS_CALLED


def _is_plural(term: Inline) -> bool:
    """Tell whether a term in plain words names several things: `Weights`, but not `Loss` or `Bias`."""
    last = plain_text(term).split()[-1:]
    return (
        bool(last)
        and not term[-1].style.is_verbatim
        and last[0].endswith("s")
        and not _SINGULAR_ENDINGS.search(last[0])
    )
