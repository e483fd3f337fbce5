"""The measures: a family a module, each with its definitions, guides and computation."""
