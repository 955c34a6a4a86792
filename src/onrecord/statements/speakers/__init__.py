"""Who said it: the names of an article, and each statement resolved to one of them."""
