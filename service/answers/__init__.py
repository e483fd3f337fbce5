"""A person's answers. Only this package decides which rows belong to which person."""
