"""`greenroom bench interview`: how long a person waits for the interviewer, and for the reports."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from analysis.cli.report import check_readable
from analysis.serialization import to_json
from tests.tools.benchmarks.first_paint import NoBrowserError
from tests.tools.benchmarks.interview import (
    FOLLOW_UP_LIMIT,
    LINES,
    REPORTS_LIMIT,
    SOUND_LIMIT,
    FollowUpTime,
    SoundTimes,
    WholeInterview,
    serving,
    time_follow_ups,
    time_interview,
    time_sounds,
)

_SHORT = {"answers": 4, "duration": 30.0, "pause": 5.0}
_WHOLE = {"answers": 12, "duration": 90.0, "pause": 14.0}
"""Twenty minutes: an answer of a minute and a half, and a question between two."""


@dataclass(frozen=True)
class InterviewBenchmark:
    """Everything that `--json` writes; None for what was not timed."""

    sounds: SoundTimes | None
    follow_ups: tuple[FollowUpTime, ...]
    interview: WholeInterview | None


def bench_interview(
    file: Annotated[Path, typer.Argument(help="What is said in the answers.", show_default=False)],
    duration: Annotated[float, typer.Option(min=20, help="Seconds of the longest answer.")] = 120.0,
    runs: Annotated[int, typer.Option(min=0, help="Answers after which a follow-up is decided.")] = 5,
    model: Annotated[str, typer.Option(metavar="NAME", help="The recogniser.")] = "base",
    whole: Annotated[
        bool, typer.Option("--whole", help="Play 12 answers in 20 minutes instead of 4 in 2 minutes.")
    ] = False,
    hurry: Annotated[
        bool, typer.Option("--hurry", help="Play all but the last minute of each run ten times as fast.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write the figures as JSON.")
    ] = None,
) -> None:
    """How long a person waits for the interviewer, and for the reports after the goodbye."""
    check_readable(file)
    with serving(model) as served:
        sounds = None
        try:
            sounds = time_sounds(served)
            for name, times in (("prepared", sounds.prepared), ("not prepared", sounds.unprepared)):
                typer.echo(
                    f"Question to sound, {name}: median {median(times):.3f} s, worst {max(times):.3f} s "
                    f"(of {LINES} lines; limit {SOUND_LIMIT} s)"
                )
        except NoBrowserError as error:
            typer.echo(str(error))
        follow_ups = []
        for run in time_follow_ups(served, file, duration=duration, runs=runs, hurry=hurry):
            follow_ups.append(run)
            typer.echo(
                f"  {run.duration:.0f} s of speech: decided after {run.seconds:.2f} s, "
                f"{run.processor:.2f} s of processor time"
            )
        if follow_ups:
            seconds = [run.seconds for run in follow_ups]
            typer.echo(
                f"Stop to follow-up: median {median(seconds):.2f} s, worst {max(seconds):.2f} s "
                f"(limit {FOLLOW_UP_LIMIT} s)"
            )
        played = _WHOLE if whole else _SHORT
        interview = time_interview(
            served, file, answers=int(played["answers"]), duration=played["duration"], pause=played["pause"]
        )
        typer.echo(
            f"{interview.answers} answers in {interview.duration / 60:.1f} min: all reports are there "
            f"{interview.after_goodbye:.2f} s after the goodbye (limit {REPORTS_LIMIT} s), "
            f"{interview.after_stop:.2f} s after the last answer; "
            f"to a follow-up median {median(interview.follow_ups):.2f} s"
        )
    if json_file is not None:
        result = InterviewBenchmark(sounds, tuple(follow_ups), interview)
        json_file.write_text(to_json(result, indent=2) + "\n")
