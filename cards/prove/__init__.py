"""Running a guide's code: every snippet in TensorFlow, confined, with a verdict that says what was seen.

`prover` is the door. What runs beside guide code (`zygote`, `child`, `board`, `sandbox` and what they
import) uses the standard library alone, because it may be started by another environment's interpreter.
"""
