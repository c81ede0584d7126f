"""Cards of questions that are asked whole: with their options, with their code, for code."""
