"""What is asked: guides become cards, and their code is proved."""
