"""The words that cards put around what an author wrote: one table by language.

A frame needs no inflection of what is put into it; where a language has none that is safe, it is left out,
and the card asks the question itself. A new language is a member of `Language` and a column here.
"""

# ruff: noqa: RUF001, RUF003 - the marks of other scripts look like Latin ones

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.language.natural_language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


class Frame(Enum):
    """What a card asks; the pieces that stand in braces are the author's."""

    WHAT_IS = auto()
    WHAT_ARE = auto()
    WHAT_WAS = auto()
    WHAT_WERE = auto()
    WHAT_DOES_IT_MEAN = auto()
    WHAT_DOES_IT_DO = auto()
    WHAT_IS_SAID_OF = auto()
    """Of something that is no name; what is asked stands before it."""
    WHICH_CODE = auto()
    """Of what a piece of code does; what is asked stands before it."""
    WHAT_DOES_THIS = auto()
    """For a text that begins with a verb: `stops training when ...`."""
    WHAT_IS_CALLED = auto()
    WHAT_IS_THIS_SAID_OF = auto()
    WHAT_IF = auto()
    """For a condition without the word that begins it."""
    WHY = auto()
    FIRST_STEP = auto()
    NEXT_STEP = auto()
    MISSING = auto()
    DIFFERENCE = auto()
    DIFFERENCE_ASKED = auto()
    """For an aspect that is itself a question."""
    ASPECT = auto()
    WHICH = auto()
    WHICH_ASKED = auto()
    """For a column whose heading is a question."""
    PRINTS = auto()
    REASON = auto()
    FAILS = auto()
    RAISES = auto()
    FILLS_GAP = auto()
    SAID_LINE = auto()
    """Of a gap beside which a comment says what stands there."""
    NAME_IN_GAP = auto()
    """Of a function or method that the code around it tells."""
    TRAIT = auto()


_NO_BREAK = "\N{NO-BREAK SPACE}"

_ENGLISH = {
    Frame.WHAT_IS: "What is {term}?",
    Frame.WHAT_ARE: "What are {term}?",
    Frame.WHAT_WAS: "What was {term}?",
    Frame.WHAT_WERE: "What were {term}?",
    Frame.WHAT_DOES_IT_MEAN: "What does {term} mean?",
    Frame.WHAT_DOES_IT_DO: "What does {term} do?",
    Frame.WHAT_IS_SAID_OF: "{cue} What about {term}?",
    Frame.WHICH_CODE: "{cue} {term}: with which code?",
    Frame.WHAT_DOES_THIS: "What {text}?",
    Frame.WHAT_IS_CALLED: "What is this called: {text}?",
    Frame.WHAT_IS_THIS_SAID_OF: "What is this said about: {text}?",
    Frame.WHAT_IF: "What if {condition}?",
    Frame.WHY: "{claim}. Why?",
    Frame.FIRST_STEP: "{cue} What is the first step?",
    Frame.NEXT_STEP: "{cue} What comes right after “{step}”?",
    Frame.MISSING: "{cue} Which one is missing?",
    Frame.DIFFERENCE: "{aspect}: how do {one} and {other} differ?",
    Frame.DIFFERENCE_ASKED: "{aspect} How do {one} and {other} differ?",
    Frame.ASPECT: "{thing}: {aspect}?",
    Frame.WHICH: "Which {noun}? {heading}: {value}.",
    Frame.WHICH_ASKED: "Which {noun}? {heading} {value}.",
    Frame.PRINTS: "What does this print?",
    Frame.REASON: "What is the reason for the marked line?",
    Frame.FAILS: "Why does this code fail?",
    Frame.RAISES: "Which error does this raise?",
    Frame.FILLS_GAP: "{which} fills the gap, so that it prints what stands below?",
    Frame.SAID_LINE: "What fills the gap, so that the line does what its comment says?",
    Frame.NAME_IN_GAP: "Which name fills the gap?",
    Frame.TRAIT: "Which {aspect} does {name} have?",
}

