"""The words and letters that label questions and answers, in the languages that people write."""

from __future__ import annotations

QUESTION_WORD = (
    r"(?:Question|Pregunta|Frage|Вопрос|Pergunta|Domanda|Vraag|Pytanie|Soru|प्रश्न|(?:ال)?سؤال|질문|문제)"
)
ANSWER_WORD = (
    r"(?:Answer|Ans|Antwort|Respuesta|Réponse|Ответ|Resposta|Risposta|Antwoord|Odpowiedź|Cevap|उत्तर"
    r"|(?:ال)?إجابة|(?:ال)?جواب|답변|정답|답)"
)
ASIAN_QUESTION_WORD = r"(?:问题?|問題?|質問)"
"""Needs no blank behind its colon."""
ASIAN_ANSWER_WORD = r"(?:答案?|参考答案|回答|解答)"
QUESTION_LETTER = r"[PFВDس]"  # noqa: RUF001 - Cyrillic
"""Of languages in which a question begins with another letter than Q; it labels only what asks."""
ANSWER_LETTER = r"[RОج]"  # noqa: RUF001 - Cyrillic
"""The same of answers; it labels only what answers a labelled question."""
