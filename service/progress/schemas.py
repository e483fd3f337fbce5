"""What goes over the wire of progress. What is said of takes together is in `analysis.trends`."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from analysis.trends.models import Change, ProgressReport, UsualRange
from analysis.view.progress import ProgressView, UsualView
from service.schemas import NOTES_LENGTH, plain_text

FamilyMeasure = Literal["answer_length", "speaking_rate", "pause_rate", "filler_rate"]
OwnWords = Annotated[Annotated[str, Field(max_length=NOTES_LENGTH)] | None, BeforeValidator(plain_text)]


class KindChoice(BaseModel):
    """A kind of question that there are takes of."""

    id: str
    name: str
    takes: int


class NameChoice(BaseModel):
    """A first language that there are takes of."""

    name: str
    takes: int


class LanguageChoice(BaseModel):
    """A language that was spoken."""

    code: str = Field(description="ISO 639-1.")
    takes: int


class SessionChoice(BaseModel):
    """A session that there are takes of."""

    id: str
    name: str
    takes: int


class TagChoice(BaseModel):
    """A tag that there are takes of."""

    tag: str
    takes: int


class Choices(BaseModel):
    """What can be filtered by. The counts are of takes with a report, whatever else is chosen."""

    kinds: list[KindChoice]
    first_languages: list[NameChoice]
    spoken: list[LanguageChoice]
    sessions: list[SessionChoice]
    tags: list[TagChoice]


class Progress(BaseModel):
    """The takes that were asked for, together."""

    choices: Choices
    report: ProgressReport
    view: ProgressView
    without_report: int = Field(description="Whole answers among them that have no report yet.")


class PracticeDay(BaseModel):
    """One day on which there were takes."""

    day: date
    takes: int
    seconds: float = Field(description="Of speech, in takes with a report.")


class Calendar(BaseModel):
    """Days with takes, oldest first. Days without are left out."""

    days: list[PracticeDay]


class NewFocus(BaseModel):
    """What to work on in a week."""

    measure: FamilyMeasure
    plan: OwnWords = Field(default=None, description="What to try, in one's own words.")
    went: OwnWords = Field(default=None, description="How it went, in one's own words.")


class ChosenFocus(BaseModel):
    """What was chosen for a week."""

    measure: FamilyMeasure
    label: str
    plan: str | None
    went: str | None
    chosen_at: datetime


class FocusOffer(BaseModel):
    """A measure that can be chosen, and what to try."""

    measure: FamilyMeasure
    label: str
    advice: list[str]
    source: str = Field(description="Of the advice.")


class WeekFocus(BaseModel):
    """The focus of a week, and how it goes."""

    week: str
    chosen: ChosenFocus | None
    offers: list[FocusOffer]
    change: Change | None = Field(description="Takes before it was chosen against those since.")
    sentence: str | None
    takes: int = Field(description="Made since it was chosen.")


class Reanalysis(BaseModel):
    """Answers whose report is of another build than this one."""

    outdated: int = Field(description="Could be analysed again.")
    waiting: int = Field(description="Are to be analysed again, or are being.")


class Usual(BaseModel):
    """What is usual for a person, beside one answer."""

    takes: int = Field(description="Other takes of the same build, of which the latest 20 count.")
    measures: dict[str, UsualRange]
    view: dict[str, UsualView] = Field(description="The same as text.")
