"""/check: quotations of a text held against the corpus."""
