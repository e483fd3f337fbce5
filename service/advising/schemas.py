"""Request and response models of submissions, reviews and comments."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from analysis.report import FigureName
from analysis.view.report import ReportView
from service import schemas
from service.advising.rubric_schemas import GivenRubric, RubricOut
from service.advising.text_fields import CommentText, Identifier, Message, OptionalCommentText

MOST_ADVISERS = 10
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
