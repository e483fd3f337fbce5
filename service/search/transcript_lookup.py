"""What was said in an answer, from what was saved of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import serialization
from analysis.report import Transcript, Word
from service.db.models import Answer, StageResult


@dataclass(frozen=True)
class _Said:
    """The part of a saved report, or of a saved transcription, that every version of this program wrote."""

    transcript: Transcript


def words_said(session: Session, answers: Sequence[Answer]) -> Mapping[str, Sequence[Word]]:
    """The words of these answers by the answer's id: those of the report, with what the person put right.

    While there is no report, all that was transcribed. An answer without a transcript is not in it.
    """
    saved = session.execute(
        select(StageResult.answer_id, StageResult.result)
        .where(
            StageResult.stage.in_(("measure", "transcribe")),
            StageResult.answer_id.in_([row.id for row in answers]),
        )
        # A report takes the place of its transcription.
        .order_by(StageResult.stage.desc())
    )
    said: dict[str, Sequence[Word]] = {}
    for answer, result in saved:
        try:
            said[answer] = serialization.from_json(_Said, result).transcript.words
        except ValidationError:
            continue
    return said
