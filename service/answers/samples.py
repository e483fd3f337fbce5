"""The sample answers of a first start, put in by the same way as everything else."""

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


def give_samples(service: Service, manifest: Path = MANIFEST, person: str = LOCAL_PERSON) -> int:
    """Puts the samples in, once in the life of a data folder: deleted ones do not come back.

    Returns:
        How many were put in.
    """
    if not manifest.is_file():
        return 0
    lines = manifest.read_text(encoding="utf-8").splitlines()
    samples = [json.loads(line) for line in lines if line.strip()]
    with service.database.writing() as session:
        if not Answers(session, person).take_samples_once():
            return 0
    # The list is newest first: the first sample shall be on top.
    for sample in reversed(samples):
        _hand_in(service, manifest.parent, sample, person)
    return len(samples)


def give_samples_in_background(service: Service) -> None:
    """The same beside the running service."""

    def run() -> None:
        try:
            give_samples(service)
        except Exception as error:  # noqa: BLE001 - the service is worth more than its samples
            logger.error("the samples could not be put in: %s", describe_error(error))

    threading.Thread(target=run, name="samples", daemon=True).start()


def _hand_in(service: Service, folder: Path, sample: dict[str, Any], person: str) -> None:
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
