"""`python -m tests.tools.benchmarks`, which is `greenroom bench`."""

from tests.tools.benchmarks.command import bench

bench(prog_name="python -m tests.tools.benchmarks")
