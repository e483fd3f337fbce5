"""How a person's takes change over time, and how sure that is."""
