"""What `proofdeck practice` is made of."""
