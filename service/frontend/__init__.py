"""Serves the pages: the documents of the addresses, and the files they are made of."""
