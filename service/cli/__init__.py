"""The commands of `greenroom`, on top of those of `analysis.cli`."""
