"""The sides of cards as HTML, safe for any reader."""
