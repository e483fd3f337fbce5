"""Mock interviews: their plan, their state while they go on, and what is asked next."""
