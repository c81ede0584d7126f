"""Tell whether the shape or dtype of a value has to be worked out, or can be read off its code.

A card asks for what follows by a rule that a learner must know: what broadcasting, a reduction, a convolution
or a mask makes of a shape, what promotion makes of a dtype. What a literal shows, what a layer's own number
of units says, and what NumPy makes by default asks for nothing.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from cards.exercise.measurement import Aspect
from cards.python.syntax import called_name, dotted_root_name, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REDUCTIONS_TEXT = """
    reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_any reduce_all reduce_logsumexp reduce_std
    reduce_variance sum mean max min prod any all std var median average percentile quantile norm logsumexp
    argmax argmin count_nonzero segment_sum segment_mean unsorted_segment_sum nunique
"""
_RESHAPING_CALLS_TEXT = """
    Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose DepthwiseConv1D DepthwiseConv2D
    SeparableConv1D SeparableConv2D MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D
    AveragePooling3D MaxPool1D MaxPool2D AvgPool1D AvgPool2D GlobalMaxPooling1D GlobalMaxPooling2D
    GlobalAveragePooling1D GlobalAveragePooling2D UpSampling1D UpSampling2D ZeroPadding1D ZeroPadding2D
    Cropping1D Cropping2D Flatten Embedding LSTM GRU SimpleRNN RNN Bidirectional TimeDistributed Concatenate
    Permute RepeatVector Dot MultiHeadAttention Attention AdditiveAttention CategoryEncoding
    conv1d conv2d conv3d conv conv_transpose depthwise_conv2d max_pool max_pool2d avg_pool avg_pool2d convolve
    matmul einsum tensordot dot outer kron inner matvec jacobian batch_jacobian
    stack vstack hstack dstack column_stack concat concatenate tile repeat transpose swapaxes moveaxis permute
    squeeze ravel flatten diag one_hot multi_hot gather gather_nd take meshgrid pad split unstack
    boolean_mask sequence_mask unique nonzero compress extract delete insert bincount histogram top_k
    to_tensor frame extract_patches broadcast_shapes
    groupby pivot pivot_table merge melt join explode drop_duplicates dropna get_dummies crosstab
"""
_REDUCTIONS = frozenset(_REDUCTIONS_TEXT.split())
_RESHAPING_CALLS = _REDUCTIONS | frozenset(_RESHAPING_CALLS_TEXT.split())
"""Calls whose result has another shape than what they are given, by a rule."""

_INTEGERS = ("int", "uint", "bool")
_CREATED = frozenset({"ones", "zeros", "full", "normal", "uniform", "randn", "rand", "random", "empty"})


class _Sketch(NamedTuple):
    """The shape and dtype of a value as far as its code says them."""

    shape: tuple[int, ...] | None = None
    dtype: str = ""
    """Empty where it does not say; `number` for one of Python, which takes the dtype beside it."""


def must_be_worked_out(source: str, name: str, aspect: Aspect, text: str) -> bool:
    """Tell whether the shape or dtype `text` of a name that code binds last follows by a rule."""
    tree = tree_of(source)
    if tree is None:
        return False
    values: dict[str, ast.expr] = {}
    for node in tree.body:
        values |= _values_bound(node)
    value = values.get(name)
    if value is None:
        return False
    if aspect is Aspect.SHAPE:
        return any(_changes_shape(node, values) for node in nodes_in(value))
    return _follows_a_policy(tree) or any(_changes_dtype(node, values, text) for node in nodes_in(value))


def _values_bound(node: ast.stmt) -> dict[str, ast.expr]:
    """Return the names that an assignment binds, each with its expression."""
    if not isinstance(node, ast.Assign):
        return {}
    found: dict[str, ast.expr] = {}
    for target in node.targets:
        match target, node.value:
            case ast.Name(id=name), value:
                found[name] = value
            case ast.Tuple(elts=names), ast.Tuple(elts=elements) if len(names) == len(elements):
                pairs = zip(names, elements, strict=True)
                found |= {each.id: value for each, value in pairs if isinstance(each, ast.Name)}
            case ast.Tuple(elts=names), value:
                found |= {each.id: value for each in names if isinstance(each, ast.Name)}
            case _:
                pass
    return found


def _changes_shape(node: ast.AST, values: Mapping[str, ast.expr]) -> bool:
    match node:
        case ast.Call(func=func):
            return _made_by(func, values) in _RESHAPING_CALLS or _has_open_size(node)
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            shapes = [_sketch(side, values).shape for side in (left, right)]
            return None not in shapes and () not in shapes and shapes[0] != shapes[1]
        case ast.Attribute(attr="T"):
            return True
        case ast.Subscript(slice=index):
            return any(_selects(each, values) for each in _parts(index))
        case _:
            return False


def _made_by(func: ast.expr, values: Mapping[str, ast.expr]) -> str:
    """Return the last name of what is called; of a layer that a name stands for, its class."""
    made = values.get(func.id) if isinstance(func, ast.Name) else None
    return called_name(made.func if isinstance(made, ast.Call) else func)


def _has_open_size(call: ast.Call) -> bool:
    """Tell whether a call leaves a size to be worked out: `reshape(x, (2, -1))`."""
    is_reshape = called_name(call.func) in {"reshape", "Reshape"}
    return is_reshape and any(
        isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub)
        for argument in call.args
        for each in _parts(argument)
    )


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else [node]


def _selects(index: ast.expr, values: Mapping[str, ast.expr]) -> bool:
    """Tell whether an index is a mask, a new axis, or picks by a list."""
    match index:
        case ast.Compare() | ast.Constant(value=None) | ast.List():
            return True
        case ast.Attribute(attr="newaxis"):
            return True
        case ast.Name(id=name):
            return isinstance(values.get(name), ast.Compare)
        case _:
            return False


def _follows_a_policy(tree: ast.AST) -> bool:
    """Tell whether a policy of mixed precision is set, which decides what each layer returns."""
    return any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("mixed_")
        for node in nodes_in(tree)
    )


def _changes_dtype(node: ast.AST, values: Mapping[str, ast.expr], text: str) -> bool:
    """Tell whether an operation makes the dtype `text` of others by promotion or by a reduction's rule."""
    match node:
        case ast.BinOp(left=left, right=right):
            known = [_sketch(side, values).dtype for side in (left, right)]
            return "" not in known and any(each not in {text, "number"} for each in known)
        case ast.Call(func=func, args=args):
            name = called_name(func)
            if name in {"argmax", "argmin"}:
                return True
            reduced = [*args[:1], *([func.value] if isinstance(func, ast.Attribute) else [])]
            known = [dtype for each in reduced if (dtype := _sketch(each, values).dtype)]
            joined = {dtype for each in args for dtype in _dtypes_in(each, values)}
            return (name in _REDUCTIONS and any(each != text for each in known)) or (
                name in {"concatenate", "stack", "where", "vstack", "hstack"} and len(joined) > 1
            )
        case _:
            return False


