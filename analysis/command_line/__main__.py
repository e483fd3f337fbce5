"""`python -m analysis.command_line`."""

from analysis.command_line import application

application(prog_name="greenroom")
