"""`greenroom report`: what it writes where, and how it ends."""

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import wave
from pathlib import Path

import av
import pytest
from example_reports import silent_report, usual_report
from typer.testing import CliRunner, Result

from analysis.build_report import MeasureOptions
from analysis.cli import application
from analysis.cli import report as report_command
from analysis.errors import MediaError
from analysis.report import Report, Span
from analysis.serialization import from_json, to_json
from analysis.signal.sound_choice import SoundChoice

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A readable file; what is in it does not matter where the analysis is replaced."""
    file = tmp_path / "answer.wav"
    file.write_bytes(b"RIFF")
    return file


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Replaces the analysis by the usual report and collects what was asked of it."""
    calls: list[tuple[object, ...]] = []

    def analyse(*arguments: object) -> Report:
        calls.append(arguments)
        return usual_report()

    monkeypatch.setattr(report_command, "analyse_file", analyse)
    return calls


def run(*arguments: object, **environment: str) -> Result:
    """The command as a program runs it, its output in pipes."""
    return CliRunner().invoke(application, ["report", *map(str, arguments)], env=environment)


def ends_with(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, *arguments: object, **env: str
) -> Result:
    """The command when the analysis ends with an error."""

    def analyse(*_: object) -> Report:
        raise error

    monkeypatch.setattr(report_command, "analyse_file", analyse)
    return run(*arguments, **env)


@pytest.mark.usefixtures("asked")
def test_the_report_goes_to_standard_output_and_nothing_else(recording: Path) -> None:
    result = run(recording)
    assert result.exit_code == 0
    assert "answer.wav" in result.stdout
    assert "Good length." in result.stdout
    assert result.stderr == ""
    assert "\x1b" not in result.output


@pytest.mark.usefixtures("asked")
def test_everything_is_shown_when_it_is_asked_for(recording: Path) -> None:
    assert "This answer" not in run(recording).stdout
    everything = run(recording, "--all").stdout
    assert "Good length." in everything
    assert "This answer" in everything and "How far off these can be" in everything


@pytest.mark.usefixtures("asked")
def test_json_on_standard_output_is_the_report_alone(recording: Path) -> None:
    result = run(recording, "--json", "-")
    assert result.exit_code == 0
    assert from_json(Report, result.stdout) == usual_report()
    assert json.loads(result.stdout)["measures"]["answer_length"]["value"] == 101.9


