"""Adds the sample answers at the first start, with the results of their analysis where those can be used."""

import json
import logging
import threading
from pathlib import Path

from analysis import serialization
from analysis.data_folders import SAMPLES
from service.answers.repository import Answers
from service.answers.sample_results import SampleResults, read_results, results_file
from service.answers.saved_reports import save_reports, save_result
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.jobs.enqueue import WAITING
from service.privacy import describe_error
from service.recordings.file_names import PEAKS
from service.schemas import Finish, NewAnswer
from service.settings import CHUNK_BYTES

logger = logging.getLogger("greenroom.samples")

SESSION_NAME = "Samples"
MANIFEST = SAMPLES / "manifest.jsonl"


def add_samples(service: Service, manifest: Path = MANIFEST, person: str = LOCAL_PERSON) -> int:
    """Adds the samples, once in the lifetime of a data folder, so that deleted samples do not come back.

    Those whose results come with Greenroom are ready at once; the others are analysed like any upload.

    Returns:
        How many samples were added.
    """
    if not manifest.is_file():
        return 0
    lines = manifest.read_text(encoding="utf-8").splitlines()
    samples = [json.loads(line) for line in lines if line.strip()]
    with service.database.writing(person) as session:
        if not Answers(session, person).mark_samples_given():
            return 0
    # Lists show the newest answer first, so adding them in reverse puts the first sample on top.
    for sample in reversed(samples):
        audio = manifest.parent / sample["audio"]
        new = NewAnswer(
            title=sample.get("title"),
            question=sample.get("question"),
            session=SESSION_NAME,
            file_name=audio.name,
            source="sample",
        )
        add_answer(service, audio, new, read_results(results_file(manifest, sample["id"]), audio), person)
    return len(samples)


def add_answer(
    service: Service, audio: Path, new: NewAnswer, results: SampleResults | None, person: str
) -> str:
    """Adds one answer with its sound, and returns its id.

    Args:
        audio: the sound file.
        new: what is known about the answer.
        results: of its analysis; None for one that is still to be analysed.
        person: id of the person.
    """
    answer, chunks = _upload(service, audio, new, person)
    if results is None:
        service.intake(person).finish(answer, Finish(chunks=chunks))
    else:
        _finish_analysed(service, answer, results, person)
    return answer


def add_samples_in_background(service: Service) -> None:
    """Adds the samples in a thread, while the service is running."""

    def run() -> None:
        try:
            add_samples(service)
        except Exception as error:  # noqa: BLE001 - the service must run even without its samples
            logger.error("could not add the samples: %s", describe_error(error))

    threading.Thread(target=run, name="samples", daemon=True).start()


def _upload(service: Service, audio: Path, new: NewAnswer, person: str) -> tuple[str, int]:
    """Sends the sound through the same intake as any upload; returns the answer's id and its chunks."""
    intake = service.intake(person)
    answer = intake.create(new)
    count = 0
    with audio.open("rb") as file:
        while data := file.read(CHUNK_BYTES):
            intake.put(answer.id, count, data)
            count += 1
    return answer.id, count


def _finish_analysed(service: Service, answer: str, results: SampleResults, person: str) -> None:
    """Completes an answer with its results, as a worker would have left it."""
    with service.database.reading() as session:
        answers = Answers(session, person)
        row = answers.get(answer)
        chunks = answers.stored_chunks(answer)
    measured = results.stages.measure(row, (), span_version=row.span_version)
    with service.storage.workspace(answer, 0) as workspace:
        original = service.storage.assemble(answer, chunks, workspace)
        peaks = workspace / PEAKS
        peaks.write_text(results.peaks.model_dump_json())
        service.storage.adopt(answer, peaks)
    columns = {
        **WAITING,
        "work_state": "ready",
        "intake": "complete",
        "duration": results.peaks.duration,
        "media_file": original.name,
        "media_type": results.media_type,
        "peaks_ready": True,
        "transcript_ready": True,
        **measured.columns(),
    }
    with service.database.writing(person) as session:
        answers = Answers(session, person)
        row = answers.get(answer)
        for name, value in columns.items():
            setattr(row, name, value)
        stages = results.stages
        save_result(session, answer, "activity", serialization.to_json(stages.activity))
        save_result(session, answer, "transcribe", serialization.to_json(stages.transcription))
        save_result(session, answer, "acoustics", serialization.to_json(stages.acoustics))
        save_reports(session, answer, measured)
        answers.touch(row)
