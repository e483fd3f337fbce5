"""Saving reports in the database and reading the one that a person sees.

Stage results that belong to a report:

measure     the report, with the person's corrections
machine     the report without corrections; saved only if there are corrections
acoustics   the acoustic analysis, from which both can be rebuilt without the recording
"""

from collections.abc import Collection
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION, serialization
from analysis.corrections import corrected_transcription
from analysis.feedback.hidden_figures import without_figures
from analysis.feedback.neutral_wording import without_verdicts
from analysis.feedback.verdict import with_verdict
from analysis.report import FigureName, Report, Transcript
from analysis.transcription.protocol import Transcription
from service.advising.assignment_rules import hidden_figures, reflection_awaited
from service.advising.problems import ReflectFirst
from service.answers.measuring import MeasuredAnswer, read_corrections
from service.answers.preferences import wants_verdicts
from service.answers.repository import Answers
from service.db.models import Answer, StageResult
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
        As `report_of` does.
    """
    return serialization.to_json(report_of(session, person, answer, version))


def whole_report_text(session: Session, person: str, answer: str, version: ReportVersion = "current") -> str:
    """The same with all figures, whatever an assignment shows, for the person's own archive.

    Raises:
        NotFound, NotReady: as `report_of` does.
    """
    Answers(session, person).get(answer)
    stored = _stored(session, person, answer, version)
    return serialization.to_json(as_shown(stored, verdicts=wants_verdicts(session, person)))


def report_of(
    session: Session,
    person: str,
    answer: str,
    version: ReportVersion = "current",
    *,
    reflected: bool = False,
) -> Report:
    """The same report, read, without figures that the assignment of the answer hides.

    Args:
        reflected: True does not wait for the person's reflection: an adviser has their own impression.

    Raises:
        NotFound: no such answer of this person.
        NotReady: there is no report yet, or it is of a version that this one cannot read.
        ReflectFirst: the assignment asks for the person's impression first.
    """
    row = Answers(session, person).get(answer)
    stored = _stored(session, person, answer, version)
    if reflection_awaited(row) and not reflected:
        raise ReflectFirst("Say how it went first. Then you see the report.")
    return as_shown(stored, verdicts=wants_verdicts(session, person), hidden=hidden_figures(row))


def _stored(session: Session, person: str, answer: str, version: ReportVersion) -> Report:
    answers = Answers(session, person)
    saved = answers.result(answer, "machine") if version == "machine" else None
    saved = saved or answers.result(answer, "measure")
    if saved is None:
        raise NotReady(_NOT_YET)
    try:
        return serialization.from_json(Report, saved)
    except ValidationError as error:
        raise NotReady("This report is of an older version of Greenroom. Analyse it again.") from error


def as_shown(report: Report, *, verdicts: bool, hidden: Collection[FigureName] = ()) -> Report:
    """A stored report with the verdict of this build.

    Args:
        verdicts: False gives one on the length alone, for a person who wants none on fluency.
        hidden: figures that are left out.
    """
    judged = with_verdict(report, hidden=hidden) if verdicts else without_verdicts(report, hidden=hidden)
    return without_figures(judged, hidden)


def listed_report(row: Answer, stored: str | None, *, verdicts: bool) -> Report | None:
    """The report of an answer in a list of several; None without one, and before the person's reflection.

    Args:
        row: of the answer.
        stored: its report as JSON.
        verdicts: see `as_shown`.

    Raises:
        pydantic.ValidationError: an older version of this program wrote it, with other fields.
    """
    if stored is None or reflection_awaited(row):
        return None
    report = serialization.from_json(Report, stored)
    return as_shown(report, verdicts=verdicts, hidden=hidden_figures(row))


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
