"""Where a person stands, in one sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from analysis.measures.length import LENGTH_GUIDE
from analysis.report import Guide, Measure
from analysis.trends.facts import without_measures
from analysis.trends.models import Build, Take, TakeFacts
from analysis.trends.where_you_stand import where_you_stand

FIRST = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def take(
    day: int,
    length: float | None,
    fillers: float | None,
    *,
    pace: float = 140.0,
    pauses: float = 1.0,
    aim: Guide = LENGTH_GUIDE,
) -> Take:
    def measure(value: float | None, unit: str, guide: Guide | None = None) -> Measure:
        if value is None:
            return Measure(None, unit, None, None, "not_measurable", "too_little_speech", guide)
        return Measure(value, unit, value * 0.95, value * 1.05, "measured", None, guide)

    figures = {
        "answer_length": measure(length, "s", aim),
        "speaking_rate": measure(pace, "words/min"),
        "long_pause_rate": measure(pauses, "per min"),
        "filler_rate": measure(fillers, "per min"),
    }
    values = {name: each.value for name, each in figures.items()}
    facts = TakeFacts(Build("1", "base", "a"), "en", length or 0.0, values, {}, figures)
    return Take(f"a{day}", "A", FIRST + timedelta(days=day), None, None, None, None, facts)


def stand(takes: Sequence[Take], **options: object) -> str:
    return where_you_stand(takes, zone=UTC, **options)  # type: ignore[arg-type]


def test_the_last_five_and_since_when() -> None:
    takes = [
        take(0, 200, 9),
        take(1, 100, 9),
        *(take(day, 100, 4.1) for day in range(2, 6)),
        take(6, 150, 4.1),
    ]
    assert stand(takes) == (
        "4 of your last 5 answers were inside 1–2 minutes; fillers 4.1 a minute, inside since 3 November."
    )


def test_a_length_that_is_hidden_is_not_spoken_of() -> None:
    hidden = [
        replace(each, facts=without_measures(each.facts, {"answer_length"}))
        for each in (take(day, 100, 12) for day in range(3))
    ]
    assert stand(hidden) == "Fillers 12 a minute, aim for 5 or fewer."
    assert stand(hidden, verdicts=False) == ""
    assert stand([take(3, 100, 12), *hidden]).startswith("Your last answer was inside 1–2 minutes;")
    assert stand([take(3, None, None), *hidden]).startswith("No speech was heard in your last answer;")


def test_what_is_outside_comes_with_its_guide() -> None:
    takes = [take(day, 100, 12) for day in range(11)]
    assert stand(takes) == (
        "5 of your last 5 answers were inside 1–2 minutes; fillers 12 a minute, aim for 5 or fewer."
    )
    paused = [take(day, 100, 6, pauses=21) for day in range(5)]
    assert stand(paused).endswith("; long pauses 21 a minute, aim for 7 or fewer.")


def test_the_focus_is_named_where_there_is_one() -> None:
    takes = [take(day, 100, 12) for day in range(5)]
    assert stand(takes, focus="speaking_rate").endswith("pace 140 words a minute, inside since 1 November.")


def test_rates_are_pooled_over_the_minutes() -> None:
    takes = [take(0, 60, 12), take(1, 120, 3)]
    assert "fillers 6.0 a minute, aim for 5 or fewer" in stand(takes)


def test_one_answer() -> None:
    assert (
        stand([take(0, 25, 2)])
        == "Your last answer was not inside 1–2 minutes; fillers 2.0 a minute, inside the guide."
    )


def test_aims_that_differ() -> None:
    takes = [take(0, 25, 2, aim=Guide(20.0, 30.0, "q")), take(1, 100, 2)]
    assert stand(takes).startswith("2 of your last 2 answers were inside their aim;")


def test_without_verdicts_the_length_alone() -> None:
    assert stand([take(0, 100, 30)], verdicts=False) == "Your last answer was inside 1–2 minutes."


def test_without_speech_or_takes() -> None:
    assert stand([]) == ""
    assert stand([take(0, None, None)]).startswith("No speech was heard in your last answer")
