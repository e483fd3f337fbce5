"""Questions and formats to practise with: validated data files, and what a person adds to them."""
