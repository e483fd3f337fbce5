"""Which specifics of a programme an answer named, and the person's own word on it."""

from datetime import datetime

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from analysis.view.specifics import PlannedSpecific, SpecificsView, specifics_view
from service.answers.repository import Answers
from service.answers.saved_reports import transcript_of
from service.db.models import Answer
from service.db.preparation_models import ScheduledInterview
from service.practice.why_here import asks_for_specifics
from service.prepare.scheduled_interviews import ScheduledInterviews
from service.problems import InvalidRequest, NotFound, NotReady
from service.schemas import NewAnswer


class PractisedFor(BaseModel):
    """An interview that an answer can be practised for."""

    id: str
    programme: str


class AnswerSpecifics(BaseModel):
    """The specifics of a programme beside an answer."""

    interview: PractisedFor | None = Field(description="What the answer was practised for.")
    interviews: list[PractisedFor] = Field(description="What can be chosen, earliest first.")
    ready: bool = Field(description="False while there is no transcript.")
    view: SpecificsView | None = Field(description="Null without an interview, and while it is not ready.")
    advice: str = Field(description="What to do where there is nothing to show; empty otherwise.")


class SaidSpecific(BaseModel):
    """What the person says about one specific."""

    said: bool | None = Field(description="Null: nothing; what was heard counts again.")


def begin_for(session: Session, person: str, answer: Answer, new: NewAnswer, now: datetime) -> None:
    """Notes what a new answer is practised for.

    That is the interview that the request names. Where it names none, and the question asks 'why here', it is
    the next one.

    Args:
        session: from `Database.writing`.
        answer: as it was created from `new`; one that has chunks already was created by an earlier request.

    Raises:
        InvalidRequest: there is no such interview.
    """
    if answer.chunk_count:
        return
    if "scheduled_interview" in new.model_fields_set:
        practise_for(session, person, answer, new.scheduled_interview)
    elif asks_for_specifics(answer.question_id, answer.question, answer.part):
        following = ScheduledInterviews(session, person).next(now)
        answer.scheduled_interview_id = None if following is None else following.id


def practise_for(session: Session, person: str, answer: Answer, interview: str | None) -> None:
    """Sets what an answer was practised for; None for nothing.

    Args:
        session: from `Database.writing`.

    Raises:
        InvalidRequest: there is no such interview.
    """
    if interview is not None:
        try:
            ScheduledInterviews(session, person).get(interview)
        except NotFound as error:
            raise InvalidRequest("There is no such interview. Choose one from the list.") from error
    answer.scheduled_interview_id = interview


def specifics_of(session: Session, person: str, answer: str) -> AnswerSpecifics:
    """The specifics of the programme that an answer was practised for.

    Raises:
        NotFound: this person has no such answer.
    """
    row = Answers(session, person).get(answer)
    interviews = ScheduledInterviews(session, person).list_all()
    interview = next((each for each in interviews if each.id == row.scheduled_interview_id), None)
    view = None if interview is None else _view(session, person, row, interview)
    return AnswerSpecifics(
        interview=None if interview is None else PractisedFor(id=interview.id, programme=interview.programme),
        interviews=[PractisedFor(id=each.id, programme=each.programme) for each in interviews],
        ready=row.transcript_ready,
        view=view,
        advice=_advice(bool(interviews), interview),
    )


def say(session: Session, person: str, answer: str, specific: str, said: bool | None) -> AnswerSpecifics:
    """Keeps what the person says about a specific, and returns all of them.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: this person has no such answer, or the sheet no such specific.
    """
    answers = Answers(session, person)
    row = answers.get(answer)
    interview = _interview_of(session, person, row)
    if interview is None or specific not in {each["id"] for each in interview.specifics}:
        raise NotFound("This is not on the sheet any more. Load the page again.")
    kept = {name: value for name, value in (row.specifics_said or {}).items() if name != specific}
    if said is not None:
        kept[specific] = said
    row.specifics_said = kept or None
    answers.touch(row)
    session.flush()
    return specifics_of(session, person, answer)


def _interview_of(session: Session, person: str, answer: Answer) -> ScheduledInterview | None:
    if answer.scheduled_interview_id is None:
        return None
    try:
        return ScheduledInterviews(session, person).get(answer.scheduled_interview_id)
    except NotFound:
        return None


def _view(
    session: Session, person: str, answer: Answer, interview: ScheduledInterview
) -> SpecificsView | None:
    try:
        transcript = transcript_of(session, person, answer.id)
    except NotReady:
        return None
    planned = [PlannedSpecific(each["id"], each["kind"], each["text"]) for each in interview.specifics]
    return specifics_view(transcript, planned, answer.specifics_said or {})


def _advice(any_interview: bool, interview: ScheduledInterview | None) -> str:
    if not any_interview:
        return "Add an interview and write down what is special there. Then this shows what of it you said."
    if interview is None:
        return "Choose which interview this answer is for."
    if not interview.specifics:
        return "There is nothing on this sheet yet. Write 3 or 4 things that are special there."
    return ""