_CHINESE = {
    Frame.WHAT_IS: "什么是{term}？",
    Frame.WHAT_ARE: "什么是{term}？",
    Frame.WHAT_DOES_IT_MEAN: "{term}是什么意思？",
    Frame.WHAT_DOES_IT_DO: "{term}有什么作用？",
    Frame.WHAT_IS_SAID_OF: "{cue}关于{term}，要点是什么？",
    Frame.WHICH_CODE: "{cue}{term}用什么代码？",
    Frame.WHAT_IS_CALLED: "这叫什么：{text}？",
    Frame.WHAT_IS_THIS_SAID_OF: "这说的是什么：{text}？",
    Frame.WHY: "{claim}。为什么？",
    Frame.FIRST_STEP: "{cue}第一步是什么？",
    Frame.NEXT_STEP: "{cue}“{step}”之后的下一步是什么？",
    Frame.MISSING: "{cue}缺少的是哪一项？",
    Frame.DIFFERENCE: "{aspect}：{one}和{other}有什么区别？",
    Frame.DIFFERENCE_ASKED: "{aspect}{one}和{other}有什么区别？",
    Frame.ASPECT: "{thing}：{aspect}？",
    Frame.WHICH: "哪一个{noun}？{heading}：{value}。",
    Frame.WHICH_ASKED: "哪一个{noun}？{heading}{value}。",
    Frame.PRINTS: "这段代码输出什么？",
    Frame.REASON: "为什么需要标记的这一行？",
    Frame.FAILS: "这段代码为什么会出错？",
    Frame.RAISES: "这段代码会引发什么错误？",
    Frame.FILLS_GAP: "空缺处应填什么，才能输出下面的内容？",
    Frame.SAID_LINE: "空缺处应填什么，才能做到注释所说的？",
    Frame.NAME_IN_GAP: "空缺处应填哪个名称？",
    Frame.TRAIT: "{name}的{aspect}是什么？",
}

_JAPANESE = {
    Frame.WHAT_IS: "{term}とは何ですか？",
    Frame.WHAT_ARE: "{term}とは何ですか？",
    Frame.WHAT_DOES_IT_MEAN: "{term}は何を意味しますか？",
    Frame.WHAT_DOES_IT_DO: "{term}は何をしますか？",
    Frame.WHAT_IS_SAID_OF: "{cue}{term}について、要点は何ですか？",
    Frame.WHICH_CODE: "{cue}{term}はどのコードですか？",
    Frame.WHAT_IS_CALLED: "これは何と呼ばれますか？{text}。",
    Frame.WHAT_IS_THIS_SAID_OF: "これは何についての説明ですか？{text}。",
    Frame.WHY: "{claim}。なぜですか？",
    Frame.FIRST_STEP: "{cue}最初のステップは何ですか？",
    Frame.NEXT_STEP: "{cue}「{step}」の次のステップは何ですか？",
    Frame.MISSING: "{cue}足りないものはどれですか？",
    Frame.DIFFERENCE: "{aspect}：{one}と{other}はどう違いますか？",
    Frame.DIFFERENCE_ASKED: "{aspect}{one}と{other}はどう違いますか？",
    Frame.ASPECT: "{thing}：{aspect}？",
    Frame.WHICH: "どの{noun}ですか？{heading}：{value}。",
    Frame.WHICH_ASKED: "どの{noun}ですか？{heading}{value}。",
    Frame.PRINTS: "このコードは何を出力しますか？",
    Frame.REASON: "印の付いた行は何のためにありますか？",
    Frame.FAILS: "このコードはなぜエラーになりますか？",
    Frame.RAISES: "このコードはどのエラーを発生させますか？",
    Frame.FILLS_GAP: "下の出力になるには、空欄に何が入りますか？",
    Frame.SAID_LINE: "コメントのとおりになるには、空欄に何が入りますか？",
    Frame.NAME_IN_GAP: "空欄に入る名前はどれですか？",
    Frame.TRAIT: "{name}の{aspect}は何ですか？",
}

