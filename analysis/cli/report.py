"""`greenroom report FILE`: one answer, analysed and shown in the terminal."""

import os
import stat
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from analysis.audio.confined_decoder import best_decoder
from analysis.build_report import MeasureOptions
from analysis.cli.failures import CommandError
from analysis.cli.output_file import reserved
from analysis.cli.progress_bar import ProgressBar
from analysis.cli.ranges import parse_span, parse_target
from analysis.cli.report_page import print_full_report, print_report
from analysis.cli.terminal import message_console, output_console, say
from analysis.pipeline import analyse
from analysis.report import Channel, Guide, Report, Span
from analysis.serialization import to_json
from analysis.signal.sound_choice import SoundChoice
from analysis.transcription.whisper import WhisperEngine

_STANDARD_OUTPUT = Path("-")


def report(
    *,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", readable=False, help="Your recording: sound or video."),
    ],
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show every figure, how sure it is, and every pause."),
    ] = False,
    json: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT",
            readable=False,
            help="Also write the report as JSON; '-' prints only the JSON.",
        ),
    ] = None,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="The recogniser: a Whisper model's name or folder.")
    ] = "base",
    span: Annotated[
        Span | None,
        typer.Option(
            metavar="START-END",
            parser=parse_span,
            help="Where your answer starts and ends, such as 0:05-1:32; found in the sound by default.",
        ),
    ] = None,
    target: Annotated[
        Guide | None,
        typer.Option(
            metavar="LOW-HIGH",
            parser=parse_target,
            help="The length that you aim for, such as 1:30-3:00; 1:00-2:00 by default.",
        ),
    ] = None,
    track: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=1,
            help="The sound track to measure, where there are several; the one with most speech by default.",
        ),
    ] = None,
    channel: Annotated[
        Channel | None,
        typer.Option(
            metavar="left|right|both",
            help="The side to measure, where a call has a voice on each; both by default.",
        ),
    ] = None,
    maximum_duration: Annotated[
        float,
        typer.Option(metavar="MINUTES", min=0.1, help="Refuse a recording that is longer than this."),
    ] = 60.0,
) -> None:
    """Show how one answer went: the verdict, four figures, one thing to change, and the text.

    Example: greenroom report answer.m4a

    Every figure, with an aim of your own: greenroom report answer.m4a --all --target 90-180
    """
    check_readable(file)
    destination = nullcontext(None) if json in {None, _STANDARD_OUTPUT} else reserved(json, recording=file)
    with destination as write_json:
        options = MeasureOptions(span=span, target=target)
        result = analyse_file(file, model, SoundChoice(track, channel), options, maximum_duration * 60.0)
        if json is None:
            _show(result, file, everything)
            return
        text = to_json(result, indent=2) + "\n"
        if write_json is None:
            # JSON is UTF-8 whatever the terminal speaks
            sys.stdout.buffer.write(text.encode())
            sys.stdout.flush()
            return
        write_json(text)
        _show(result, file, everything)
        say(f"The report as JSON: {json}", style="dim")


def check_readable(file: Path) -> None:
    """Says at once what is wrong with a path, before anything is loaded.

    Raises:
        CommandError: `file_not_found`, `is_a_folder`, `not_a_file` or `no_permission`.
    """
    try:
        status = file.stat()
    except PermissionError as error:
        raise _no_permission(file) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise CommandError(
            f"There is no file {file}. Check the name and the folder.", code="file_not_found"
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise CommandError(f"{file} is a folder. Name one recording in it.", code="is_a_folder")
    if not stat.S_ISREG(status.st_mode):
        raise CommandError(f"{file} is not a file. Save the recording as a file first.", code="not_a_file")
    if not os.access(file, os.R_OK):
        raise _no_permission(file)


def _no_permission(file: Path) -> CommandError:
    return CommandError(
        f"You have no permission to read {file}. Change its permissions or copy it to a folder of yours.",
        code="no_permission",
    )


def analyse_file(
    file: Path, model: str, choice: SoundChoice, options: MeasureOptions, maximum: float
) -> Report:
    """The report of a file; the recogniser is loaded only once the file has proved usable."""
    # Also a file that somebody was sent may be made to break into what reads it.
    with best_decoder() as decoder, ProgressBar(message_console()) as progress:

        def load_engine() -> WhisperEngine:
            progress.say("Loading the recogniser")
            return WhisperEngine.load(model)

        return analyse(
            file,
            load_engine,
            choice=choice,
            options=options,
            maximum_duration=maximum,
            progress=progress,
            decoder=decoder,
        ).report


def _show(result: Report, file: Path, everything: bool) -> None:
    show = print_full_report if everything else print_report
    show(result, output_console(), title=file.name)
