"""What a build's report says of a guide's code."""
