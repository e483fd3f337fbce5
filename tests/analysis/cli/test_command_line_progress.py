"""What is said while the work is done."""

import io

import pytest
from rich.console import Console

from analysis.cli.progress_bar import ProgressBar, step_share, step_words
from analysis.cli.terminal import console_on
from analysis.progress import STAGES, Progress


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Progress("transcribe", 40.2, 92.0), "Transcribing, 40 of 92 s"),
        (Progress("transcribe", 93.0, 92.0), "Transcribing, 92 of 92 s"),
        (Progress("decode", 0.0, None), "Reading the recording"),
        (Progress("measure", 0.0, 92.0), "Measuring"),
        (Progress("decode", 12.0, None), "Reading the recording, 12 s"),
    ],
)
def test_it_says_what_is_being_done(step: Progress, words: str) -> None:
    assert step_words(step) == words


def test_the_bar_only_grows_from_nothing_to_all() -> None:
    shares = [step_share(Progress(stage, done, 92.0)) for stage in STAGES for done in (0.0, 46.0, 92.0)]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == pytest.approx(1.0)


def test_a_terminal_sees_the_bar() -> None:
    stream = io.StringIO()
    with ProgressBar(Console(file=stream, force_terminal=True, width=80)) as progress:
        progress(Progress("transcribe", 40.0, 92.0))
        progress.say("Loading the recogniser")
    assert "Loading the recogniser" in stream.getvalue()


def test_a_pipe_sees_nothing() -> None:
    stream = io.StringIO()
    with ProgressBar(console_on(stream)) as progress:
        progress(Progress("transcribe", 40.0, 92.0))
    assert stream.getvalue() == ""
