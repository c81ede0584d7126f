"""The processes that import TensorFlow and run the code of guides."""