_RUSSIAN = {
    Frame.WHAT_IS: "Что такое {term}?",
    Frame.WHAT_ARE: "Что такое {term}?",
    Frame.WHAT_DOES_IT_MEAN: "Что означает {term}?",
    Frame.WHAT_DOES_IT_DO: "Что делает {term}?",
    Frame.WHAT_IS_SAID_OF: "{cue} {term}: что об этом можно сказать?",
    Frame.WHICH_CODE: "{cue} {term}: какой это код?",
    Frame.WHAT_IS_CALLED: "Как это называется: {text}?",
    Frame.WHAT_IS_THIS_SAID_OF: "О чём это сказано: {text}?",
    Frame.WHY: "{claim}. Почему?",
    Frame.FIRST_STEP: "{cue} Какой шаг первый?",
    Frame.NEXT_STEP: "{cue} Что следует сразу после шага «{step}»?",
    Frame.MISSING: "{cue} Чего не хватает?",
    Frame.DIFFERENCE: "{aspect}: чем различаются {one} и {other}?",
    Frame.DIFFERENCE_ASKED: "{aspect} Чем различаются {one} и {other}?",
    Frame.ASPECT: "{thing}: {aspect}?",
    Frame.WHICH: "Что это ({noun})? {heading}: {value}.",
    Frame.WHICH_ASKED: "Что это ({noun})? {heading} {value}.",
    Frame.PRINTS: "Что выведет этот код?",
    Frame.REASON: "Зачем нужна отмеченная строка?",
    Frame.FAILS: "Почему этот код завершается с ошибкой?",
    Frame.RAISES: "Какую ошибку вызовет этот код?",
    Frame.FILLS_GAP: "Что нужно вставить вместо пропуска, чтобы код вывел то, что показано ниже?",
    Frame.SAID_LINE: "Что нужно вставить вместо пропуска, чтобы строка делала то, что сказано в комментарии?",
    Frame.NAME_IN_GAP: "Какое имя стоит на месте пропуска?",
    Frame.TRAIT: "Какое значение {aspect} у {name}?",
}

_SPANISH = {
    Frame.WHAT_IS: "¿Qué es {term}?",
    Frame.WHAT_ARE: "¿Qué son {term}?",
    Frame.WHAT_DOES_IT_MEAN: "¿Qué significa {term}?",
    Frame.WHAT_DOES_IT_DO: "¿Qué hace {term}?",
    Frame.WHAT_IS_SAID_OF: "{cue} {term}: ¿qué se puede decir?",
    Frame.WHICH_CODE: "{cue} {term}: ¿con qué código?",
    Frame.WHAT_IS_CALLED: "¿Cómo se llama esto: {text}?",
    Frame.WHAT_IS_THIS_SAID_OF: "¿De qué se dice esto: {text}?",
    Frame.WHY: "{claim}. ¿Por qué?",
    Frame.FIRST_STEP: "{cue} ¿Cuál es el primer paso?",
    Frame.NEXT_STEP: "{cue} ¿Qué viene justo después de «{step}»?",
    Frame.MISSING: "{cue} ¿Cuál falta?",
    # `y` would become `e` before an i.
    Frame.DIFFERENCE: "{aspect}: {one} / {other}, ¿en qué se diferencian?",
    Frame.DIFFERENCE_ASKED: "{aspect} {one} / {other}: ¿en qué se diferencian?",
    Frame.ASPECT: "{thing}: ¿{aspect}?",
    Frame.WHICH: "¿De qué se trata ({noun})? {heading}: {value}.",
    Frame.WHICH_ASKED: "¿De qué se trata ({noun})? {heading} {value}.",
    Frame.PRINTS: "¿Qué imprime este código?",
    Frame.REASON: "¿Para qué sirve la línea marcada?",
    Frame.FAILS: "¿Por qué falla este código?",
    Frame.RAISES: "¿Qué error produce este código?",
    Frame.FILLS_GAP: "¿Qué va en el hueco para que el código imprima lo que está debajo?",
    Frame.SAID_LINE: "¿Qué va en el hueco para que la línea haga lo que dice su comentario?",
    Frame.NAME_IN_GAP: "¿Qué nombre va en el hueco?",
    Frame.TRAIT: "¿Qué {aspect} tiene {name}?",
}

