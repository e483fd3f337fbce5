"""A person's corrections to a report. All figures are updated at once, without the recording."""

from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION, serialization
from analysis.acoustics import Acoustics
from analysis.report import Correction
from analysis.signal.voice_activity import Activity
from analysis.text.words import bare
from analysis.transcription.protocol import Transcription
from service.answers.measuring import SavedStages, span_of
from service.answers.repository import Answers
from service.answers.saved_reports import save_reports
from service.db.engine import Database
from service.db.models import Answer, StageResult
from service.jobs.enqueue import enqueue_analysis
from service.problems import InvalidRequest, NotReady


def correct(
    database: Database, person: str, answer: str, corrections: Sequence[Correction]
) -> tuple[Answer, bool]:
    """Corrects a report. `corrections` replaces all earlier corrections.

    Returns:
        The answer, and whether its report is already up to date. If it is not, a worker measures it: the
        build that made the report did not save the acoustics, or the span was moved in the meantime.

    Raises:
        NotFound: this person has no such answer.
        NotReady: there is no report yet.
        InvalidRequest: a correction lies outside the recording, or a filler correction names no filler.
    """
    with database.reading() as session:
        row = Answers(session, person).get(answer)
        if not row.report_ready:
            raise NotReady("There is no report to correct yet. It appears as soon as the analysis is done.")
        if not _is_of_the_chosen_sound(session, row):
            raise NotReady("Other sound is being measured. You can correct the report when that is done.")
        _check(corrections, row.duration or 0.0)
        saved = _read(session, row)
    # Nothing is locked in between, because measuring takes some milliseconds.
    measured = None if saved is None else saved.measure(row, corrections, span_version=row.span_version + 1)
    with database.writing(person) as session:
        answers = Answers(session, person)
        current = answers.get(answer)
        up_to_date = measured is not None and current.span_version == row.span_version
        current.corrections = [serialization.to_plain(correction) for correction in corrections] or None
        current.span_version += 1
        if measured is not None and up_to_date:
            for name, value in measured.columns().items():
                setattr(current, name, value)
            save_reports(session, answer, measured)
        elif current.work_state == "ready":
            enqueue_analysis(session, current)
        answers.touch(current)
    return current, up_to_date


def _is_of_the_chosen_sound(session: Session, row: Answer) -> bool:
    measured = select(StageResult.span_version).where(
        StageResult.answer_id == row.id, StageResult.stage == "measure"
    )
    return (session.scalar(measured) or 0) >= row.sound_version


def _check(corrections: Sequence[Correction], duration: float) -> None:
    for correction in corrections:
        if correction.start >= duration:
            raise InvalidRequest("A correction cannot lie after the end of the recording.")
        if correction.kind == "filler" and not bare(correction.text):
            raise InvalidRequest("Say which filler it is, for example um.")


def _read(session: Session, row: Answer) -> SavedStages | None:
    """The stage results to measure from; None if they are from another build or for another span."""
    rows = session.execute(
        select(StageResult.stage, StageResult.result).where(
            StageResult.answer_id == row.id,
            StageResult.stage.in_(("acoustics", "activity", "transcribe")),
            StageResult.analysis_version == ANALYSIS_VERSION,
        )
    )
    texts = {stage: result for stage, result in rows}
    if len(texts) < 3:
        return None
    try:
        saved = SavedStages(
            serialization.from_json(Acoustics, texts["acoustics"]),
            serialization.from_json(Activity, texts["activity"]),
            serialization.from_json(Transcription, texts["transcribe"]),
        )
    except ValidationError:
        # Written by a build with the same version number but other fields.
        return None
    marked = saved.acoustics.marked
    same = span_of(row) == (None if marked is None else (marked.start, marked.end))
    return saved if same else None
