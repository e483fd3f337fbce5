"""The benchmark of the list runs; how fast it is, `greenroom bench` says."""

from service.benchmarks.answer_list import median_list_milliseconds


def test_the_list_benchmark_gives_a_time() -> None:
    assert median_list_milliseconds(answers=20, requests=3) > 0
