"""How commands say things: their own name, lines in a terminal's width, lists longer than a screen."""
