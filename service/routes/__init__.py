"""The HTTP API, one module a kind of thing. Thin: each route moves data and answers."""
