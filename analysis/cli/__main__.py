"""`python -m analysis.cli`."""

from analysis.cli import application

application(prog_name="greenroom")