def _dtypes_in(node: ast.expr, values: Mapping[str, ast.expr]) -> Iterator[str]:
    yield from filter(None, (_sketch(each, values).dtype for each in _parts(node)))


def _sketch(node: ast.expr, values: Mapping[str, ast.expr], depth: int = 0) -> _Sketch:
    """Return what code says of a value: literals, arrays made of them, and names that stand for such."""
    match node:
        case ast.Constant(value=bool()) | ast.Constant(value=int() | float()) | ast.UnaryOp():
            return _Sketch((), "number")
        case ast.Name(id=name) if name in values and depth < _DEEPEST:
            return _sketch(values[name], values, depth + 1)
        case ast.Call(func=ast.Attribute(value=inner, attr="astype"), args=[dtype, *_]):
            return _Sketch(_sketch(inner, values, depth).shape, _dtype_named(dtype))
        case ast.Call(func=func, args=[first, *rest]):
            return _sketch_of_call(node, called_name(func), first, rest)
        case _:
            return _Sketch()


_DEEPEST = 3


def _sketch_of_call(call: ast.Call, name: str, first: ast.expr, rest: list[ast.expr]) -> _Sketch:
    said = [keyword.value for keyword in call.keywords if keyword.arg == "dtype"]
    said += [each for each in rest[:1] if name not in _CREATED | {"arange", "range"} or _dtype_named(each)]
    dtype = next(filter(None, map(_dtype_named, said)), "")
    has_numpy = dotted_root_name(call.func) in {"np", "numpy"}
    if name in {"array", "asarray", "constant", "Variable", "convert_to_tensor"}:
        shape, kind = _literal(first)
        return _Sketch(shape, dtype or _default_dtype(kind, has_numpy=has_numpy))
    if name in _CREATED:
        default = "float64" if has_numpy else "float32"
        return _Sketch(_literal_size(first), dtype or default)
    if name in {"arange", "range"} and not rest and isinstance(first, ast.Constant):
        size = (first.value,) if isinstance(first.value, int) else None
        return _Sketch(size, dtype or _default_dtype("int", has_numpy=has_numpy))
    return _Sketch()


def _literal(node: ast.expr) -> tuple[tuple[int, ...] | None, str]:
    """Return the shape of a literal, and the type of its numbers; None for what is no literal."""
    if isinstance(node, ast.List | ast.Tuple):
        found = [_literal(each) for each in node.elts]
        shapes, kinds = {shape for shape, _ in found}, {kind for _, kind in found}
        inner = shapes.pop() if len(shapes) == 1 else None
        kind = "" if "" in kinds else "float" if "float" in kinds else max(kinds, default="")
        return (None if inner is None else (len(node.elts), *inner)), kind
    if isinstance(node, ast.UnaryOp):
        return _literal(node.operand)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        return (), type(node.value).__name__
    return None, ""


def _literal_size(node: ast.expr) -> tuple[int, ...] | None:
    sizes = [each.value if isinstance(each, ast.Constant) else None for each in _parts(node)]
    whole = tuple(each for each in sizes if isinstance(each, int))
    return whole if len(whole) == len(sizes) else None


def _default_dtype(kind: str, *, has_numpy: bool) -> str:
    bits = "64" if has_numpy else "32"
    return {"": "", "bool": "bool"}.get(kind, f"{kind}{bits}")


def _dtype_named(node: ast.expr) -> str:
    """Return the dtype that an expression names: `"int8"`, `tf.int8`; empty for none."""
    match node:
        case ast.Constant(value=str(name)) | ast.Attribute(attr=name):
            return name if name.startswith((*_INTEGERS, "float", "bfloat", "complex")) else ""
        case _:
            return ""
