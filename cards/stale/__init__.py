"""What is gone from TensorFlow, Keras and NumPy: tables, and searches of errors, code and words."""
