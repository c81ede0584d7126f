"""Mock interviews: which questions are drawn, what their points are, and what was said of them."""
