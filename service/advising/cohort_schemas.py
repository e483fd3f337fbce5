"""Request and response models of cohorts and their assignments."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from analysis.report import FigureName
from service import schemas
from service.advising.rubric_schemas import RubricOut
from service.advising.schemas import Adviser
from service.advising.text_fields import Name

MOST_QUESTIONS = 20
MOST_ATTEMPTS = 100


class Member(BaseModel):
    """A member of a cohort."""

    person: str
    name: str
    role: Literal["applicant", "adviser"]


class CohortAssignment(BaseModel):
    """An assignment in the overview of a cohort."""

    id: str
    title: str
    due_words: str | None
    submitted: int = Field(description="Applicants who have submitted it.")
    of: int = Field(description="Applicants of the cohort.")


class CohortInvitation(BaseModel):
    """An invitation to the cohort that nobody has accepted yet."""

    id: str
    name: str
    email: str


class CohortOut(BaseModel):
    """A cohort as its advisers see it."""

    id: str
    name: str
    demo: bool
    members: list[Member]
    invitations: list[CohortInvitation]
    assignments: list[CohortAssignment]


class NewCohort(BaseModel):
    """A new cohort, or a new name of one."""

    name: Name


class NewInvitation(BaseModel):
    """Whom to invite to the cohort."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    name: Name


class NewMember(BaseModel):
    """Somebody with an account."""

    email: Annotated[str, Field(min_length=3, max_length=254)]


class InvitationLink(BaseModel):
    """The link for the person who is invited."""

    link: str
    mailed: bool = Field(description="Whether it was mailed to the person.")


class Due(BaseModel):
    """When an assignment is due."""

    date: date
    time: time
    zone: Annotated[str, Field(min_length=1, max_length=64)]


class AssignmentQuestionIn(BaseModel):
    """A question of an assignment."""

    text: schemas.Question = Field(default=None, description="Left out for one of the bank.")
    question_id: schemas.Identifier = Field(default=None, description="Of the bank.")


ShownFigures = Annotated[list[FigureName], Field(max_length=4)]
ALL_FIGURES: tuple[FigureName, ...] = ("length", "pace", "pauses", "fillers")


class NewAssignment(BaseModel):
    """What a cohort is asked to practise."""

    title: Name
    instructions: schemas.Notes = None
    kind: Literal["questions", "interview"] = "questions"
    questions: Annotated[list[AssignmentQuestionIn], Field(max_length=MOST_QUESTIONS)] = []
    format_id: schemas.Identifier = Field(default=None, description="Of `/api/formats`.")
    due: Due | None = None
    attempts: Annotated[int, Field(ge=1, le=MOST_ATTEMPTS)] | None = Field(
        default=None, description="Recordings of each question, or interviews; null: as many as one likes."
    )
    figures: ShownFigures = Field(default=list(ALL_FIGURES), description="Those that are shown.")
    reflect_first: bool = False
    rubric: schemas.Identifier = Field(default=None, description="Of `/api/rubrics`.")


class AssignmentChanges(BaseModel):
    """Changes of an assignment. Only the given fields change; answers that were begun keep their rules."""

    title: Name | None = None
    instructions: schemas.Notes = None
    questions: Annotated[list[AssignmentQuestionIn], Field(max_length=MOST_QUESTIONS)] | None = None
    format_id: schemas.Identifier = None
    due: Due | None = None
    attempts: Annotated[int, Field(ge=1, le=MOST_ATTEMPTS)] | None = None
    figures: ShownFigures | None = None
    reflect_first: bool | None = None
    rubric: schemas.Identifier = None


class AssignmentQuestion(BaseModel):
    """A question of an assignment."""

    number: int
    text: str
    question_id: str | None


class AssignmentOut(BaseModel):
    """An assignment as advisers see it."""

    id: str
    title: str
    instructions: str | None
    kind: Literal["questions", "interview"]
    questions: list[AssignmentQuestion]
    format_id: str | None
    due: Due | None
    due_words: str | None
    attempts: int | None
    figures: list[FigureName]
    reflect_first: bool
    rubric: RubricOut | None


class SubmittedBy(BaseModel):
    """Whether one applicant has submitted an assignment. No figures, and no ranking: the order is by name."""

    person: str
    name: str
    submitted: bool
    submitted_words: str | None
    late: bool
    reviews: list[str] = Field(description="What the adviser who asks may see, by ids of `/api/reviews`.")
    state: Literal["open", "submitted", "returned"]


class AssignmentOverview(AssignmentOut):
    """An assignment, and who has submitted it."""

    applicants: list[SubmittedBy]


class OwnAttempt(BaseModel):
    """An answer that a person recorded for an assignment."""

    id: str
    take: int | None
    title: str
    state: str = Field(description="Of the recording or of its analysis.")
    submitted: bool


class AssignedQuestion(AssignmentQuestion):
    """A question of an assignment with what the person recorded for it."""

    answers: list[OwnAttempt]
    submitted: bool
    attempts_left: int | None


class AssignedOut(BaseModel):
    """An assignment as an applicant sees it."""

    id: str
    title: str
    instructions: str | None
    cohort: str
    kind: Literal["questions", "interview"]
    questions: list[AssignedQuestion]
    answers: list[OwnAttempt] = Field(description="Answers of a mock interview that belong to no question.")
    format_id: str | None
    due_words: str | None = Field(description="On the person's own clock.")
    due_zone_words: str | None
    late: bool = Field(description="Whether it is past the due time.")
    late_words: str
    attempts: int | None
    attempts_left: int | None = Field(
        description="Of the question with the most left, or of the interview; null: no limit."
    )
    attempts_words: str
    figures: list[FigureName]
    hidden_words: str = Field(description="Which figures are not shown, in a sentence; empty: all are.")
    reflect_first: bool
    state: Literal["open", "submitted", "returned"]
    advisers: list[Adviser]
