"""Questions and formats to practise with: data that is checked, and what a person adds to it."""
