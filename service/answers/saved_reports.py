"""Saving reports in the database and reading the one that a person sees.

Stage results that belong to a report:

measure     the report, with the person's corrections
machine     the report without corrections; saved only if there are corrections
acoustics   the acoustic analysis, from which both can be rebuilt without the recording
"""

from typing import Literal

from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION, serialization
from analysis.corrections import corrected_transcription
from analysis.feedback.neutral_wording import without_verdicts
from analysis.feedback.verdict import with_verdict
from analysis.report import Report, Transcript
from analysis.transcription.protocol import Transcription
from service.answers.measuring import MeasuredAnswer, read_corrections
from service.answers.preferences import wants_verdicts
from service.answers.repository import Answers
from service.db.models import StageResult
from service.problems import NotReady
from service.search.texts import save_text, text_of

ReportVersion = Literal["current", "machine"]

_NOT_YET = "This is not ready yet. It appears as soon as the analysis has come that far."


def save_reports(session: Session, answer: str, measured: MeasuredAnswer) -> None:
    """Saves reports in place of earlier ones, and updates the search index.

    Args:
        session: from `Database.writing`; the caller writes `measured.columns()` in it.
    """
    save_result(session, answer, "measure", serialization.to_json(measured.report), measured.span_version)
    if measured.machine is None:
        outdated = (StageResult.answer_id == answer, StageResult.stage == "machine")
        session.execute(delete(StageResult).where(*outdated))
    else:
        written = serialization.to_json(measured.machine)
        save_result(session, answer, "machine", written, measured.span_version)
    save_text(session, answer, text_of(measured.report.transcript))


def save_result(session: Session, answer: str, stage: str, result: str, span_version: int = 0) -> None:
    """Saves the result of a stage in place of its earlier result."""
    session.merge(
        StageResult(
            answer_id=answer,
            stage=stage,
            analysis_version=ANALYSIS_VERSION,
            span_version=span_version,
            result=result,
        )
    )


def report_text(session: Session, person: str, answer: str, version: ReportVersion = "current") -> str:
    """A report as the person sees it, as JSON.

    Args:
        version: `machine` for the report without corrections.

    Raises:
        NotFound: this person has no such answer.
        NotReady: there is no report yet, or it is of a version that this one cannot read.
    """
    return serialization.to_json(report_of(session, person, answer, version))


def report_of(session: Session, person: str, answer: str, version: ReportVersion = "current") -> Report:
    """The same report, read.

    Raises:
        NotFound: no such answer of this person.
        NotReady: there is no report yet, or it is of a version that this one cannot read.
    """
    answers = Answers(session, person)
    answers.get(answer)
    saved = answers.result(answer, "machine") if version == "machine" else None
    saved = saved or answers.result(answer, "measure")
    if saved is None:
        raise NotReady(_NOT_YET)
    try:
        report = serialization.from_json(Report, saved)
    except ValidationError as error:
        raise NotReady("This report is of an older version of Greenroom. Analyse it again.") from error
    return as_shown(report, verdicts=wants_verdicts(session, person))


def as_shown(report: Report, *, verdicts: bool) -> Report:
    """A stored report with the verdict of this build.

    Args:
        verdicts: False gives one on the length alone, for a person who wants none on fluency.
    """
    return with_verdict(report) if verdicts else without_verdicts(report)


def transcript_of(session: Session, person: str, answer: str) -> Transcript:
    """The transcript of a whole recording, with the person's corrections.

    Raises:
        NotFound: this person has no such answer.
        NotReady: there is no transcript yet.
    """
    answers = Answers(session, person)
    row = answers.get(answer)
    saved = answers.result(answer, "transcribe")
    if saved is None:
        raise NotReady(_NOT_YET)
    transcription = serialization.from_json(Transcription, saved)
    return corrected_transcription(transcription, read_corrections(row.corrections)).transcript