@pytest.mark.usefixtures("asked")
def test_json_into_a_file_is_the_report_beside_the_page(recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    result = run(recording, "--json", out)
    assert result.exit_code == 0
    assert from_json(Report, out.read_text()) == usual_report()
    assert out.read_text() == to_json(usual_report(), indent=2) + "\n"
    assert "What you said" in result.stdout
    assert str(out) in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.wav", "report.json"]


@pytest.mark.usefixtures("asked")
def test_json_replaces_an_older_file_and_keeps_its_mode_and_the_link_to_it(
    recording: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older.json"
    older.write_text("older")
    older.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(older)
    assert run(recording, "--json", link).exit_code == 0
    assert link.is_symlink()
    assert from_json(Report, older.read_text()) == usual_report()
    assert stat.S_IMODE(older.stat().st_mode) == 0o640


@pytest.mark.usefixtures("asked")
def test_json_into_a_pipe_goes_through_it(recording: Path, tmp_path: Path) -> None:
    """As for any device: taking its name would destroy it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(recording, "--json", pipe).exit_code == 0
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert from_json(Report, os.read(reader, 1 << 16)) == usual_report()
    finally:
        os.close(reader)


def test_a_failed_analysis_leaves_the_older_json(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.json"
    out.write_text("older")
    error = MediaError("This file has no sound track.", code="no_audio_track")
    assert ends_with(error, monkeypatch, recording, "--json", out).exit_code == 2
    assert out.read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.wav", "report.json"]


@pytest.mark.parametrize("place", ["missing/report.json", ".", "answer.wav/report.json"])
def test_a_place_that_cannot_be_written_is_said_before_the_work(
    recording: Path, tmp_path: Path, asked: list[tuple[object, ...]], place: str
) -> None:
    result = run(recording, "--json", tmp_path / place)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert result.stderr.strip().endswith("[cannot_write]")
    assert asked == []


def test_the_recording_is_never_replaced_by_its_report(
    recording: Path, tmp_path: Path, asked: list[tuple[object, ...]]
) -> None:
    link = tmp_path / "other name.json"
    link.symlink_to(recording)
    for out in (recording, link):
        result = run(recording, "--json", out)
        assert result.exit_code == 2
        assert "[same_file]" in result.stderr
    assert recording.read_bytes() == b"RIFF"
    assert asked == []


def test_the_options_reach_the_analysis(recording: Path, asked: list[tuple[object, ...]]) -> None:
    options = ["--model", "tiny.en", "--span", "0:05-1:32", "--target", "90-150", "--maximum-duration", "2"]
    assert run(recording, *options, "--track", "2", "--channel", "left").exit_code == 0
    file, model, choice, measuring, maximum = asked[0]
    assert (file, model, choice, maximum) == (recording, "tiny.en", SoundChoice(2, "left"), 120.0)
    assert isinstance(measuring, MeasureOptions)
    assert measuring.span == Span(5.0, 92.0)
    assert measuring.target is not None
    assert (measuring.target.low, measuring.target.high) == (90.0, 150.0)


@pytest.mark.parametrize("option", ["--span", "--target"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5", "hyphen"),
        ("a-b", "hyphen"),
        ("1:75-2:00", "hyphen"),
        ("9-9", "earlier time first"),
        ("92-5", "earlier time first"),
    ],
)
def test_a_range_that_is_none_is_refused(recording: Path, option: str, text: str, words: str) -> None:
    result = run(recording, option, text, COLUMNS="200")
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run(tmp_path / "nothing.wav")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "There is no file" in result.stderr
    assert result.stderr.strip().endswith("[file_not_found]")


def test_a_folder(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert result.stderr.strip().endswith("[is_a_folder]")


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    result = run(tmp_path / "pipe.wav")
    assert result.exit_code == 2
    assert result.stderr.strip().endswith("[not_a_file]")


def test_a_file_without_permission(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # asked of the system through os.access, because root may read everything
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run(recording)
    assert result.exit_code == 2
    assert result.stderr.strip().endswith("[no_permission]")


def test_an_unusable_recording_is_one_sentence_with_its_code(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = MediaError("This file has no sound track. Choose a recording with sound.", code="no_audio_track")
    result = ends_with(error, monkeypatch, recording)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == "This file has no sound track. Choose a recording with sound. [no_audio_track]\n"


@pytest.mark.skipif(os.name != "posix", reason="files are passed on over Unix sockets")
def test_the_file_is_opened_in_a_confined_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "answer.wav"
    text.write_text("no recording " * 100)

    def open_here(*_: object, **__: object) -> None:
        raise AssertionError("this process has opened the file")

    monkeypatch.setattr(av, "open", open_here)
    result = run(text, "--json", "-")
    assert "unreadable_media" in result.stdout + result.stderr


def test_no_speech_is_no_failure(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_command, "analyse_file", lambda *_: silent_report())
    result = run(recording)
    assert result.exit_code == 0
    assert "No speech was heard" in result.stdout


def test_a_fault_of_ours_is_a_sentence_without_a_stack_trace(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = ends_with(ZeroDivisionError("x / 0"), monkeypatch, recording, GREENROOM_DEBUG="")
    assert result.exit_code == 1
    assert "Something went wrong inside Greenroom (ZeroDivisionError)" in result.stderr
    assert "Traceback" not in result.output


def test_a_full_disk_is_said(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    result = ends_with(full, monkeypatch, recording, GREENROOM_DEBUG="")
    assert result.exit_code == 1
    assert result.stderr.startswith("Greenroom cannot continue: no space left on device.")


def test_details_are_shown_when_they_are_asked_for(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ends_with(ZeroDivisionError("x / 0"), monkeypatch, recording, GREENROOM_DEBUG="1")
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


def test_control_c_stops_with_130_and_without_a_stack_trace(recording: Path) -> None:
    program = (
        "import signal, sys, time\n"
        "from analysis.cli import application, report\n"
        # A shell that runs the tests in its background hands down that Ctrl+C is to be ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def wait(*_):\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "sys.modules['analysis.cli.report'].analyse_file = wait\n"
        f"application(['report', {str(recording)!r}])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert stderr == "Stopped.\n"


def test_a_silent_file_from_the_program_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real stages, with a recogniser that stands in for the real one."""
    from analysis.transcription.fake import FakeEngine
    from analysis.transcription.whisper import WhisperEngine

    monkeypatch.setattr(WhisperEngine, "load", lambda *_, **__: FakeEngine())
    file = tmp_path / "silence.wav"
    with wave.open(str(file), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(16_000)
        stream.writeframes(bytes(2 * 16_000 * 3))
    result = run(file, "--json", "-")
    assert result.exit_code == 0
    report = from_json(Report, result.stdout)
    assert report.measures["speaking_rate"].reason == "no_speech"
    assert report.spoken_span is None


def test_a_text_file_is_refused_by_the_program(tmp_path: Path) -> None:
    file = tmp_path / "notes.wav"
    file.write_text("not sound")
    finished = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "report", str(file)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.strip().endswith("[unreadable_media]")
    assert len(finished.stderr.splitlines()) == 1


def test_help_and_version_name_the_commands() -> None:
    runner = CliRunner()
    help_text = runner.invoke(application, ["--help"]).stdout
    assert "report" in help_text
    assert "bench" in help_text
    assert runner.invoke(application, ["--version"]).stdout.startswith("greenroom ")
