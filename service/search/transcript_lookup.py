"""Reads the transcripts of answers from their saved results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import serialization
from analysis.report import Transcript, Word
from service.db.models import Answer, StageResult


@dataclass(frozen=True)
class _WithTranscript:
    """The part that saved reports and transcriptions of every version of this program have in common."""

    transcript: Transcript


def transcript_words(session: Session, answers: Sequence[Answer]) -> Mapping[str, Sequence[Word]]:
    """The words of answers by id: those of the report, with the person's corrections.

    Without a report, these are all transcribed words. Answers without a transcript are left out.
    """
    saved = session.execute(
        select(StageResult.answer_id, StageResult.result)
        .where(
            StageResult.stage.in_(("measure", "transcribe")),
            StageResult.answer_id.in_([row.id for row in answers]),
        )
        # In this order, a report replaces the transcription of the same answer.
        .order_by(StageResult.stage.desc())
    )
    words: dict[str, Sequence[Word]] = {}
    for answer, result in saved:
        try:
            words[answer] = serialization.from_json(_WithTranscript, result).transcript.words
        except ValidationError:
            continue
    return words
