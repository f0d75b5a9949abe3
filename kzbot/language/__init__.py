"""What the words say: sentences, dates, names, folding, spelling; pure functions over text, no files, no SQL."""
