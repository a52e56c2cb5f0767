"""Over a corpus: which articles and paragraphs say the same, by whatever newspaper and however misread. See `articles`."""
