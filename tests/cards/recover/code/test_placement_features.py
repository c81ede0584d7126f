"""What is told of putting a statement at a level."""

from __future__ import annotations

from cards.recover.code.indent import INITIAL_STATE, extend_state
from cards.recover.code.lexer import lex
from cards.recover.code.placement_features import placement_features
from cards.recover.code.reranking_features import reranking_features
from cards.recover.code.statement_facts import facts_of


def told(code: str, level: int, prefix: str) -> list[str]:
    """Return the words with the prefix for the last statement of the code, put at a level."""
    lines = code.strip().split("\n")
    statements = lex([line.strip() for line in lines]).statements
    placed = INITIAL_STATE
    for place, (statement, line) in enumerate(zip(statements[:-1], lines, strict=False)):
        placed = extend_state(statement, place, placed, (len(line) - len(line.lstrip())) // 4)
    found = placement_features(statements, facts_of(statements), len(statements) - 1, placed, level)
    return [word for word in found if word.startswith(prefix + " ")]


TAPE = """
with tf.GradientTape() as tape:
    loss = model(x)
gradient = tape.gradient(loss, x)
"""


def test_what_is_asked_of_the_alias_behind_its_block() -> None:
    assert told(TAPE, 0, "with_alias_used") == ["with_alias_used GradientTape 1 1 1"]
    assert told(TAPE, 1, "with_alias_used") == ["with_alias_used GradientTape 1 1 0"]


GATHER = """
found = []
for value in values:
    found.append(value)
print(found)
"""


def test_what_a_loop_gathers_is_known_behind_it() -> None:
    assert told(GATHER, 0, "reads_accumulated") == ["reads_accumulated 1 0 print 0"]
    assert told(GATHER, 1, "reads_accumulated") == ["reads_accumulated 1 0 print 1"]


TIMED = """
start = time.time()
for _ in range(9):
    run()
print(f"{time.time() - start}")
"""


def test_what_was_prepared_before_a_loop_and_not_used_in_it() -> None:
    assert told(TIMED, 0, "reads_prepared") == ["reads_prepared 1 0 for 0"]


LEFT = """
def walk(node):
    if node is None:
        return
"""


def test_what_a_return_would_cut_off() -> None:
    assert told(LEFT, 2, "exit_in_block") == ["exit_in_block return-bare if 1 end 0"]
    assert told(LEFT, 1, "exit_in_block") == ["exit_in_block return-bare def 1 end 1"]


TWINS = """
if first:
    axis.plot(a)
axis.show()
if second:
    axis.plot(b)
axis.show()
"""


def test_a_pair_that_stood_so_before() -> None:
    assert told(TWINS, 0, "repeated_pair") == ["repeated_pair 1", "repeated_pair 1 call 1"]
    assert told(TWINS, 1, "repeated_pair") == ["repeated_pair 0", "repeated_pair 0 call 0"]


CLAUSE = """
for a in b:
    if a:
        use(a)
else:
"""


def test_a_clause_is_told_by_the_block_that_it_follows() -> None:
    assert told(CLAUSE, 0, "clause_of_block") == ["clause_of_block else for 2"]
    assert told(CLAUSE, 1, "clause_of_block") == ["clause_of_block else if 1"]


ALIKE = """
for a in first:
    show(a)
for b in second:
    show(b)
close()
"""


def of_whole(code: str, levels: tuple[int, ...], *prefixes: str) -> list[str]:
    """Return the words with one of the prefixes for the code, its statements put at the levels."""
    statements = lex([line.strip() for line in code.strip().split("\n")]).statements
    return [
        word
        for word in reranking_features(statements, facts_of(statements), levels)
        if word.startswith(prefixes)
    ]


def test_blocks_with_like_headers_that_hold_the_like() -> None:
    assert of_whole(ALIKE, (0, 1, 0, 1, 0), "like_headers_same_body") == ["like_headers_same_body for 1"]
    assert of_whole(ALIKE, (0, 1, 0, 1, 1), "like_headers_same_body") == ["like_headers_same_body for 0"]


def test_what_ends_a_block_and_what_follows_it() -> None:
    assert "header_then for of for close" in of_whole(ALIKE, (0, 1, 0, 1, 0), "header_then for of for")
    assert "header_ends for of for close" in of_whole(ALIKE, (0, 1, 0, 1, 1), "header_ends for of for")


def test_pairs_that_stand_alike_in_the_whole() -> None:
    assert of_whole(TWINS, (0, 1, 0, 0, 1, 0), "indentation_repeats_pair") == [
        "indentation_repeats_pair 1",
        "indentation_repeats_pair 1",
    ]
    assert of_whole(TWINS, (0, 1, 0, 0, 1, 1), "indentation_repeats_pair") == [
        "indentation_repeats_pair 1",
        "indentation_repeats_pair 0",
    ]
