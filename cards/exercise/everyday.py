"""Calls and keywords that test no knowledge of TensorFlow, and names whose values are computed."""

from __future__ import annotations

import ast

from cards.python.syntax import nodes_in, tree_of

_EVERYDAY_CALLS_TEXT = """
    constant Variable array asarray zeros ones zeros_like ones_like range arange linspace normal uniform
    random randn rand randint default_rng set_seed set_random_seed seed print numpy item as_list tolist
    list tuple dict len int float str bool sum min max sorted zip enumerate isinstance round abs any all
    repr type format append items keys values join split strip encode decode upper lower startswith
    replace count index open read write close flush sleep perf_counter time mkdtemp exists listdir loads
    dumps compress ZipFile namelist ceil floor getattr hasattr setattr super submit ThreadPoolExecutor
    result allclose assert_allclose array_equal assert_array_equal astype reshape expand_dims shape
    Input Dense Sequential Module Add Subtract Adam SGD compile fit predict evaluate build summary
    count_params Session Graph run placeholder Int Choice run_functions_eagerly deserialize on_epoch_end
    on_batch_end set_model insecure_channel unary_unary
"""
_FREE_KEYWORDS_TEXT = """
    name seed verbose epochs sep end file dtype shape input_shape message rtol atol key default flush
    steps steps_per_epoch x y inputs outputs loss optimizer metrics layers learning_rate units data
    signature args kwargs kernel_initializer bias_initializer vocabulary idf_weights weights size target
"""
EVERYDAY_CALLS = frozenset(_EVERYDAY_CALLS_TEXT.split())
"""Calls that make or show an example's data, or are everyday Python: no question of TensorFlow."""
FREE_KEYWORDS = frozenset(_FREE_KEYWORDS_TEXT.split())
"""Keywords whose values are set at will, so that nobody can know them."""


def computed_names(source: str) -> frozenset[tuple[int, str]]:
    """Return (line, name) of the top-level assignments whose value is computed, not a literal."""
    tree = tree_of(source)
    found = set()
    for statement in tree.body if tree else ():
        if isinstance(statement, ast.Assign) and not _is_written_down(statement.value):
            names = [node for target in statement.targets for node in nodes_in(target)]
            found |= {(statement.lineno, node.id) for node in names if isinstance(node, ast.Name)}
    return frozenset(found)


def _is_written_down(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Attribute(value=inner, attr="astype" | "numpy" | "reshape")):
            return _is_written_down(inner)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in EVERYDAY_CALLS or name in {"ragged", "sparse", "convert_to_tensor", "add_weight"}
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(_is_written_down(element) for element in elements)
        case ast.Constant() | ast.Name() | ast.Dict():
            return True
        case _:
            return False
