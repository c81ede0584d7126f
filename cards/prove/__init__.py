"""Runs a guide's code in confined processes with TensorFlow, and gives each snippet a verdict.

`prover` is the entry point. What runs beside guide code (`process`, `sandbox` and what they import) uses the
standard library alone, because it may be started by another environment's interpreter.
"""
