"""What a language's sentences look like: how they lean on each other, define and give reasons."""

# ruff: noqa: RUF001 - the letters and marks of other scripts look like Latin ones

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cards.language.frame import Frame
from cards.language.natural_language import Language
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEVER = regex(r"(?!)")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language; each is matched at the start of a text, unless it says otherwise."""

    abbreviation: re.Pattern[str]
    """Searched up to a full stop that ends no sentence."""
    leaning: re.Pattern[str]
    """The first word of a sentence that cannot be read without the one before."""
    pointing: re.Pattern[str] = _NEVER
    """Words anywhere in a sentence that point out of it: `as shown above`."""
    discourse: re.Pattern[str] = _NEVER
    """Words before a sentence that it can do without: `However, `."""
    pronoun: re.Pattern[str] = _NEVER
    """The pronoun that a subject can be put for; only where that needs no inflection."""
    article: re.Pattern[str] = _NEVER
    """An article at the start of a sentence, with the space behind it."""
    linking: re.Pattern[str] = _NEVER
    """What links a term to what it is, right behind the term; its verb is the group `verb`."""
    linking_frames: Mapping[str, Frame] = field(default_factory=dict)
    """The frame of each of those verbs; all others are `What is ...?`."""
    no_definition: re.Pattern[str] = _NEVER
    """What follows the verb where a sentence says something else of its subject than what it is."""
    cause: re.Pattern[str] = _NEVER
    """Searched for the words between a claim and its reason; the reason begins at the group `word`."""
    comparison: re.Pattern[str] = _NEVER
    """Searched for words that set things against each other."""
    steps: re.Pattern[str] = _NEVER
    """Searched for words that say of numbered entries that one follows another."""
    lowers_first_letter: bool = True
    """Whether a word that begins a sentence begins with a small letter within one; German nouns do not."""


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


_ENGLISH = Grammar(
    abbreviation=regex(r"(?:\b(?:e\.g|i\.e|etc|al|vs|cf|approx|resp|Fig|Eq|No|Dr|Mr)|\b[A-Z])\.\Z"),
    leaning=regex(
        r"(?:So|Then|Instead|Otherwise|Both|Neither|Either|Here|There|Such|But|And|Or|Again|Afterwards|Likewise|"
        r"The (?:former|latter|first|second|same|other|rest|result|reason)|For example|For instance|"
        r"In (?:this|that|these|those|such) (?:cases?|situations?)|In both|As above|See|"
        r"(?:By )?Doing (?:so|this|that)|To do (?:so|this|that|it))\b",
        re.IGNORECASE,
    ),
    pointing=regex(
        r"\b(?:(?:above|below)\b(?!\s+[\d$€£~≈])|the (?:above|below)|the former|the latter|"
        r"as shown|as before|the following|of doing (?:so|this|that)|"
        r"this (?:section|page|guide|article|tutorial|document|post|chapter)|"
        r"(?:next|previous|preceding) (?:section|chapter|example|snippet)|"
        r"in the (?:screenshot|figure|diagram|picture|image)|"
        r"in (?:the|our|this) (?:first|second|third|fourth|last)(?: \w+)? (?:snippet|example)|"
        r"in (?:the|our) (?:example|sample) (?:code|data\s?set|data|table|snippet|output))\b",
        re.IGNORECASE,
    ),
    discourse=regex(
        r"(?:However|Also|Moreover|Furthermore|In addition|In practice|Therefore|Thus|Hence"
        r"|[Ii]\.e\.?),?\s+"
    ),
    pronoun=regex(r"(?P<word>It|This|These|They|That|Those|Its|Their)\b(?P<after>\s+\w+)?"),
    article=regex(r"(?:The|An|A)\s+"),
    linking=regex(r"\s+(?P<verb>is|are|means|was|were)\s+"),
    linking_frames={
        "are": Frame.WHAT_ARE,
        "was": Frame.WHAT_WAS,
        "were": Frame.WHAT_WERE,
        "means": Frame.WHAT_DOES_IT_MEAN,
    },
    no_definition=regex(
        r"(?:not|also|only|often|still|already|always|never|now|then|usually|very|more|less|most|too|so|as|like|"
        r"easy|hard|fast|slow|faster|slower|cheap|small|large|good|bad|in|on|at|of|for|from|by|with|about|under|"
        r"over|inside|outside|between|after|before|during|known|taken|written|given|chosen|shown|drawn|held|"
        r"kept|made|built|run|set|lost|sent|found|\w{2,}ed|\w+ly)\b(?!-)"
    ),
    cause=regex(
        r"(?:,?\s+(?:only|mainly|mostly|partly|largely|chiefly|simply|just|precisely))?,?\s+"
        r"(?P<word>because|so that)\s+"
    ),
    steps=regex(
        r"\b(?:steps?|in (?:this|that|the following|order)|(?:usual|right|following|this) order|"
        r"one after (?:the other|another)|sequence|procedure|process|stages?|phases?|workflow|"
        r"pipeline|as follows in order)\b",
        re.IGNORECASE,
    ),
    comparison=regex(
        r"\b(?:differ\w*|compar\w+|versus|vs|contrast\w*|distinguish\w*|better|worse|trade-?offs?|"
        r"choos\w+ between|instead of|(?:dis)?similar\w*)\b",
        re.IGNORECASE,
    ),
)

_CHINESE = Grammar(
    abbreviation=_ENGLISH.abbreviation,
    leaning=regex(
        r"[它他她这那其该](?!行代码)|因此|因而|所以|但|然而|不过|而且|而|并且|此外|另外|同时|然后|接着|否则|"
        r"例如|比如|即|也就是说|由此|于是|首先|其次|最后|前者|后者|如上|如下|以上|以下|上面|下面|同样"
    ),
    pointing=regex(r"如[上下]|以下|[上下]面的?(?:代码|例子|图|表)|前者|后者"),
    linking=regex(r"\s*(?P<verb>是指|指的是|就是|是|意味着)\s*"),
    linking_frames={"意味着": Frame.WHAT_DOES_IT_MEAN},
    # `是可变的` says of what kind it is, not what it is.
    no_definition=regex(r"(?:否|不|非常|很|由于|因为|为了)|[^，。；]{1,12}的[。！]?\Z"),
    cause=regex(r"[，,]?\s*(?:这|主要|正)?(?:是)?(?P<word>因为|由于)"),
    steps=regex(r"步骤|流程|过程|顺序|依次|阶段|如何|怎么|怎样", re.IGNORECASE),
    comparison=regex(r"区别|比较|对比|差异|不同|异同|优劣"),
)

_JAPANESE = Grammar(
    abbreviation=_ENGLISH.abbreviation,
    leaning=regex(
        r"これ|それ|あれ|この|その|あの|ここ|そこ|しかし|ただし|また|なお|そして|したがって|従って|そのため|"
        r"つまり|例えば|たとえば|さらに|一方|次に|まず|だから|すると|同様に|前者|後者|以下|以上|上記|下記"
    ),
    pointing=regex(r"上記|下記|以下の|前者|後者|上の(?:例|図|表|コード)|次の(?:例|図|表|コード)"),
    linking=regex(r"\s*(?P<verb>とは|は)[、,]?\s*"),
    # What ends in an adjective or a verb says what it is like or does.
    no_definition=regex(
        r".*(?:ます|ません|ない|たい|い|れる|する|できる|な(?:ん)?)(?:です)?[。！]?\Z|(?!.*(?:です|である|だ|を指す)[。！]?\Z)"
    ),
    steps=regex(r"手順|ステップ|流れ|順番|順序|順に|どのように|段階", re.IGNORECASE),
    comparison=regex(r"違い|比較|相違|対比|異な"),
)

_RUSSIAN = Grammar(
    abbreviation=regex(
        r"(?:(?<!\w)(?:т\.?\s?[екдпн]|и\s?т\.?\s?[дп]|напр|например|см|рис|табл|стр|др|пр|гл|ср|англ|сокр|"
        r"лат|тыс|млн|млрд|руб|им|г|гг|в|вв|с|п|e\.g|i\.e|etc|vs|[А-ЯЁA-Z]))\.\Z",
    ),
    leaning=_words(
        r"он[аио]?",
        "это[тй]?",
        "эта",
        "эти",
        r"этого",
        "то",
        "тот",
        "та",
        "те",
        "его",
        "её",
        "их",
        "но",
        "а",
        "и",
        "или",
        "поэтому",
        "также",
        "затем",
        "тогда",
        "потом",
        "иначе",
        "однако",
        "кроме того",
        "при этом",
        "таким образом",
        "следовательно",
        "например",
        "здесь",
        "там",
        "такой",
        "такая",
        "такие",
        "такое",
        "так",
        "оба",
        "обе",
        "в этом случае",
        "в отличие от",
    ),
    pointing=_NEVER,
    linking=regex(r"\s*(?:\s[—–-]|,?\s+(?=это\s))\s*(?P<verb>это\s+|)"),
    no_definition=_words("не", "также", "только", "всегда", "часто", "уже", "ещё", "очень", "если", "когда"),
    cause=regex(r",\s+(?P<word>потому что|так как|поскольку|ибо)\s+"),
    steps=regex(
        r"\bшаг\w*|этап\w*|поряд\w+|последовательн\w+|процесс\w*|алгоритм\w*|\bкак\s+\w+(?:ть|ют|ет|"
        r"ит)\b",
        re.IGNORECASE,
    ),
    comparison=regex(r"разниц|отлич|сравн|различ|против", re.IGNORECASE),
)

_SPANISH = Grammar(
    abbreviation=regex(
        r"(?:(?<!\w)(?:p\.?\s?ej|ej|etc|vs|cf|fig|pág|núm|sr|sra|dr|dra|ud|uds|aprox|art|cap|ee|uu|a\.\s?c|"
        r"d\.\s?c)|\b[A-Z])\.\Z",
        re.IGNORECASE,
    ),
    leaning=_words(
        "est[oae]s?",
        "es[oa]s?",
        "ell[oa]s?",
        "él",
        "su",
        "sus",
        "pero",
        "y",
        "o",
        "también",
        "además",
        "entonces",
        "luego",
        "así",
        "por eso",
        "por lo tanto",
        "por tanto",
        "sin embargo",
        "por ejemplo",
        "en cambio",
        "de lo contrario",
        "aquí",
        "allí",
        "ambos",
        "ambas",
        "tal",
        "tales",
        "l[oa]s? (?:mism[oa]s?|primer[oa]s?|segund[oa]s?|otr[oa]s?|siguientes?|anterior(?:es)?)",
    ),
    pointing=regex(
        r"\b(?:arriba|abajo|a continuación|como se muestra|el siguiente|la siguiente)\b", re.IGNORECASE
    ),
    article=regex(r"(?:El|La|Los|Las|Unos|Unas|Una|Un)\s+"),
    linking=regex(r"\s+(?P<verb>es|son|significa)\s+"),
    linking_frames={"son": Frame.WHAT_ARE, "significa": Frame.WHAT_DOES_IT_MEAN},
    # Only a noun with its article says what a thing is for sure.
    no_definition=regex(r"(?!(?:un|una|unos|unas|el|la|los|las|aquell?[oa]s?|cualquier|todo)\s)"),
    cause=regex(r",?\s+(?P<word>porque|ya que|puesto que)\s+"),
    steps=regex(
        r"\bpasos?\b|\borden\b|\betapas?\b|\bfases?\b|\bsecuencia|\bproceso\b|\bprocedimiento|"
        r"\bcómo\s+(?:se|\w+r)\b",
        re.IGNORECASE,
    ),
    comparison=regex(r"diferenci|compar|frente a|versus|\bvs\b|distingu|distint", re.IGNORECASE),
)

_GERMAN = Grammar(
    abbreviation=regex(
        r"(?:(?<!\w)(?:z\.\s?B|d\.\s?h|u\.\s?a|u\.\s?U|s\.\s?o|s\.\s?u|o\.\s?ä|i\.\s?d\.\s?R|z|d|u|bzw|usw|etc|"
        r"ca|vgl|nr|abb|tab|evtl|ggf|sog|inkl|max|min|bspw|bsp|dr|prof|str|vs|kap|abs|engl)|\b[A-ZÄÖÜ]|"
        # `im 19. Jahrhundert`, `am 3. Mai`
        r"(?<!\d)\d{1,2})\.\Z",
        re.IGNORECASE,
    ),
    leaning=_words(
        "es(?! gibt)",
        "er",
        "sie",
        "dies(?:e[rsmn]?)?",
        "jene[rsmn]?",
        r"das(?=\s+(?:ist|sind|kann|heißt|wird|hat|"
        r"bedeutet|liegt))",
        "sein(?:e[rsmn]?)?",
        "ihr(?:e[rsmn]?)?",
        "aber",
        "und",
        "oder",
        "auch",
        "daher",
        "deshalb",
        "deswegen",
        "dann",
        "danach",
        "dabei",
        "dadurch",
        "damit",
        "dafür",
        "dazu",
        "darum",
        "dort",
        "hier",
        "so",
        "sonst",
        "außerdem",
        "zudem",
        "jedoch",
        "allerdings",
        "beide",
        "solche[rsmn]?",
        "zum beispiel",
        "beispielsweise",
        "stattdessen",
        "hierbei",
        "hierfür",
        "somit",
        "folglich",
    ),
    pointing=regex(r"\b(?:oben|unten|wie gezeigt|folgende[rsmn]?|ersterer?|letzterer?)\b", re.IGNORECASE),
    article=regex(r"(?:Der|Die|Das|Eine|Ein)\s+"),
    linking=regex(r"\s+(?P<verb>ist|sind|bedeutet|bezeichnet)\s+"),
    linking_frames={
        "sind": Frame.WHAT_ARE,
        "bedeutet": Frame.WHAT_DOES_IT_MEAN,
        "bezeichnet": Frame.WHAT_IS,
    },
    no_definition=regex(r"(?!(?:ein|eine|der|die|das|den|einen|jede[rs]?|alle)\s)"),
    cause=regex(r",\s+(?P<word>weil|denn)\s+"),
    steps=regex(
        r"\bSchritt\w*|\bReihenfolge|\bAblauf|\bPhasen?\b|\bVorgehen|\bProzess\b|\bnacheinander\b|"
        r"\bwie\s+(?:\w+t|\w+n)\s+man\b",
        re.IGNORECASE,
    ),
    comparison=regex(r"unterschied|unterscheid|vergleich|gegenüber|\bvs\b|statt\b", re.IGNORECASE),
    lowers_first_letter=False,
)

_FRENCH = Grammar(
    abbreviation=regex(
        r"(?:(?<!\w)(?:p\.\s?ex|ex|etc|cf|vs|env|fig|p|pp|m|mm|mme|dr|n|art|chap)|\b[A-Z])\.\Z", re.IGNORECASE
    ),
    leaning=_words(
        "ils?",
        "elles?",
        "ce",
        "cet",
        "cette",
        "ces",
        "cela",
        "ça",
        "celui-ci",
        "celle-ci",
        "ceux-ci",
        "son",
        "sa",
        "ses",
        "leurs?",
        "mais",
        "et",
        "ou",
        "donc",
        "ainsi",
        "alors",
        "puis",
        "ensuite",
        "aussi",
        "cependant",
        "toutefois",
        "par exemple",
        "de plus",
        "en outre",
        "sinon",
        "ici",
        "là",
        "les deux",
        "c",
        "le (?:même|premier|second|dernier|suivant)",
        "la (?:même|première|seconde|dernière|suivante)",
    ),
    pointing=regex(r"\b(?:ci-dessus|ci-dessous|comme suit|le suivant|la suivante)\b", re.IGNORECASE),
    article=regex(r"(?:Les|Le|La|Une|Un|Des)\s+|L[’']"),
    linking=regex(r"\s+(?P<verb>est|sont|signifie)\s+"),
    linking_frames={"sont": Frame.WHAT_ARE, "signifie": Frame.WHAT_DOES_IT_MEAN},
    no_definition=regex(r"(?!(?:une|un|des|le|la|les|tout|toute)\s|l[’'])"),
    cause=regex(r",?\s+(?P<word>parce qu(?:e\s+|[’'])|car\s+|puisqu(?:e\s+|[’']))"),
    steps=regex(
        r"\bétapes?\b|\bordre\b|\bphases?\b|\bséquence|\bprocessus\b|\bprocédure|\bcomment\b",
        re.IGNORECASE,
    ),
    comparison=regex(r"différen|compar|versus|\bvs\b|distingu|plutôt que", re.IGNORECASE),
)

_PORTUGUESE = Grammar(
    abbreviation=regex(
        r"(?:(?<!\w)(?:p\.\s?ex|ex|etc|vs|cf|fig|pág|sr|sra|dr|dra|art|cap|aprox|núm)|\b[A-Z])\.\Z",
        re.IGNORECASE,
    ),
    leaning=_words(
        "ist?o",
        "isso",
        "ess[ea]s?",
        "est[ea]s?",
        "el[ea]s?",
        "seus?",
        "suas?",
        "mas",
        "e",
        "ou",
        "também",
        "além disso",
        "então",
        "depois",
        "assim",
        "por isso",
        "portanto",
        "porém",
        "no entanto",
        "entretanto",
        "por exemplo",
        "caso contrário",
        "aqui",
        "ali",
        "ambos",
        "ambas",
        "[oa]s? (?:mesm[oa]s?|primeir[oa]s?|segund[oa]s?|outr[oa]s?|seguintes?)",
    ),
    pointing=regex(r"\b(?:acima|abaixo|a seguir|como mostrado)\b", re.IGNORECASE),
    article=regex(r"(?:Uns|Umas|Uma|Um|Os|As|O|A)\s+"),
    linking=regex(r"\s+(?P<verb>é|são|significa)\s+"),
    linking_frames={"são": Frame.WHAT_ARE, "significa": Frame.WHAT_DOES_IT_MEAN},
    no_definition=regex(r"(?!(?:uma|um|uns|umas|os|as|o|a|qualquer|todo)\s)"),
    cause=regex(r",?\s+(?P<word>porque|já que|pois)\s+"),
    steps=regex(
        r"\bpassos?\b|\bordem\b|\betapas?\b|\bfases?\b|\bsequência|\bprocesso\b|\bprocedimento|"
        r"\bcomo\s+\w+r\b",
        re.IGNORECASE,
    ),
    comparison=regex(r"diferen|compar|versus|\bvs\b|distingu|em vez de", re.IGNORECASE),
)

GRAMMARS: Mapping[Language, Grammar] = {
    Language.ENGLISH: _ENGLISH,
    Language.CHINESE: _CHINESE,
    Language.RUSSIAN: _RUSSIAN,
    Language.SPANISH: _SPANISH,
    Language.GERMAN: _GERMAN,
    Language.JAPANESE: _JAPANESE,
    Language.FRENCH: _FRENCH,
    Language.PORTUGUESE: _PORTUGUESE,
    Language.OTHER: Grammar(_ENGLISH.abbreviation, _NEVER, lowers_first_letter=False),
}
