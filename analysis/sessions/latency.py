"""How soon somebody began to speak after each question of an interview."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from analysis.report import Report

FEWEST_FOR_MEDIAN = 3
"""Answers below which one of them alone decides what is usual."""


@dataclass(frozen=True)
class Latency:
    """The time from the end of a question to the first word, over the answers of an interview.

    Attributes:
        answers: number of answers in which it is measurable.
        median: seconds; None with fewer than `FEWEST_FOR_MEDIAN` answers.
        longest: seconds; None where it is not measurable in any answer.
        longest_answer: the caller's id of that answer; empty likewise.
    """

    answers: int
    median: float | None
    longest: float | None
    longest_answer: str


def response_latency(answers: Sequence[tuple[str, Report]]) -> Latency:
    """The response latency over several answers, each with its id."""
    found = [
        (measure.value, answer)
        for answer, report in answers
        if (measure := report.measures.get("response_latency")) is not None and measure.value is not None
    ]
    if not found:
        return Latency(0, None, None, "")
    seconds, answer = max(found)
    usual = round(median(each for each, _ in found), 2) if len(found) >= FEWEST_FOR_MEDIAN else None
    return Latency(len(found), usual, seconds, answer)