_GERMAN = {
    Frame.WHAT_IS: "Was ist {term}?",
    Frame.WHAT_ARE: "Was sind {term}?",
    Frame.WHAT_DOES_IT_MEAN: "Was bedeutet {term}?",
    Frame.WHAT_DOES_IT_DO: "Was macht {term}?",
    Frame.WHAT_IS_SAID_OF: "{cue} {term}: Was lässt sich dazu sagen?",
    Frame.WHICH_CODE: "{cue} {term}: Mit welchem Code?",
    Frame.WHAT_IS_CALLED: "Wie heißt das: {text}?",
    Frame.WHAT_IS_THIS_SAID_OF: "Worüber wird das gesagt: {text}?",
    Frame.WHY: "{claim}. Warum?",
    Frame.FIRST_STEP: "{cue} Was ist der erste Schritt?",
    Frame.NEXT_STEP: "{cue} Was kommt direkt nach „{step}“?",
    Frame.MISSING: "{cue} Was fehlt?",
    Frame.DIFFERENCE: "{aspect}: Worin unterscheiden sich {one} und {other}?",
    Frame.DIFFERENCE_ASKED: "{aspect} Worin unterscheiden sich {one} und {other}?",
    Frame.ASPECT: "{thing}: {aspect}?",
    Frame.WHICH: "Was ist gemeint ({noun})? {heading}: {value}.",
    Frame.WHICH_ASKED: "Was ist gemeint ({noun})? {heading} {value}.",
    Frame.PRINTS: "Was gibt dieser Code aus?",
    Frame.REASON: "Wozu dient die markierte Zeile?",
    Frame.FAILS: "Warum schlägt dieser Code fehl?",
    Frame.RAISES: "Welchen Fehler löst dieser Code aus?",
    Frame.FILLS_GAP: "Was gehört in die Lücke, damit der Code das Untenstehende ausgibt?",
    Frame.SAID_LINE: "Was gehört in die Lücke, damit die Zeile tut, was ihr Kommentar sagt?",
    Frame.NAME_IN_GAP: "Welcher Name gehört in die Lücke?",
    Frame.TRAIT: "Welchen Wert hat {aspect} bei {name}?",
}

_FRENCH = {
    # `que` would become `qu’` before a vowel.
    Frame.WHAT_IS: f"{{term}}{_NO_BREAK}: qu’est-ce que c’est{_NO_BREAK}?",
    Frame.WHAT_ARE: f"{{term}}{_NO_BREAK}: qu’est-ce que c’est{_NO_BREAK}?",
    Frame.WHAT_DOES_IT_MEAN: f"Que signifie {{term}}{_NO_BREAK}?",
    Frame.WHAT_DOES_IT_DO: f"Que fait {{term}}{_NO_BREAK}?",
    Frame.WHAT_IS_SAID_OF: f"{{cue}} {{term}}{_NO_BREAK}: que peut-on en dire{_NO_BREAK}?",
    Frame.WHICH_CODE: f"{{cue}} {{term}}{_NO_BREAK}: avec quel code{_NO_BREAK}?",
    Frame.WHAT_IS_CALLED: f"Comment cela s’appelle-t-il{_NO_BREAK}: {{text}}{_NO_BREAK}?",
    Frame.WHAT_IS_THIS_SAID_OF: f"De quoi parle-t-on{_NO_BREAK}: {{text}}{_NO_BREAK}?",
    Frame.WHY: f"{{claim}}. Pourquoi{_NO_BREAK}?",
    Frame.FIRST_STEP: f"{{cue}} Quelle est la première étape{_NO_BREAK}?",
    Frame.NEXT_STEP: (
        f"{{cue}} Qu’est-ce qui vient juste après «{_NO_BREAK}{{step}}{_NO_BREAK}»{_NO_BREAK}?"
    ),
    Frame.MISSING: f"{{cue}} Que manque-t-il{_NO_BREAK}?",
    Frame.DIFFERENCE: f"{{aspect}}{_NO_BREAK}: en quoi diffèrent {{one}} et {{other}}{_NO_BREAK}?",
    Frame.DIFFERENCE_ASKED: f"{{aspect}} En quoi diffèrent {{one}} et {{other}}{_NO_BREAK}?",
    Frame.ASPECT: f"{{thing}}{_NO_BREAK}: {{aspect}}{_NO_BREAK}?",
    Frame.WHICH: f"De quoi s’agit-il ({{noun}}){_NO_BREAK}? {{heading}}{_NO_BREAK}: {{value}}.",
    Frame.WHICH_ASKED: f"De quoi s’agit-il ({{noun}}){_NO_BREAK}? {{heading}} {{value}}.",
    Frame.PRINTS: f"Qu’affiche ce code{_NO_BREAK}?",
    Frame.REASON: f"À quoi sert la ligne marquée{_NO_BREAK}?",
    Frame.FAILS: f"Pourquoi ce code échoue-t-il{_NO_BREAK}?",
    Frame.RAISES: f"Quelle erreur ce code lève-t-il{_NO_BREAK}?",
    Frame.FILLS_GAP: f"Que faut-il à la place du blanc pour obtenir la sortie ci-dessous{_NO_BREAK}?",
    Frame.SAID_LINE: f"Que faut-il à la place du blanc pour faire ce que dit le commentaire{_NO_BREAK}?",
    Frame.NAME_IN_GAP: f"Quel nom faut-il à la place du blanc{_NO_BREAK}?",
    Frame.TRAIT: f"Quelle est la valeur de {{aspect}} pour {{name}}{_NO_BREAK}?",
}

