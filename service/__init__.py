"""The service: stores recordings, analyses them in worker processes, and serves the API and the pages."""
