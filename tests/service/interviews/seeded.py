"""A finished interview in the database of a test: its row, and answers with reports made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from analysis import ANALYSIS_VERSION, serialization
from analysis.report import Report
from analysis.trends.facts import take_facts
from service.answers.practice_sessions import PracticeSessions
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Interview, Remark, StageResult
from service.dependencies import Service
from service.schemas import AnswerPart, Asked, FollowUpReason, NewAnswer

BEGAN = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Given:
    """One answer of the interview.

    Attributes:
        asked: the words of the question.
        report: None for an answer that is still being analysed.
        at: seconds from the beginning of the interview.
        belongs_to: index of the answer that it belongs to.
        reason: why a follow-up was asked.
        remarks: moments of remarks, in seconds.
    """

    asked: str
    report: Report | None
    at: float
    part: AnswerPart = "question"
    belongs_to: int | None = None
    reason: FollowUpReason | None = None
    remarks: tuple[float, ...] = ()


def add_interview(
    service: Service,
    given: Sequence[Given],
    *,
    ended: bool = True,
    person_asks: bool = False,
    name: str = "Residency interview, 20 November 2026",
    began: datetime = BEGAN,
) -> tuple[str, list[str]]:
    """Stores an interview with its answers; returns its id and theirs."""
    identifiers: list[str] = []
    with service.database.writing() as session:
        practised = PracticeSessions(session, LOCAL_PERSON).named(name)
        session.flush()
        interview = Interview(
            person_id=LOCAL_PERSON,
            session=practised,
            name=name,
            format_id="residency",
            format_name="Residency interview",
            created_at=began,
            ended_at=began + timedelta(minutes=20) if ended else None,
            choices={"person_asks": person_asks},
            steps=[],
            position=0,
        )
        session.add(interview)
        session.flush()
        for each in given:
            row = Answers(session, LOCAL_PERSON).create(
                NewAnswer(
                    question=each.asked,
                    source="recording",
                    part=each.part,
                    follow_up_of=None if each.belongs_to is None else identifiers[each.belongs_to],
                    asked=None if each.reason is None else Asked(reason=each.reason, text=each.asked),
                )
            )
            row.created_at = began + timedelta(seconds=each.at)
            row.session, row.interview_id = practised, interview.id
            row.intake, row.chunk_count = "complete", 1
            if each.report is not None:
                row.work_state, row.report_ready = "ready", True
                row.facts = serialization.to_plain(take_facts(each.report))
                session.add(
                    StageResult(
                        answer_id=row.id,
                        stage="measure",
                        analysis_version=ANALYSIS_VERSION,
                        result=serialization.to_json(each.report),
                    )
                )
            session.flush()
            session.add_all(Remark(answer_id=row.id, at=at, text="Louder here.") for at in each.remarks)
            identifiers.append(row.id)
        return interview.id, identifiers
