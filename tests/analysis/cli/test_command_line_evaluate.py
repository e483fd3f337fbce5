"""`greenroom evaluate`: on labelled folders of a clip or two, and on the samples."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import application
from analysis.cli import evaluate as command
from analysis.evaluation import evaluation
from analysis.evaluation.results import Evaluation
from analysis.serialization import from_json
from analysis.transcription.fake import FakeEngine

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """The shortest sample with its labels."""
    folder = tmp_path / "labelled"
    (folder / "audio").mkdir(parents=True)
    lines = (SAMPLES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if json.loads(line)["id"] == "too-short")
    (folder / "manifest.jsonl").write_text(line + "\n", encoding="utf-8")
    shutil.copy(SAMPLES / "audio" / "too-short.flac", folder / "audio")
    return folder


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """Puts a fake recogniser in place; the folds that it was loaded for."""
    loaded: list[int | None] = []

    def load(model: str, fold: int | None) -> FakeEngine:
        loaded.append(fold)
        return FakeEngine()

    monkeypatch.setattr(command, "load_whisper", load)
    return loaded


def run(*arguments: str | Path, keep: Path) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    result = CliRunner().invoke(application, ["evaluate", *map(str, arguments), "--keep", str(keep)])
    return result.exit_code, result.stdout, result.stderr


def test_tables_json_page_and_published_figures(
    labelled: Path, tmp_path: Path, loads: list[int | None]
) -> None:
    files = {name: tmp_path / name for name in ("all.json", "page.md", "published.json")}
    status, output, _ = run(
        labelled, "--json", files["all.json"], "--page", files["page.md"],
        "--published", files["published.json"], keep=tmp_path / "kept",
    )  # fmt: skip
    assert status == 0
    assert "Pauses" in output and "synthetic" in output and "labelled: 1 clip," in output
    everything = from_json(Evaluation, files["all.json"].read_bytes())
    assert [clip.id for clip in everything.clips] == ["too-short"]
    assert everything.groups[0].pauses is not None
    published = from_json(Evaluation, files["published.json"].read_bytes())
    assert (published.groups, published.clips) == (everything.groups, ())
    assert files["page.md"].read_text().startswith("# How far the figures can be trusted")


def test_a_second_run_takes_the_reports_of_the_first(
    labelled: Path, tmp_path: Path, loads: list[int | None]
) -> None:
    assert run(labelled, keep=tmp_path / "kept")[0] == 0
    status, output, said = run(labelled, keep=tmp_path / "kept")
    assert status == 0
    assert len(loads) == 1
    assert "1 of 1 clips were analysed before" in said
    assert "Pauses" in output


@pytest.mark.long
def test_without_a_folder_the_samples_are_taken(tmp_path: Path, loads: list[int | None]) -> None:
    status, output, _ = run(keep=tmp_path / "kept")
    assert status == 0
    assert "samples: 6 clips" in output


def test_a_clip_that_cannot_be_read_is_said_and_the_status_tells(
    labelled: Path, tmp_path: Path, loads: list[int | None]
) -> None:
    lines = (labelled / "manifest.jsonl").read_text()
    broken = json.loads(lines) | {"id": "broken", "audio": "broken.flac"}
    (labelled / "broken.flac").write_bytes(b"nothing")
    (labelled / "manifest.jsonl").write_text(lines + json.dumps(broken) + "\n")
    status, output, _ = run(labelled, keep=tmp_path / "kept")
    assert status == 2
    assert "broken could not be analysed" in output
    assert "labelled: 1 clip," in output


def test_two_builds_are_compared_clip_by_clip(
    labelled: Path, tmp_path: Path, loads: list[int | None]
) -> None:
    before = tmp_path / "before.json"
    assert run(labelled, "--json", before, keep=tmp_path / "kept")[0] == 0
    status, output, _ = run(labelled, "--against", before, keep=tmp_path / "kept")
    assert status == 0
    assert "Compared" in output and "+0.000" in output
    before.write_text('{"made": 1}')
    status, _, said = run(labelled, "--against", before, keep=tmp_path / "kept")
    assert (status, "[not_an_evaluation]" in said) == (2, True)


def test_with_folds_a_clip_is_judged_by_detectors_that_never_had_it(
    labelled: Path, tmp_path: Path, loads: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "known_folds", lambda sha256: {"too-short": 3}.get)
    assert "trained on these very clips" in run(labelled, keep=tmp_path / "kept")[1]
    assert "judged out-of-fold" in run(labelled, "--folds", keep=tmp_path / "kept")[1]
    assert loads == [None, 3]


def test_a_folder_without_labels_is_reported(tmp_path: Path) -> None:
    status, _, said = run(tmp_path, keep=tmp_path / "kept")
    assert status == 2
    assert "[no_labels]" in said


def test_a_place_that_cannot_be_written_is_said_before_the_work(
    labelled: Path, tmp_path: Path, loads: list[int | None]
) -> None:
    status, _, said = run(labelled, "--json", tmp_path / "none" / "out.json", keep=tmp_path / "kept")
    assert status == 2
    assert "[cannot_write]" in said
    assert loads == []


def test_without_samples_a_folder_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "SAMPLES", tmp_path)
    status, _, said = run(keep=tmp_path / "kept")
    assert status == 2
    assert "[no_samples]" in said


@pytest.mark.engine
def test_the_real_recogniser_is_nearly_right_on_a_clear_sample(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.json"
    status, _, _ = run(labelled, "--json", out, "--folds", keep=tmp_path / "kept")
    assert status == 0
    everything = from_json(Evaluation, out.read_bytes()).groups[0]
    assert everything.words is not None and everything.pauses is not None
    assert everything.words.word_error_rate.value < 0.1
    assert everything.pauses.f1.value > 0.9
    assert everything.real_time_factor > 0
    assert everything.detectors == {"not_trained_on": 1}
