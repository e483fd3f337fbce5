"""The HTTP API, one module per resource: thin routes with their request and response models."""
