"""What moderators and operators do with the corpus: take changed files in, look at its state, lend generations."""
