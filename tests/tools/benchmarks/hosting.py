"""Processor time of a web node for what many people do at once, on either database.

Processor time and not waiting time, because machines that measure are noisy. No worker runs, so that the
figures are those of the web node alone.
"""
