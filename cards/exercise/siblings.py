"""Functions and words that people take for one another, by family."""

from __future__ import annotations

_FUNCTION_FAMILIES_TEXT = """
    reduce_sum reduce_mean reduce_max reduce_min reduce_prod
    reduce_all reduce_any
    sum mean max min prod median
    percentile quantile max mean median
    argmax argmin argsort
    sort argsort
    top_k in_top_k
    concat stack
    concatenate stack
    zeros ones
    zeros_like ones_like
    maximum minimum
    add subtract multiply divide
    matmul multiply add
    dot multiply
    relu sigmoid tanh softplus softmax
    softmax log_softmax sigmoid
    exp log sqrt square
    floor ceil round
    cumsum cumprod
    transpose reshape
    squeeze expand_dims
    gather gather_nd
    split unstack
    batch repeat take
    map filter
    take skip
    shuffle repeat
    prefetch cache
    window batch
    from_tensors from_tensor_slices
    from_tensor_slices from_tensors
    assign assign_add assign_sub
    jacobian gradient
    clip_by_value clip_by_norm clip_by_global_norm
    update_state reset_state
    L1 L2 L1L2
    l1 l2
    BinaryCrossentropy CategoricalCrossentropy MeanSquaredError
    SparseCategoricalCrossentropy CategoricalCrossentropy
    MeanSquaredError MeanAbsoluteError
    BatchNormalization LayerNormalization
    Dropout SpatialDropout1D GaussianDropout
    LSTM GRU SimpleRNN
    MaxPooling2D AveragePooling2D
    GlobalAveragePooling2D GlobalMaxPooling2D Flatten
    Conv2D SeparableConv2D DepthwiseConv2D
    TensorSpec RaggedTensorSpec
    GradientTape name_scope
    encode_jpeg encode_png
    stop_gradient identity
    load_model load_weights
    save save_weights
    triu tril
    function py_function
"""
_WORD_FAMILIES_TEXT = """
    valid same causal
    max min auto
    sum mean none sum_over_batch_size
    SUM MEAN
    int multi_hot count tf_idf one_hot
    float16 bfloat16 float32 float64
    mixed_float16 mixed_bfloat16 float32
    channels_first channels_last
    relu sigmoid tanh softmax linear
    bilinear nearest bicubic
    post pre
    lower_and_strip_punctuation lower strip_punctuation
    whitespace character
    fan_in fan_out fan_avg
    CPU GPU
"""


def _by_member(text: str) -> dict[str, tuple[str, ...]]:
    """Return for each word of the lines the other words of its lines."""
    found: dict[str, dict[str, None]] = {}
    for line in text.strip().splitlines():
        words = line.split()
        for word in words:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in words if other != word))
    return {word: tuple(others) for word, others in found.items()}


# A gradient of one number is its Jacobian too, and rows of one length need no padding.
SIBLING_FUNCTIONS = _by_member(_FUNCTION_FAMILIES_TEXT) | {"gradient": (), "padded_batch": ("batch",)}
"""The functions that people take a function for."""
SIBLING_WORDS = _by_member(_WORD_FAMILIES_TEXT)
"""The other values that an argument given as a string may have."""
