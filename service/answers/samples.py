"""Adds the sample answers at the first start, through the same intake as any upload."""

import json
import logging
import threading
from pathlib import Path
from typing import Any

from analysis.data_folders import SAMPLES
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.privacy import describe_error
from service.schemas import Finish, NewAnswer
from service.settings import CHUNK_BYTES

logger = logging.getLogger("greenroom.samples")

SESSION_NAME = "Samples"
MANIFEST = SAMPLES / "manifest.jsonl"


def add_samples(service: Service, manifest: Path = MANIFEST, person: str = LOCAL_PERSON) -> int:
    """Adds the samples, once in the lifetime of a data folder, so that deleted samples do not come back.

    Returns:
        How many samples were added.
    """
    if not manifest.is_file():
        return 0
    lines = manifest.read_text(encoding="utf-8").splitlines()
    samples = [json.loads(line) for line in lines if line.strip()]
    with service.database.writing() as session:
        if not Answers(session, person).mark_samples_given():
            return 0
    # Lists show the newest answer first, so adding them in reverse puts the first sample on top.
    for sample in reversed(samples):
        _upload(service, manifest.parent, sample, person)
    return len(samples)


def add_samples_in_background(service: Service) -> None:
    """Adds the samples in a thread, while the service is running."""

    def run() -> None:
        try:
            add_samples(service)
        except Exception as error:  # noqa: BLE001 - the service must run even without its samples
            logger.error("could not add the samples: %s", describe_error(error))

    threading.Thread(target=run, name="samples", daemon=True).start()


def _upload(service: Service, folder: Path, sample: dict[str, Any], person: str) -> None:
    audio = folder / sample["audio"]
    intake = service.intake(person)
    answer = intake.create(
        NewAnswer(
            title=sample.get("title"),
            question=sample.get("question"),
            session=SESSION_NAME,
            file_name=audio.name,
            source="sample",
        )
    )
    count = 0
    with audio.open("rb") as file:
        while data := file.read(CHUNK_BYTES):
            intake.put(answer.id, count, data)
            count += 1
    intake.finish(answer.id, Finish(chunks=count))
