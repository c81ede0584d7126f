"""Which guide a file is: the same under another name, a copy, or one that nobody has seen yet."""
