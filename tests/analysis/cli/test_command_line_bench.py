"""`greenroom bench`: its arithmetic, its page and its figures as JSON; nothing here is timed."""

import json
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import application, benchmarks
from analysis.progress import STAGES
from analysis.transcription.fake import FakeEngine
from analysis.transcription.whisper import WhisperEngine
from tests.tools.benchmarks import command as bench_command
from tests.tools.benchmarks import contended
from tests.tools.benchmarks.contended import Round, summarise_rounds
from tests.tools.benchmarks.machine import other_work, this_machine
from tests.tools.benchmarks.memory import Memory, write_long_recording
from tests.tools.benchmarks.speed import Pair, summarise


def pair(total: float, plain: float, transcribe: float) -> Pair:
    """A pair whose other stages share what transcription leaves."""
    rest = (total - transcribe) / (len(STAGES) - 1)
    return Pair(total, plain, {stage: transcribe if stage == "transcribe" else rest for stage in STAGES})


def test_figures_are_medians_and_the_ratio_is_the_median_of_ratios() -> None:
    pairs = [pair(5.0, 10.0, 4.4), pair(6.0, 8.0, 5.7), pair(9.0, 9.0, 8.1)]
    speed = summarise(Path("sample.wav"), 90.0, pairs)
    assert (speed.pipeline, speed.plain) == (6.0, 9.0)
    assert speed.ratio == pytest.approx(0.75)
    assert speed.without_transcription == pytest.approx(0.6)
    assert speed.stages["transcribe"] == 5.7


def test_a_busy_machine_is_said() -> None:
    machine = this_machine()
    assert other_work(replace(machine, load=0.1, processors=2)) is None
    busy = other_work(replace(machine, load=6.02, processors=2))
    assert busy is not None
    assert "load 6.0 on 2 processors" in busy


def tone(path: Path, seconds: float, level: int) -> Path:
    """A WAV of one constant value, which tells where it ends up."""
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(16_000)
        stream.writeframes(level.to_bytes(2, "little") * round(seconds * 16_000))
    return path


def test_the_long_recording_has_its_length_and_holds_every_sample(tmp_path: Path) -> None:
    files = [tone(tmp_path / "a.wav", 1.0, 1000), tone(tmp_path / "b.wav", 1.5, 9000)]
    write_long_recording(files, tmp_path / "long.wav", 7.0)
    with wave.open(str(tmp_path / "long.wav")) as stream:
        assert stream.getnframes() == 7 * 16_000
        frames = stream.readframes(stream.getnframes())
    levels = {int.from_bytes(frames[place : place + 2], "little") for place in range(0, len(frames), 2)}
    assert any(abs(level - 1000) < 5 for level in levels)
    assert any(abs(level - 9000) < 5 for level in levels)


def test_a_long_recording_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sound"):
        write_long_recording([], tmp_path / "long.wav", 7.0)


def test_without_samples_a_recording_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_command, "_SAMPLES", tmp_path / "none")
    result = CliRunner().invoke(application, ["bench"])
    assert result.exit_code == 2
    assert "[no_samples]" in result.stderr


def test_the_sample_nearest_to_the_usual_length_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_command, "USUAL_LENGTH", 2.0)
    files = [tone(tmp_path / f"{length}.wav", length, 9) for length in (0.5, 1.8, 4.0)]
    assert bench_command._nearest_to_usual(files).name == "1.8.wav"


def test_figures_are_printed_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the timed runs and the fresh processes replaced by known figures."""
    monkeypatch.setattr(WhisperEngine, "load", lambda *_, **__: FakeEngine())
    monkeypatch.setattr(bench_command, "run_pairs", lambda *_: iter([pair(5.0, 10.0, 4.4)] * 2))
    monkeypatch.setattr(
        bench_command,
        "measure_memory",
        lambda file, _: Memory(float(file.stem == "long"), 812_000_000, 5.0),
    )
    file, out = tone(tmp_path / "sample.wav", 1.0, 9), tmp_path / "figures.json"
    result = CliRunner().invoke(
        application, ["bench", "--file", str(file), "--pairs", "2", "--long", "0.1", "--json", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert result.stdout.count("0.50") == 3  # two pairs and their median
    assert result.stdout.count("812 MB") == 2
    figures = json.loads(out.read_text())
    assert figures["speed"]["ratio"] == 0.5
    assert figures["speed"]["without_transcription"] == pytest.approx(0.6)
    assert [memory["duration"] for memory in figures["memory"]] == [0.0, 1.0]
    assert figures["machine"]["processors"] >= 1
    assert figures["model"]["name"]


def test_times_on_a_busy_machine_are_medians_of_paired_rounds() -> None:
    rounds = [
        Round(10.0, 15.0, (30.0, 31.0, 32.0, 33.0)),
        Round(20.0, 36.0, (60.0, 61.0, 62.0, 99.0)),
        Round(12.0, 24.0, (36.0, 36.0, 36.0, 36.0)),
    ]
    figures = summarise_rounds(Path("sample.wav"), 90.0, rounds)
    assert (figures.alone, figures.beside_loops, figures.at_once) == (12.0, 24.0, 36.0)
    assert figures.loops_ratio == pytest.approx(1.8)
    assert figures.at_once_ratio == pytest.approx(3.075)


@pytest.mark.parametrize(("beside", "said"), [(15.0, "at most 2.0 (met)"), (21.0, "at most 2.0 (missed)")])
def test_a_busy_machine_is_measured_and_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: float, said: str
) -> None:
    rounds = [Round(10.0, beside, (30.0, 30.0, 30.0, 30.0))] * 2
    monkeypatch.setattr(bench_command, "run_rounds", lambda *_: iter(rounds))
    file, out = tone(tmp_path / "sample.wav", 1.0, 9), tmp_path / "figures.json"
    result = CliRunner().invoke(
        application, ["bench", "--contended", "--file", str(file), "--pairs", "2", "--json", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    figures = json.loads(out.read_text())["contended"]
    assert (figures["loops_ratio"], figures["at_once_ratio"]) == (beside / 10, 3.0)
    assert len(figures["rounds"]) == 2


def test_the_situations_alternate_and_loops_end_with_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []

    class Fake(contended.Reporter):
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> "Fake":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def seconds(self) -> float:
            happened.append("report")
            return 1.0

    @contextmanager
    def loops(count: int) -> Iterator[None]:
        happened.append(f"{count} loops")
        yield
        happened.append("end")

    monkeypatch.setattr(contended, "Reporter", Fake)
    monkeypatch.setattr(contended, "busy_loops", loops)
    assert len(list(contended.run_rounds(Path("sample.wav"), "base", 2))) == 2
    beside = ["2 loops", "report", "end"]
    assert happened == ["report", *beside, *["report"] * 4, *["report"] * 4, *beside, "report"]


@pytest.mark.parametrize("arguments", [[], ["--help"], ["live", "answer.m4a"]])
def test_where_the_benchmarks_are_not_there_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(benchmarks, "ROOT", tmp_path)
    result = CliRunner().invoke(application, ["bench", *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    sentence, _, code = result.stderr.strip().rpartition(" ")
    assert sentence.startswith("The benchmarks are not part of an installed Greenroom")
    assert sentence.index(".") == len(sentence) - 1
    assert code == "[no_benchmarks]"


def test_the_benchmarks_of_a_checkout_are_found() -> None:
    assert benchmarks.load_benchmarks() is bench_command.bench