_PORTUGUESE = {
    Frame.WHAT_IS: "O que é {term}?",
    Frame.WHAT_ARE: "O que são {term}?",
    Frame.WHAT_DOES_IT_MEAN: "O que significa {term}?",
    Frame.WHAT_DOES_IT_DO: "O que faz {term}?",
    Frame.WHAT_IS_SAID_OF: "{cue} {term}: o que se pode dizer?",
    Frame.WHICH_CODE: "{cue} {term}: com que código?",
    Frame.WHAT_IS_CALLED: "Como se chama isto: {text}?",
    Frame.WHAT_IS_THIS_SAID_OF: "De que se diz isto: {text}?",
    Frame.WHY: "{claim}. Por quê?",
    Frame.FIRST_STEP: "{cue} Qual é o primeiro passo?",
    Frame.NEXT_STEP: "{cue} O que vem logo depois de “{step}”?",
    Frame.MISSING: "{cue} O que falta?",
    Frame.DIFFERENCE: "{aspect}: em que diferem {one} e {other}?",
    Frame.DIFFERENCE_ASKED: "{aspect} Em que diferem {one} e {other}?",
    Frame.ASPECT: "{thing}: {aspect}?",
    Frame.WHICH: "De que se trata ({noun})? {heading}: {value}.",
    Frame.WHICH_ASKED: "De que se trata ({noun})? {heading} {value}.",
    Frame.PRINTS: "O que este código imprime?",
    Frame.REASON: "Para que serve a linha marcada?",
    Frame.FAILS: "Por que este código falha?",
    Frame.RAISES: "Que erro este código gera?",
    Frame.FILLS_GAP: "O que vai na lacuna para que o código imprima o que está abaixo?",
    Frame.SAID_LINE: "O que vai na lacuna para que a linha faça o que diz o comentário?",
    Frame.NAME_IN_GAP: "Qual nome vai na lacuna?",
    Frame.TRAIT: "Qual é o valor de {aspect} de {name}?",
}

FRAMES: Mapping[Language, Mapping[Frame, str]] = {
    Language.ENGLISH: _ENGLISH,
    Language.CHINESE: _CHINESE,
    Language.RUSSIAN: _RUSSIAN,
    Language.SPANISH: _SPANISH,
    Language.GERMAN: _GERMAN,
    Language.JAPANESE: _JAPANESE,
    Language.FRENCH: _FRENCH,
    Language.PORTUGUESE: _PORTUGUESE,
    # Without words: what stands behind the code?
    Language.OTHER: {Frame.PRINTS: "→ ?", Frame.RAISES: "→ ?"},
}
"""Each language's frames; the pieces put into them end in no mark of their own."""
