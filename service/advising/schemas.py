"""Request and response models of what applicants and advisers exchange."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from analysis.report import FigureName
from analysis.view.report import ReportView
from service import schemas

MESSAGE_LENGTH = 2000
COMMENT_LENGTH = 2000
NAME_LENGTH = 200
MOST_ADVISERS = 10
MOST_QUESTIONS = 20
MOST_ATTEMPTS = 100

Identifier = Annotated[str, Field(min_length=1, max_length=schemas.IDENTIFIER_LENGTH)]
Message = Annotated[
    Annotated[str, Field(max_length=MESSAGE_LENGTH)] | None, BeforeValidator(schemas.plain_text)
]
CommentText = Annotated[
    str, Field(min_length=1, max_length=COMMENT_LENGTH), BeforeValidator(schemas.plain_text)
]
OptionalCommentText = Annotated[
    Annotated[str, Field(max_length=COMMENT_LENGTH)] | None, BeforeValidator(schemas.plain_text)
]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), BeforeValidator(schemas.plain_text)]

SubmissionState = Literal["waiting", "returned", "revoked", "ended"]
"""`returned` once an adviser has returned it. `ended`: no adviser can see it any more."""
ReviewState = Literal["waiting", "returned"]


class Adviser(BaseModel):
    """An adviser whom the person can name."""

    person: str
    name: str


class NamedAdviser(Adviser):
    """An adviser whom a submission names."""

    returned: bool


class NewSubmission(BaseModel):
    """What to submit, and to whom."""

    advisers: Annotated[list[Identifier], Field(min_length=1, max_length=MOST_ADVISERS)] = Field(
        description="Of `/api/advisers`."
    )
    message: Message = None
    until: date | None = Field(
        default=None, description="The last day on which they can see it; null: until it is taken back."
    )
    assignment: schemas.Identifier = Field(
        default=None, description="Left out: the assignment that the answer was given for."
    )


class SubmittedAnswer(BaseModel):
    """The answer that was submitted."""

    id: str
    title: str
    question: str | None
    take: int | None


class SubmissionOut(BaseModel):
    """A submission as the person who made it sees it."""

    id: str
    answer: SubmittedAnswer
    advisers: list[NamedAdviser]
    message: str | None
    assignment: str | None = Field(description="Title of the assignment.")
    submitted_words: str
    until_words: str | None
    state: SubmissionState
    comments: int = Field(description="Comments that were given so far.")


class Reply(BaseModel):
    """A reply to a comment."""

    id: str
    author: str
    own: bool
    text: str
    when_words: str


class CommentOut(BaseModel):
    """A comment on a moment of an answer. Times are seconds of the recording."""

    id: str
    author: str
    at: float
    end: float | None
    at_words: str
    text: str | None
    voice: bool
    figure: FigureName | None
    figure_words: str = Field(description="What the figure is called; empty without one.")
    replies: list[Reply]
    done: bool
    own: bool
    given: bool = Field(description="Whether the applicant can see it.")
    imported: bool


class JudgedCriterion(BaseModel):
    """A criterion with what an adviser chose."""

    name: str
    score: int
    words: str


class GivenRubric(BaseModel):
    """A rubric that an adviser returned."""

    author: str
    criteria: list[JudgedCriterion]
    note: str | None


class EarlierComment(BaseModel):
    """A comment on the take before, with the figure that it speaks of then and now."""

    comment: CommentOut
    take: int | None
    then_words: str
    now_words: str


class AnswerComments(BaseModel):
    """What advisers said to an answer."""

    comments: list[CommentOut]
    rubrics: list[GivenRubric]
    earlier: list[EarlierComment]


class NewReply(BaseModel):
    """A reply to a comment."""

    text: CommentText


class _Stretch(BaseModel):
    at: schemas.Seconds
    end: schemas.Seconds | None = Field(default=None, description="Null: a moment.")

    @model_validator(mode="after")
    def _in_order(self) -> "_Stretch":
        if self.end is not None and self.end < self.at:
            raise ValueError("end must not come before at")
        return self


class NewComment(_Stretch):
    """A comment. Its text may follow, or a voice instead of it."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{24}$")] | None = Field(
        default=None, description="Chosen at random by the page, so that a comment that is sent twice is one."
    )
    text: OptionalCommentText = None
    figure: FigureName | None = None


class CommentChanges(BaseModel):
    """Changes of a comment. Only the given fields change."""

    at: schemas.Seconds | None = None
    end: schemas.Seconds | None = None
    text: OptionalCommentText = None
    figure: FigureName | None = None


class Criterion(BaseModel):
    """A criterion with the words for 1 to 5."""

    id: str
    name: str
    levels: list[str]


class RubricOut(BaseModel):
    """Criteria for judging an answer. The `template` comes with Greenroom and cannot be changed."""

    id: str
    name: str
    criteria: list[Criterion]
    template: bool


CriterionName = Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(schemas.plain_text)]
LevelWords = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(schemas.plain_text)]


class CriterionIn(BaseModel):
    """A criterion of one's own."""

    id: schemas.Identifier = Field(default=None, description="Of a criterion that stays; null for a new one.")
    name: CriterionName
    levels: Annotated[list[LevelWords], Field(min_length=5, max_length=5)] = Field(
        description="What 1, 2, 3, 4 and 5 mean."
    )


Criteria = Annotated[list[CriterionIn], Field(min_length=1, max_length=12)]


class NewRubric(BaseModel):
    """A rubric of one's own."""

    name: Name
    criteria: Criteria


class RubricChanges(BaseModel):
    """Changes of a rubric. Only the given fields change."""

    name: Name | None = None
    criteria: Criteria | None = None


class Scores(BaseModel):
    """What an adviser chose in a rubric."""

    rubric: Identifier = Field(description="Of `/api/rubrics`, or that of the review.")
    scores: Annotated[dict[Identifier, Annotated[int, Field(ge=1, le=5)]], Field(max_length=12)] = Field(
        description="By the ids of criteria; a criterion that is left out is not judged."
    )
    note: Message = None


class NewCannedComment(BaseModel):
    """A comment to use again."""

    text: CommentText
    figure: FigureName | None = None


class CannedCommentChanges(BaseModel):
    """Changes of it. Only the given fields change."""

    text: CommentText | None = None
    figure: FigureName | None = None


class CannedCommentOut(BaseModel):
    """A comment to use again."""

    id: str
    text: str
    figure: FigureName | None


class ReviewItem(BaseModel):
    """A submission in the list of an adviser."""

    id: str
    applicant: str
    question: str | None
    title: str
    take: int | None
    length_words: str | None
    submitted_words: str
    due_words: str | None
    late: bool
    assignment: str | None
    comments: int
    state: ReviewState


class ReviewedAnswer(BaseModel):
    """The answer of a review."""

    title: str
    question: str | None
    take: int | None
    length: float | None = Field(description="Seconds of the recording.")
    media_kind: Literal["audio", "video"] | None
    has_media: bool
    has_peaks: bool


class ReviewOut(BaseModel):
    """A submission with all that an adviser may see of it."""

    id: str
    applicant: str
    message: str | None
    assignment: str | None
    submitted_words: str
    answer: ReviewedAnswer
    view: ReportView | None = Field(
        description="The report as it is shown, without figures that the assignment hides; null without one."
    )
    peaks: str = Field(description="Address of the waveform.")
    media: str = Field(description="Address of the recording.")
    comments: list[CommentOut]
    canned: list[CannedCommentOut]
    rubric: RubricOut
    scores: dict[str, int]
    note: str | None
    state: ReviewState
    until_words: str | None


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
