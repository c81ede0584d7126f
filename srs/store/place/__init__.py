"""Where a store's file lies: whether it is still the same one, who has it open, what is left beside it."""
