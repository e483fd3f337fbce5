"""The command line of the analysis: `greenroom report`, `evaluate` and `bench`.

The service adds its own commands to `application`, which is the console script `greenroom`; without
the service, `python -m analysis.cli` runs it.
"""

from analysis.cli.application import application

__all__ = ["application"]
