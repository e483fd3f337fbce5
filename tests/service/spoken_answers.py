"""Answers with a transcript, added to the database without a recording."""

from analysis import serialization
from analysis.report import ModelDescription, Transcript, Word
from analysis.transcription.protocol import Transcription
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from service.schemas import NewAnswer

SECONDS_PER_WORD = 0.5


def say(service: Service, text: str, *, person: str = LOCAL_PERSON, **fields: object) -> str:
    """Adds an answer with this transcript, one word every half second, and returns its id."""
    with service.database.writing() as session:
        row = Answers(session, person).create(NewAnswer.model_validate(fields))
        row.transcript_ready = True
        written = serialization.to_json(transcription(text))
        session.add(StageResult(answer_id=row.id, stage="transcribe", analysis_version="1", result=written))
    return row.id


def transcription(text: str) -> Transcription:
    """The result of the transcription stage for these words."""
    words = tuple(
        Word(word, number * SECONDS_PER_WORD, (number + 1) * SECONDS_PER_WORD, 0.9)
        for number, word in enumerate(text.split())
    )
    return Transcription(Transcript("en", words, ()), 0.99, ModelDescription("fake", "0" * 64, {}))
