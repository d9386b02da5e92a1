"""The diary of nights: what was seen, what is said, what follows, how it looks. It keeps and advises nothing."""
