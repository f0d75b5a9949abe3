"""Names that texts themselves carry, though no book lists them: found by their capitals, and told apart over a corpus."""
