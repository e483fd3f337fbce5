"""The HTTP API, one module per resource. Routes are thin: they move data and answers."""
