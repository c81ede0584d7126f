"""How a build is made: the guide read, what is made of it, saved, and recorded."""
