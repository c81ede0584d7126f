"""What authors call the columns of their tables, and what such a word says of a column."""

from __future__ import annotations

# What an author calls the first column where every other column is a thing.
ASPECT_HEADINGS = frozenset(
    {"", "aspect", "aspects", "property", "criterion", "question", "feature", "dimension", "point", "what"}
    | {"features", "properties", "criteria", "factor", "factors", "attribute", "attributes", "characteristic"}
    | {
        "characteristics",
        "basis",
        "comparison",
        "basis of comparison",
        "basis for comparison",
        "area",
        "topic",
    }
    | {"方面", "特性", "特点", "属性", "对比项", "比较项", "项目", "観点", "項目", "特徴"}
    | {"аспект", "свойство", "критерий", "характеристика", "параметр", "признак", "вопрос"}
    | {"aspecto", "propiedad", "característica", "criterio", "pregunta", "propriedade", "critério"}
    | {"aspekt", "eigenschaft", "merkmal", "kriterium", "frage", "propriété", "critère", "caractéristique"}
    | {"الجانب", "الخاصية", "المعيار", "السمة", "وجه المقارنة", "وجه الاختلاف", "من حيث"}
    | {
        "היבט",
        "מאפיין",
        "תכונה",
        "קריטריון",
        "נושא",
        "aspetto",
        "caratteristica",
        "özellik",
        "항목",
        "구분",
        "특징",
    }
)
# What heads a column of what is said of each row; no thing that another could be set against.
REMARK_HEADINGS = frozenset(
    {
        "description",
        "descriptions",
        "detail",
        "details",
        "explanation",
        "meaning",
        "definition",
        "notes",
        "note",
    }
    | {
        "remarks",
        "comment",
        "comments",
        "value",
        "values",
        "answer",
        "summary",
        "purpose",
        "example",
        "examples",
    }
    | {"usage", "use case", "use cases", "syntax", "default", "type", "why", "reason", "benefit", "impact"}
    | {
        "what it means",
        "what it does",
        "what it is",
        "when to use",
        "how",
        "result",
        "code",
        "fix",
        "solution",
    }
    | {
        "beschreibung",
        "bedeutung",
        "erklärung",
        "beispiel",
        "descripción",
        "significado",
        "ejemplo",
        "detalle",
    }
    | {
        "description",
        "exemple",
        "описание",
        "значение",
        "пример",
        "描述",
        "说明",
        "含义",
        "示例",
        "例子",
        "説明",
        "例",
    }
)
DESCRIPTIONS = frozenset({"description", "descriptions", "explanation"})
VAGUE_HEADINGS = frozenset(
    {"detail", "details", "notes", "note", "value", "values", "answer", "remarks", "comments"}
)
SAID_OF_QUESTION = frozenset({"reason", "reasons", "notes", "note", "remarks", "comment", "comments"})
"""Headings of what the question asks, said of each row: `When is it wrong?` with rows of cases."""
COMMON_NOUNS = frozenset(
    {
        "alternative",
        "alternatives",
        "libraries",
        "library",
        "strengths",
        "strength",
        "lookup",
        "param",
        "params",
    }
    | {"use", "uses", "case", "cases", "features", "feature", "tools", "tool", "benefits", "benefit", "limit"}
    | {
        "limits",
        "drawbacks",
        "drawback",
        "method",
        "methods",
        "argument",
        "arguments",
        "value",
        "type",
        "types",
    }
    | {"time", "complexity", "level", "name", "order", "size", "speed", "point", "points", "idea", "purpose"}
    | {
        "example",
        "examples",
        "model",
        "format",
        "rate",
        "cost",
        "costs",
        "state",
        "storage",
        "access",
        "scope",
    }
)
"""Last words of headings in title case that are no names: `Key Libraries`, `Better Alternative`."""


def heading_key(words: str) -> str:
    """Return the words of a heading as they are looked up: lower case, without marks at their ends."""
    return words.strip(" .:?\\/").casefold()
