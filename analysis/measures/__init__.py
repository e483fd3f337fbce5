"""The measures: one module for each family, with its definitions, guides and computation; the registry."""
